package io.github.purrtc.sctp;

/**
 * How one message is to be delivered.
 *
 * @param unordered whether it may overtake others of its stream
 * @param maxRetransmits how often a part of it is retransmitted before it is given up (RFC 7496 §3.1), or -1: no limit
 * @param lifetimeNanos after which time it is given up (RFC 3758 §4.1), or -1: never
 * @param accounted whether its bytes count in {@link SctpAssociation#bufferedAmount}
 * @param lifecycleId by what {@link SctpEvent.MessageSent}, {@link SctpEvent.MessageAcknowledged} and {@link SctpEvent.MessageAbandoned} shall
 *     name it; 0: it is not spoken of
 */
public record SctpSendOptions(
        boolean unordered, int maxRetransmits, long lifetimeNanos, boolean accounted, long lifecycleId) {
    /** Delivered for certain, in order. */
    public static final SctpSendOptions RELIABLE_ORDERED = new SctpSendOptions(false, -1, -1);
    /** Delivered for certain, in whatever order it arrives. */
    public static final SctpSendOptions RELIABLE_UNORDERED = new SctpSendOptions(true, -1, -1);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public SctpSendOptions {
        if (maxRetransmits < -1 || lifetimeNanos < -1) {
            throw new IllegalArgumentException(
                    "maxRetransmits and lifetimeNanos are -1 or more: " + maxRetransmits + ", " + lifetimeNanos);
        }
    }

    /** For a message that is accounted. */
    public SctpSendOptions(boolean unordered, int maxRetransmits, long lifetimeNanos) {
        this(unordered, maxRetransmits, lifetimeNanos, true);
    }

    /** For a message of which no events tell. */
    public SctpSendOptions(boolean unordered, int maxRetransmits, long lifetimeNanos, boolean accounted) {
        this(unordered, maxRetransmits, lifetimeNanos, accounted, 0);
    }

    /** The same for a message that does not count as buffered: what a protocol above says on its own account. */
    public SctpSendOptions unaccounted() {
        return new SctpSendOptions(unordered, maxRetransmits, lifetimeNanos, false, lifecycleId);
    }

    /** The same for a message whose way is told of by events. */
    public SctpSendOptions withLifecycleId(long id) {
        return new SctpSendOptions(unordered, maxRetransmits, lifetimeNanos, accounted, id);
    }
}
