package io.github.purrtc.dtls.internal;

import org.bouncycastle.tls.AbstractTlsClient;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CertificateStatusRequest;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Hashtable;
import java.util.Vector;

/** The client's side of the handshake. */
final class ClientPeer extends AbstractTlsClient {
    private final PeerPolicy policy;

    ClientPeer(PeerPolicy policy) {
        super(policy.crypto);
        this.policy = policy;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return TlsUtils.getSupportedCipherSuites(getCrypto(), policy.clientSuites());
    }

    @Override
    @SuppressWarnings("JdkObsolete") // Bouncy Castle asks for it
    protected Vector<Integer> getSupportedGroups(@SuppressWarnings("rawtypes") Vector roles) {
        Vector<Integer> groups = new Vector<>();
        TlsUtils.addIfSupported(groups, getCrypto(), PeerPolicy.GROUPS);
        return groups;
    }

    @Override
    protected Vector<SignatureAndHashAlgorithm> getSupportedSignatureAlgorithms() {
        return PeerPolicy.signatureAlgorithms();
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes", "JdkObsolete"}) // Bouncy Castle asks for it
    public Hashtable getClientExtensions() throws IOException {
        Hashtable extensions = TlsExtensionsUtils.ensureExtensionsInitialised(super.getClientExtensions());
        TlsSRTPUtils.addUseSRTPExtension(extensions, SrtpProfiles.offer());
        return extensions;
    }

    @Override
    protected @Nullable CertificateStatusRequest getCertificateStatusRequest() {
        return null;
    }

    @Override
    public int getHandshakeResendTimeMillis() {
        return policy.settings.retransmissionMillis();
    }

    @Override
    public int getHandshakeTimeoutMillis() {
        return policy.settings.options().handshakeTimeoutMillis();
    }

    @Override
    public int getMaxHandshakeMessageSize() {
        return HandshakeGuard.MAX_MESSAGE_LENGTH;
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate certificate) throws IOException {
                policy.verify(certificate.getCertificate());
            }

            @Override
            public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
                return policy.clientCredentials(context, request.getSupportedSignatureAlgorithms());
            }
        };
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        policy.completed(context.getSecurityParametersConnection());
    }

    @Override
    public void notifyAlertRaised(short level, short description, @Nullable String message, @Nullable Throwable cause) {
        policy.alertRaised(level, description);
    }

    @Override
    public void notifyAlertReceived(short level, short description) {
        policy.alertReceived(level, description);
    }
}
