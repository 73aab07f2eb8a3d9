package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;

/**
 * Add Incoming Streams Request, <a href="https://www.rfc-editor.org/rfc/rfc6525#section-4.6">RFC 6525 §4.6</a>.
 */
public record AddIncomingStreamsRequest(int requestSequenceNumber, int newStreams) implements Parameter {
    public static final int TYPE = 18;

    static AddIncomingStreamsRequest decode(WireReader value) throws MalformedPacketException {
        AddIncomingStreamsRequest request = new AddIncomingStreamsRequest(value.int32(), value.uint16());
        value.uint16();
        return request;
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int valueLength() {
        return 8;
    }

    @Override
    public void writeValue(ByteBuffer out) {
        out.putInt(requestSequenceNumber);
        out.putShort((short) newStreams);
        out.putShort((short) 0);
    }
}
