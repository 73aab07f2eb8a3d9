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
import java.util.function.Predicate;
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

    // Written by whichever thread runs the engine, read by the loop.
    private volatile int sentAlert = -1;
    private volatile int receivedAlert = -1;
    private volatile boolean peerClosed;
    private volatile List<byte[]> peerCertificates = List.of();
    private volatile boolean believesNotThePeer;
    private volatile @Nullable OwnCertificate shown;
    private volatile @Nullable DtlsSession session;

    PeerPolicy(EngineSettings settings) {
        this.settings = settings;
        this.crypto = new EngineCrypto(settings::believes, settings.options().keyLog());
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
        OwnCertificate own = shown;
        session = new DtlsSession(
                settings.role(),
                "DTLS 1.2",
                Suite.nameOf(agreed.getCipherSuite()),
                NamedGroup.getName(crypto.group()),
                own == null ? new byte[0] : own.encoded(),
                peerCertificates);
    }

    int[] clientSuites() {
        return suites().mapToInt(suite -> suite.number).toArray();
    }

    private Stream<Suite> suites() {
        return Suite.chosen(settings.options().cipherSuites()).stream();
    }

    int[] serverSuites() {
        return suites().filter(suite -> settings.certificates().stream()
                        .anyMatch(own -> own.key().isRsa() == suite.isRsa()))
                .mapToInt(suite -> suite.number)
                .toArray();
    }

    @SuppressWarnings("JdkObsolete") // Bouncy Castle asks for it
    static Vector<SignatureAndHashAlgorithm> signatureAlgorithms() {
        Vector<SignatureAndHashAlgorithm> algorithms = new Vector<>(ECDSA_SIGNATURES);
        algorithms.addAll(RSA_SIGNATURES);
        return algorithms;
    }

    /** The server's: a certificate of the kind that the chosen suite signs with. */
    TlsCredentialedSigner serverCredentials(TlsContext context, @Nullable Vector<?> peerAlgorithms) throws IOException {
        boolean rsa = Suite.isRsa(context.getSecurityParametersHandshake().getCipherSuite());
        return credentials(context, peerAlgorithms, key -> key.isRsa() == rsa);
    }

    /** The client's: whichever the server can verify. */
    TlsCredentialedSigner clientCredentials(TlsContext context, @Nullable Vector<?> peerAlgorithms) throws IOException {
        return credentials(context, peerAlgorithms, key -> true);
    }

    /** The first certificate of ours for which the peer takes an algorithm, signing with the first such one. */
    private TlsCredentialedSigner credentials(
            TlsContext context, @Nullable Vector<?> peerAlgorithms, Predicate<SigningKey> fits) throws IOException {
        for (OwnCertificate own : settings.certificates()) {
            SignatureAndHashAlgorithm algorithm = fits.test(own.key()) ? taken(own.key(), peerAlgorithms) : null;
            if (algorithm != null) {
                shown = own;
                TlsCertificate[] chain = {crypto.createCertificate(own.encoded())};
                return new DefaultTlsCredentialedSigner(
                        new TlsCryptoParameters(context), own.key().signer(crypto), new Certificate(chain), algorithm);
            }
        }
        throw new TlsFatalAlert(AlertDescription.handshake_failure);
    }

    private static @Nullable SignatureAndHashAlgorithm taken(SigningKey key, @Nullable Vector<?> peerAlgorithms) {
        for (SignatureAndHashAlgorithm algorithm : key.isRsa() ? RSA_SIGNATURES : ECDSA_SIGNATURES) {
            if (peerAlgorithms != null && peerAlgorithms.contains(algorithm)) {
                return algorithm;
            }
        }
        return null;
    }

    /** RFC 8827 §6.5: the peer is whoever has the certificate that was signalled, and nobody else. */
    void verify(@Nullable Certificate certificate) throws IOException {
        if (certificate == null || certificate.isEmpty()) {
            throw new TlsFatalAlert(AlertDescription.handshake_failure, "the peer has no certificate");
        }
        if (!settings.believes(certificate.getCertificateAt(0).getEncoded())) {
            believesNotThePeer = true;
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
        if (believesNotThePeer) {
            return DtlsException.fingerprintMismatch(cause);
        }
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
