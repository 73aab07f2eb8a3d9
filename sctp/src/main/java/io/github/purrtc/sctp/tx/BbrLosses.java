package io.github.purrtc.sctp.tx;

/**
 * Which losses tell of a full queue, and which are the path's own. draft-ietf-ccwg-bbr §5.5.10.2 takes more than {@link #LOSS_THRESHOLD} for too
 * much; here the round trip is asked as well, and what the path loses while nothing waits is allowed for: on a path that loses packets of
 * itself, sending less is of no use.
 */
final class BbrLosses {
    private static final double LOSS_THRESHOLD = 0.02;
    /** No path is like that. */
    private static final double HOPELESS_LOSS = 0.2;

    private static final int LEAST_PACKETS = 20;
    /** In fewer the path's own losses do not show. */
    private static final int LEAST_OWN_PACKETS = 100;

    private static final double OLD_ROUNDS_WEIGHT = 7 / 8.0;
    /** So many standard deviations more than the path's own losses are others'. */
    private static final double DEVIATIONS = 3;

    private final int packetPayload;
    private long acked;
    private long lost;
    /** Of the rounds without a queue, the older ones the less. */
    private double ownAcked;

    private double ownLost;
    /** What a round loses is found in the next one: at first nothing is known of the one before. */
    private boolean hadQueueBefore = true;

    private boolean hadQueue;

    BbrLosses(int packetPayload) {
        this.packetPayload = packetPayload;
    }

    void onSample(DeliverySample sample, BbrPath path) {
        acked += sample.ackedBytes;
        lost += sample.lostBytes;
        hadQueue |= path.hasQueue();
    }

    /** Whether too much of this round was lost, as the sample tells. */
    boolean areTooHigh(DeliverySample sample, BbrPath path) {
        long all = acked + lost;
        if (sample.lostBytes == 0 || all < (long) LEAST_PACKETS * packetPayload) {
            return false;
        }
        // Where little is sent, since the peer's window is full, little is lost, and that is no small part of it.
        boolean isHopeless = lost > HOPELESS_LOSS * Math.max((double) all, path.bandwidthDelayProduct());
        return isHopeless || (path.hasQueue() && areMoreThanOwn(lost - (long) (LOSS_THRESHOLD * all), all));
    }

    /** Whether the path would hardly lose so much of itself, of so many bytes. */
    boolean areMoreThanOwn(long lostBytes, long bytes) {
        return lostBytes > mostOwn(bytes);
    }

    private double mostOwn(long bytes) {
        double ownBytes = ownAcked + ownLost;
        if (ownBytes < LEAST_OWN_PACKETS * packetPayload) {
            return 0;
        }
        double packets = ownLost / ownBytes * bytes / packetPayload;
        return (packets + DEVIATIONS * Math.sqrt(packets)) * packetPayload;
    }

    void beginRound() {
        if (!hadQueue && !hadQueueBefore) {
            ownAcked = OLD_ROUNDS_WEIGHT * ownAcked + acked;
            ownLost = OLD_ROUNDS_WEIGHT * ownLost + lost;
        }
        hadQueueBefore = hadQueue;
        hadQueue = false;
        acked = 0;
        lost = 0;
    }
}
