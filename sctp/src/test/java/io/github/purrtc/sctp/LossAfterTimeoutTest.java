package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.DataChunk;
import io.github.purrtc.sctp.packet.SackChunk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** What a timeout sends again meets reports about what was sent before it: RFC 6582 §3.2 step 4. */
class LossAfterTimeoutTest {
    private static final int PAYLOAD = 1160 - 12 - 16;
    private static final int WINDOW = 1 << 20;

    private final Ladder ladder = Ladder.connected();
    private final Peer a = ladder.a;
    private int tag;
    private int tsn;

    @BeforeEach
    void timeOut() {
        // A -> DATA 0 .. 9 -> Z, which answers; A /lost/ <- SACKs <- Z
        tag = RetransmissionTest.zToATag(ladder);
        a.send(1, new byte[40 * PAYLOAD], SctpSendOptions.RELIABLE_ORDERED);
        List<ByteBuffer> packets = a.all();
        assertEquals(10, packets.size());
        tsn = Peer.first(DataChunk.class, packets.get(0)).tsn();
        a.elapse();
        // A -> DATA 0 -> Z
        assertEquals(1, a.all().size());
    }

    @Test
    @DisplayName("missing reports about what T3-rtx sent again do not cut the window once more")
    void cutsOnce() {
        // A <- SACK 0 <- Z; A -> DATA 1, 2 -> Z
        sack(0);
        assertEquals(2, a.all().size());
        long cwnd = a.association.metrics().cwnd();
        // A <- SACK 0, 2 | 0, 2-3 | 0, 2-4 <- Z, each of what was sent again
        for (int end = 2; end <= 4; end++) {
            sack(0, 2, end);
            assertEquals(end < 4 ? 1 : 2, a.all().size());
        }
        assertEquals(1, a.association.metrics().timeouts());
        assertEquals(0, a.association.metrics().fastRecoveries());
        assertEquals(cwnd, a.association.metrics().cwnd());
    }

    @Test
    @DisplayName("beyond what was sent before T3-rtx, a loss cuts the window as ever")
    void cutsForLaterLosses() {
        // A <- SACK 9 <- Z; A -> DATA 10 ... -> Z; A <- SACK <- Z, until A sends five at a time
        int acked = 9;
        sack(acked);
        for (int sent = a.all().size(); sent < 5; sent = a.all().size()) {
            acked += sent;
            sack(acked);
        }
        // A <- SACK of all but the next: two more, three more, four more <- Z
        for (int end = 2; end <= 4; end++) {
            sack(acked, 2, end);
        }
        assertEquals(1, a.association.metrics().fastRecoveries());
    }

    /** A SACK up to that chunk of the message, and of a block at these offsets from it. */
    private void sack(int upTo, int... block) {
        a.receive(tag, new SackChunk(tsn + upTo, WINDOW, block, new int[0]));
    }
}
