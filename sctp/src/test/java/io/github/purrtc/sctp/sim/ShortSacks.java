package io.github.purrtc.sctp.sim;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** SACKs as of a receiver that reports few gaps: RFC 9260 §3.3.4 lets it, and dcSCTP, which Chromium has, reports the lowest 20. */
final class ShortSacks {
    private static final int SACK = 3;
    private static final int CHECKSUM = 8;
    private static final int CHUNK = 12;
    private static final int COUNTS = 24;
    private static final int BLOCKS = 28;

    private ShortSacks() {}

    /** The packet, without the blocks beyond the first ones where it is a SACK with more. */
    static byte[] of(byte[] packet, int mostBlocks) {
        ByteBuffer in = ByteBuffer.wrap(packet);
        if (packet.length < BLOCKS || in.get(CHUNK) != SACK || in.getShort(COUNTS) <= mostBlocks) {
            return packet;
        }
        int cut = 4 * (in.getShort(COUNTS) - mostBlocks);
        int kept = BLOCKS + 4 * mostBlocks;
        ByteBuffer out = ByteBuffer.allocate(packet.length - cut);
        out.put(packet, 0, kept).put(packet, kept + cut, packet.length - kept - cut);
        out.putShort(CHUNK + 2, (short) (in.getShort(CHUNK + 2) - cut));
        out.putShort(COUNTS, (short) mostBlocks);
        out.putInt(CHECKSUM, 0);
        CRC32C crc = new CRC32C();
        crc.update(out.array());
        return out.putInt(CHECKSUM, Integer.reverseBytes((int) crc.getValue())).array();
    }
}
