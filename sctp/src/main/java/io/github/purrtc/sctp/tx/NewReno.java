package io.github.purrtc.sctp.tx;

/** The congestion control of RFC 9260 §7.2. */
public final class NewReno extends SlowStartControl {
    private long partialBytesAcked;

    /** @param packetPayload the user data that fits in one packet: PMDCS without the chunk's header */
    public NewReno(int packetPayload, int initialWindowPackets) {
        super(packetPayload, initialWindowPackets, new SlowStartExit());
    }

    /** Goes on from what another control has under way, in congestion avoidance. */
    void takeOver(long inFlightBytes) {
        cwnd = Math.max(inFlightBytes, minimumWindow());
        ssthresh = cwnd - 1;
        partialBytesAcked = 0;
    }

    @Override
    void avoidCongestion(long bytesAcked, boolean fullyUsed, long nowNanos, long srttNanos) {
        // §7.2.2
        partialBytesAcked += bytesAcked;
        if (partialBytesAcked >= cwnd) {
            partialBytesAcked = fullyUsed ? partialBytesAcked - cwnd : cwnd;
            if (fullyUsed) {
                cwnd += packetPayload;
            }
        }
    }

    @Override
    public void onAllAcked() {
        partialBytesAcked = 0;
    }

    @Override
    public void onLoss() {
        // §7.2.3
        ssthresh = Math.max(cwnd / 2, minimumWindow());
        cwnd = ssthresh;
        partialBytesAcked = 0;
    }

    @Override
    public void onTimeout() {
        if (!isRepeatedTimeout()) {
            // §7.2.3
            ssthresh = Math.max(cwnd / 2, minimumWindow());
        }
        cwnd = packetPayload;
        partialBytesAcked = 0;
    }
}
