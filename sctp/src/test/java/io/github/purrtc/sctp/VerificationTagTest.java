package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.AbortChunk;
import io.github.purrtc.sctp.packet.Chunk;
import io.github.purrtc.sctp.packet.CookieAckChunk;
import io.github.purrtc.sctp.packet.DataChunk;
import io.github.purrtc.sctp.packet.ErrorChunk;
import io.github.purrtc.sctp.packet.HeartbeatChunk;
import io.github.purrtc.sctp.packet.InitChunk;
import io.github.purrtc.sctp.packet.ReConfigChunk;
import io.github.purrtc.sctp.packet.SackChunk;
import io.github.purrtc.sctp.packet.ShutdownAckChunk;
import io.github.purrtc.sctp.packet.ShutdownChunk;
import io.github.purrtc.sctp.packet.ShutdownCompleteChunk;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

class VerificationTagTest {
    private static final List<Chunk> CHUNKS = List.of(
            new DataChunk(3, 1, 1, 0, 51, ByteBuffer.wrap(new byte[4]), 0, 4),
            new SackChunk(1, 1),
            new HeartbeatChunk(List.of()),
            new ShutdownChunk(1),
            new ShutdownAckChunk(),
            new ShutdownCompleteChunk(false),
            new CookieAckChunk(),
            new ErrorChunk(List.of()),
            new AbortChunk(false, List.of()),
            new ReConfigChunk(List.of()));

    @Test
    @DisplayName("C24 with another tag than ours nothing is looked at")
    void dropsForeignTags() {
        Ladder ladder = Ladder.connected();
        int tag = RetransmissionTest.zToATag(ladder);
        for (Chunk chunk : CHUNKS) {
            ladder.a.receive(tag + 1, chunk);
            ladder.a.receive(0, chunk);
            assertNull(ladder.a.next(), chunk::toString);
            assertEquals(SctpState.ESTABLISHED, ladder.a.association.state(), chunk::toString);
        }
        assertEquals(2 * CHUNKS.size(), ladder.a.association.metrics().droppedPackets());
    }

    @Test
    @DisplayName("C31 out of the blue: dropped and counted")
    void dropsOutOfTheBlue() {
        Peer a = new Peer(1);
        for (Chunk chunk : CHUNKS) {
            a.receive(4711, chunk);
            assertNull(a.next(), chunk::toString);
        }
        assertEquals(CHUNKS.size(), a.association.metrics().droppedPackets());
        assertEquals(List.of(), a.events());
    }

    @Test
    @DisplayName("C25 an INIT under a tag is dropped")
    void initHasNoTag() {
        Ladder ladder = Ladder.connected();
        int tag = RetransmissionTest.zToATag(ladder);
        ladder.a.receive(tag, new InitChunk(7, 5000, 1, 1, 1, List.of()));
        assertNull(ladder.a.next());
    }

    @Test
    @DisplayName("C26 ABORT under the peer's tag counts if it says so")
    void abortMayReflect() {
        Ladder ladder = Ladder.connected();
        ladder.a.send(1, "to learn the tag");
        int peerTag = Peer.verificationTag(ladder.a.next());
        ladder.a.receive(peerTag, new AbortChunk(false, List.of()));
        assertEquals(SctpState.ESTABLISHED, ladder.a.association.state());
        ladder.a.receive(peerTag, new AbortChunk(true, List.of()));
        assertEquals(SctpState.CLOSED, ladder.a.association.state());
    }

    @Test
    @DisplayName("C27 ABORT that reflects, before the peer's tag is known, is dropped")
    void abortBeforeTheTagIsKnown() {
        Peer a = new Peer(1);
        a.association.connect(a.now);
        int tag = Peer.first(InitChunk.class, a.next()).initiateTag();
        a.receive(4711, new AbortChunk(true, List.of()));
        a.receive(0, new AbortChunk(true, List.of()));
        assertEquals(SctpState.COOKIE_WAIT, a.association.state());
        a.receive(tag, new AbortChunk(false, List.of()));
        assertEquals(SctpState.CLOSED, a.association.state());
    }

    @Test
    @DisplayName("C28 SHUTDOWN COMPLETE under the peer's tag counts if it says so")
    void shutdownCompleteMayReflect() {
        Ladder ladder = Ladder.connected();
        ladder.a.association.shutdown(ladder.a.now);
        ladder.z.receive(ladder.a.next());
        int tagOfA = Peer.verificationTag(ladder.z.next());
        ladder.z.receive(tagOfA, new ShutdownCompleteChunk(false));
        assertEquals(SctpState.SHUTDOWN_ACK_SENT, ladder.z.association.state());
        ladder.z.receive(tagOfA, new ShutdownCompleteChunk(true));
        assertEquals(SctpState.CLOSED, ladder.z.association.state());
    }

    @Test
    @DisplayName("C4 other ports are somebody else's")
    void dropsOtherPorts() {
        Peer a = new Peer(1, SctpOptions.builder().sourcePort(5001).build());
        Peer z = new Peer(2);
        a.association.connect(a.now);
        z.receive(a.next());
        assertNull(z.next());
        assertEquals(1, z.association.metrics().droppedPackets());
    }
}
