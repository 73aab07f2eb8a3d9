package io.github.purrtc.dtls;

import java.nio.ByteBuffer;

/** Records made by hand. */
public final class HandmadeRecords {
    private HandmadeRecords() {}

    /** A record of epoch 0 with one fragment of a handshake message, whose bytes are their own offsets. */
    public static byte[] fragment(
            long recordNumber, int type, int messageLength, int messageNumber, int offset, int length) {
        byte[] body = new byte[length];
        for (int i = 0; i < length; i++) {
            body[i] = (byte) (offset + i);
        }
        return record(
                22,
                0,
                recordNumber,
                ByteBuffer.allocate(12 + length)
                        .putInt(type << 24 | messageLength)
                        .putShort((short) messageNumber)
                        .put((byte) (offset >>> 16))
                        .putShort((short) offset)
                        .put((byte) (length >>> 16))
                        .putShort((short) length)
                        .put(body)
                        .array());
    }

    public static byte[] record(int type, int epoch, long number, byte[] body) {
        return ByteBuffer.allocate(13 + body.length)
                .put((byte) type)
                .putShort((short) 0xFEFD)
                .putShort((short) epoch)
                .putShort((short) (number >>> 32))
                .putInt((int) number)
                .putShort((short) body.length)
                .put(body)
                .array();
    }

    /** The datagram, with the number of its first record of epoch 0 raised. */
    static byte[] renumbered(byte[] datagram, int by) {
        byte[] copy = datagram.clone();
        ByteBuffer buffer = ByteBuffer.wrap(copy);
        if (buffer.getShort(3) == 0) {
            buffer.putInt(7, buffer.getInt(7) + by);
        }
        return copy;
    }
}
