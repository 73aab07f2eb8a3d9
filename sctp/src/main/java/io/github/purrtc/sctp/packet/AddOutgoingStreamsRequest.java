package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;

/**
 * Add Outgoing Streams Request, <a href="https://www.rfc-editor.org/rfc/rfc6525#section-4.5">RFC 6525 §4.5</a>.
 */
public record AddOutgoingStreamsRequest(int requestSequenceNumber, int newStreams) implements Parameter {
    public static final int TYPE = 17;

    static AddOutgoingStreamsRequest decode(WireReader value) throws MalformedPacketException {
        AddOutgoingStreamsRequest request = new AddOutgoingStreamsRequest(value.int32(), value.uint16());
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
