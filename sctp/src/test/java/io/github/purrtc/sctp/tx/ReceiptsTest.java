package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.packet.ChecksumMode;
import io.github.purrtc.sctp.packet.PacketReader;
import io.github.purrtc.sctp.packet.PacketWriter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ReceiptsTest {
    private static final int COOKIE = 0x12345678;
    private static final long ROUND_TRIP = 1000;
    private static final int BEFORE_INFO = 8;

    private final Receipts receipts = new Receipts(COOKIE, true);

    @Test
    @DisplayName("they are asked for before twenty blocks are reported, which are as many as most peers report")
    void asksBeforeAnythingIsHidden() {
        sacks(receipts, 100, 10, true, 0);
        assertFalse(receipts.areWanted());
        sacks(receipts, 1, 11, false, 0);
        assertTrue(receipts.areWanted());
    }

    @Test
    @DisplayName("eight SACKs in a row with as many blocks as ever, which tell nothing new, hide something")
    void learnsTheLimit() {
        hasNoLimitYet();
        sacks(receipts, 7, 30, true, 0);
        sacks(receipts, 1, 30, false, 0);
        sacks(receipts, 7, 30, true, 0);
        sacks(receipts, 20, 29, true, 0);
        assertFalse(receipts.areWanted());
        sacks(receipts, 8, 30, true, 0);
        assertTrue(receipts.areWanted());
    }

    @Test
    @DisplayName("fewer than twenty may be the limit; few are none, however often they are all that is told")
    void fewAreNoLimit() {
        sacks(receipts, 100, 15, true, 0);
        sacks(receipts, 1, 10, false, 4 * ROUND_TRIP + 1);
        sacks(receipts, 1, 10, false, 5 * ROUND_TRIP);
        assertFalse(receipts.areWanted());
        sacks(receipts, 8, 16, true, 5 * ROUND_TRIP);
        sacks(receipts, 1, 8, false, 9 * ROUND_TRIP + 1);
        assertFalse(receipts.areWanted());
        sacks(receipts, 1, 9, false, 10 * ROUND_TRIP);
        assertTrue(receipts.areWanted());
    }

    @Test
    @DisplayName("who reports as many as its limit, and something new, keeps it")
    void keepsTheLimit() {
        sacks(receipts, 8, 20, true, 0);
        sacks(receipts, 1, 20, false, 5 * ROUND_TRIP);
        assertTrue(receipts.areWanted());
        sacks(receipts, 1, 10, false, 9 * ROUND_TRIP);
        assertTrue(receipts.areWanted(), "asked for until four round trips after the last");
        sacks(receipts, 1, 10, false, 9 * ROUND_TRIP + 1);
        assertFalse(receipts.areWanted());
    }

    @Test
    @DisplayName("receipts end some round trips after SACKs came near to the limit, and begin with the next that does")
    void endsAndBeginsAgain() {
        sacks(receipts, 8, 20, true, 0);
        sacks(receipts, 1, 10, false, 4 * ROUND_TRIP);
        assertTrue(receipts.areWanted());
        sacks(receipts, 1, 10, false, 4 * ROUND_TRIP + 1);
        assertFalse(receipts.areWanted());
        sacks(receipts, 1, 11, false, 5 * ROUND_TRIP);
        assertTrue(receipts.areWanted());
    }

    @Test
    @DisplayName("who reports more than was taken for its limit has none")
    void moreThanTheLimitIsNone() {
        sacks(receipts, 8, 20, true, 0);
        sacks(receipts, 1, 21, false, 1);
        sacks(receipts, 1, 20, false, 5 * ROUND_TRIP);
        assertFalse(receipts.areWanted());
    }

    @Test
    @DisplayName("ours are never asked")
    void oursAreNeverAsked() {
        Receipts ofOurs = new Receipts(COOKIE, false);
        sacks(ofOurs, 100, 300, true, 0);
        assertFalse(ofOurs.areWanted());
    }

    @Test
    @DisplayName("a receipt names one run of TSNs that were sent equally often; another association's is none")
    void namesARun() {
        ByteBuffer packet = ByteBuffer.allocate(100);
        PacketWriter writer = new PacketWriter();
        writer.begin(packet, 100, 1, 1, 1);
        assertFalse(receipts.covers(7, 1));
        receipts.begin(writer);
        assertTrue(receipts.covers((1L << 32) + 7, 3));
        assertTrue(receipts.covers((1L << 32) + 8, 3));
        assertFalse(receipts.covers((1L << 32) + 9, 2));
        assertFalse(receipts.covers((1L << 32) + 10, 3));
        receipts.end(writer);
        writer.finish(ChecksumMode.CRC32C);
        packet.flip();
        int info = PacketReader.COMMON_HEADER_LENGTH + BEFORE_INFO;
        assertEquals(info + Receipts.INFO_LENGTH, packet.limit());
        assertFalse(new Receipts(COOKIE + 1, true).read(packet, info, 1L << 32));
        assertTrue(receipts.read(packet, info, 1L << 32));
        assertEquals((1L << 32) + 7, receipts.firstTsn());
        assertEquals(2, receipts.chunks());
        assertEquals(3, receipts.transmission());
    }

    @Test
    @DisplayName("a receipt names 255 chunks at most, whatever its number says")
    void namesSoMany() {
        ByteBuffer packet = ByteBuffer.allocate(100);
        PacketWriter writer = new PacketWriter();
        writer.begin(packet, 100, 1, 1, 1);
        receipts.begin(writer);
        for (int i = 0; i < 255; i++) {
            assertTrue(receipts.covers(i, 1));
        }
        assertFalse(receipts.covers(255, 1));
        ByteBuffer forged = ByteBuffer.allocate(Receipts.INFO_LENGTH);
        forged.putInt(COOKIE).putInt(0).putInt(0xFFFF << 16 | 1);
        assertTrue(receipts.read(forged, 0, 0));
        assertEquals(255, receipts.chunks());
    }

    /** More than most: so it is none of them. */
    private void hasNoLimitYet() {
        sacks(receipts, 1, 30, false, -5 * ROUND_TRIP);
        assertFalse(receipts.areWanted());
    }

    private static void sacks(Receipts receipts, int count, int blocks, boolean tellsNothing, long nowNanos) {
        for (int i = 0; i < count; i++) {
            receipts.onSack(blocks, tellsNothing, ROUND_TRIP, nowNanos);
        }
    }
}
