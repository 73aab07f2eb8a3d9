package io.github.purrtc.sctp.sim;

import java.nio.ByteBuffer;

/**
 * The user data of one direction as it is seen from outside: what the path lost of it and of its acknowledgements, and what the receiver
 * said it lacks.
 */
final class DataFlow {
    private static final int COMMON_HEADER = 12;
    private static final int CHUNK_HEADER = 4;
    private static final int GAP_BLOCKS_AT = 12;
    private static final int DATA = 0;
    private static final int SACK = 3;
    private static final int I_DATA = 64;
    private static final int FORWARD_TSN = 192;
    private static final int I_FORWARD_TSN = 194;

    private long lostAtNanos = Long.MIN_VALUE;
    private long frontLostAtNanos = Long.MIN_VALUE;
    private int front;
    private boolean hasGap;

    /**
     * When the path last lost, or let others overtake, data or its acknowledgement; the latter also at a full queue, which is full of what flows
     * the other way.
     */
    long lostAtNanos() {
        return lostAtNanos;
    }

    /**
     * The same of what the receiver lacks first, or has without the sender's knowing, and of acknowledgements; a full queue may have dropped
     * it, too.
     */
    long frontLostAtNanos() {
        return frontLostAtNanos;
    }

    /** The first TSN that the receiver lacks, by its last SACK, whether that arrived or not. */
    int front() {
        return front;
    }

    /** Whether it has something behind that. */
    boolean hasGap() {
        return hasGap;
    }

    /** A packet set out where the data goes. */
    void onSent(ByteBuffer packet, SimulatedLink.Fate fate, long nowNanos) {
        boolean isDropped = fate == SimulatedLink.Fate.OVERFLOWN;
        if (!isLost(fate) && !isDropped) {
            return;
        }
        for (int at = COMMON_HEADER; at + CHUNK_HEADER < packet.limit(); at = next(packet, at)) {
            switch (packet.get(at) & 0xFF) {
                case DATA, I_DATA -> {
                    lostAtNanos = isDropped ? lostAtNanos : nowNanos;
                    if (packet.getInt(at + CHUNK_HEADER) - front <= 0) {
                        frontLostAtNanos = nowNanos;
                    }
                }
                case FORWARD_TSN, I_FORWARD_TSN -> {
                    lostAtNanos = isDropped ? lostAtNanos : nowNanos;
                    frontLostAtNanos = nowNanos;
                }
                default -> {}
            }
        }
    }

    /** A packet set out where the acknowledgements go. */
    void onAnswered(ByteBuffer packet, SimulatedLink.Fate fate, long nowNanos) {
        for (int at = COMMON_HEADER; at + CHUNK_HEADER < packet.limit(); at = next(packet, at)) {
            if ((packet.get(at) & 0xFF) == SACK) {
                front = packet.getInt(at + CHUNK_HEADER) + 1;
                hasGap = packet.getShort(at + GAP_BLOCKS_AT) != 0;
                if (isLost(fate) || fate == SimulatedLink.Fate.OVERFLOWN) {
                    lostAtNanos = nowNanos;
                    frontLostAtNanos = nowNanos;
                }
            }
        }
    }

    private static boolean isLost(SimulatedLink.Fate fate) {
        return fate == SimulatedLink.Fate.LOST || fate == SimulatedLink.Fate.HELD_BACK;
    }

    private static int next(ByteBuffer packet, int at) {
        return at + ((packet.getShort(at + 2) & 0xFFFF) + 3 & ~3);
    }
}
