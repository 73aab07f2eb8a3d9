package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;

/**
 * A parameter about addresses: IPv4 Address (5), IPv6 Address (6), Host Name Address (11) or Supported Address Types (12),
 * <a href="https://www.rfc-editor.org/rfc/rfc9260#section-3.3.2.1">RFC 9260 §3.3.2.1</a>. Over DTLS there are no addresses, and these
 * are ignored (<a href="https://www.rfc-editor.org/rfc/rfc8261#section-6.1">RFC 8261 §6.1</a>); known they must be, lest they be reported.
 */
public record AddressParameter(int type, Bytes value) implements Parameter {
    public static final int IPV4_ADDRESS = 5;
    public static final int IPV6_ADDRESS = 6;
    public static final int HOST_NAME_ADDRESS = 11;
    public static final int SUPPORTED_ADDRESS_TYPES = 12;

    static AddressParameter decode(int type, WireReader value) throws MalformedPacketException {
        return new AddressParameter(type, value.rest());
    }

    @Override
    public int valueLength() {
        return value.length();
    }

    @Override
    public void writeValue(ByteBuffer out) {
        value.writeTo(out);
    }
}
