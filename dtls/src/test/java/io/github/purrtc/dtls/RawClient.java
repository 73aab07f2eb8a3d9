package io.github.purrtc.dtls;

import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SessionParameters;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsSession;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client that is not ours, and may misbehave; it stands where peer A stood. */
final class RawClient implements DatagramTransport {
    private static final JcaTlsCrypto CRYPTO =
            new JcaTlsCryptoProvider().setProvider(new BouncyCastleProvider()).create(new SecureRandom());

    private final Pair pair;
    private final LinkedBlockingQueue<byte[]> inbound = new LinkedBlockingQueue<>();

    Impairment impairment = Impairment.NONE;
    int sendLimit = 1200;
    int paddingLength;
    int resendMillis = 50;
    int handshakeTimeoutMillis = 10_000;
    boolean withCertificate = true;
    byte[] sessionId = {};
    boolean resumed;

    /** The certificate's DER, or what is to pass for it. */
    byte[] certificate;

    PrivateKey key;
    int[] suites = {CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256};
    ProtocolVersion[] versions = ProtocolVersion.DTLSv12.only();

    RawClient(Pair pair) {
        this.pair = pair;
        this.key = pair.a.certificate.privateKey();
        this.certificate = pair.a.certificate.encoded();
        pair.z.impairment = datagram -> {
            inbound.add(datagram);
            return java.util.List.of();
        };
    }

    static PrivateKey otherKey() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
        return pair.getPrivate();
    }

    DTLSTransport connect() throws IOException {
        return new DTLSClientProtocol().connect(new Client(), this);
    }

    @Override
    public int getReceiveLimit() {
        return 1500;
    }

    @Override
    public int getSendLimit() {
        return sendLimit;
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
        try {
            byte[] datagram = inbound.poll(waitMillis, TimeUnit.MILLISECONDS);
            if (datagram == null) {
                return -1;
            }
            System.arraycopy(datagram, 0, buffer, offset, datagram.length);
            return datagram.length;
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
        byte[] datagram =
                ByteBuffer.allocate(length).put(buffer, offset, length).array();
        impairment
                .pass(datagram)
                .forEach(passed -> pair.loop.execute(() -> pair.z.transport.receive(Peer.direct(passed))));
    }

    @Override
    public void close() {}

    /** Whatever the bytes are, they are sent. */
    private static TlsCertificate opaque(byte[] encoded) {
        return (TlsCertificate) Proxy.newProxyInstance(
                RawClient.class.getClassLoader(),
                new Class<?>[] {TlsCertificate.class},
                (proxy, method, arguments) -> method.getName().equals("getEncoded") ? encoded : null);
    }

    private final class Client extends DefaultTlsClient {
        Client() {
            super(CRYPTO);
        }

        @Override
        protected ProtocolVersion[] getSupportedVersions() {
            return versions;
        }

        @Override
        protected int[] getSupportedCipherSuites() {
            return suites;
        }

        @Override
        public int getHandshakeResendTimeMillis() {
            return resendMillis;
        }

        @Override
        public int getHandshakeTimeoutMillis() {
            return handshakeTimeoutMillis;
        }

        @Override
        @SuppressWarnings("unchecked")
        public Hashtable<Integer, byte[]> getClientExtensions() throws IOException {
            Hashtable<Integer, byte[]> extensions = super.getClientExtensions();
            if (paddingLength > 0) {
                // RFC 7685: padding; as long as a key share of the future.
                extensions.put(21, new byte[paddingLength]);
            }
            return extensions;
        }

        @Override
        public TlsSession getSessionToResume() {
            if (sessionId.length == 0) {
                return null;
            }
            return TlsUtils.importSession(
                    sessionId,
                    new SessionParameters.Builder()
                            .setCipherSuite(suites[0])
                            .setExtendedMasterSecret(true)
                            .setMasterSecret(CRYPTO.createSecret(new byte[48]))
                            .setNegotiatedVersion(ProtocolVersion.DTLSv12)
                            .build());
        }

        @Override
        public void notifySessionID(byte[] id) {
            resumed = id != null && Arrays.equals(id, sessionId);
        }

        @Override
        public TlsAuthentication getAuthentication() {
            return new TlsAuthentication() {
                @Override
                public void notifyServerCertificate(TlsServerCertificate certificate) {}

                @Override
                public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
                    return withCertificate ? credentials() : null;
                }
            };
        }

        private TlsCredentials credentials() throws IOException {
            TlsCertificate[] chain = {opaque(certificate)};
            return new JcaDefaultTlsCredentialedSigner(
                    new TlsCryptoParameters(context),
                    CRYPTO,
                    key,
                    new Certificate(chain),
                    new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
        }
    }
}
