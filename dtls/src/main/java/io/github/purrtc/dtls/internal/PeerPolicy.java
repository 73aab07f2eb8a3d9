package io.github.purrtc.dtls.internal;

import io.github.purrtc.dtls.DtlsAlert;
import io.github.purrtc.dtls.DtlsException;
import io.github.purrtc.dtls.DtlsSession;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.DefaultTlsCredentialedSigner;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsTimeoutException;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Vector;
import java.util.stream.Stream;

/** What both roles have in common: what they offer, how they sign, whom they believe, and what befell them. */
final class PeerPolicy {
    static final int[] GROUPS = {NamedGroup.x25519, NamedGroup.secp256r1, NamedGroup.secp384r1};
    private static final List<SignatureAndHashAlgorithm> ECDSA_SIGNATURES = List.of(
            new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa),
            new SignatureAndHashAlgorithm(HashAlgorithm.sha384, SignatureAlgorithm.ecdsa),
            new SignatureAndHashAlgorithm(HashAlgorithm.sha512, SignatureAlgorithm.ecdsa));
    private static final List<SignatureAndHashAlgorithm> RSA_SIGNATURES = List.of(
            new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.rsa),
            new SignatureAndHashAlgorithm(HashAlgorithm.sha384, SignatureAlgorithm.rsa),
            new SignatureAndHashAlgorithm(HashAlgorithm.sha512, SignatureAlgorithm.rsa),
            SignatureAndHashAlgorithm.rsa_pss_rsae_sha256);

    final EngineCrypto crypto;
    final EngineSettings settings;
    private final boolean signsWithRsa;

    // Written by whichever thread runs the engine, read by the loop.
    private volatile int sentAlert = -1;
    private volatile int receivedAlert = -1;
    private volatile boolean peerClosed;
    private volatile List<byte[]> peerCertificates = List.of();
    private volatile @Nullable DtlsSession session;

    PeerPolicy(EngineSettings settings) {
        this.settings = settings;
        this.crypto = new EngineCrypto(settings::believes, settings.options().keyLog());
        this.signsWithRsa = settings.key().isRsa();
    }

    /** The fatal alert sent, or -1. */
    int sentAlert() {
        return sentAlert;
    }

    /** The fatal alert received, or -1. */
    int receivedAlert() {
        return receivedAlert;
    }

    boolean peerClosed() {
        return peerClosed;
    }

    /** What was agreed upon; null while the handshake is under way. */
    @Nullable
    DtlsSession session() {
        return session;
    }

    /** At the handshake's end, with what Bouncy Castle is about to forget. */
    void completed(SecurityParameters agreed) {
        session = new DtlsSession(
                settings.role(),
                "DTLS 1.2",
                Suite.nameOf(agreed.getCipherSuite()),
                NamedGroup.getName(crypto.group()),
                peerCertificates);
    }

    int[] clientSuites() {
        return suites().mapToInt(suite -> suite.number).toArray();
    }

    private Stream<Suite> suites() {
        return Suite.chosen(settings.options().cipherSuites()).stream();
    }

    int[] serverSuites() {
        return suites().filter(suite -> suite.isRsa() == signsWithRsa)
                .mapToInt(suite -> suite.number)
                .toArray();
    }

    @SuppressWarnings("JdkObsolete") // Bouncy Castle asks for it
    static Vector<SignatureAndHashAlgorithm> signatureAlgorithms() {
        Vector<SignatureAndHashAlgorithm> algorithms = new Vector<>(ECDSA_SIGNATURES);
        algorithms.addAll(RSA_SIGNATURES);
        return algorithms;
    }

    /** Our certificate and key, signing with the first algorithm of ours that the peer takes. */
    TlsCredentialedSigner credentials(TlsContext context, @Nullable Vector<?> peerAlgorithms) throws IOException {
        for (SignatureAndHashAlgorithm algorithm : signsWithRsa ? RSA_SIGNATURES : ECDSA_SIGNATURES) {
            if (peerAlgorithms != null && peerAlgorithms.contains(algorithm)) {
                TlsCertificate[] chain = {crypto.createCertificate(settings.certificate())};
                return new DefaultTlsCredentialedSigner(
                        new TlsCryptoParameters(context),
                        settings.key().signer(crypto),
                        new Certificate(chain),
                        algorithm);
            }
        }
        throw new TlsFatalAlert(AlertDescription.handshake_failure);
    }

    /** RFC 8827 §6.5: the peer is whoever has the certificate that was signalled, and nobody else. */
    void verify(@Nullable Certificate certificate) throws IOException {
        if (certificate == null || certificate.isEmpty()) {
            throw new TlsFatalAlert(AlertDescription.handshake_failure, "the peer has no certificate");
        }
        if (!settings.believes(certificate.getCertificateAt(0).getEncoded())) {
            throw new TlsFatalAlert(
                    AlertDescription.bad_certificate, "the peer's certificate has none of the fingerprints signalled");
        }
        List<byte[]> chain = new ArrayList<>(certificate.getLength());
        for (TlsCertificate element : certificate.getCertificateList()) {
            chain.add(element.getEncoded());
        }
        peerCertificates = List.copyOf(chain);
    }

    void alertRaised(short level, short description) {
        if (level == AlertLevel.fatal) {
            sentAlert = description;
        }
    }

    void alertReceived(short level, short description) {
        if (level == AlertLevel.fatal) {
            receivedAlert = description;
        } else if (description == AlertDescription.close_notify) {
            peerClosed = true;
        }
    }

    /** Why the handshake or the connection failed. */
    DtlsException describe(Throwable cause) {
        int received = receivedAlert();
        if (received >= 0) {
            DtlsAlert alert = new DtlsAlert(received, DtlsAlert.Direction.RECEIVED);
            return new DtlsException("the peer ended the connection with alert " + received, alert, cause);
        }
        if (cause instanceof TlsTimeoutException) {
            return new DtlsException("the handshake took too long", null, cause);
        }
        int sent = sentAlert();
        if (sent < 0) {
            return new DtlsException("DTLS failed: " + cause.getMessage(), null, cause);
        }
        DtlsAlert alert = new DtlsAlert(sent, DtlsAlert.Direction.SENT);
        return new DtlsException("DTLS failed with alert " + sent + ": " + cause.getMessage(), alert, cause);
    }
}
