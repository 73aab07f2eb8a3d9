package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * INIT chunk, <a href="https://www.rfc-editor.org/rfc/rfc9260#section-3.3.2">RFC 9260 §3.3.2</a>.
 *
 * <pre>
 * |   Type = 1    |  Chunk Flags  |      Chunk Length             |
 * |                         Initiate Tag                          |
 * |           Advertised Receiver Window Credit (a_rwnd)          |
 * |  Number of Outbound Streams   |   Number of Inbound Streams   |
 * |                          Initial TSN                          |
 * \              Optional/Variable-Length Parameters              \
 * </pre>
 */
public record InitChunk(
        int initiateTag,
        long aRwnd,
        int outboundStreams,
        int inboundStreams,
        int initialTsn,
        List<Parameter> parameters)
        implements Chunk {
    public static final int TYPE = 1;

    static InitChunk decode(int flags, WireReader value) throws MalformedPacketException {
        return new InitChunk(
                value.int32(),
                value.uint32(),
                value.uint16(),
                value.uint16(),
                value.int32(),
                value.elements(Parameter::decode));
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int valueLength() {
        return 16 + Wire.listLength(parameters);
    }

    @Override
    public void writeValue(ByteBuffer out) {
        out.putInt(initiateTag);
        out.putInt((int) aRwnd);
        out.putShort((short) outboundStreams);
        out.putShort((short) inboundStreams);
        out.putInt(initialTsn);
        Wire.writeList(out, parameters);
    }
}
