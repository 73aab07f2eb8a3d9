package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.Bytes;
import io.github.purrtc.sctp.packet.HeartbeatAckChunk;
import io.github.purrtc.sctp.packet.HeartbeatChunk;
import io.github.purrtc.sctp.packet.HeartbeatInfoParameter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class HeartbeatTest {
    @Test
    @DisplayName("C127 a HEARTBEAT comes back as it was, an empty one too; one larger than a packet does not")
    void answers() {
        Ladder ladder = Ladder.connected();
        int tag = RetransmissionTest.zToATag(ladder);
        for (int length : new int[] {0, 1, 100, 1000}) {
            HeartbeatInfoParameter info = new HeartbeatInfoParameter(Bytes.copyOf(new byte[length]));
            ladder.a.receive(tag, new HeartbeatChunk(List.of(info)));
            assertEquals(new HeartbeatAckChunk(List.of(info)), Peer.first(HeartbeatAckChunk.class, ladder.a.next()));
        }
        ladder.a.receive(tag, new HeartbeatChunk(List.of(new HeartbeatInfoParameter(Bytes.copyOf(new byte[2000])))));
        assertNull(ladder.a.next());
    }

    @Test
    @DisplayName("C128 an idle association asks every 30 s and a little, one with data does not")
    void asksWhenIdle() {
        Ladder ladder = Ladder.connected();
        long before = ladder.a.now;
        ladder.a.elapse();
        assertTrue(ladder.a.now - before > 30 * Peer.SECOND && ladder.a.now - before < 31 * Peer.SECOND);
        ByteBuffer heartbeat = ladder.a.next();
        assertEquals("Heartbeat", Peer.names(heartbeat));
        ladder.z.receive(heartbeat);
        ladder.a.receive(ladder.z.next());
        for (int i = 0; i < 100; i++) {
            ladder.a.send(1, "data");
            ladder.exchange();
            ladder.a.elapse(Peer.SECOND);
            ladder.z.elapse(Peer.SECOND);
            for (ByteBuffer packet : ladder.a.all()) {
                assertTrue(!Peer.names(packet).contains("Heartbeat"));
                ladder.z.receive(packet);
            }
            ladder.a.receive(ladder.z.all().stream()
                    .filter(packet -> !Peer.names(packet).contains("Heartbeat"))
                    .toList());
        }
    }

    @Test
    @DisplayName("C130 a peer that is silent is given up after 10 lost heartbeats")
    void givesUp() {
        Ladder ladder = Ladder.connected();
        int heartbeats = 0;
        while (ladder.a.association.state() == SctpState.ESTABLISHED) {
            ladder.a.elapse();
            heartbeats += ladder.a.all().stream()
                            .anyMatch(packet -> Peer.names(packet).equals("Heartbeat"))
                    ? 1
                    : 0;
        }
        assertEquals(11, heartbeats);
        assertEquals(
                AbortOrigin.TOO_MANY_RETRIES,
                ((SctpEvent.Aborted) ladder.a.events().get(0)).origin());
    }

    @Test
    @DisplayName("C129 only the right answer counts")
    void ignoresWrongAnswers() {
        Ladder ladder = Ladder.connected();
        int tag = RetransmissionTest.zToATag(ladder);
        HeartbeatAckChunk old = null;
        while (ladder.a.association.state() == SctpState.ESTABLISHED) {
            ladder.a.elapse();
            for (ByteBuffer packet : ladder.a.all()) {
                if (Peer.chunks(packet).get(0) instanceof HeartbeatChunk heartbeat) {
                    byte[] info = ((HeartbeatInfoParameter)
                                    heartbeat.parameters().get(0))
                            .info()
                            .toArray();
                    info[3] ^= 1;
                    ladder.a.receive(
                            tag, new HeartbeatAckChunk(List.of(new HeartbeatInfoParameter(Bytes.copyOf(info)))));
                    ladder.a.receive(tag, new HeartbeatAckChunk(List.of()));
                    if (old != null) {
                        ladder.a.receive(tag, old);
                    }
                    old = new HeartbeatAckChunk(heartbeat.parameters());
                }
            }
        }
        assertTrue(ladder.a.events().get(0) instanceof SctpEvent.Aborted);
    }
}
