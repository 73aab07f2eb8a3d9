package io.github.purrtc.sctp.sim;

import io.github.purrtc.sctp.CongestionAlgorithm;
import io.github.purrtc.sctp.SctpOptions;
import io.github.purrtc.sctp.SctpSendOptions;
import io.github.purrtc.sctp.SendStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** How many SACKs go for packets that come one by one, and that the path is full all the same, in virtual time. */
class SackRateTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long BYTES_PER_MEGABIT = 125_000;
    private static final int MESSAGE = 64 * 1024;
    private static final int BUFFER = 8 << 20;

    private final ByteBuffer message = ByteBuffer.allocate(MESSAGE);
    private final long seed = Long.getLong("purrtc.seed", 11);
    private BarePair pair;
    private long now = 1;

    @ParameterizedTest(
            name = "{0}, {1} Mbit/s, {2} ms, {3} % lost: {4} to {5} SACKs for 100 packets, {6} % of the path")
    @CsvSource({
        "BBR, 100, 20, 0, 5, 10, 95",
        "CUBIC, 100, 20, 0, 5, 12, 95",
        "NEW_RENO, 100, 20, 0, 5, 12, 95",
        "BBR, 100, 100, 0, 1, 5, 95",
        "BBR, 100, 20, 1, 5, 16, 93",
        "BBR, 1, 20, 0, 45, 100, 90",
    })
    void few(
            CongestionAlgorithm algorithm,
            int megabits,
            int roundTripMillis,
            double lossPercent,
            int least,
            int most,
            int percent) {
        long bytesPerSecond = megabits * BYTES_PER_MEGABIT;
        long roundTripNanos = roundTripMillis * SECOND / 1000;
        int queue = (int) Math.max(64 * 1200, bytesPerSecond * roundTripMillis / 1000);
        SctpOptions options = SctpOptions.builder()
                .congestionControl(algorithm)
                .receiveWindow(16 << 20)
                .sendBufferLimit(BUFFER)
                .build();
        LinkConditions path = new LinkConditions(
                lossPercent / 100, 0, 1, 0, 0, 0, roundTripNanos / 2, 0, bytesPerSecond, queue, 1_500);
        pair = new BarePair(options, path, new SplittableRandom(seed), message -> {});
        pair.a.connect(now);
        run(4 * SECOND);
        long receivedBefore = received();
        long dataBefore = pair.toZ.sentPackets();
        long sacksBefore = pair.toA.sentPackets();
        run(2 * SECOND);
        double sacks = 100.0 * (pair.toA.sentPackets() - sacksBefore) / (pair.toZ.sentPackets() - dataBefore);
        double share = 100.0 * (received() - receivedBefore) / 2 / bytesPerSecond;
        assertTrue(sacks >= least && sacks <= most, () -> sacks + " SACKs for 100 packets, seed " + seed);
        assertTrue(share >= percent, () -> share + " % of the path, seed " + seed);
    }

    private long received() {
        return pair.z.metrics().userBytesReceived();
    }

    private void run(long nanos) {
        for (long until = now + nanos; now < until; now = Math.max(now, pair.next())) {
            while (pair.a.send(1, 53, message.duplicate(), SctpSendOptions.RELIABLE_ORDERED, now)
                    == SendStatus.QUEUED) {}
            pair.step(now);
        }
    }
}
