package io.github.purrtc.sctp.sim;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * SACKs as of a receiver that is not ours and reports few gaps: RFC 9260 §3.3.4 lets it, and dcSCTP, which Chromium has, reports the lowest 20.
 */
final class ShortSacks {
    private static final int INIT = 1;
    private static final int INIT_ACK = 2;
    private static final int SACK = 3;
    /** The type of a PAD chunk, as INIT's Supported Extensions name it, and one that nobody knows. */
    private static final byte PAD = (byte) 0x84;

    private static final byte UNKNOWN = (byte) 0xB4;
    private static final int SUPPORTED_EXTENSIONS = 0x8008;
    private static final int CHECKSUM = 8;
    private static final int CHUNK = 12;
    private static final int COUNTS = 24;
    private static final int BLOCKS = 28;
    private static final int PARAMETERS = 32;

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
        return sealed(out);
    }

    /** The packet; where it is an INIT or INIT ACK, one that does not announce PAD, so that nobody takes whom sent it for one of ours. */
    static byte[] withoutPad(byte[] packet) {
        ByteBuffer out = ByteBuffer.wrap(packet.clone());
        if (packet.length < PARAMETERS || (packet[CHUNK] != INIT && packet[CHUNK] != INIT_ACK)) {
            return packet;
        }
        for (int at = PARAMETERS; at + 4 <= packet.length; ) {
            int length = out.getShort(at + 2);
            for (int i = at + 4; out.getShort(at) == (short) SUPPORTED_EXTENSIONS && i < at + length; i++) {
                out.put(i, out.get(i) == PAD ? UNKNOWN : out.get(i));
            }
            at += (length + 3) & ~3;
        }
        return sealed(out);
    }

    /** With its checksum. */
    static byte[] sealed(ByteBuffer packet) {
        packet.putInt(CHECKSUM, 0);
        CRC32C crc = new CRC32C();
        crc.update(packet.array());
        return packet.putInt(CHECKSUM, Integer.reverseBytes((int) crc.getValue()))
                .array();
    }
}
