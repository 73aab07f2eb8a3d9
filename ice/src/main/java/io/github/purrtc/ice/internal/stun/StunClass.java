package io.github.purrtc.ice.internal.stun;

/** The class bits of a message type (RFC 8489 §5). */
public enum StunClass {
    REQUEST(0x000),
    INDICATION(0x010),
    SUCCESS(0x100),
    ERROR(0x110);

    private static final StunClass[] BY_BITS = {REQUEST, INDICATION, SUCCESS, ERROR};

    private final int bits;

    StunClass(int bits) {
        this.bits = bits;
    }

    int messageType(int method) {
        return ((method & 0xF80) << 2) | ((method & 0x70) << 1) | (method & 0xF) | bits;
    }

    static StunClass ofMessageType(int type) {
        return BY_BITS[((type & 0x100) >> 7) | ((type & 0x10) >> 4)];
    }

    static int methodOfMessageType(int type) {
        return ((type & 0x3E00) >> 2) | ((type & 0xE0) >> 1) | (type & 0xF);
    }
}
