package io.github.purrtc.sctp.tx;

/** How much may be in flight: RFC 9260 §7.2. All sizes are bytes of user data. */
public interface CongestionControl {
    /** The congestion window: new data may be sent while less than this is in flight. */
    long cwnd();

    long ssthresh();

    /**
     * The Cumulative TSN Ack Point advanced.
     *
     * @param bytesAcked what the SACK acknowledged for the first time
     * @param fullyUsed whether the window, not the application or the peer, was what held the sender back
     * @param recovering whether fast recovery is under way
     * @param srttNanos the smoothed round-trip time, 0 where none was measured
     */
    default void onCumulativeAck(
            long bytesAcked, boolean fullyUsed, boolean recovering, long nowNanos, long srttNanos) {}

    /** A SACK was taken in, and what it tells to be lost is known; after all else that it brings about. */
    default void onSample(DeliverySample sample, boolean fullyUsed) {}

    /** Bytes of user data a second that may go out at most; 0: all that {@link #cwnd} allows, at once. */
    long pacingRate(long srttNanos);

    /** All that was sent has been acknowledged. */
    default void onAllAcked() {}

    /** A loss was found by missing reports: called once for each fast recovery. */
    default void onLoss() {}

    /** T3-rtx expired. */
    void onTimeout();

    /** T3-rtx is about to expire for the first time since all was well: {@link #undoTimeouts} may follow. */
    default void saveForUndo() {}

    /** What T3-rtx expired for arrived after all: all is as it was at {@link #saveForUndo}. */
    void undoTimeouts();

    /** Nothing was sent for this many retransmission timeouts. */
    void onIdle(long timeouts);
}
