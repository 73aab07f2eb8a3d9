package io.github.purrtc.ice.internal.stun;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** The form that MAPPED-ADDRESS and XOR-MAPPED-ADDRESS share (RFC 8489 §14.1, §14.2). */
final class StunAddress {

    private static final int FAMILY_V4 = 1;
    private static final int FAMILY_V6 = 2;
    private static final byte[] NO_MASK = new byte[16];

    private StunAddress() {}

    /** What the address is XORed with: the magic cookie, then the transaction id. */
    static byte[] mask(TransactionId id) {
        return ByteBuffer.allocate(16)
                .putInt(Stun.MAGIC_COOKIE)
                .putInt(id.high())
                .putLong(id.low())
                .array();
    }

    /** Null if the value is not of the form. */
    static @Nullable InetSocketAddress read(byte[] message, int offset, int length, byte @Nullable [] maskOrNull) {
        byte[] mask = maskOrNull == null ? NO_MASK : maskOrNull;
        int addressLength = length < 4 ? 0 : addressLength(message[offset + 1]);
        if (addressLength == 0 || length != 4 + addressLength) {
            return null;
        }
        int port = (((message[offset + 2] ^ mask[0]) & 0xFF) << 8) | ((message[offset + 3] ^ mask[1]) & 0xFF);
        byte[] address = new byte[addressLength];
        for (int i = 0; i < addressLength; i++) {
            address[i] = (byte) (message[offset + 4 + i] ^ mask[i]);
        }
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), port);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    static byte[] write(InetSocketAddress address, byte[] mask) {
        byte[] raw = address.getAddress().getAddress();
        byte[] value = new byte[4 + raw.length];
        value[1] = (byte) (raw.length == 4 ? FAMILY_V4 : FAMILY_V6);
        value[2] = (byte) ((address.getPort() >> 8) ^ mask[0]);
        value[3] = (byte) (address.getPort() ^ mask[1]);
        for (int i = 0; i < raw.length; i++) {
            value[4 + i] = (byte) (raw[i] ^ mask[i]);
        }
        return value;
    }

    private static int addressLength(int family) {
        return switch (family) {
            case FAMILY_V4 -> 4;
            case FAMILY_V6 -> 16;
            default -> 0;
        };
    }
}
