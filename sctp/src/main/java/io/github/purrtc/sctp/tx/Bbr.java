package io.github.purrtc.sctp.tx;

/**
 * A model-based congestion control after BBR (<a href="https://datatracker.ietf.org/doc/draft-ietf-ccwg-bbr/">draft-ietf-ccwg-bbr</a>,
 * whose paragraphs are cited): it measures the path's bandwidth and round-trip time, sends at that rate, paced, and keeps no more under
 * way than that takes. A loss is no signal of itself; only where packets wait in a queue does it tell of too much ({@link BbrLosses}), and
 * of others on the path, for whom room is made ({@link BbrLowerBounds}).
 */
final class Bbr implements CongestionControl {
    private static final double STARTUP_PACING_GAIN = 2.77;
    private static final double CWND_GAIN = 2;
    private static final double DRAIN_PACING_GAIN = 0.5;
    private static final double UP_PACING_GAIN = 1.25;
    private static final double UP_CWND_GAIN = 2.25;
    private static final double DOWN_PACING_GAIN = 0.9;
    /** Where nobody else is there is nobody to whom the path is left, and the bandwidth may be taken for a tenth too much. */
    private static final double ALONE_DOWN_PACING_GAIN = 0.75;

    private static final double PROBE_RTT_CWND_GAIN = 0.5;
    /** §2.4: a little below what was measured, so that queues drain. */
    private static final double PACING_MARGIN = 0.99;

    private static final double BETA = 0.7;
    private static final double HEADROOM = 0.85;
    private static final double FULL_BANDWIDTH_GROWTH = 1.25;
    private static final int FULL_BANDWIDTH_ROUNDS = 3;
    private static final int MOST_ROUNDS_IN_VAIN = 4;
    private static final double MORE_BANDWIDTH = 1.125;
    private static final long PROBE_RTT_NANOS = 200_000_000;
    /** §5.3.3.8: between two probes for bandwidth where nobody else is. */
    private static final long MIN_CRUISE_NANOS = 2_000_000_000;

    private static final long CRUISE_SPREAD_NANOS = 1_000_000_000;
    /** 2 to the 64th by it: a multiplier that spreads numbers that are close to each other. */
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    private static final int MAX_CRUISE_ROUNDS = 63;
    /** In fewer nobody could be noticed who fills the queue. */
    private static final int MIN_CRUISE_ROUNDS = 20;

    private static final double NANOS_PER_SECOND = 1e9;

    private enum Phase {
        STARTUP,
        DRAIN,
        DOWN,
        CRUISE,
        REFILL,
        UP,
        PROBE_RTT
    }

    private final int packetPayload;
    private final long initialWindow;
    private final BbrPath path = new BbrPath();
    private final BbrLosses losses;
    private final BbrLowerBounds lower = new BbrLowerBounds();
    private Phase phase = Phase.STARTUP;
    private long phaseBeganAtNanos;
    private int phaseBeganRound;
    private int cycles;
    private long cycleBeganAtNanos;
    private int cycleBeganRound;

    private double fullBandwidth;
    private int fullBandwidthRounds;
    private boolean isTooMuchInRound;
    private boolean isPipeFull;
    /** What it was when the last probe for it began. */
    private double bandwidthBefore;

    /** Whether, since the last probe began, packets were lost at a full queue: others may be there, who need time to fill it again. */
    private boolean isShared;

    private long queueSeenAtNanos;
    private int queueSeenRound;
    /** Whether more is under way than the path holds without a queue. */
    private boolean holdsMore;

    private double inflightHigh = Double.MAX_VALUE;
    private long growth;
    private long probeRttDoneAtNanos;

    private long cwnd;
    private long savedCwnd;
    private boolean isTimedOut;
    private int timedOutRound = -1;
    private boolean isRestarting;

    /** @param packetPayload the user data that fits in one packet: PMDCS without the chunk's header */
    Bbr(int packetPayload, int initialWindowPackets) {
        this.packetPayload = packetPayload;
        losses = new BbrLosses(packetPayload);
        initialWindow = (long) packetPayload * initialWindowPackets;
        cwnd = initialWindow;
    }

    @Override
    public long cwnd() {
        return cwnd;
    }

    BbrPath path() {
        return path;
    }

    /** Whether no more is sent than the path seems to carry. */
    boolean isCruising() {
        return phase == Phase.CRUISE;
    }

    /** Takes in what another control, which is in charge, comes to know of the path. */
    void observe(DeliverySample sample) {
        path.onSample(sample);
    }

    /** Is in charge again: first the queue is left to run dry. */
    void takeOver(DeliverySample sample) {
        lower.reset();
        inflightHigh = Double.MAX_VALUE;
        isShared = false;
        isTimedOut = false;
        cwnd = Math.max(cwnd, sample.inFlightBytes);
        beginCycle(sample);
    }

    /** There is none. */
    @Override
    public long ssthresh() {
        return Long.MAX_VALUE;
    }

    @Override
    public long pacingRate(long srttNanos) {
        if (!path.isKnown()) {
            return srttNanos == 0 ? 0 : (long) (STARTUP_PACING_GAIN * cwnd * NANOS_PER_SECOND / srttNanos);
        }
        double gain = isRestarting ? 1 : pacingGain();
        double rate = gain * bandwidth() * PACING_MARGIN;
        // §5.6.2: before the path is full, no sample slows the sender down.
        double least = isPipeFull ? 0 : STARTUP_PACING_GAIN * cwnd * NANOS_PER_SECOND / Math.max(1, srttNanos) / 2;
        return (long) Math.max(rate, least);
    }

    @Override
    public void onSample(DeliverySample sample, boolean fullyUsed) {
        path.onSample(sample);
        isRestarting = false;
        losses.onSample(sample, path);
        if (!path.isKnown()) {
            grow(sample, Double.MAX_VALUE);
            return;
        }
        // After an outage all is lost that was under way, whatever the sender did.
        boolean isTooMuch = losses.areTooHigh(sample, path) && path.rounds() > timedOutRound + 1;
        isTooMuchInRound |= isTooMuch;
        if (isTooMuch) {
            path.onTooMuchLost();
        }
        if (path.roundBegan()) {
            lookForFullPipe(sample);
            losses.beginRound();
            isTooMuchInRound = false;
        }
        if (path.hasQueue()) {
            queueSeenRound = path.rounds();
            queueSeenAtNanos = sample.nowNanos;
        }
        isShared |= lower.onSample(sample, path, losses, isProbing(), isSteady(Phase.CRUISE), cwnd);
        holdsMore = sample.inFlightBytes > fullInflight();
        advance(sample, isTooMuch, fullyUsed);
        probeRtt(sample);
        setCwnd(sample);
    }

    /** Whether losses are those that the sender itself looks for, by sending more than the path carries. */
    private boolean isProbing() {
        return switch (phase) {
            case STARTUP, REFILL, UP -> true;
            // What slow start lost is found later.
            case DOWN -> cycles == 1 && path.rounds() <= phaseBeganRound + 1;
            case DRAIN, CRUISE, PROBE_RTT -> false;
        };
    }

    /** Whether the phase has lasted so long that what was sent in it tells. */
    private boolean isSteady(Phase which) {
        return phase == which && path.rounds() > phaseBeganRound + 1;
    }

    /**
     * §5.3.1.2, §5.3.1.3: three rounds without a quarter more, or one with losses at a full queue. Losses alone tell nothing: at first round
     * trips are as long as programs are slow, and a path may lose packets of itself. Who fills a queue until it loses is not held back by the
     * application, though that has nothing more to send at the moment.
     */
    private void lookForFullPipe(DeliverySample sample) {
        if (isPipeFull || (sample.isAppLimited && !isTooMuchInRound)) {
            return;
        }
        if (path.bandwidth() >= fullBandwidth * FULL_BANDWIDTH_GROWTH) {
            fullBandwidth = path.bandwidth();
            fullBandwidthRounds = 0;
        } else {
            isPipeFull = ++fullBandwidthRounds >= FULL_BANDWIDTH_ROUNDS || isTooMuchInRound;
            if (isTooMuchInRound) {
                inflightHigh = Math.max(product(), (double) sample.inFlightBytes);
            }
        }
    }

    private void advance(DeliverySample sample, boolean isTooMuch, boolean fullyUsed) {
        double product = product();
        switch (phase) {
            case STARTUP -> {
                if (isPipeFull) {
                    enter(Phase.DRAIN, sample);
                }
            }
            case DRAIN -> {
                if (sample.inFlightBytes <= product) {
                    beginCycle(sample);
                }
            }
            case DOWN -> {
                if (sample.inFlightBytes <= Math.min(fullInflight(), HEADROOM * inflightHigh)) {
                    enter(Phase.CRUISE, sample);
                }
                probeWhenTime(sample);
            }
            case CRUISE -> probeWhenTime(sample);
            case REFILL -> {
                if (path.roundBegan() && path.rounds() > phaseBeganRound + 1) {
                    growth = packetPayload;
                    bandwidthBefore = path.bandwidth();
                    enter(Phase.UP, sample);
                }
            }
            case UP -> probeUp(sample, product, isTooMuch, fullyUsed);
            case PROBE_RTT -> {}
        }
        probeOn(sample);
        if (isTooMuch && (isSteady(Phase.CRUISE) || isSteady(Phase.REFILL))) {
            // §5.5.10.3; what is found lost before is what told that the queue was full.
            inflightHigh = Math.max(Math.min(inflightHigh, product), BETA * Math.min(inflightHigh, 2 * product));
        }
    }

    /** What a probe sent is acknowledged when it is over: if that was more by an eighth, and no queue came of it, the next one follows. */
    private void probeOn(DeliverySample sample) {
        boolean isAfterProbe = phase == Phase.DOWN || phase == Phase.CRUISE;
        if (isAfterProbe
                && path.rounds() <= cycleBeganRound + 2
                && !isShared
                && !path.hasQueue()
                && bandwidthBefore > 0
                && path.bandwidth() > bandwidthBefore * MORE_BANDWIDTH) {
            bandwidthBefore = path.bandwidth();
            inflightHigh = Double.MAX_VALUE;
            enter(Phase.UP, sample);
        }
    }

    /**
     * §5.3.3.4: until there is a queue of a quarter, or more is lost than should be. It is the path's queue that counts, not only what
     * is under way: a flow with a small share of the path goes on for longer and gains more, one with a large share less.
     */
    private void probeUp(DeliverySample sample, double product, boolean isTooMuch, boolean fullyUsed) {
        boolean isLongEnough = sample.nowNanos - phaseBeganAtNanos > path.minRttNanos();
        if (isTooMuch) {
            inflightHigh = Math.max((double) (sample.inFlightBytes + sample.lostBytes), BETA * product);
            lower.cut(sample, path);
            isShared = true;
            beginCycle(sample);
        } else if (bringsNothing()
                || (isLongEnough && path.hasLongQueue() && sample.inFlightBytes > UP_PACING_GAIN * product)) {
            isShared = false;
            beginCycle(sample);
        } else if (inflightHigh < Double.MAX_VALUE
                && fullyUsed
                && sample.inFlightBytes + sample.ackedBytes >= 0.9 * inflightHigh) {
            // §5.3.3.6: the bound grows faster with each round.
            growth *= path.roundBegan() ? 2 : 1;
            inflightHigh += Math.min(growth, sample.ackedBytes);
        }
    }

    /** Something else than the path holds the sender back, the peer's window perhaps: in spurts it sends no more than evenly. */
    private boolean bringsNothing() {
        return path.rounds() > phaseBeganRound + MOST_ROUNDS_IN_VAIN
                && path.bandwidth() <= bandwidthBefore
                && !path.hasQueue();
    }

    /** §5.3.3: a cycle ends with the probe for bandwidth and begins with the removal of its queue. */
    private void beginCycle(DeliverySample sample) {
        if (phase != Phase.DRAIN) {
            path.advanceCycle();
        }
        cycles++;
        cycleBeganAtNanos = sample.nowNanos;
        cycleBeganRound = path.rounds();
        enter(Phase.DOWN, sample);
    }

    /**
     * §5.3.3.8. A core has no randomness, but the last digits of the time at which the cycle began differ between flows: two that probe
     * together gain nothing of each other. A Reno flow that has lost half of its window needs as many rounds as that has packets, in which
     * there is no queue by which it could be noticed; if each probe made it lose, it would need the time between two probes. In the draft 2
     * to 3 seconds are enough at any rate, which starves it on long paths. With two fifths of our own share two flows of a path came
     * closest to equal shares. Where no queue is seen for a third of that, nobody is there.
     */
    private void probeWhenTime(DeliverySample sample) {
        long wait = MIN_CRUISE_NANOS + ((cycleBeganAtNanos * GOLDEN_RATIO) >>> 1) % CRUISE_SPREAD_NANOS;
        long packets = (long) (product() / packetPayload);
        long renosRounds = Math.max(MIN_CRUISE_ROUNDS, Math.min(MAX_CRUISE_ROUNDS, packets * 2 / 5));
        boolean isRenosTime = path.rounds() - cycleBeganRound >= renosRounds;
        boolean isQuiet = sample.nowNanos - queueSeenAtNanos > wait && path.rounds() - queueSeenRound > renosRounds / 3;
        boolean isAlone = !isShared || isQuiet;
        if ((isAlone && sample.nowNanos - cycleBeganAtNanos > wait) || isRenosTime) {
            path.restartRound(sample.deliveredBytes);
            lower.reset();
            enter(Phase.REFILL, sample);
        }
    }

    /** §5.3.4: now and then the queue is left to run dry, to see how short the path is. */
    private void probeRtt(DeliverySample sample) {
        if (phase != Phase.PROBE_RTT) {
            if (path.isProbeRttDue() && isPipeFull && phase != Phase.STARTUP) {
                savedCwnd = Math.max(cwnd, savedCwndWhileTimedOut());
                probeRttDoneAtNanos = 0;
                enter(Phase.PROBE_RTT, sample);
            }
            return;
        }
        if (probeRttDoneAtNanos == 0 && sample.inFlightBytes <= probeRttCwnd()) {
            probeRttDoneAtNanos = sample.nowNanos + PROBE_RTT_NANOS;
            path.restartRound(sample.deliveredBytes);
            phaseBeganRound = path.rounds();
        } else if (probeRttDoneAtNanos != 0
                && sample.nowNanos > probeRttDoneAtNanos
                && path.rounds() > phaseBeganRound) {
            path.onProbeRttDone(sample.nowNanos);
            cwnd = Math.max(cwnd, savedCwnd);
            beginCycle(sample);
            enter(Phase.CRUISE, sample);
        }
    }

    private long savedCwndWhileTimedOut() {
        return isTimedOut ? savedCwnd : 0;
    }

    private void enter(Phase next, DeliverySample sample) {
        phase = next;
        phaseBeganAtNanos = sample.nowNanos;
        phaseBeganRound = path.rounds();
    }

    private void setCwnd(DeliverySample sample) {
        if (isTimedOut && path.roundBegan() && path.rounds() > timedOutRound + 1) {
            isTimedOut = false;
            cwnd = Math.max(cwnd, savedCwnd);
        }
        grow(sample, target());
        if (phase == Phase.PROBE_RTT) {
            cwnd = Math.min(cwnd, probeRttCwnd());
        } else {
            double bound = phase == Phase.CRUISE || phase == Phase.DOWN ? HEADROOM * inflightHigh : inflightHigh;
            double inflight = Math.max(Math.min(bound, lower.inflight()), product() * BETA);
            // What a SACK has not told of yet is not in the path any more.
            cwnd = (long) Math.min((double) cwnd, inflight + path.extraAcked());
        }
        cwnd = Math.max(cwnd, isTimedOut ? packetPayload : minimumWindow());
    }

    /** §5.6.4.6: before the path is full no sample lowers the window, and the first round trip doubles it. */
    private void grow(DeliverySample sample, double target) {
        double most = Math.max(target, (double) (isTimedOut ? packetPayload : minimumWindow()));
        if (isPipeFull || isTimedOut) {
            cwnd = (long) Math.min((double) cwnd + sample.ackedBytes, most);
        } else if (cwnd < most || sample.deliveredBytes <= initialWindow) {
            cwnd += sample.ackedBytes;
        }
    }

    /** §5.6.4.2: what the path holds, what comes in lumps, and three bursts, for less would never fill it. */
    private double target() {
        double gain = phase == Phase.UP ? UP_CWND_GAIN : CWND_GAIN;
        double bursts = 3 * Math.max(bandwidth() / 1000, 2.0 * packetPayload);
        double bytes = gain * product() + path.extraAcked();
        return Math.max(bytes, bursts) + (phase == Phase.UP ? 2L * packetPayload : 0);
    }

    private long probeRttCwnd() {
        return Math.max((long) (PROBE_RTT_CWND_GAIN * product()), minimumWindow());
    }

    private double pacingGain() {
        return switch (phase) {
            case STARTUP -> STARTUP_PACING_GAIN;
            case DRAIN -> DRAIN_PACING_GAIN;
            case DOWN -> isShared ? DOWN_PACING_GAIN : ALONE_DOWN_PACING_GAIN;
            case UP -> UP_PACING_GAIN;
            case CRUISE -> cruisePacingGain();
            case REFILL, PROBE_RTT -> 1;
        };
    }

    /** The most of many samples is more than the path carries, and what is too much stands in the queue. */
    private double cruisePacingGain() {
        if (isShared || !path.hasQueue()) {
            return 1;
        }
        return holdsMore ? ALONE_DOWN_PACING_GAIN : DOWN_PACING_GAIN;
    }

    private double bandwidth() {
        return Math.min(path.bandwidth(), lower.bandwidth());
    }

    private double product() {
        return bandwidth() * path.minRttNanos() / NANOS_PER_SECOND;
    }

    /** What a SACK delayed or a burst adds is no queue. */
    private double fullInflight() {
        return product() + path.extraAcked() + 4L * packetPayload;
    }

    private long minimumWindow() {
        return 4L * packetPayload;
    }

    @Override
    public void onTimeout() {
        savedCwnd = Math.max(cwnd, savedCwndWhileTimedOut());
        isTimedOut = true;
        timedOutRound = path.rounds();
        cwnd = packetPayload;
    }

    @Override
    public void undoTimeouts() {
        isTimedOut = false;
        cwnd = Math.max(cwnd, savedCwnd);
    }

    /** §5.4.1: after idleness the path is sent to at its rate, whatever the phase. */
    @Override
    public void onIdle(long timeouts) {
        isRestarting = true;
    }
}
