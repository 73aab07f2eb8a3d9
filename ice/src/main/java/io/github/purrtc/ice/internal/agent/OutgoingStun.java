package io.github.purrtc.ice.internal.agent;

import java.net.InetSocketAddress;

/** One STUN message to be sent as a datagram of its own. */
public final class OutgoingStun {

    private final int socketId;
    private final InetSocketAddress destination;
    private final byte[] bytes;

    OutgoingStun(int socketId, InetSocketAddress destination, byte[] bytes) {
        this.socketId = socketId;
        this.destination = destination;
        this.bytes = bytes;
    }

    /** The number of the socket to send it from, as given with the local candidate. */
    public int socketId() {
        return socketId;
    }

    public InetSocketAddress destination() {
        return destination;
    }

    /** The whole array is the message. It may be sent again: not to be changed. */
    public byte[] bytes() {
        return bytes;
    }
}
