package io.github.purrtc.sctp;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

class MetricsTest {
    @Test
    @DisplayName("what one side sent the other received, packets and bytes")
    void countsBothWays() {
        Ladder ladder = Ladder.connected();
        ladder.a.send(1, new byte[5_000], SctpSendOptions.RELIABLE_ORDERED);
        ladder.z.send(1, new byte[300], SctpSendOptions.RELIABLE_ORDERED);
        ladder.run(Peer.SECOND);
        SctpMetrics a = ladder.a.association.metrics();
        SctpMetrics z = ladder.z.association.metrics();
        assertEquals(a.packetsSent(), z.packetsReceived());
        assertEquals(z.packetsSent(), a.packetsReceived());
        assertEquals(a.bytesSent(), z.bytesReceived());
        assertEquals(z.bytesSent(), a.bytesReceived());
        assertEquals(List.of(5_000L, 300L), List.of(a.userBytesSent(), z.userBytesSent()));
        assertEquals(List.of(5_000L, 300L), List.of(z.userBytesReceived(), a.userBytesReceived()));
        assertEquals(List.of(1L, 1L), List.of(a.messagesAccepted(), z.messagesReceived()));
        assertEquals(List.of(0L, 0L), List.of(a.lostChunks(), a.retransmissions()));
    }

    @Test
    @DisplayName("a lost packet is counted once as lost and once as sent again; a second copy as a duplicate")
    void countsLosses() {
        Ladder ladder = Ladder.connected();
        ladder.a.send(1, new byte[500], SctpSendOptions.RELIABLE_ORDERED);
        ByteBuffer packet = ladder.a.next();
        // A -> DATA /lost/ Z
        ladder.a.elapse();
        ByteBuffer again = ladder.a.next();
        ladder.z.receive(again);
        ladder.z.receive(packet);
        SctpMetrics a = ladder.a.association.metrics();
        assertEquals(1, a.lostChunks());
        assertEquals(1, a.retransmissions());
        assertEquals(500, a.retransmittedBytes());
        assertEquals(500, a.userBytesSent());
        assertEquals(1, a.timeouts());
        assertEquals(1, ladder.z.association.metrics().duplicateChunks());
        assertEquals(500, ladder.z.association.metrics().userBytesReceived());
    }

    @Test
    @DisplayName("the counts are there after the end")
    void outlivesTheAssociation() {
        Ladder ladder = Ladder.connected();
        ladder.a.send(1, "text");
        ladder.exchange();
        ladder.a.association.shutdown(ladder.a.now);
        ladder.run(Peer.SECOND);
        assertEquals(SctpState.CLOSED, ladder.a.association.state());
        assertEquals(4, ladder.a.association.metrics().userBytesSent());
        assertEquals(4, ladder.z.association.metrics().userBytesReceived());
        assertEquals(0, ladder.a.association.metrics().cwnd());
    }
}
