package io.github.purrtc.sctp.tx;

/**
 * Whether what is lost tells of a full queue. draft-ietf-ccwg-bbr §5.5.10.2 asks for more than {@link #LOSS_THRESHOLD}; here the round trip
 * is asked as well: on a path that loses packets of itself, sending less is of no use.
 */
final class BbrLosses {
    private static final double LOSS_THRESHOLD = 0.02;
    /** No path is like that. */
    private static final double HOPELESS_LOSS = 0.2;

    private static final int LEAST_PACKETS = 20;

    private final int packetPayload;
    private long acked;
    private long lost;

    BbrLosses(int packetPayload) {
        this.packetPayload = packetPayload;
    }

    void onSample(DeliverySample sample) {
        acked += sample.ackedBytes;
        lost += sample.lostBytes;
    }

    /** Whether too much of this round was lost, as the sample tells. */
    boolean areTooHigh(DeliverySample sample, BbrPath path) {
        long all = acked + lost;
        if (sample.lostBytes == 0 || all < (long) LEAST_PACKETS * packetPayload) {
            return false;
        }
        double loss = (double) lost / all;
        return loss > HOPELESS_LOSS || (loss > LOSS_THRESHOLD && path.hasQueue());
    }

    void beginRound() {
        acked = 0;
        lost = 0;
    }
}
