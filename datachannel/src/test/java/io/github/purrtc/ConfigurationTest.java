package io.github.purrtc;

import io.github.purrtc.sctp.CongestionAlgorithm;
import io.github.purrtc.testing.Await;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ConfigurationTest {
    @Test
    void messagesOfAnySizeAreAnnounced() {
        Configuration anySize = Configuration.builder().messagesOfAnySize(true).build();
        try (PeerPair pair = new PeerPair(anySize)) {
            pair.a.createDataChannel("any");
            String offer = PeerPair.get(pair.a.createOffer()).sdp();
            assertTrue(offer.contains("a=max-message-size:0\r\n"), offer);
        }
    }

    @Test
    void theAssociationsTimersAndCongestionControlCanBeChosen() {
        Configuration chosen = Configuration.builder()
                .includeLoopback(true)
                .congestionControl(CongestionAlgorithm.CUBIC)
                .retransmissionTimeout(Duration.ofMillis(10), Duration.ofSeconds(2))
                .acknowledgementDelay(Duration.ZERO)
                .build();
        assertEquals(CongestionAlgorithm.CUBIC, chosen.congestionControl());
        assertEquals(Duration.ofMillis(10), chosen.minRetransmissionTimeout());
        assertEquals(Duration.ofSeconds(2), chosen.maxRetransmissionTimeout());
        assertEquals(Duration.ZERO, chosen.acknowledgementDelay());
        try (PeerPair pair = new PeerPair(chosen)) {
            DataChannel channel = pair.a.createDataChannel("chosen");
            pair.connect();
            Await.until("open", () -> channel.readyState() == DataChannelState.OPEN);
            PeerPair.get(channel.sendAcknowledged(DataChannelMessage.text("purr")));
        }
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertTypeError(() -> Configuration.builder().retransmissionTimeout(Duration.ZERO, Duration.ofSeconds(1)));
        assertTypeError(
                () -> Configuration.builder().retransmissionTimeout(Duration.ofSeconds(2), Duration.ofSeconds(1)));
        assertTypeError(() -> Configuration.builder().retransmissionTimeout(Duration.ofSeconds(2), Duration.ofDays(2)));
        assertTypeError(() -> Configuration.builder().acknowledgementDelay(Duration.ofMillis(-1)));
        assertTypeError(() -> Configuration.builder().acknowledgementDelay(Duration.ofMillis(501)));
        assertTypeError(() -> Configuration.builder().maxMessageSize(0).build());
    }

    private static void assertTypeError(org.junit.jupiter.api.function.Executable executable) {
        assertEquals(
                ErrorName.TYPE_ERROR,
                assertThrows(RtcException.class, executable).errorName());
    }
}
