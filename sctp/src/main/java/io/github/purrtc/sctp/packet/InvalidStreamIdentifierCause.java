package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;

/**
 * Invalid Stream Identifier, <a href="https://www.rfc-editor.org/rfc/rfc9260#section-3.3.10.1">RFC 9260 §3.3.10.1</a>.
 */
public record InvalidStreamIdentifierCause(int streamId) implements ErrorCause {
    public static final int CODE = 1;

    static InvalidStreamIdentifierCause decode(WireReader value) throws MalformedPacketException {
        int streamId = value.uint16();
        value.uint16();
        return new InvalidStreamIdentifierCause(streamId);
    }

    @Override
    public int type() {
        return CODE;
    }

    @Override
    public int valueLength() {
        return 4;
    }

    @Override
    public void writeValue(ByteBuffer out) {
        out.putShort((short) streamId);
        out.putShort((short) 0);
    }
}
