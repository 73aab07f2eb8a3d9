package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.CookieReceivedWhileShuttingDownCause;
import io.github.purrtc.sctp.packet.ErrorChunk;
import io.github.purrtc.sctp.packet.ShutdownAckChunk;
import io.github.purrtc.sctp.packet.ShutdownChunk;
import io.github.purrtc.sctp.packet.ShutdownCompleteChunk;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ShutdownTest {
    @Test
    @DisplayName("C179, C180 what was accepted is delivered, then both close")
    void deliversThenCloses() {
        Ladder ladder = Ladder.connected();
        ladder.a.send(1, new byte[50_000], SctpSendOptions.RELIABLE_ORDERED);
        ladder.z.send(2, new byte[50_000], SctpSendOptions.RELIABLE_ORDERED);
        ladder.a.association.shutdown(ladder.a.now);
        assertEquals(SctpState.SHUTDOWN_PENDING, ladder.a.association.state());
        assertEquals(SendStatus.CLOSED, ladder.a.send(1, "late"));
        ladder.exchange();
        assertEquals(SctpState.CLOSED, ladder.a.association.state());
        assertEquals(SctpState.CLOSED, ladder.z.association.state());
        assertEquals(1, ladder.z.messages().size());
        assertEquals(1, ladder.a.messages().size());
        assertTrue(ladder.a.events().contains(new SctpEvent.Closed()));
        assertTrue(ladder.z.events().contains(new SctpEvent.Closed()));
        assertSilent(ladder.a);
        assertSilent(ladder.z);
    }

    @Test
    @DisplayName("the ladder of a shutdown without data")
    void closes() {
        Ladder ladder = Ladder.connected();
        ladder.a.association.shutdown(ladder.a.now);
        // A -> SHUTDOWN -> Z
        ByteBuffer shutdown = ladder.a.next();
        assertEquals("Shutdown", Peer.names(shutdown));
        ladder.z.receive(shutdown);
        // A <- SHUTDOWN ACK <- Z
        ByteBuffer ack = ladder.z.next();
        assertEquals("ShutdownAck", Peer.names(ack));
        ladder.a.receive(ack);
        // A -> SHUTDOWN COMPLETE -> Z
        ByteBuffer complete = ladder.a.next();
        assertEquals("ShutdownComplete", Peer.names(complete));
        ladder.z.receive(complete);
        assertEquals(List.of(new SctpEvent.Closed()), ladder.a.events());
        assertEquals(List.of(new SctpEvent.Closed()), ladder.z.events());
    }

    @Test
    @DisplayName("C181 SHUTDOWN and SHUTDOWN ACK are sent again, and not for ever")
    void resends() {
        Ladder ladder = Ladder.connected();
        ladder.a.association.shutdown(ladder.a.now);
        // A -> SHUTDOWN -> /lost/
        ladder.a.next();
        ladder.a.elapse();
        ladder.z.receive(ladder.a.next());
        // A /lost/ <- SHUTDOWN ACK <- Z
        ladder.z.next();
        ladder.z.elapse();
        assertEquals("ShutdownAck", Peer.names(ladder.z.next()));
        for (Peer peer : List.of(ladder.a, ladder.z)) {
            int packets = 0;
            while (peer.association.state() != SctpState.CLOSED) {
                peer.elapse();
                packets += peer.all().size();
            }
            assertTrue(packets >= 8 && packets <= 12, "packets: " + packets);
            assertEquals(
                    AbortOrigin.TOO_MANY_RETRIES,
                    ((SctpEvent.Aborted) peer.events().get(0)).origin());
            assertSilent(peer);
        }
    }

    @Test
    @DisplayName(
            "where back-off is bounded SHUTDOWN and SHUTDOWN ACK are repeated after one time and then after two times that")
    void doublesOnce() {
        Ladder ladder = Ladder.connected(
                Peer.options().maxRtoBackoff(2).rtoMinNanos(300 * Peer.MILLI).build());
        ladder.a.association.shutdown(ladder.a.now);
        ladder.z.receive(ladder.a.next());
        ladder.z.next();
        HandshakeTest.assertRepeats(ladder.a, "Shutdown");
        HandshakeTest.assertRepeats(ladder.z, "ShutdownAck");
    }

    @Test
    @DisplayName("C182 a second SHUTDOWN in SHUTDOWN-ACK-SENT is answered again")
    void answersShutdownAgain() {
        Ladder ladder = Ladder.connected();
        ladder.a.association.shutdown(ladder.a.now);
        ByteBuffer shutdown = ladder.a.next();
        ladder.z.receive(shutdown);
        ladder.z.all();
        ladder.z.receive(shutdown);
        assertEquals("ShutdownAck", Peer.names(ladder.z.next()));
    }

    @Test
    @DisplayName("C183 both shut down at once")
    void crosses() {
        Ladder ladder = Ladder.connected();
        ladder.a.association.shutdown(ladder.a.now);
        ladder.z.association.shutdown(ladder.z.now);
        ByteBuffer fromA = ladder.a.next();
        ByteBuffer fromZ = ladder.z.next();
        ladder.a.receive(fromZ);
        ladder.z.receive(fromA);
        assertEquals(SctpState.SHUTDOWN_ACK_SENT, ladder.a.association.state());
        assertEquals(SctpState.SHUTDOWN_ACK_SENT, ladder.z.association.state());
        ladder.exchange();
        assertEquals(List.of(new SctpEvent.Closed()), ladder.a.events());
        assertEquals(List.of(new SctpEvent.Closed()), ladder.z.events());
    }

    @Test
    @DisplayName("C184, C185 SHUTDOWN ACK and SHUTDOWN COMPLETE out of turn are dropped")
    void dropsOutOfTurn() {
        Ladder ladder = Ladder.connected();
        int tag = RetransmissionTest.zToATag(ladder);
        ladder.a.receive(tag, new ShutdownAckChunk());
        ladder.a.receive(tag, new ShutdownCompleteChunk(false));
        assertEquals(SctpState.ESTABLISHED, ladder.a.association.state());
        Peer fresh = new Peer(1);
        fresh.receive(1, new ShutdownChunk(1));
        fresh.association.connect(fresh.now);
        fresh.all();
        fresh.receive(1, new ShutdownChunk(1));
        assertNull(fresh.next());
        assertEquals(SctpState.COOKIE_WAIT, fresh.association.state());
    }

    @Test
    @DisplayName("C29 a SHUTDOWN ACK from an association long gone is answered with its own tag")
    void completesAnOldShutdown() {
        Peer a = new Peer(1);
        a.association.connect(a.now);
        a.all();
        a.receive(4711, new ShutdownAckChunk());
        ByteBuffer complete = a.next();
        assertEquals(new ShutdownCompleteChunk(true), Peer.first(ShutdownCompleteChunk.class, complete));
        assertEquals(4711, Peer.verificationTag(complete));
        assertEquals(SctpState.COOKIE_WAIT, a.association.state());
    }

    @Test
    @DisplayName("C90 DATA in SHUTDOWN-SENT is taken, and answered with SACK and SHUTDOWN")
    void takesDataInShutdownSent() {
        Ladder ladder = Ladder.connected();
        ladder.z.send(1, "crossing");
        ByteBuffer data = ladder.z.next();
        ladder.a.association.shutdown(ladder.a.now);
        ladder.a.next();
        ladder.a.receive(data);
        assertEquals("Shutdown Sack", Peer.names(ladder.a.next()));
        assertEquals(List.of("crossing"), ladder.a.texts());
    }

    @Test
    @DisplayName("C59 a peer that restarts while we shut down is told so")
    void refusesRestartWhileShuttingDown() {
        Ladder ladder = Ladder.connected();
        ladder.z.association.shutdown(ladder.z.now);
        Peer newZ = new Peer(3);
        newZ.association.connect(newZ.now);
        ladder.a.receive(newZ.next());
        newZ.receive(ladder.a.all());
        ByteBuffer cookieEcho = newZ.next();
        ladder.a.receive(ladder.z.next());
        assertEquals(SctpState.SHUTDOWN_ACK_SENT, ladder.a.association.state());
        ladder.a.all();
        ladder.a.receive(cookieEcho);
        ByteBuffer answer = ladder.a.next();
        assertEquals("ShutdownAck Error", Peer.names(answer));
        assertEquals(
                List.of(new CookieReceivedWhileShuttingDownCause()),
                ((ErrorChunk) Peer.chunks(answer).get(1)).causes());
        assertEquals(SctpState.SHUTDOWN_ACK_SENT, ladder.a.association.state());
    }

    @Test
    @DisplayName("C186, C187 a peer without room does not keep the association up for ever")
    void guardsTheShutdown() {
        SctpOptions options = SctpOptions.builder().receiveWindow(5_000).build();
        Ladder ladder = Ladder.connected(options);
        for (int i = 0; i < 20; i++) {
            ladder.a.send(1, new byte[1000], SctpSendOptions.RELIABLE_ORDERED);
        }
        ladder.a.association.shutdown(ladder.a.now);
        ladder.run(290 * Peer.SECOND);
        assertEquals(SctpState.SHUTDOWN_PENDING, ladder.a.association.state());
        ladder.run(20 * Peer.SECOND);
        assertEquals(SctpState.CLOSED, ladder.a.association.state());
    }

    /** C193 */
    private static void assertSilent(Peer peer) {
        peer.events();
        peer.messages();
        assertEquals(Long.MAX_VALUE, peer.association.nextTimeout());
        peer.association.onTimeout(peer.now + 1_000 * Peer.SECOND);
        peer.association.endOfBurst(peer.now);
        peer.association.shutdown(peer.now);
        peer.association.abort("again", peer.now);
        peer.association.connect(peer.now);
        peer.all();
        assertNull(peer.next());
        assertEquals(List.of(), peer.events());
    }
}
