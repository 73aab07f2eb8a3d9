package io.github.purrtc.benchmarks.emulator;

import java.time.Duration;

/**
 * What a path does to the datagrams of one direction.
 *
 * @param delay how long each one is under way
 * @param jitter up to how much longer, evenly distributed; the order stays
 * @param loss which share is lost, 0 to 1
 * @param burstLength how many are lost in a row on average (after Gilbert); at 1 each one for itself
 * @param bitsPerSecond how fast they leave the queue, counted over UDP payloads; 0 for no limit
 * @param queueBytes how much may wait to leave; what comes on top is lost
 * @param reordering which share is overtaken by what follows, 0 to 1
 * @param holdBack how much later than the others those that are overtaken arrive
 * @param duplication which share arrives twice, 0 to 1
 * @param outage how long nothing passes
 * @param outageInterval from the beginning of an outage to the next one's, the first after one interval; zero for none
 */
public record Conditions(
        Duration delay,
        Duration jitter,
        double loss,
        double burstLength,
        long bitsPerSecond,
        int queueBytes,
        double reordering,
        Duration holdBack,
        double duplication,
        Duration outage,
        Duration outageInterval) {

    /** A path that one does not notice. */
    public static final Conditions NONE = new Conditions(
            Duration.ZERO,
            Duration.ZERO,
            0,
            1,
            0,
            Integer.MAX_VALUE,
            0,
            Duration.ZERO,
            0,
            Duration.ZERO,
            Duration.ZERO);

    /**
     * Checks that a path can be like that.
     *
     * @throws IllegalArgumentException for what no path can do
     */
    public Conditions {
        share("loss", loss);
        share("reordering", reordering);
        share("duplication", duplication);
        require(burstLength >= 1, "a burst is one datagram at least");
        require(bitsPerSecond >= 0 && queueBytes >= 0, "rate and queue are not negative");
        for (Duration duration : new Duration[] {delay, jitter, holdBack, outage, outageInterval}) {
            require(!duration.isNegative(), "durations are not negative");
        }
        require(
                outage.isZero() || outage.compareTo(outageInterval) < 0,
                "the interval of outages is longer than an outage");
    }

    public Conditions withDelay(Duration value) {
        return new Conditions(
                value,
                jitter,
                loss,
                burstLength,
                bitsPerSecond,
                queueBytes,
                reordering,
                holdBack,
                duplication,
                outage,
                outageInterval);
    }

    /**
     * With each datagram lost by itself.
     *
     * @param share of the datagrams, 0 to 1
     */
    public Conditions withLoss(double share) {
        return new Conditions(
                delay,
                jitter,
                share,
                1,
                bitsPerSecond,
                queueBytes,
                reordering,
                holdBack,
                duplication,
                outage,
                outageInterval);
    }

    /**
     * With a bottleneck.
     *
     * @param bits per second, counted over UDP payloads
     * @param queue how many bytes may wait before it
     */
    public Conditions withRate(long bits, int queue) {
        return new Conditions(
                delay,
                jitter,
                loss,
                burstLength,
                bits,
                queue,
                reordering,
                holdBack,
                duplication,
                outage,
                outageInterval);
    }

    /** Whether it depends on the seed what becomes of a datagram. */
    public boolean isRandom() {
        return loss > 0 || !jitter.isZero() || reordering > 0 || duplication > 0;
    }

    private static void share(String name, double value) {
        require(value >= 0 && value <= 1, name + " is a share from 0 to 1");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
