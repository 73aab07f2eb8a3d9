package io.github.purrtc.dtls.internal;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Private keys with their certificates in files: PEM (RFC 7468) and PKCS#12. */
public final class CertificateFiles {
    private static final Pattern PEM_BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END \\1-----");
    private static final List<String> PLAIN_KEYS = List.of("PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY");
    private static final String ALIAS = "webrtc";

    private CertificateFiles() {}

    /** What a file holds. */
    public record Pair(PrivateKey key, X509Certificate certificate) {
        @Override
        public String toString() {
            return "Pair[" + certificate.getSerialNumber() + "]";
        }
    }

    /** Throws an exception unless the key signs what the certificate verifies. */
    public static void requirePair(PrivateKey key, PublicKey certified) throws InvalidKeyException {
        if (!key.getAlgorithm().equals(certified.getAlgorithm())) {
            throw new InvalidKeyException(
                    "a key of " + key.getAlgorithm() + " for a certificate of " + certified.getAlgorithm());
        }
        byte[] challenge = new byte[32];
        Randomness.SECURE.nextBytes(challenge);
        boolean verified;
        try {
            Signature signature =
                    Signature.getInstance(key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
            signature.initSign(key);
            signature.update(challenge);
            byte[] signed = signature.sign();
            Signature check = Signature.getInstance(signature.getAlgorithm());
            check.initVerify(certified);
            check.update(challenge);
            verified = check.verify(signed);
        } catch (GeneralSecurityException e) {
            throw new InvalidKeyException("the key does not sign for the certificate", e);
        }
        if (!verified) {
            throw new InvalidKeyException("the key is not the certificate's");
        }
    }

    public static Pair fromPem(String pem) {
        byte @Nullable [] key = null;
        String keyType = "";
        byte @Nullable [] certificate = null;
        Matcher blocks = PEM_BLOCK.matcher(pem);
        while (blocks.find()) {
            String type = blocks.group(1);
            if (type.equals("CERTIFICATE") && certificate == null) {
                certificate = Base64.getMimeDecoder().decode(blocks.group(2));
            } else if (PLAIN_KEYS.contains(type) && key == null) {
                key = Base64.getMimeDecoder().decode(blocks.group(2));
                keyType = type;
            }
        }
        if (key == null || certificate == null) {
            throw new IllegalArgumentException(
                    "the PEM holds no private key, or no certificate, or the key is encrypted");
        }
        try {
            X509Certificate read = readCertificate(certificate);
            byte[] pkcs8 = keyType.equals("PRIVATE KEY") ? key : toPkcs8(key, read);
            KeyFactory factory = KeyFactory.getInstance(read.getPublicKey().getAlgorithm());
            return new Pair(factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)), read);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the PEM's key or certificate cannot be read", e);
        }
    }

    /** RFC 5958 §2 around the older forms, of which the certificate knows the algorithm. */
    private static byte[] toPkcs8(byte[] key, X509Certificate certificate) {
        return Der.sequence(
                Der.integer(BigInteger.ZERO),
                Der.algorithmIdentifier(certificate.getPublicKey().getEncoded()),
                Der.value(Der.OCTET_STRING, key));
    }

    private static X509Certificate readCertificate(byte[] der) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    public static String toPem(PrivateKey key, byte[] certificate) {
        return block("PRIVATE KEY", exported(key)) + block("CERTIFICATE", certificate);
    }

    private static String block(String type, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    }

    private static byte[] exported(PrivateKey key) {
        byte[] encoded = key.getEncoded();
        if (encoded == null) {
            throw new IllegalStateException("the private key does not leave its provider");
        }
        return encoded;
    }

    public static Pair fromPkcs12(byte[] file, char[] password) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(file), password);
            for (String alias : Collections.list(store.aliases())) {
                if (store.getKey(alias, password) instanceof PrivateKey key
                        && store.getCertificate(alias) instanceof X509Certificate certificate) {
                    return new Pair(key, certificate);
                }
            }
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("not a PKCS#12 file, or not its password", e);
        }
        throw new IllegalArgumentException("the PKCS#12 file holds no private key");
    }

    public static byte[] toPkcs12(PrivateKey key, byte[] certificate, char[] password) {
        exported(key);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(ALIAS, key, password, new Certificate[] {readCertificate(certificate)});
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            store.store(file, password);
            return file.toByteArray();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the JDK cannot write PKCS#12", e);
        }
    }
}
