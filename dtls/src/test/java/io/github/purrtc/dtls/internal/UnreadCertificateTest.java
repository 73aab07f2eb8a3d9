package io.github.purrtc.dtls.internal;

import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.TlsFatalAlert;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.math.BigInteger;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Keys that would cost more to verify with than a peer may ask for, before it has shown anything. */
class UnreadCertificateTest {
    private static final byte[] RSA_ENCRYPTION = Der.hex("300d06092a864886f70d0101010500");
    private static final BigInteger F4 = BigInteger.valueOf(65_537);

    /** No key of anybody, but a number that passes for one: products of Mersenne primes, as long as the exponents' sum. */
    private static BigInteger modulus(int... exponents) {
        BigInteger product = BigInteger.ONE;
        for (int exponent : exponents) {
            product = product.multiply(BigInteger.ONE.shiftLeft(exponent).subtract(BigInteger.ONE));
        }
        return product;
    }

    private static final BigInteger BITS_2047 = modulus(1279, 607, 127, 17, 17);
    private static final BigInteger BITS_2048 = modulus(1279, 607, 107, 19, 19, 17);
    private static final BigInteger BITS_4096 = modulus(2281, 1279, 127, 127, 127, 107, 31, 17);
    private static final BigInteger BITS_4097 = modulus(2281, 1279, 127, 127, 127, 107, 19, 17, 13);

    private static void verifierFor(BigInteger modulus, BigInteger exponent) throws Exception {
        byte[] key = Der.sequence(Der.integer(modulus), Der.integer(exponent));
        byte[] nothing = Der.sequence();
        byte[] tbsCertificate = Der.sequence(
                Der.integer(BigInteger.ONE),
                nothing,
                nothing,
                nothing,
                nothing,
                Der.sequence(RSA_ENCRYPTION, Der.bitString(key)));
        new UnreadCertificate(new EngineCrypto(any -> true, null), Der.sequence(tbsCertificate), any -> true)
                .createVerifier(SignatureAlgorithm.rsa);
    }

    private static void assertUnsupported(BigInteger modulus, BigInteger exponent) {
        TlsFatalAlert alert = assertThrows(TlsFatalAlert.class, () -> verifierFor(modulus, exponent));
        assertEquals(AlertDescription.unsupported_certificate, alert.getAlertDescription());
    }

    @Test
    @DisplayName("RSA keys of 2,048 to 4,096 bits are taken")
    void size() {
        assertEquals(2047, BITS_2047.bitLength());
        assertEquals(2048, BITS_2048.bitLength());
        assertEquals(4096, BITS_4096.bitLength());
        assertEquals(4097, BITS_4097.bitLength());
        assertDoesNotThrow(() -> verifierFor(BITS_2048, F4));
        assertDoesNotThrow(() -> verifierFor(BITS_4096, F4));
        assertUnsupported(BITS_2047, F4);
        assertUnsupported(BITS_4097, F4);
    }

    @Test
    @DisplayName("with public exponents of 33 bits at most: a verification takes a multiplication for each")
    void exponent() {
        assertDoesNotThrow(
                () -> verifierFor(BITS_2048, BigInteger.ONE.shiftLeft(32).setBit(0)));
        assertUnsupported(BITS_2048, BigInteger.ONE.shiftLeft(33).setBit(0));
        assertUnsupported(BITS_2048, BITS_2048.subtract(BigInteger.TWO));
    }
}
