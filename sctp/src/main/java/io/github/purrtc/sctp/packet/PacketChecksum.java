package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** The CRC32c of a packet, its checksum field taken as zero: RFC 9260 §6.8 and Appendix A. */
final class PacketChecksum {
    static final int OFFSET = 8;
    static final int LENGTH = 4;

    private static final byte[] ZERO = new byte[LENGTH];

    private final CRC32C crc = new CRC32C();

    /** The value of the checksum field, read as a big-endian integer. The buffer is left as it was. */
    int of(ByteBuffer buffer, int offset, int length) {
        crc.reset();
        update(buffer, offset, OFFSET);
        crc.update(ZERO, 0, LENGTH);
        update(buffer, offset + OFFSET + LENGTH, length - OFFSET - LENGTH);
        // Appendix A: the register goes out least significant byte first.
        return Integer.reverseBytes((int) crc.getValue());
    }

    private void update(ByteBuffer buffer, int offset, int length) {
        if (buffer.hasArray()) {
            crc.update(buffer.array(), buffer.arrayOffset() + offset, length);
            return;
        }
        int position = buffer.position();
        int limit = buffer.limit();
        buffer.limit(offset + length).position(offset);
        crc.update(buffer);
        buffer.limit(limit).position(position);
    }
}
