package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;

/**
 * Restart of an Association with New Addresses, <a href="https://www.rfc-editor.org/rfc/rfc9260#section-3.3.10.11">RFC 9260 §3.3.10.11</a>.
 *
 * @param addresses the new address parameters, their headers included
 */
public record RestartWithNewAddressesCause(Bytes addresses) implements ErrorCause {
    public static final int CODE = 11;

    static RestartWithNewAddressesCause decode(WireReader value) throws MalformedPacketException {
        return new RestartWithNewAddressesCause(value.rest());
    }

    @Override
    public int type() {
        return CODE;
    }

    @Override
    public int valueLength() {
        return addresses.length();
    }

    @Override
    public void writeValue(ByteBuffer out) {
        addresses.writeTo(out);
    }
}
