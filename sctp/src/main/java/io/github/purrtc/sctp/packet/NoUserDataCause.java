package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;

/**
 * No User Data, <a href="https://www.rfc-editor.org/rfc/rfc9260#section-3.3.10.9">RFC 9260 §3.3.10.9</a>.
 *
 * @param tsn of the DATA chunk without user data
 */
public record NoUserDataCause(int tsn) implements ErrorCause {
    public static final int CODE = 9;

    static NoUserDataCause decode(WireReader value) throws MalformedPacketException {
        return new NoUserDataCause(value.int32());
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
        out.putInt(tsn);
    }
}
