package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;

/**
 * SHUTDOWN chunk, <a href="https://www.rfc-editor.org/rfc/rfc9260#section-3.3.8">RFC 9260 §3.3.8</a>.
 *
 * <pre>
 * |   Type = 7    |  Chunk Flags  |          Length = 8           |
 * |                      Cumulative TSN Ack                       |
 * </pre>
 */
public record ShutdownChunk(int cumulativeTsnAck) implements Chunk {
    public static final int TYPE = 7;

    static ShutdownChunk decode(int flags, WireReader value) throws MalformedPacketException {
        return new ShutdownChunk(value.int32());
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int valueLength() {
        return 4;
    }

    @Override
    public void writeValue(ByteBuffer out) {
        out.putInt(cumulativeTsnAck);
    }
}
