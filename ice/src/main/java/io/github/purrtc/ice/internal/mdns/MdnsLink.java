package io.github.purrtc.ice.internal.mdns;

/** What a {@link MdnsService} has of its surroundings: the time, one timer, and the way to everybody on the link. */
interface MdnsLink {
    long nanoTime();

    /** Makes ready to send; false if nobody can be reached. */
    boolean open(long nowNanos);

    void send(byte[] message);

    /** Sets the one timer; {@code Long.MAX_VALUE} for never. */
    void arm(long deadlineNanos);
}
