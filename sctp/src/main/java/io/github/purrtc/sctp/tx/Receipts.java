package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.packet.PacketWriter;
import io.github.purrtc.sctp.packet.Serial;

import java.nio.ByteBuffer;

/**
 * Asks what SACKs do not tell. A receiver reports as many gaps as it likes (RFC 9260 §3.3.4), Chromium's the lowest twenty: on a long path that
 * loses much, most of what is under way lies behind them, what is lost there is found only when those before are mended, and what has
 * arrived there counts as under way and against the peer's window. While SACKs are near to hiding so much, each packet with DATA begins with a HEARTBEAT that
 * names what the packet carries; the peer returns it at once (§8.3, §3.3.6), and so tells that this packet has arrived.
 *
 * <p>That the packet arrived does not say that its DATA was kept. A receipt is a hint, therefore, which counts behind the last reported gap
 * alone; what a SACK says of the same TSN later is what holds.
 *
 * <p>§8.3 recommends one HEARTBEAT for each HB.interval, and no more than HB.Max.Burst, for paths that are idle. These ride with DATA that goes
 * anyway, under its congestion control, and each draws one small packet, as DATA draws a SACK while something is missing (§6.7).
 *
 * <pre>
 * |              own Verification Tag             |
 * |                   first TSN                   |
 * |        chunks         |  which transmission   |
 * </pre>
 */
public final class Receipts {
    /** Of a HEARTBEAT chunk with the information. */
    static final int CHUNK_LENGTH = 20;

    /** Of the information. */
    public static final int INFO_LENGTH = 12;

    private static final int MOST_CHUNKS = 255;
    private static final int NOTHING = -1;

    /** What a peer that limits its reports reports at least: dcSCTP, which Chromium has, 20 blocks. */
    static final int FEWEST_AT_LIMIT = 16;

    /** What Chromium's reports at most: before anything of its own is seen each peer's is taken for that. */
    private static final int USUAL_LIMIT = 20;

    /** As many hide something before it is believed: a path may duplicate packets. */
    private static final int SACKS_IN_A_ROW = 8;
    /** Receipts are asked for so many round trips after SACKs came near to the limit last. */
    private static final int ROUND_TRIPS_KEPT = 4;

    private final int cookie;
    private final boolean mayHide;
    private int hidingInARow;
    private int mostBlocks;
    /** How many gap ack blocks the peer reports at most. */
    private int limit = USUAL_LIMIT;

    private boolean wanted;
    private long neededAtNanos;

    /** In the packet under way. */
    private int infoOffset = NOTHING;
    /** Of the packet under way, or of the receipt that was read last. */
    private long firstTsn;

    private int chunks;
    private int transmission;

    /**
     * @param cookie the association's own Verification Tag: so it answers none of an earlier one
     * @param mayHide whether the peer's SACKs may report less than there is; ours never do
     */
    public Receipts(int cookie, boolean mayHide) {
        this.cookie = cookie;
        this.mayHide = mayHide;
    }

    /**
     * A SACK came that reports so many gap ack blocks. One that reports as many as any did, and tells nothing new, answers DATA that it hides; a
     * peer that does so a few times in a row has found its limit.
     */
    void onSack(int blocks, boolean tellsNothing, long roundTripNanos, long nowNanos) {
        if (!mayHide) {
            return;
        }
        mostBlocks = Math.max(mostBlocks, blocks);
        hidingInARow = tellsNothing && blocks == mostBlocks && blocks >= FEWEST_AT_LIMIT ? hidingInARow + 1 : 0;
        if (hidingInARow >= SACKS_IN_A_ROW) {
            limit = blocks;
        } else if (blocks > limit) {
            limit = Integer.MAX_VALUE;
        }
        if (blocks > limit / 2) {
            wanted = true;
            neededAtNanos = nowNanos;
        } else if (wanted && nowNanos - neededAtNanos > ROUND_TRIPS_KEPT * roundTripNanos) {
            wanted = false;
        }
    }

    boolean areWanted() {
        return wanted;
    }

    /** Begins a packet's DATA with the question, if that is to be. */
    void begin(PacketWriter packet) {
        infoOffset = packet.addHeartbeat(INFO_LENGTH);
        chunks = 0;
    }

    /** A chunk was added to the packet; whether the receipt tells of it: of one run of TSNs, all of them sent equally often. */
    boolean covers(long tsn, int transmissions) {
        if (infoOffset == NOTHING) {
            return false;
        }
        if (chunks == 0) {
            firstTsn = tsn;
            transmission = transmissions & 0xFFFF;
        } else if (chunks == MOST_CHUNKS || tsn != firstTsn + chunks || (transmissions & 0xFFFF) != transmission) {
            return false;
        }
        chunks++;
        return true;
    }

    /** The packet is complete, or comes to nothing. */
    void end(PacketWriter packet) {
        if (infoOffset != NOTHING) {
            packet.putInt(infoOffset, cookie);
            packet.putInt(infoOffset + 4, (int) firstTsn);
            packet.putInt(infoOffset + 8, chunks << 16 | transmission);
            infoOffset = NOTHING;
        }
    }

    /** Reads a receipt, with its TSN unwrapped near the given one; false when it is not one of this association. */
    boolean read(ByteBuffer buffer, int offset, long nearTsn) {
        if (buffer.getInt(offset) != cookie) {
            return false;
        }
        firstTsn = Serial.unwrap32(nearTsn, buffer.getInt(offset + 4));
        int last = buffer.getInt(offset + 8);
        chunks = Math.min(last >>> 16, MOST_CHUNKS);
        transmission = last & 0xFFFF;
        return true;
    }

    long firstTsn() {
        return firstTsn;
    }

    int chunks() {
        return chunks;
    }

    int transmission() {
        return transmission;
    }
}
