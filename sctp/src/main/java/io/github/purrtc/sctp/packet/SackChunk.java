package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * SACK chunk, <a href="https://www.rfc-editor.org/rfc/rfc9260#section-3.3.4">RFC 9260 §3.3.4</a>.
 *
 * <pre>
 * |   Type = 3    |  Chunk Flags  |         Chunk Length          |
 * |                      Cumulative TSN Ack                       |
 * |          Advertised Receiver Window Credit (a_rwnd)           |
 * | Number of Gap Ack Blocks = N  |  Number of Duplicate TSNs = M |
 * |    Gap Ack Block #1 Start     |     Gap Ack Block #1 End      |
 * \                                                               \
 * |                       Duplicate TSN 1                         |
 * \                                                               \
 * </pre>
 *
 * @param gapAckBlocks start and end of each block in turn, as offsets from the cumulative TSN ack; not copied
 * @param duplicateTsns not copied
 */
@SuppressWarnings("ArrayRecordComponent")
public record SackChunk(int cumulativeTsnAck, long aRwnd, int[] gapAckBlocks, int[] duplicateTsns) implements Chunk {
    public static final int TYPE = 3;

    static final int FIXED_VALUE_LENGTH = 12;
    public static final int GAP_ACK_BLOCK_LENGTH = 4;
    static final int DUPLICATE_TSN_LENGTH = 4;

    private static final int[] NONE = {};

    /** A SACK without gaps and duplicates. */
    public SackChunk(int cumulativeTsnAck, long aRwnd) {
        this(cumulativeTsnAck, aRwnd, NONE, NONE);
    }

    static SackChunk decode(int flags, WireReader value) throws MalformedPacketException {
        int cumulativeTsnAck = value.int32();
        long aRwnd = value.uint32();
        int blocks = value.uint16();
        int duplicates = value.uint16();
        if (value.remaining() != blocks * GAP_ACK_BLOCK_LENGTH + duplicates * DUPLICATE_TSN_LENGTH) {
            throw new MalformedPacketException("SACK length does not match its counts");
        }
        int[] gapAckBlocks = blocks == 0 ? NONE : new int[2 * blocks];
        for (int i = 0; i < gapAckBlocks.length; i++) {
            gapAckBlocks[i] = value.uint16();
        }
        int[] duplicateTsns = duplicates == 0 ? NONE : new int[duplicates];
        for (int i = 0; i < duplicates; i++) {
            duplicateTsns[i] = value.int32();
        }
        return new SackChunk(cumulativeTsnAck, aRwnd, gapAckBlocks, duplicateTsns);
    }

    /** The length of a SACK with so many gap ack blocks and duplicate TSNs, chunk header included. */
    public static int length(int gapAckBlockCount, int duplicateTsnCount) {
        return HEADER_LENGTH
                + FIXED_VALUE_LENGTH
                + gapAckBlockCount * GAP_ACK_BLOCK_LENGTH
                + duplicateTsnCount * DUPLICATE_TSN_LENGTH;
    }

    /** Writes a whole chunk from the first {@code 2 * gapAckBlockCount} and {@code duplicateTsnCount} elements of the arrays. */
    public static void write(
            ByteBuffer out,
            int cumulativeTsnAck,
            long aRwnd,
            int[] gapAckBlocks,
            int gapAckBlockCount,
            int[] duplicateTsns,
            int duplicateTsnCount) {
        Wire.chunkHeader(out, TYPE, 0, length(gapAckBlockCount, duplicateTsnCount));
        writeValue(out, cumulativeTsnAck, aRwnd, gapAckBlocks, gapAckBlockCount, duplicateTsns, duplicateTsnCount);
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int valueLength() {
        return length(gapAckBlocks.length / 2, duplicateTsns.length) - HEADER_LENGTH;
    }

    @Override
    public void writeValue(ByteBuffer out) {
        writeValue(
                out,
                cumulativeTsnAck,
                aRwnd,
                gapAckBlocks,
                gapAckBlocks.length / 2,
                duplicateTsns,
                duplicateTsns.length);
    }

    private static void writeValue(
            ByteBuffer out,
            int cumulativeTsnAck,
            long aRwnd,
            int[] gapAckBlocks,
            int gapAckBlockCount,
            int[] duplicateTsns,
            int duplicateTsnCount) {
        out.putInt(cumulativeTsnAck);
        out.putInt((int) aRwnd);
        out.putInt(gapAckBlockCount << 16 | duplicateTsnCount);
        for (int i = 0; i < 2 * gapAckBlockCount; i += 2) {
            out.putInt(gapAckBlocks[i] << 16 | gapAckBlocks[i + 1]);
        }
        for (int i = 0; i < duplicateTsnCount; i++) {
            out.putInt(duplicateTsns[i]);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SackChunk sack
                && cumulativeTsnAck == sack.cumulativeTsnAck
                && aRwnd == sack.aRwnd
                && Arrays.equals(gapAckBlocks, sack.gapAckBlocks)
                && Arrays.equals(duplicateTsns, sack.duplicateTsns);
    }

    @Override
    public int hashCode() {
        return Objects.hash(cumulativeTsnAck, aRwnd, Arrays.hashCode(gapAckBlocks), Arrays.hashCode(duplicateTsns));
    }
}
