package io.github.purrtc.sctp.sim;

import java.util.SplittableRandom;

/** Paths at random, the good and the bad ones: 0.1 to 1,000 Mbit/s, round trips of 1 to 500 ms, and what goes wrong on them. */
final class StallPath {
    private static final long MILLISECOND = 1_000_000L;
    private static final long SECOND = 1_000 * MILLISECOND;
    private static final long LEAST_RATE = 12_500;
    private static final long MOST_RATE = 125_000_000;
    private static final int NARROWEST = 1_160;
    private static final int WIDEST = 16_384;

    private final SplittableRandom random;

    StallPath(SplittableRandom random) {
        this.random = random;
    }

    LinkConditions conditions() {
        long delayNanos = logarithmic(MILLISECOND / 2, 250 * MILLISECOND);
        long rate = isOneIn(8) ? 0 : logarithmic(LEAST_RATE, MOST_RATE);
        boolean inBursts = isOneIn(4);
        return new LinkConditions(
                isOneIn(2) ? 0 : 0.15 * random.nextDouble(),
                inBursts ? logarithmic(1, 100) / 5_000.0 : 0,
                inBursts ? 1.0 / logarithmic(2, 30) : 1,
                isOneIn(4) ? 0.05 * random.nextDouble() : 0,
                isOneIn(4) ? 0.05 * random.nextDouble() : 0,
                0,
                delayNanos,
                isOneIn(3) ? (long) (delayNanos * random.nextDouble()) : 0,
                rate,
                queueBytes(rate, delayNanos),
                isOneIn(2) ? 1_500 : (int) logarithmic(NARROWEST, WIDEST));
    }

    /** From a few packets to five times what the path itself holds, or a second's worth. */
    private int queueBytes(long rate, long delayNanos) {
        long product = (long) (rate * (2 * delayNanos / 1e9));
        long most = Math.max(Math.max(5 * product, rate), 2L * WIDEST);
        return (int) logarithmic(3L * NARROWEST, Math.min(most, 1 << 30));
    }

    /** Up to three outages of a direction or both, from now on. */
    void addOutages(BarePair pair, long nowNanos) {
        long at = nowNanos;
        for (int outages = random.nextInt(4); outages > 0; outages--) {
            long until = at + logarithmic(20 * MILLISECOND, 10 * SECOND);
            (random.nextBoolean() ? pair.toZ : pair.toA).addOutage(at, until);
            if (random.nextBoolean()) {
                pair.toZ.addOutage(at, until);
                pair.toA.addOutage(at, until);
            }
            at = until + logarithmic(20 * MILLISECOND, 20 * SECOND);
        }
    }

    private boolean isOneIn(int count) {
        return random.nextInt(count) == 0;
    }

    private long logarithmic(long least, long most) {
        return (long) (least * Math.pow((double) most / least, random.nextDouble()));
    }
}
