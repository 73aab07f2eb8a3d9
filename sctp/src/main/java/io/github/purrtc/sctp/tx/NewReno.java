package io.github.purrtc.sctp.tx;

/** The congestion control of RFC 9260 §7.2. */
public final class NewReno implements CongestionControl {
    /**
     * How many packets' worth one SACK may add in slow start. §7.2.1 bounds the growth by the bytes newly acknowledged and by L times
     * PMDCS, where L "SHOULD be 1 and MAY be larger". A receiver here acknowledges once a burst, not every second packet: with L = 1
     * slow start would be linear. The first bound is the one that holds off ACK splitting.
     */
    private static final int L = 128;

    private final int packetPayload;
    private long cwnd;
    private long ssthresh = Long.MAX_VALUE;
    private long partialBytesAcked;

    /** @param packetPayload the user data that fits in one packet: PMDCS without the chunk's header */
    public NewReno(int packetPayload, int initialWindowPackets) {
        this.packetPayload = packetPayload;
        cwnd = (long) packetPayload * initialWindowPackets;
    }

    @Override
    public long cwnd() {
        return cwnd;
    }

    @Override
    public long ssthresh() {
        return ssthresh;
    }

    @Override
    public void onCumulativeAck(long bytesAcked, boolean fullyUsed, boolean recovering) {
        if (recovering) {
            return;
        }
        if (cwnd <= ssthresh) {
            // §7.2.1: only when cwnd is in full use and the sender is not in fast recovery.
            if (fullyUsed) {
                cwnd += Math.min(bytesAcked, (long) L * packetPayload);
            }
            return;
        }
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
        // §7.2.3
        ssthresh = Math.max(cwnd / 2, minimumWindow());
        cwnd = packetPayload;
        partialBytesAcked = 0;
    }

    @Override
    public void onIdle(long timeouts) {
        // §7.2.1: halved for each RTO without transmission; ssthresh remembers what the path carried.
        if (cwnd <= minimumWindow()) {
            return;
        }
        ssthresh = Math.max(ssthresh == Long.MAX_VALUE ? 0 : ssthresh, cwnd);
        cwnd = Math.max(cwnd >> Math.min(timeouts, 62), minimumWindow());
    }

    private long minimumWindow() {
        return 4L * packetPayload;
    }
}
