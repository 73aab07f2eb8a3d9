package io.github.purrtc.dtls;

import io.github.purrtc.testing.Programs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Certificates and keys in files, ours and OpenSSL's. */
class CertificateFilesTest {
    private static final char[] PASSWORD = "meow".toCharArray();

    @TempDir
    Path directory;

    private static void assertSame(DtlsCertificate expected, DtlsCertificate read) {
        assertArrayEquals(expected.encoded(), read.encoded());
        assertEquals(expected.privateKey(), read.privateKey());
        assertEquals(expected.expires(), read.expires());
    }

    @ParameterizedTest
    @EnumSource(names = {"ECDSA_P256", "ECDSA_P384", "RSA_2048"})
    void areWrittenAndReadBack(KeyAlgorithm algorithm) throws Exception {
        DtlsCertificate certificate = DtlsCertificate.generate(algorithm);
        assertSame(certificate, DtlsCertificate.fromPem(certificate.toPem()));
        byte[] pkcs12 = certificate.toPkcs12(PASSWORD);
        assertSame(certificate, DtlsCertificate.fromPkcs12(pkcs12, PASSWORD));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(pkcs12), PASSWORD);
        String alias = store.aliases().nextElement();
        assertSame(certificate, DtlsCertificate.of(store, alias, PASSWORD));

        assertThrows(IllegalArgumentException.class, () -> DtlsCertificate.of(store, "nobody", PASSWORD));
        assertThrows(IllegalArgumentException.class, () -> DtlsCertificate.of(store, alias, "woof".toCharArray()));
        assertThrows(IllegalArgumentException.class, () -> DtlsCertificate.fromPkcs12(pkcs12, "woof".toCharArray()));
        assertThrows(IllegalArgumentException.class, () -> DtlsCertificate.fromPkcs12(new byte[7], PASSWORD));
    }

    private static X509Certificate x509(DtlsCertificate certificate) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificate.encoded()));
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() throws Exception {
        X509Certificate one = x509(DtlsCertificate.generate());
        PrivateKey other = DtlsCertificate.generate().privateKey();
        assertThrows(IllegalArgumentException.class, () -> DtlsCertificate.of(other, one));
        PrivateKey rsa = DtlsCertificate.generate(KeyAlgorithm.RSA_2048).privateKey();
        assertThrows(IllegalArgumentException.class, () -> DtlsCertificate.of(rsa, one));
        String mixed = DtlsCertificate.generate().toPem().split("-----BEGIN CERT", 2)[0]
                + "-----BEGIN CERT"
                + DtlsCertificate.generate().toPem().split("-----BEGIN CERT", 2)[1];
        assertThrows(IllegalArgumentException.class, () -> DtlsCertificate.fromPem(mixed));
    }

    @Test
    void textThatIsNoPemIsRefused() {
        String pem = DtlsCertificate.generate().toPem();
        for (String bad : new String[] {
            "",
            "-----BEGIN PRIVATE KEY-----",
            pem.substring(0, pem.indexOf("-----BEGIN CERT")),
            pem.substring(pem.indexOf("-----BEGIN CERT")),
            pem.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"),
            pem.replaceAll("(?m)^M.{20}", "")
        }) {
            assertThrows(IllegalArgumentException.class, () -> DtlsCertificate.fromPem(bad), bad);
        }
    }

    @Test
    void otherCurvesAndShortKeysAreRefused() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp521r1"));
        PrivateKey p521 = generator.generateKeyPair().getPrivate();
        X509Certificate p256 = x509(DtlsCertificate.generate());
        assertThrows(IllegalArgumentException.class, () -> DtlsCertificate.of(p521, p256));
    }

    private void openssl(String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = Programs.require("openssl", "openssl").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
    }

    private String read(String file) throws IOException {
        return Files.readString(directory.resolve(file));
    }

    @Test
    void openSslReadsAndWritesThem() throws Exception {
        DtlsCertificate ours = DtlsCertificate.generate();
        Files.writeString(directory.resolve("ours.pem"), ours.toPem());
        openssl("x509", "-in", "ours.pem", "-outform", "DER", "-out", "ours.der");
        assertArrayEquals(ours.encoded(), Files.readAllBytes(directory.resolve("ours.der")));
        openssl("pkcs12", "-export", "-in", "ours.pem", "-out", "ours.p12", "-passout", "pass:meow");
        assertSame(ours, DtlsCertificate.fromPkcs12(Files.readAllBytes(directory.resolve("ours.p12")), PASSWORD));

        // PKCS#8, SEC 1 (with its parameters in front) and PKCS#1
        openssl("ecparam", "-name", "secp384r1", "-genkey", "-out", "ec.pem");
        openssl("req", "-x509", "-key", "ec.pem", "-subj", "/CN=cat", "-days", "3", "-out", "ec.crt");
        assertTrue(read("ec.pem").contains("BEGIN EC PRIVATE KEY"));
        DtlsCertificate elliptic = DtlsCertificate.fromPem(read("ec.crt") + read("ec.pem"));
        openssl("genrsa", "-traditional", "-out", "rsa.pem", "2048");
        openssl("req", "-x509", "-key", "rsa.pem", "-subj", "/CN=cat", "-days", "3", "-out", "rsa.crt");
        assertTrue(read("rsa.pem").contains("BEGIN RSA PRIVATE KEY"));
        DtlsCertificate rsa = DtlsCertificate.fromPem(read("rsa.pem") + read("rsa.crt"));
        try (Pair pair = new Pair(Pair.OPTIONS, elliptic, rsa)) {
            pair.connect();
        }
        openssl("genrsa", "-out", "short.pem", "1024");
        openssl("req", "-x509", "-key", "short.pem", "-subj", "/CN=cat", "-out", "short.crt");
        String tooShort = read("short.pem") + read("short.crt");
        assertThrows(IllegalArgumentException.class, () -> DtlsCertificate.fromPem(tooShort));
    }
}
