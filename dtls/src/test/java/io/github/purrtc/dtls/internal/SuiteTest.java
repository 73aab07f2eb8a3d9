package io.github.purrtc.dtls.internal;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SuiteTest {
    @Test
    void aesIsFirstWhereTheProcessorHasIt() {
        assertEquals(List.of(Suite.values()), Suite.inOrderFor(true));
        assertEquals(
                List.of(
                        Suite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
                        Suite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
                        Suite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
                        Suite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
                        Suite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
                        Suite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384),
                Suite.inOrderFor(false));
    }

    @Test
    void linuxTellsWhetherItHas() {
        assertTrue(Suite.hasAesFlag("processor\t: 0\nflags\t\t: fpu sse2 aes avx\n", false));
        assertFalse(Suite.hasAesFlag("processor\t: 0\nflags\t\t: fpu sse2 vaes-not avx\n", true));
        assertTrue(Suite.hasAesFlag("Features\t: fp asimd aes pmull crc32\n", false));
        assertFalse(Suite.hasAesFlag("Features\t: fp asimd evtstrm crc32 cpuid\n", true));
        assertTrue(Suite.hasAesFlag("nothing known\n", true));
    }

    @Test
    void namesAreIanas() {
        assertEquals("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", Suite.nameOf(0xC030));
        assertEquals("0x1301", Suite.nameOf(0x1301));
    }
}
