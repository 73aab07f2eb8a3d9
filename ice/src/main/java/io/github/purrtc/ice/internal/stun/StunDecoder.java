package io.github.purrtc.ice.internal.stun;

import io.github.purrtc.ice.IceRole;
import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Reads STUN messages. Whatever the bytes are, there is an answer and never an exception. */
public final class StunDecoder {

    /** A check is some 100 bytes, and 700 with the longest names; what is much longer is none. */
    private static final int MAX_LENGTH = 2048;

    /** RFC 8489 §14.3. */
    private static final int MAX_USERNAME_LENGTH = 513;

    /** RFC 8489 §14.9, §14.10. */
    private static final int MAX_REALM_LENGTH = 763;

    private static final int MAX_NONCE_LENGTH = 763;

    private final byte[] bytes;
    private final StunMessage message;
    private @Nullable MalformedStun malformed;

    private StunDecoder(byte[] bytes, StunMessage message) {
        this.bytes = bytes;
        this.message = message;
    }

    /** Reads the whole remaining content of the buffer as one message and copies what it needs. */
    public static StunDecoded decode(ByteBuffer datagram) {
        int length = datagram.remaining();
        if (length < Stun.HEADER_LENGTH || length > MAX_LENGTH) {
            return MalformedStun.LENGTH;
        }
        int start = datagram.position();
        int type = datagram.getShort(start) & 0xFFFF;
        if (type >= 0x4000 || datagram.getInt(start + 4) != Stun.MAGIC_COOKIE) {
            return MalformedStun.NOT_STUN;
        }
        int declared = datagram.getShort(start + 2) & 0xFFFF;
        if (declared != length - Stun.HEADER_LENGTH || declared % 4 != 0) {
            return MalformedStun.LENGTH;
        }
        byte[] bytes = new byte[length];
        datagram.get(bytes);
        TransactionId id = new TransactionId(datagram.getInt(start + 8), datagram.getLong(start + 12));
        StunMessage message =
                new StunMessage(bytes, StunClass.ofMessageType(type), StunClass.methodOfMessageType(type), id);
        return new StunDecoder(bytes, message).attributes();
    }

    private StunDecoded attributes() {
        int offset = Stun.HEADER_LENGTH;
        while (offset < bytes.length && malformed == null) {
            int length = unsignedShort(offset + 2);
            int value = offset + 4;
            if (length > bytes.length - value) {
                return MalformedStun.ATTRIBUTE_LENGTH;
            }
            attribute(unsignedShort(offset), value, length);
            offset = value + ((length + 3) & ~3);
        }
        return malformed != null ? malformed : message;
    }

    private void attribute(int type, int value, int length) {
        if (message.fingerprint) {
            // RFC 8489 §14.7: FINGERPRINT is the last attribute.
            malformed = MalformedStun.FINGERPRINT;
        } else if (type == Stun.FINGERPRINT) {
            fingerprint(value, length);
        } else if (message.integrityOffset == StunMessage.ABSENT) {
            protectedAttribute(type, value, length);
        }
    }

    private void fingerprint(int value, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, value - 4);
        if (length != 4 || ((int) crc.getValue() ^ Stun.FINGERPRINT_XOR) != integer(value)) {
            malformed = MalformedStun.FINGERPRINT;
        }
        message.fingerprint = true;
    }

    private void protectedAttribute(int type, int value, int length) {
        switch (type) {
            case Stun.USERNAME -> username(value, length);
            case Stun.MESSAGE_INTEGRITY -> {
                require(length == ShortTermKey.HMAC_LENGTH);
                message.integrityOffset = value - 4;
            }
            case Stun.PRIORITY -> {
                if (require(length == 4) && message.priority == StunMessage.ABSENT) {
                    message.priority = integer(value) & 0xFFFF_FFFFL;
                }
            }
            case Stun.USE_CANDIDATE -> message.useCandidate = true;
            case Stun.ICE_CONTROLLING -> role(IceRole.CONTROLLING, value, length);
            case Stun.ICE_CONTROLLED -> role(IceRole.CONTROLLED, value, length);
            case Stun.NOMINATION -> {
                if (require(length == 4) && message.nomination == StunMessage.ABSENT) {
                    message.nomination = integer(value) & 0xFFFF_FFFFL;
                }
            }
            case Stun.MAPPED_ADDRESS, Stun.XOR_MAPPED_ADDRESS -> address(type, value, length);
            case Stun.ERROR_CODE -> errorCode(value, length);
            case Stun.UNKNOWN_ATTRIBUTES -> unknownAttributes(value, length);
            case Stun.REALM -> realm(value, length);
            case Stun.NONCE -> {
                if (require(length <= MAX_NONCE_LENGTH) && message.nonce == null) {
                    message.nonce = slice(value, length);
                }
            }
            case Stun.MESSAGE_INTEGRITY_SHA256, Stun.SOFTWARE -> {
                // Known, and of no use here.
            }
            default -> message.others.add(new StunAttribute(type, slice(value, length)));
        }
    }

    private void username(int value, int length) {
        if (require(length <= MAX_USERNAME_LENGTH) && message.username == null) {
            message.username = new String(bytes, value, length, ISO_8859_1);
        }
    }

    private void realm(int value, int length) {
        if (require(length <= MAX_REALM_LENGTH) && message.realm == null) {
            message.realm = new String(bytes, value, length, UTF_8);
        }
    }

    private void role(IceRole role, int value, int length) {
        if (require(length == 8 && (message.role == null || message.role == role)) && message.role == null) {
            message.role = role;
            message.tieBreaker = ((long) integer(value) << 32) | (integer(value + 4) & 0xFFFF_FFFFL);
        }
    }

    private void address(int type, int value, int length) {
        boolean xor = type == Stun.XOR_MAPPED_ADDRESS;
        InetSocketAddress address = StunAddress.read(bytes, value, length, xor ? StunAddress.mask(message.id()) : null);
        require(address != null);
        if (xor && message.xorMappedAddress == null) {
            message.xorMappedAddress = address;
        } else if (!xor && message.mappedAddress == null) {
            message.mappedAddress = address;
        }
    }

    /** RFC 8489 §14.8. */
    private void errorCode(int value, int length) {
        if (!require(length >= 4) || message.errorCode != StunMessage.ABSENT) {
            return;
        }
        int hundreds = bytes[value + 2] & 7;
        int number = bytes[value + 3] & 0xFF;
        if (require(hundreds >= 3 && hundreds <= 6 && number < 100)) {
            message.errorCode = hundreds * 100 + number;
            message.errorReason = new String(bytes, value + 4, length - 4, UTF_8);
        }
    }

    private void unknownAttributes(int value, int length) {
        if (require(length % 2 == 0) && message.unknownAttributes.isEmpty()) {
            for (int i = value; i < value + length; i += 2) {
                message.unknownAttributes.add(unsignedShort(i));
            }
        }
    }

    private boolean require(boolean wellFormed) {
        if (!wellFormed) {
            malformed = MalformedStun.ATTRIBUTE_VALUE;
        }
        return wellFormed;
    }

    private int unsignedShort(int offset) {
        return ((bytes[offset] & 0xFF) << 8) | (bytes[offset + 1] & 0xFF);
    }

    private int integer(int offset) {
        return (unsignedShort(offset) << 16) | unsignedShort(offset + 2);
    }

    private byte[] slice(int offset, int length) {
        byte[] slice = new byte[length];
        System.arraycopy(bytes, offset, slice, 0, length);
        return slice;
    }
}
