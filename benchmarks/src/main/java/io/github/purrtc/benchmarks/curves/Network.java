package io.github.purrtc.benchmarks.curves;

import io.github.purrtc.benchmarks.emulator.Conditions;

import java.time.Duration;

/**
 * A path between two processes, alike in both directions.
 *
 * @param megabits per second, of UDP payload
 * @param roundTripMillis without queueing
 * @param lossPercent of the datagrams, each by itself
 * @param queueMillis how long the path needs for what waits before it at most
 */
record Network(int megabits, int roundTripMillis, double lossPercent, int queueMillis) {
    /** 1,200 bytes: what the datagrams of data channels are long. */
    static final int DATAGRAM_BYTES = 1_200;

    private static final int LEAST_QUEUE_BYTES = 64 * DATAGRAM_BYTES;
    private static final int BYTES_PER_MEGABIT_MILLI = 125;

    /** With a queue of one bandwidth-delay product. */
    static Network of(int megabits, int roundTripMillis, double lossPercent) {
        return new Network(megabits, roundTripMillis, lossPercent, roundTripMillis);
    }

    Conditions conditions() {
        int queueBytes = Math.max(LEAST_QUEUE_BYTES, megabits * queueMillis * BYTES_PER_MEGABIT_MILLI);
        return Conditions.NONE
                .withDelay(Duration.ofNanos(roundTripMillis * 500_000L))
                .withLoss(lossPercent / 100)
                .withRate(megabits * 1_000_000L, queueBytes);
    }
}
