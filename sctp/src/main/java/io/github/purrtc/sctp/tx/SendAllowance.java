package io.github.purrtc.sctp.tx;

/** What limits the sender beside the congestion window, and which of the limits held it back: the peer's window, bursts and the pace. */
final class SendAllowance {
    /** On a shorter path a burst is longer than the round trip. */
    private static final long LEAST_PACED_RTT_NANOS = 1_000_000;

    private final OutstandingData outstanding;
    private final CongestionControl congestion;
    private final RetransmissionTimeout timeout;
    private final Pacer pacer;
    private final int packetPayload;
    private final long maxBurstBytes;

    /** Bytes that the peer can hold. */
    long peerWindow;
    /** Whether what is in flight is a probe of a closed window (RFC 9260 §6.1 A). */
    boolean isProbingWindow;
    /** Whether the path, not the application or the peer, was what held the sender back last. */
    boolean isCwndFull;
    /** What may be in flight before the next occasion to send (§6.1 D). */
    private long burstLimit = Long.MAX_VALUE;

    SendAllowance(
            OutstandingData outstanding,
            CongestionControl congestion,
            RetransmissionTimeout timeout,
            int packetPayload,
            int maxBurstPackets) {
        this.outstanding = outstanding;
        this.congestion = congestion;
        this.timeout = timeout;
        this.packetPayload = packetPayload;
        maxBurstBytes = maxBurstPackets == 0 ? Long.MAX_VALUE : (long) maxBurstPackets * packetPayload;
        pacer = new Pacer(packetPayload);
    }

    Pacer pacer() {
        return pacer;
    }

    boolean fillsCwnd() {
        return outstanding.inFlightBytes() >= congestion.cwnd();
    }

    boolean limitsBursts() {
        return maxBurstBytes < Long.MAX_VALUE;
    }

    boolean fillsBurst() {
        return outstanding.inFlightBytes() >= burstLimit;
    }

    boolean fitsPeerWindow(int length) {
        return length <= peerWindow - outstanding.inFlightBytes();
    }

    /** Whether the peer's window holds the sender back soon, if not now. */
    boolean isPeerWindowShort() {
        return peerWindow - outstanding.inFlightBytes() < congestion.cwnd();
    }

    /** Whether the peer has no room for a packet. */
    boolean isWindowClosed() {
        return peerWindow < packetPayload;
    }

    /** §6.1 D: here is an occasion to send. */
    void allowBurst() {
        long inFlight = outstanding.inFlightBytes();
        burstLimit = maxBurstBytes > Long.MAX_VALUE - inFlight ? Long.MAX_VALUE : inFlight + maxBurstBytes;
    }

    /** Whether the pace allows a packet now. */
    boolean isPaceOpen(long nowNanos) {
        if (pacer.isOpen(nowNanos)) {
            return true;
        }
        // It is the path that holds the sender back.
        isCwndFull = true;
        return false;
    }

    void setPace(long nowNanos) {
        long rttNanos = timeout.srttNanos();
        pacer.setRate(rttNanos < LEAST_PACED_RTT_NANOS ? 0 : congestion.pacingRate(rttNanos), nowNanos);
    }
}
