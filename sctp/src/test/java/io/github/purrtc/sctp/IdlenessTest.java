package io.github.purrtc.sctp;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** With the heartbeat of idleness an association lets go of what a transfer needed, and the next transfer goes as the first. */
class IdlenessTest {
    private static final int MESSAGES = 200;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void goesOnAfterIdleness(boolean interleaving) {
        Ladder ladder =
                Ladder.connected(Peer.options().interleaving(interleaving).build());
        for (int round = 0; round < 3; round++) {
            transfer(ladder, round);
            long heartbeats = heartbeats(ladder);
            assertTrue(heartbeats > 0);
        }
        assertEquals(SctpState.ESTABLISHED, ladder.a.association.state());
    }

    /** A -> every 7th /lost/ -> Z */
    private static void transfer(Ladder ladder, int round) {
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            sent.add((round + "." + i + " ").repeat(1 + i % 300));
            ladder.a.send(1, sent.get(i));
        }
        List<String> received = new ArrayList<>();
        int packets = 0;
        for (int turn = 0; turn < 10_000 && received.size() < MESSAGES; turn++) {
            for (ByteBuffer packet : ladder.a.all()) {
                if (++packets % 7 > 0) {
                    ladder.z.receive(packet);
                }
            }
            ladder.a.receive(ladder.z.all());
            received.addAll(ladder.z.texts());
            ladder.a.elapse(10 * Peer.MILLI);
            ladder.z.elapse(10 * Peer.MILLI);
        }
        assertEquals(sent, received);
        ladder.run(Peer.SECOND);
        assertEquals(0, ladder.a.association.metrics().bufferedBytes());
    }

    private static long heartbeats(Ladder ladder) {
        long seen = 0;
        for (int second = 0; second < 70; second++) {
            List<ByteBuffer> packets = ladder.a.all();
            seen += packets.stream()
                    .filter(packet -> Peer.names(packet).contains("Heartbeat"))
                    .count();
            ladder.z.receive(packets);
            ladder.exchange();
            ladder.a.elapse(Peer.SECOND);
            ladder.z.elapse(Peer.SECOND);
        }
        return seen;
    }
}
