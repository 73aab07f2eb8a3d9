package io.github.purrtc.dtls.internal;

import org.bouncycastle.tls.AbstractTlsServer;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Hashtable;

/** The server's side of the handshake. */
final class ServerPeer extends AbstractTlsServer {
    private static final short[] CERTIFICATE_TYPES = {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign};

    private final PeerPolicy policy;
    private @Nullable UseSRTPData srtp;

    ServerPeer(PeerPolicy policy) {
        super(policy.crypto);
        this.policy = policy;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return TlsUtils.getSupportedCipherSuites(getCrypto(), policy.serverSuites());
    }

    @Override
    protected boolean preferLocalCipherSuites() {
        return true;
    }

    @Override
    protected boolean allowCertificateStatus() {
        return false;
    }

    @Override
    public void processClientExtensions(@SuppressWarnings("rawtypes") Hashtable extensions) throws IOException {
        super.processClientExtensions(extensions);
        srtp = extensions == null ? null : SrtpProfiles.answer(TlsSRTPUtils.getUseSRTPExtension(extensions));
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes", "JdkObsolete"}) // Bouncy Castle asks for it
    public Hashtable getServerExtensions() throws IOException {
        Hashtable extensions = super.getServerExtensions();
        UseSRTPData agreed = srtp;
        if (agreed == null) {
            return extensions;
        }
        Hashtable all = TlsExtensionsUtils.ensureExtensionsInitialised(extensions);
        TlsSRTPUtils.addUseSRTPExtension(all, agreed);
        return all;
    }

    /** The first of our groups that the client has; a client that names none has P-256 (RFC 8422 §4). */
    @Override
    protected int selectECDH(int minimumCurveBits) {
        int[] offered = context.getSecurityParametersHandshake().getClientSupportedGroups();
        if (offered == null) {
            return NamedGroup.secp256r1;
        }
        for (int group : PeerPolicy.GROUPS) {
            if (contains(offered, group) && getCrypto().hasNamedGroup(group)) {
                return group;
            }
        }
        return -1;
    }

    private static boolean contains(int[] offered, int group) {
        for (int candidate : offered) {
            if (candidate == group) {
                return true;
            }
        }
        return false;
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
    public TlsCredentials getCredentials() throws IOException {
        return policy.serverCredentials(
                context, context.getSecurityParametersHandshake().getClientSigAlgs());
    }

    @Override
    public CertificateRequest getCertificateRequest() {
        return new CertificateRequest(CERTIFICATE_TYPES.clone(), PeerPolicy.signatureAlgorithms(), null);
    }

    @Override
    public void notifyClientCertificate(Certificate certificate) throws IOException {
        policy.verify(certificate);
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
