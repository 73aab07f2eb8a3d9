package io.github.purrtc.wpt;

import io.github.purrtc.PeerConnection;
import io.github.purrtc.RtcStats;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.Set;

import static io.github.purrtc.wpt.Wpt.channelPair;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** RFC 8827 §6.5: DTLS 1.2 with forward secrecy and authenticated encryption. */
@DisplayName("protocol/crypto-suite.https.html")
class CryptoSuiteTest {
    private final PeerConnection a = connection();
    private final PeerConnection z = connection();

    @BeforeEach
    void connect() {
        channelPair(a, z, false);
    }

    @AfterEach
    void close() {
        a.close();
        z.close();
    }

    private RtcStats.Transport transport() {
        return get(a.getStats()).of(RtcStats.Transport.class).get(0);
    }

    @Test
    @DisplayName("tlsVersion is acceptable on data-only")
    void version() {
        assertEquals("FEFD", transport().tlsVersion());
    }

    @Test
    @DisplayName("dtlsCipher is acceptable on data-only")
    void cipher() {
        // Theirs takes the suite that everybody must know; on processors without AES another is better.
        assertTrue(Set.of("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256")
                .contains(transport().dtlsCipher()));
    }
}
