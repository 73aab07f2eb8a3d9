package io.github.purrtc.dtls.internal;

import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateType;
import org.bouncycastle.tls.EncryptionAlgorithm;
import org.bouncycastle.tls.SecurityParameters;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.TlsECConfig;
import org.bouncycastle.tls.crypto.TlsECDomain;
import org.bouncycastle.tls.crypto.TlsNonceGenerator;
import org.bouncycastle.tls.crypto.impl.TlsImplUtils;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

import javax.crypto.Cipher;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The cryptography of one handshake: Bouncy Castle's own, without a provider, for elliptic curves and hashes; the JDK's for
 * records; and certificates that are believed before they are read.
 */
final class EngineCrypto extends BcTlsCrypto {
    private final Predicate<byte[]> believed;
    private final @Nullable Consumer<String> keyLog;
    private volatile @Nullable RecordCipher recordCipher;
    private int group;

    /**
     * @param believed whether a certificate, in DER, is the one that was signalled
     * @param keyLog takes the master secret as a line of text, if anybody does
     */
    EngineCrypto(Predicate<byte[]> believed, @Nullable Consumer<String> keyLog) {
        super(Randomness.SECURE);
        this.believed = believed;
        this.keyLog = keyLog;
    }

    @Override
    public TlsCertificate createCertificate(short type, byte[] encoding) throws IOException {
        if (type != CertificateType.X509) {
            throw new TlsFatalAlert(AlertDescription.unsupported_certificate);
        }
        return new UnreadCertificate(this, encoding, believed);
    }

    @Override
    public TlsECDomain createECDomain(TlsECConfig configuration) {
        group = configuration.getNamedGroup();
        return super.createECDomain(configuration);
    }

    /** Without a generator of its own for each connection, which would be kept with it. */
    @Override
    public TlsNonceGenerator createNonceGenerator(byte[] additionalSeedMaterial) {
        return size -> {
            byte[] nonce = new byte[size];
            Randomness.SECURE.nextBytes(nonce);
            return nonce;
        };
    }

    /** The group of the key exchange. */
    int group() {
        return group;
    }

    @Override
    public TlsCipher createCipher(TlsCryptoParameters parameters, int encryptionAlgorithm, int macAlgorithm)
            throws IOException {
        RecordCipher made =
                switch (encryptionAlgorithm) {
                    case EncryptionAlgorithm.AES_128_GCM -> cipher(parameters, RecordAead.Algorithm.AES_GCM, 16);
                    case EncryptionAlgorithm.AES_256_GCM -> cipher(parameters, RecordAead.Algorithm.AES_GCM, 32);
                    case EncryptionAlgorithm.CHACHA20_POLY1305 ->
                        cipher(parameters, RecordAead.Algorithm.CHACHA20_POLY1305, 32);
                    default -> throw new TlsFatalAlert(AlertDescription.internal_error);
                };
        recordCipher = made;
        if (keyLog != null) {
            keyLog.accept(keyLogLine(parameters.getSecurityParametersHandshake()));
        }
        return made;
    }

    /** NSS's key log format, which Wireshark reads. */
    private String keyLogLine(SecurityParameters parameters) {
        HexFormat hex = HexFormat.of();
        byte[] masterSecret = adoptSecret(parameters.getMasterSecret()).extract();
        return "CLIENT_RANDOM " + hex.formatHex(parameters.getClientRandom()) + " " + hex.formatHex(masterSecret);
    }

    /** RFC 5246 §6.3: keys and nonces of both directions in one block. */
    private static RecordCipher cipher(TlsCryptoParameters parameters, RecordAead.Algorithm algorithm, int keyLength)
            throws IOException {
        int nonceLength = algorithm.implicitNonceLength;
        byte[] block = TlsImplUtils.calculateKeyBlock(parameters, 2 * (keyLength + nonceLength));
        ByteBuffer source = ByteBuffer.wrap(block);
        byte[] clientKey = take(source, keyLength);
        byte[] serverKey = take(source, keyLength);
        byte[] clientNonce = take(source, nonceLength);
        byte[] serverNonce = take(source, nonceLength);
        boolean server = parameters.isServer();
        try {
            return new RecordCipher(
                    algorithm,
                    new RecordAead(
                            algorithm,
                            Cipher.ENCRYPT_MODE,
                            server ? serverKey : clientKey,
                            server ? serverNonce : clientNonce),
                    new RecordAead(
                            algorithm,
                            Cipher.DECRYPT_MODE,
                            server ? clientKey : serverKey,
                            server ? clientNonce : serverNonce));
        } catch (GeneralSecurityException e) {
            throw new TlsFatalAlert(AlertDescription.internal_error, e);
        }
    }

    private static byte[] take(ByteBuffer source, int length) {
        byte[] taken = new byte[length];
        source.get(taken);
        return taken;
    }

    /** What protects the records after the ChangeCipherSpec; null before its keys are known. */
    @Nullable
    RecordCipher recordCipher() {
        return recordCipher;
    }

    @Override
    public boolean hasEncryptionAlgorithm(int encryptionAlgorithm) {
        return switch (encryptionAlgorithm) {
            case EncryptionAlgorithm.AES_128_GCM, EncryptionAlgorithm.AES_256_GCM ->
                RecordAead.Algorithm.AES_GCM.isSupported();
            case EncryptionAlgorithm.CHACHA20_POLY1305 -> RecordAead.Algorithm.CHACHA20_POLY1305.isSupported();
            default -> false;
        };
    }
}
