package io.github.purrtc.benchmarks.emulator;

import java.util.SplittableRandom;

/** One direction of a path: says of each datagram when it arrives. Knows no clock and moves no bytes. */
public final class Path {
    /** How often one datagram arrives at most. */
    public static final int MAX_ARRIVALS = 2;

    private final Conditions conditions;
    private final SplittableRandom random;
    private final long startNanos;
    private final double intoBurst;
    private final double outOfBurst;

    private boolean inBurst;
    private long linkFreeNanos;
    private long lastArrivalNanos;

    private long passed;
    private long passedBytes;
    private int greatestBytes;
    private long lost;
    private long overflown;
    private final Delays queueDelays = new Delays();

    /**
     * Nothing has set out yet.
     *
     * @param random decides what is lost, delayed, overtaken and doubled
     * @param startNanos the time from which the outages count
     */
    public Path(Conditions conditions, SplittableRandom random, long startNanos) {
        this.conditions = conditions;
        this.startNanos = startNanos;
        this.random = random;
        linkFreeNanos = startNanos;
        lastArrivalNanos = startNanos;
        outOfBurst = 1 / conditions.burstLength();
        intoBurst = conditions.loss() < 1 ? conditions.loss() * outOfBurst / (1 - conditions.loss()) : 1;
    }

    /**
     * A datagram sets out, not before the one before it.
     *
     * @param arrivals gets the times of its arrivals, {@link #MAX_ARRIVALS} at most
     * @return how many arrivals there are, 0 if it is lost
     */
    public int send(int bytes, long nowNanos, long[] arrivals) {
        if (isOutage(nowNanos) || isLost()) {
            lost++;
            return 0;
        }
        if (isFull(bytes, nowNanos)) {
            overflown++;
            return 0;
        }
        passed++;
        passedBytes += bytes;
        greatestBytes = Math.max(greatestBytes, bytes);
        long arrivalNanos = leave(bytes, nowNanos) + conditions.delay().toNanos() + jitterNanos();
        if (happens(conditions.reordering())) {
            arrivals[0] = arrivalNanos + conditions.holdBack().toNanos();
        } else {
            lastArrivalNanos = Math.max(lastArrivalNanos, arrivalNanos);
            arrivals[0] = lastArrivalNanos;
        }
        if (happens(conditions.duplication())) {
            arrivals[1] = arrivals[0];
            return 2;
        }
        return 1;
    }

    long passed() {
        return passed;
    }

    /** What has left the queue by now: between two moments no more than the rate allows. */
    long carriedBytes(long nowNanos) {
        return passedBytes - (long) Math.ceil(waitingBytes(nowNanos));
    }

    /** Of the longest datagram that passed. */
    int greatestBytes() {
        return greatestBytes;
    }

    /** By loss and outages. */
    long lost() {
        return lost;
    }

    /** For want of room in the queue. */
    public long overflown() {
        return overflown;
    }

    /** How long datagrams waited before the bottleneck; none where the rate has no limit. */
    public Delays queueDelays() {
        return queueDelays;
    }

    private boolean isOutage(long nowNanos) {
        long intervalNanos = conditions.outageInterval().toNanos();
        if (intervalNanos == 0) {
            return false;
        }
        long sinceNanos = nowNanos - startNanos;
        return sinceNanos >= intervalNanos
                && sinceNanos % intervalNanos < conditions.outage().toNanos();
    }

    private boolean isLost() {
        if (conditions.burstLength() == 1) {
            return happens(conditions.loss());
        }
        inBurst = inBurst ? !happens(outOfBurst) : happens(intoBurst);
        return inBurst;
    }

    private boolean isFull(int bytes, long nowNanos) {
        return conditions.bitsPerSecond() > 0 && waitingBytes(nowNanos) + bytes > conditions.queueBytes();
    }

    private double waitingBytes(long nowNanos) {
        return Math.max(0, linkFreeNanos - nowNanos) / 8e9 * conditions.bitsPerSecond();
    }

    /** When its last bit has left the queue. */
    private long leave(int bytes, long nowNanos) {
        if (conditions.bitsPerSecond() == 0) {
            return nowNanos;
        }
        long beginsNanos = Math.max(nowNanos, linkFreeNanos);
        queueDelays.add(beginsNanos - nowNanos);
        linkFreeNanos = beginsNanos + (long) (bytes * 8e9 / conditions.bitsPerSecond());
        return linkFreeNanos;
    }

    private long jitterNanos() {
        long maxNanos = conditions.jitter().toNanos();
        return maxNanos == 0 ? 0 : random.nextLong(maxNanos + 1);
    }

    /** Draws nothing for what never happens, so that a seed's losses stay when something else is switched on elsewhere. */
    private boolean happens(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }
}
