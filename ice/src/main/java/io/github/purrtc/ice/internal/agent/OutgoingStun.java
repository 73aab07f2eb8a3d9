package io.github.purrtc.ice.internal.agent;

import java.net.InetSocketAddress;

/** One STUN message to be sent as a datagram of its own; the whole array is the message, and is the receiver's to keep. */
public record OutgoingStun(int socketId, InetSocketAddress destination, byte[] bytes) {}
