package io.github.purrtc.sctp;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes packets in the form that Wireshark opens: <a href="https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng-04.html">pcapng</a>
 * with one interface, {@code LINKTYPE_SCTP}. User data is in it as it was before encryption.
 *
 * <p>Each packet is written at once, so that nothing is missing when the process dies; the channel should be one that does not keep the
 * caller waiting. When it fails the log ends there, and {@link #failure} says why. One thread at a time.
 */
public final class PcapngLog implements PacketObserver, Closeable {
    /** The link-layer type of SCTP packets without what carries them: tcpdump.org/linktypes.html. */
    static final int LINKTYPE_SCTP = 248;

    static final int SECTION_HEADER_BLOCK = 0x0A0D0D0A;
    static final int INTERFACE_DESCRIPTION_BLOCK = 1;
    static final int ENHANCED_PACKET_BLOCK = 6;
    static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;

    static final int END_OF_OPTIONS = 0;
    static final int COMMENT = 1;
    static final int IF_NAME = 2;
    static final int IF_TSRESOL = 9;
    static final int EPB_FLAGS = 2;
    static final int FLAGS_INBOUND = 1;
    static final int FLAGS_OUTBOUND = 2;

    private static final byte NANOSECONDS = 9;
    private static final int MAX_COMMENT = 1024;
    /** What a block has at most beside the packet: its fixed part, a comment and the other options. */
    private static final int MAX_OVERHEAD = 64 + MAX_COMMENT;

    private final WritableByteChannel out;
    private final long epochOffsetNanos;
    private ByteBuffer block = ByteBuffer.allocate(2048 + MAX_OVERHEAD);
    private byte[] comment = {};
    private @Nullable IOException failure;

    /**
     * Writes the beginning of the file.
     *
     * @param out closed by {@link #close}
     * @param epochOffsetNanos what makes the association's time the time since 1970-01-01T00:00Z
     */
    public PcapngLog(WritableByteChannel out, long epochOffsetNanos) {
        this.out = out;
        this.epochOffsetNanos = epochOffsetNanos;
        writeSectionHeader();
        writeInterfaceDescription();
    }

    /** Goes with the next packet, cut to 1,024 bytes of UTF-8. */
    public void comment(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, MAX_COMMENT);
        // Not in the middle of a character.
        while (length < bytes.length && (bytes[length] & 0xC0) == 0x80) {
            length--;
        }
        comment = Arrays.copyOf(bytes, length);
    }

    @Override
    public void onPacket(Direction direction, ByteBuffer packet, long nowNanos) {
        if (failure != null) {
            return;
        }
        int length = packet.remaining();
        if (block.capacity() < length + MAX_OVERHEAD) {
            block = ByteBuffer.allocate(length + MAX_OVERHEAD);
        }
        begin(ENHANCED_PACKET_BLOCK);
        long timestamp = nowNanos + epochOffsetNanos;
        block.putInt(0).putInt((int) (timestamp >>> 32)).putInt((int) timestamp);
        block.putInt(length).putInt(length).put(packet.duplicate());
        pad();
        block.putShort((short) EPB_FLAGS).putShort((short) 4);
        block.putInt(direction == Direction.INBOUND ? FLAGS_INBOUND : FLAGS_OUTBOUND);
        if (comment.length > 0) {
            option(COMMENT, comment);
            comment = new byte[0];
        }
        end();
    }

    /** What went wrong with the channel, after which nothing more was written; null while all is well. */
    public @Nullable IOException failure() {
        return failure;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private void writeSectionHeader() {
        begin(SECTION_HEADER_BLOCK);
        // Version 1.0, and a section whose length is not told.
        block.putInt(BYTE_ORDER_MAGIC).putShort((short) 1).putShort((short) 0).putLong(-1);
        end();
    }

    private void writeInterfaceDescription() {
        begin(INTERFACE_DESCRIPTION_BLOCK);
        // No limit to the length of packets.
        block.putShort((short) LINKTYPE_SCTP).putShort((short) 0).putInt(0);
        option(IF_NAME, "sctp".getBytes(StandardCharsets.UTF_8));
        option(IF_TSRESOL, new byte[] {NANOSECONDS});
        end();
    }

    private void begin(int type) {
        block.clear();
        // The length comes when it is known.
        block.putInt(type).putInt(0);
    }

    private void option(int code, byte[] value) {
        block.putShort((short) code).putShort((short) value.length).put(value);
        pad();
    }

    private void pad() {
        while ((block.position() & 3) != 0) {
            block.put((byte) 0);
        }
    }

    /** Ends the block, which has options unless it is the section header, and writes it. */
    private void end() {
        if (block.getInt(0) != SECTION_HEADER_BLOCK) {
            block.putInt(END_OF_OPTIONS);
        }
        int length = block.position() + 4;
        block.putInt(length).putInt(4, length).flip();
        try {
            while (block.hasRemaining() && failure == null) {
                if (out.write(block) == 0) {
                    failure = new IOException("the channel takes no more");
                }
            }
        } catch (IOException e) {
            failure = e;
        }
    }
}
