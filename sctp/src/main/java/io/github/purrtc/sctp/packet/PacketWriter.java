package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes one packet after another into buffers of the caller: {@link #begin}, chunks while they {@link #fits fit}, {@link #finish}. What does
 * not fit is a mistake of the caller and throws.
 */
public final class PacketWriter {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final PacketChecksum checksum = new PacketChecksum();

    private ByteBuffer out = NOTHING;
    private int start;
    private int end;

    /**
     * Begins a packet of at most {@code maxLength} bytes at {@code out.position()}.
     *
     * @throws IllegalArgumentException if the buffer is not big-endian or has no room for a common header
     */
    public void begin(ByteBuffer out, int maxLength, int sourcePort, int destinationPort, int verificationTag) {
        int room = Math.min(maxLength, out.remaining()) & ~3;
        if (out.order() != ByteOrder.BIG_ENDIAN || room < PacketReader.COMMON_HEADER_LENGTH) {
            throw new IllegalArgumentException(
                    "not a big-endian buffer with room for a packet: " + out.order() + ", " + room);
        }
        this.out = out;
        start = out.position();
        end = start + room;
        out.putInt(sourcePort << 16 | (destinationPort & 0xFFFF));
        out.putInt(verificationTag);
        out.putInt(0);
    }

    /** The bytes that are left in this packet, a multiple of 4. */
    public int remaining() {
        return end - out.position();
    }

    /** Whether a chunk of that length, padding not counted, has room. */
    public boolean fits(int chunkLength) {
        return Wire.padded(chunkLength) <= remaining();
    }

    /** Whether no chunk was added yet. */
    public boolean isEmpty() {
        return out.position() == start + PacketReader.COMMON_HEADER_LENGTH;
    }

    /** The packet's length so far. */
    public int length() {
        return out.position() - start;
    }

    public void add(Chunk chunk) {
        requireRoom(chunk.length());
        chunk.write(out);
    }

    /** Adds DATA without its user data, for which there is room: {@link #putUserData} follows. */
    public void addData(int flags, int tsn, int streamId, int ssn, int ppid, int length) {
        requireRoom(DataChunk.DATA_HEADER_LENGTH + length);
        DataChunk.writeHeader(out, flags, tsn, streamId, ssn, ppid, length);
    }

    /** Adds I-DATA without its user data, for which there is room: {@link #putUserData} follows. */
    public void addIData(int flags, int tsn, int streamId, int mid, int ppidOrFsn, int length) {
        requireRoom(IDataChunk.DATA_HEADER_LENGTH + length);
        IDataChunk.writeHeader(out, flags, tsn, streamId, mid, ppidOrFsn, length);
    }

    /** Copies the user data of the chunk that was begun last, and pads it. */
    public void putUserData(byte[] source, int offset, int length) {
        out.put(source, offset, length);
        Wire.pad(out, length);
    }

    /** The same from a buffer, whose position is neither used nor moved. */
    public void putUserData(ByteBuffer source, int offset, int length) {
        int at = out.position();
        out.put(at, source, offset, length);
        out.position(at + length);
        Wire.pad(out, length);
    }

    /** Adds a SACK of the first {@code 2 * gapAckBlockCount} and {@code duplicateTsnCount} elements of the arrays. */
    public void addSack(
            int cumulativeTsnAck,
            long aRwnd,
            int[] gapAckBlocks,
            int gapAckBlockCount,
            int[] duplicateTsns,
            int duplicateTsnCount) {
        requireRoom(SackChunk.length(gapAckBlockCount, duplicateTsnCount));
        SackChunk.write(out, cumulativeTsnAck, aRwnd, gapAckBlocks, gapAckBlockCount, duplicateTsns, duplicateTsnCount);
    }

    /**
     * Adds a HEARTBEAT with so much information, zeros, a multiple of 4: {@link #putInt} may follow.
     *
     * @return where the information begins in the packet
     */
    public int addHeartbeat(int infoLength) {
        requireRoom(HeartbeatChunk.length(infoLength));
        HeartbeatChunk.writeHeader(out, infoLength);
        int at = length();
        for (int i = 0; i < infoLength; i += Integer.BYTES) {
            out.putInt(0);
        }
        return at;
    }

    /** Writes over what is at that place of the packet. */
    public void putInt(int at, int value) {
        out.putInt(start + at, value);
    }

    /** Takes back the chunks behind the first {@code length} bytes. */
    public void cutTo(int length) {
        out.position(start + length);
    }

    /** Ends the packet and returns its length; the buffer's position is behind it. */
    public int finish(ChecksumMode mode) {
        int length = length();
        if (mode == ChecksumMode.CRC32C) {
            out.putInt(start + PacketChecksum.OFFSET, checksum.of(out, start, length));
        }
        out = NOTHING;
        start = 0;
        end = 0;
        return length;
    }

    /** Takes all chunks back; the packet is empty as after {@link #begin}. */
    public void restart() {
        cutTo(PacketReader.COMMON_HEADER_LENGTH);
    }

    /** The packet is to be no longer than that, whatever room there was for it; it is not yet. */
    public void limitTo(int length) {
        end = Math.min(end, start + length);
    }

    /** Takes the packet back: the buffer's position is where it was before {@link #begin}. */
    public void cancel() {
        out.position(start);
        out = NOTHING;
        start = 0;
        end = 0;
    }

    private void requireRoom(int chunkLength) {
        if (!fits(chunkLength)) {
            throw new IllegalStateException("a chunk of " + chunkLength + " bytes does not fit " + remaining());
        }
    }
}
