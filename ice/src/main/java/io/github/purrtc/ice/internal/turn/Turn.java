package io.github.purrtc.ice.internal.turn;

/** The numbers of the protocol (RFC 8656 §17, §18). */
final class Turn {
    static final int ALLOCATE = 3;
    static final int REFRESH = 4;
    static final int SEND = 6;
    static final int DATA_METHOD = 7;
    static final int CREATE_PERMISSION = 8;
    static final int CHANNEL_BIND = 9;

    static final int CHANNEL_NUMBER = 0x000C;
    static final int LIFETIME = 0x000D;
    static final int XOR_PEER_ADDRESS = 0x0012;
    static final int DATA = 0x0013;
    static final int XOR_RELAYED_ADDRESS = 0x0016;
    static final int REQUESTED_ADDRESS_FAMILY = 0x0017;
    static final int REQUESTED_TRANSPORT = 0x0019;
    static final int ALTERNATE_SERVER = 0x8023;

    static final int TRY_ALTERNATE = 300;
    static final int UNAUTHENTICATED = 401;
    static final int ALLOCATION_MISMATCH = 437;
    static final int STALE_NONCE = 438;

    static final int CHANNEL_DATA_HEADER = 4;

    /** RFC 8656 §12: numbers above are reserved, though earlier servers took them. */
    static final int FIRST_CHANNEL = 0x4000;

    static final int LAST_CHANNEL = 0x4FFF;

    private static final int UDP = 17;
    private static final int IPV6 = 2;

    private Turn() {}

    static byte[] requestedUdp() {
        return new byte[] {UDP, 0, 0, 0};
    }

    static byte[] requestedIpv6() {
        return new byte[] {IPV6, 0, 0, 0};
    }

    static boolean isChannelData(int firstByte) {
        return firstByte >= FIRST_CHANNEL >> 8 && firstByte <= 0x7F;
    }
}
