package io.github.purrtc.sctp.packet;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads one packet after another in place: {@link #wrap} checks the whole packet's framing before anything is handed out, then
 * {@link #next} steps from chunk to chunk. DATA and SACK are read through {@link #data} and {@link #sack} without an object; the rest
 * through {@link #decode}.
 *
 * <pre>
 * |      Source Port Number       |    Destination Port Number    |
 * |                       Verification Tag                        |
 * |                           Checksum                            |
 * |                           Chunk #1                            |
 * </pre>
 */
public final class PacketReader {
    /** The length of the common header, RFC 9260 §3.1. */
    public static final int COMMON_HEADER_LENGTH = 12;

    private static final int MAX_PACKET_LENGTH = 65_535;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(COMMON_HEADER_LENGTH);

    private final PacketChecksum checksum = new PacketChecksum();
    private final DataView data = new DataView();
    private final SackView sack = new SackView();

    private ByteBuffer buffer = NOTHING;
    private int start;
    private int end;
    private int nextChunk;
    private int chunkOffset;
    private int chunkHeader;

    /**
     * Begins a packet, from the buffer's position to its limit, neither of which is moved. Unless the answer is
     * {@link PacketStatus#VALID} there is nothing to read.
     */
    public PacketStatus wrap(ByteBuffer packet, ChecksumMode mode) {
        buffer = packet.order() == ByteOrder.BIG_ENDIAN ? packet : packet.duplicate();
        start = packet.position();
        end = packet.limit();
        PacketStatus status = validate(mode);
        if (status != PacketStatus.VALID) {
            buffer = NOTHING;
            start = 0;
            end = COMMON_HEADER_LENGTH;
        }
        rewind();
        return status;
    }

    /** Back to before the first chunk. */
    public void rewind() {
        nextChunk = start + COMMON_HEADER_LENGTH;
    }

    public ByteBuffer buffer() {
        return buffer;
    }

    public int packetLength() {
        return end - start;
    }

    public int sourcePort() {
        return buffer.getShort(start) & 0xFFFF;
    }

    public int destinationPort() {
        return buffer.getShort(start + 2) & 0xFFFF;
    }

    public int verificationTag() {
        return buffer.getInt(start + 4);
    }

    /** Steps to the next chunk; false when there is none. */
    public boolean next() {
        if (nextChunk >= end) {
            return false;
        }
        chunkOffset = nextChunk;
        chunkHeader = buffer.getInt(chunkOffset);
        nextChunk = chunkOffset + Wire.padded(chunkLength());
        return true;
    }

    public int chunkType() {
        return chunkHeader >>> 24;
    }

    public int chunkFlags() {
        return chunkHeader >>> 16 & 0xFF;
    }

    /** The Chunk Length field: header and value, without padding. */
    public int chunkLength() {
        return chunkHeader & 0xFFFF;
    }

    /** Where the chunk's header begins in {@link #buffer()}. */
    public int chunkOffset() {
        return chunkOffset;
    }

    /** The DATA or I-DATA chunk at hand, valid until the next call; null when it is malformed. */
    public @Nullable DataView data() {
        int length = chunkLength() - Chunk.HEADER_LENGTH;
        if (chunkType() == DataChunk.TYPE && length >= DataChunk.FIXED_VALUE_LENGTH) {
            data.readData(buffer, chunkFlags(), chunkOffset + Chunk.HEADER_LENGTH, length);
            return data;
        }
        if (chunkType() == IDataChunk.TYPE && length >= IDataChunk.FIXED_VALUE_LENGTH) {
            data.readIData(buffer, chunkFlags(), chunkOffset + Chunk.HEADER_LENGTH, length);
            return data;
        }
        return null;
    }

    /** The SACK chunk at hand, valid until the next call; null when it is malformed. */
    public @Nullable SackView sack() {
        int length = chunkLength() - Chunk.HEADER_LENGTH;
        boolean wellFormed =
                chunkType() == SackChunk.TYPE && sack.read(buffer, chunkOffset + Chunk.HEADER_LENGTH, length);
        return wellFormed ? sack : null;
    }

    /**
     * Where the information of the HEARTBEAT or HEARTBEAT ACK at hand begins in {@link #buffer()}, if it has that length and there is nothing
     * else; -1 if not.
     */
    public int heartbeatInfoOffset(int infoLength) {
        boolean is = chunkLength() == HeartbeatChunk.length(infoLength)
                && buffer.getInt(chunkOffset + Chunk.HEADER_LENGTH) == HeartbeatInfoParameter.header(infoLength);
        return is ? chunkOffset + HeartbeatChunk.length(0) : -1;
    }

    /** The chunk at hand, of whatever type. Only DATA and I-DATA refer to the packet's buffer. */
    public Chunk decode() throws MalformedPacketException {
        return Chunk.decode(
                chunkType(),
                chunkFlags(),
                buffer,
                chunkOffset + Chunk.HEADER_LENGTH,
                chunkLength() - Chunk.HEADER_LENGTH);
    }

    private PacketStatus validate(ChecksumMode mode) {
        int length = end - start;
        if (length < COMMON_HEADER_LENGTH + Chunk.HEADER_LENGTH || length > MAX_PACKET_LENGTH) {
            return PacketStatus.BAD_LENGTH;
        }
        if (sourcePort() == 0 || destinationPort() == 0) {
            return PacketStatus.BAD_PORT;
        }
        if (!checksumIsRight(mode)) {
            return PacketStatus.BAD_CHECKSUM;
        }
        return validateChunks();
    }

    private boolean checksumIsRight(ChecksumMode mode) {
        int field = buffer.getInt(start + PacketChecksum.OFFSET);
        return (field == 0 && mode == ChecksumMode.ZERO_ACCEPTABLE && !setsUp())
                || field == checksum.of(buffer, start, end - start);
    }

    /** RFC 9653 §5.2: INIT and COOKIE ECHO, either of which comes first, always carry a CRC32c. */
    private boolean setsUp() {
        int first = buffer.get(start + COMMON_HEADER_LENGTH) & 0xFF;
        return first == InitChunk.TYPE || first == CookieEchoChunk.TYPE;
    }

    private PacketStatus validateChunks() {
        int chunks = 0;
        boolean mustBeAlone = false;
        int offset = start + COMMON_HEADER_LENGTH;
        while (offset < end) {
            if (end - offset < Chunk.HEADER_LENGTH) {
                return PacketStatus.BAD_CHUNK_LENGTH;
            }
            int header = buffer.getInt(offset);
            int length = header & 0xFFFF;
            if (length < Chunk.HEADER_LENGTH || length > end - offset) {
                return PacketStatus.BAD_CHUNK_LENGTH;
            }
            chunks++;
            mustBeAlone |= mustBeAlone(header >>> 24);
            // The padding of the last chunk may be missing: robustness costs nothing here.
            offset += Wire.padded(length);
        }
        return mustBeAlone && chunks > 1 ? PacketStatus.BAD_BUNDLE : PacketStatus.VALID;
    }

    private static boolean mustBeAlone(int type) {
        return type == InitChunk.TYPE || type == InitAckChunk.TYPE || type == ShutdownCompleteChunk.TYPE;
    }
}
