package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;

/**
 * Unresolvable Address, <a href="https://www.rfc-editor.org/rfc/rfc9260#section-3.3.10.5">RFC 9260 §3.3.10.5</a>.
 *
 * @param parameter the address parameter, its header included
 */
public record UnresolvableAddressCause(Bytes parameter) implements ErrorCause {
    public static final int CODE = 5;

    static UnresolvableAddressCause decode(WireReader value) throws MalformedPacketException {
        return new UnresolvableAddressCause(value.rest());
    }

    @Override
    public int type() {
        return CODE;
    }

    @Override
    public int valueLength() {
        return parameter.length();
    }

    @Override
    public void writeValue(ByteBuffer out) {
        parameter.writeTo(out);
    }
}
