package io.github.purrtc.sctp;

import java.nio.ByteBuffer;

/** Sees each packet of an association as it is on the wire. See {@link SctpAssociation#setPacketObserver}. */
@FunctionalInterface
public interface PacketObserver {
    /** Which way a packet goes. */
    enum Direction {
        /** From the peer, before it is looked at: also what is malformed. */
        INBOUND,
        /** To the peer. */
        OUTBOUND
    }

    /**
     * A packet was passed in, or is handed out. What is thrown ends the observation, and nothing else.
     *
     * @param packet read-only, from position to limit; its content is there during the call only
     */
    void onPacket(Direction direction, ByteBuffer packet, long nowNanos);
}
