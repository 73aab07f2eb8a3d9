package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.DataChunk;
import io.github.purrtc.sctp.packet.ShutdownChunk;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

/** What each state of a shutdown takes and what it leaves. */
class ShutdownRulesTest {
    private final Ladder ladder = Ladder.connected();
    private final Peer a = ladder.a;
    private final Peer z = ladder.z;

    @Test
    @DisplayName("C179 nothing more is accepted in any state of a shutdown")
    void acceptsNothing() {
        a.send(1, "outstanding");
        z.send(1, "outstanding too");
        ByteBuffer dataOfA = a.next();
        ByteBuffer dataOfZ = z.next();
        a.association.shutdown(a.now);
        assertRefused(a, SctpState.SHUTDOWN_PENDING);
        // A -> SHUTDOWN -> Z, which has outstanding data
        z.receive(dataOfA);
        a.receive(z.all());
        assertRefused(a, SctpState.SHUTDOWN_SENT);
        z.receive(a.all());
        assertRefused(z, SctpState.SHUTDOWN_RECEIVED);
        a.receive(dataOfZ);
        z.receive(a.all());
        assertRefused(z, SctpState.SHUTDOWN_ACK_SENT);
        ladder.exchange();
        assertRefused(a, SctpState.CLOSED);
        assertRefused(z, SctpState.CLOSED);
        assertEquals(List.of("outstanding"), z.texts());
        assertEquals(List.of("outstanding too"), a.texts());
    }

    @Test
    @DisplayName("C182 SHUTDOWN again while data is outstanding, and shutdown asked for twice, change nothing")
    void asksTwice() {
        z.send(1, "outstanding");
        z.next();
        a.association.shutdown(a.now);
        ByteBuffer shutdown = a.next();
        z.receive(shutdown);
        z.receive(shutdown);
        z.association.shutdown(z.now);
        assertNull(z.next());
        assertEquals(SctpState.SHUTDOWN_RECEIVED, z.association.state());
        a.association.shutdown(a.now);
        assertNull(a.next());
        ladder.run(5 * Peer.SECOND);
        assertEquals(List.of("outstanding"), a.texts());
        assertEquals(List.of(new SctpEvent.Closed()), a.events());
        assertEquals(List.of(new SctpEvent.Closed()), z.events());
    }

    @Test
    @DisplayName("C90 DATA in SHUTDOWN-ACK-SENT is left: who has said SHUTDOWN has none")
    void leavesDataAfterShutdown() {
        z.send(1, "to learn the numbers");
        ByteBuffer packet = z.next();
        DataChunk data = Peer.first(DataChunk.class, packet);
        int tag = Peer.verificationTag(packet);
        a.receive(packet);
        z.receive(a.all());
        a.messages();
        z.association.shutdown(z.now);
        a.receive(z.all());
        assertEquals(SctpState.SHUTDOWN_ACK_SENT, a.association.state());
        a.all();
        a.receive(tag, new DataChunk(3, data.tsn() + 1, 1, 1, 51, ByteBuffer.wrap(new byte[4]), 0, 4));
        assertNull(a.next());
        assertEquals(List.of(), a.messages());
        assertEquals(1, a.association.metrics().droppedPackets());
    }

    @Test
    @DisplayName("C180 a SHUTDOWN that acknowledges what was never sent is malformed, and no shutdown")
    void refusesAnImpossibleAck() {
        int tag = RetransmissionTest.zToATag(ladder);
        a.send(1, "to learn the TSN");
        int tsn = Peer.first(DataChunk.class, a.next()).tsn();
        a.receive(tag, new ShutdownChunk(tsn + 1));
        assertEquals(SctpState.ESTABLISHED, a.association.state());
        assertEquals(1, a.association.metrics().malformedPackets());
        a.receive(tag, new ShutdownChunk(tsn));
        assertEquals(SctpState.SHUTDOWN_ACK_SENT, a.association.state());
        assertEquals(0, a.association.bufferedAmount(1));
    }

    private static void assertRefused(Peer peer, SctpState state) {
        assertEquals(state, peer.association.state());
        assertEquals(SendStatus.CLOSED, peer.send(1, "late"));
    }
}
