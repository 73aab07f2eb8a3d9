package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;

/** The SACK chunk at which a {@link PacketReader} stands, read in place: the same object for every chunk. */
public final class SackView {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private ByteBuffer buffer = NOTHING;
    private int cumulativeTsnAck;
    private long aRwnd;
    private int gapAckBlockCount;
    private int duplicateTsnCount;
    private int blocksOffset;
    private int duplicatesOffset;

    SackView() {}

    /** False when the counts do not match the chunk's length. */
    boolean read(ByteBuffer buffer, int offset, int length) {
        if (length < SackChunk.FIXED_VALUE_LENGTH) {
            return false;
        }
        this.buffer = buffer;
        cumulativeTsnAck = buffer.getInt(offset);
        aRwnd = Integer.toUnsignedLong(buffer.getInt(offset + 4));
        gapAckBlockCount = buffer.getShort(offset + 8) & 0xFFFF;
        duplicateTsnCount = buffer.getShort(offset + 10) & 0xFFFF;
        blocksOffset = offset + SackChunk.FIXED_VALUE_LENGTH;
        duplicatesOffset = blocksOffset + gapAckBlockCount * SackChunk.GAP_ACK_BLOCK_LENGTH;
        return length + Chunk.HEADER_LENGTH == SackChunk.length(gapAckBlockCount, duplicateTsnCount);
    }

    public int cumulativeTsnAck() {
        return cumulativeTsnAck;
    }

    public long aRwnd() {
        return aRwnd;
    }

    public int gapAckBlockCount() {
        return gapAckBlockCount;
    }

    /** The first TSN of the block, as an offset from the cumulative TSN ack. */
    public int gapAckBlockStart(int index) {
        return buffer.getShort(blocksOffset + index * SackChunk.GAP_ACK_BLOCK_LENGTH) & 0xFFFF;
    }

    /** The last TSN of the block, as an offset from the cumulative TSN ack. */
    public int gapAckBlockEnd(int index) {
        return buffer.getShort(blocksOffset + index * SackChunk.GAP_ACK_BLOCK_LENGTH + 2) & 0xFFFF;
    }

    public int duplicateTsnCount() {
        return duplicateTsnCount;
    }

    public int duplicateTsn(int index) {
        return buffer.getInt(duplicatesOffset + index * SackChunk.DUPLICATE_TSN_LENGTH);
    }
}
