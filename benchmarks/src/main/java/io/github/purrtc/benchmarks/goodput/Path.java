package io.github.purrtc.benchmarks.goodput;

import io.github.purrtc.benchmarks.emulator.Conditions;
import io.github.purrtc.benchmarks.emulator.Disturbances;

import java.time.Duration;

/**
 * A path to fill: both directions are alike.
 *
 * @param bitsPerSecond how much it carries, packets of SCTP counted whole
 * @param roundTripMillis without queueing and jitter
 * @param queueProducts what waits before the bottleneck at most, in bandwidth-delay products
 * @param behindBottleneck what becomes of packets that have left the queue
 */
record Path(long bitsPerSecond, int roundTripMillis, double queueProducts, Conditions behindBottleneck) {
    private static final int MIN_QUEUE_BYTES = 64 * 1160;

    /** With a queue of one bandwidth-delay product, and random loss from 0 to 1. */
    Path(long bitsPerSecond, int roundTripMillis, double loss) {
        this(bitsPerSecond, roundTripMillis, loss, 1);
    }

    /** With random loss from 0 to 1. */
    Path(long bitsPerSecond, int roundTripMillis, double loss, double queueProducts) {
        this(
                bitsPerSecond,
                roundTripMillis,
                queueProducts,
                Conditions.NONE
                        .withDelay(Duration.ofMillis(roundTripMillis).dividedBy(2))
                        .withLoss(loss));
    }

    Path disturbed(Disturbances disturbances) {
        return new Path(bitsPerSecond, roundTripMillis, queueProducts, disturbances.on(behindBottleneck));
    }

    /** The probability that a packet is lost behind the bottleneck. */
    double loss() {
        return behindBottleneck.loss();
    }

    long bytesPerSecond() {
        return bitsPerSecond / 8;
    }

    /** What is under way when the path is full. */
    long bandwidthDelayProduct() {
        return bytesPerSecond() * roundTripMillis / 1000;
    }

    /**
     * The queue: at least some packets wait.
     *
     * @param maxPacketSize the one that is being sent does not wait
     */
    Conditions bottleneck(int maxPacketSize) {
        long waiting = Math.max(MIN_QUEUE_BYTES, (long) (queueProducts * bandwidthDelayProduct()));
        return Conditions.NONE.withRate(bitsPerSecond, Math.toIntExact(waiting + maxPacketSize));
    }
}
