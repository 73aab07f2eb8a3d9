package io.github.purrtc.sctp.tx;

/**
 * Whether others fill the path's queue: it stands though BBR makes room, round after round. Two BBR flows that share a path
 * let it run dry; who controls by loss never does, and takes what is left to him. Against him only his own way helps, as in Copa's
 * competitive mode. Time and again it is looked anew.
 */
final class Competition {
    /** A flow that begins, or one that probes, fills the queue for no more than seven rounds. */
    private static final int ROUNDS = 10;

    private static final long LIFE_NANOS = 15_000_000_000L;
    private static final int LIFE_ROUNDS = 100;
    private static final int LEAST_EMPTY_ROUNDS = 10;

    private boolean isOn;
    private int crowdedRounds;
    private long inFlightBefore;
    private boolean isLossInRound;
    private boolean isLossOfPath;
    private int lossRound;
    private int emptyRounds;
    private int rounds;
    private long beganAtNanos;
    private long endedAtNanos;
    private long windowAtEnd;

    boolean isOn() {
        return isOn;
    }

    /**
     * BBR is in charge.
     *
     * @param isCruising whether it sends no more than the path seems to carry
     * @return whether the competition begins
     */
    boolean begins(DeliverySample sample, BbrPath path, boolean isCruising) {
        isLossInRound |= sample.lostBytes > 0;
        if (path.roundBegan()) {
            countCrowded(sample, path, isCruising);
        }
        if (crowdedRounds < ROUNDS) {
            return false;
        }
        isOn = true;
        crowdedRounds = 0;
        isLossOfPath = false;
        lossRound = -ROUNDS;
        emptyRounds = 0;
        rounds = 0;
        beganAtNanos = sample.nowNanos;
        return true;
    }

    private void countCrowded(DeliverySample sample, BbrPath path, boolean isCruising) {
        if (crowdedRounds == 0) {
            inFlightBefore = sample.inFlightBytes;
        }
        if (isLossInRound) {
            // Who fills a queue loses once in a while. What is lost all the time the path loses, and ends that are
            // woken late may look like a queue.
            crowdedRounds = 0;
            isLossInRound = false;
        } else if (!path.hasQueue()) {
            crowdedRounds = Math.max(0, crowdedRounds - 1);
        } else if (isCruising && path.hasLongQueue()) {
            crowdedRounds++;
        }
    }

    /** What was under way before room was made, in bytes: others did not make any. */
    long window(DeliverySample sample) {
        boolean isSame = windowAtEnd > 0 && sample.nowNanos - endedAtNanos < LIFE_NANOS;
        return Math.max(isSame ? windowAtEnd : 0, Math.max(inFlightBefore, sample.inFlightBytes));
    }

    /** NewReno is in charge, and packets were lost. */
    void onLoss(BbrPath path) {
        isLossOfPath |= !path.hasQueue() || rounds - lossRound < ROUNDS;
        lossRound = rounds;
    }

    /**
     * NewReno is in charge. It ends when the path loses packets of itself (without a queue, or often), when no queue was seen for as many rounds as a flow that has
     * halved its window may need to fill the path again, and, to see whether the queue is its own, after a while.
     *
     * @param windowPackets its window
     */
    boolean ends(DeliverySample sample, BbrPath path, long windowPackets) {
        if (path.roundBegan()) {
            rounds++;
            emptyRounds = path.hasQueue() ? 0 : emptyRounds + 1;
        }
        boolean isEmpty = emptyRounds > Math.max(LEAST_EMPTY_ROUNDS, windowPackets);
        boolean isOld = rounds > LIFE_ROUNDS && sample.nowNanos - beganAtNanos > LIFE_NANOS && path.hasLongQueue();
        if (isLossOfPath || isEmpty || isOld) {
            isOn = false;
        }
        return !isOn;
    }

    /** The window that NewReno had: where the queue still stands, it is its again. */
    void onEnd(DeliverySample sample, long window) {
        endedAtNanos = sample.nowNanos;
        windowAtEnd = window;
    }
}
