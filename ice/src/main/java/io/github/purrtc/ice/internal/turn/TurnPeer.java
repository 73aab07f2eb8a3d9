package io.github.purrtc.ice.internal.turn;

import java.net.InetSocketAddress;

/** An address that data is exchanged with, its permission (which is one for all ports of an IP address) and channel. */
final class TurnPeer {
    /** How far a right at the server is. */
    enum Grant {
        NONE,
        ASKED,
        GRANTED,
        REFUSED
    }

    /** What the server lets pass from and to an IP address (RFC 8656 §9). */
    static final class Permission {
        Grant grant = Grant.NONE;
        long renewNanos = Long.MAX_VALUE;
        long lastUsedNanos;
    }

    final InetSocketAddress address;
    final Permission permission;
    Grant channelGrant = Grant.NONE;
    long channelRenewNanos = Long.MAX_VALUE;
    int channel;

    TurnPeer(InetSocketAddress address, Permission permission) {
        this.address = address;
        this.permission = permission;
    }
}
