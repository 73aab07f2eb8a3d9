package io.github.purrtc.ice.internal.net;

import io.github.purrtc.ice.internal.stun.Stun;
import io.github.purrtc.ice.internal.stun.TransactionId;

import java.nio.ByteBuffer;

/** As much of a STUN message as tells whom it is for, read in place; it is checked by whoever gets it. */
public final class StunPeek {
    /** RFC 7983 §7: the last first byte that STUN has. */
    private static final int LAST_STUN = 3;

    private static final int CLASS_BITS = 0x0110;
    private static final int TRANSACTION_ID_OFFSET = 8;

    /** The class of a message, as far as it decides who gets it. */
    public enum Kind {
        REQUEST,
        INDICATION,
        RESPONSE,
        /** It begins like STUN, and is not. */
        NOT_STUN
    }

    private StunPeek() {}

    /** Whether the first byte is one of STUN's. */
    public static boolean looksLikeStun(ByteBuffer datagram) {
        int first = datagram.hasRemaining() ? datagram.get(datagram.position()) : -1;
        return 0 <= first && first <= LAST_STUN;
    }

    static boolean looksLikeStun(byte[] buffer, int offset) {
        return 0 <= buffer[offset] && buffer[offset] <= LAST_STUN;
    }

    /** Of what {@link #looksLikeStun}. */
    public static Kind kind(ByteBuffer datagram) {
        int start = datagram.position();
        if (datagram.remaining() < Stun.HEADER_LENGTH || datagram.getInt(start + 4) != Stun.MAGIC_COOKIE) {
            return Kind.NOT_STUN;
        }
        return switch (datagram.getShort(start) & CLASS_BITS) {
            case 0 -> Kind.REQUEST;
            case 0x010 -> Kind.INDICATION;
            default -> Kind.RESPONSE;
        };
    }

    static boolean isRequest(byte[] buffer, int offset, int length) {
        return length >= Stun.HEADER_LENGTH
                && looksLikeStun(buffer, offset)
                && (((buffer[offset] << 8) | (buffer[offset + 1] & 0xFF)) & CLASS_BITS) == 0;
    }

    static TransactionId transactionId(ByteBuffer message) {
        int start = message.position() + TRANSACTION_ID_OFFSET;
        return new TransactionId(message.getInt(start), message.getLong(start + 4));
    }

    static TransactionId transactionId(byte[] buffer, int offset) {
        return transactionId(ByteBuffer.wrap(buffer, offset, Stun.HEADER_LENGTH));
    }

    /**
     * Finds the value of the first USERNAME.
     *
     * @return the index in the buffer in the upper 32 bits, the length in the lower ones; −1 if there is none
     */
    public static long username(ByteBuffer message) {
        int end = message.limit();
        int offset = message.position() + Stun.HEADER_LENGTH;
        while (end - offset >= 4) {
            int length = message.getShort(offset + 2) & 0xFFFF;
            if (length > end - offset - 4) {
                return -1;
            }
            if ((message.getShort(offset) & 0xFFFF) == Stun.USERNAME) {
                return ((long) (offset + 4) << 32) | length;
            }
            offset += 4 + ((length + 3) & ~3);
        }
        return -1;
    }

    /**
     * The length of the username's first part, which names whom a request is for (RFC 8445 §7.2.2).
     *
     * @return all of it if there is no colon
     */
    public static int localFragmentLength(ByteBuffer message, int index, int length) {
        for (int i = 0; i < length; i++) {
            if (message.get(index + i) == ':') {
                return i;
            }
        }
        return length;
    }
}
