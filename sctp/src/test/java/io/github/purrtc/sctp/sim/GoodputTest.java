package io.github.purrtc.sctp.sim;

import io.github.purrtc.sctp.CongestionAlgorithm;
import io.github.purrtc.sctp.SctpOptions;
import io.github.purrtc.sctp.SctpSendOptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** How full a path is, in virtual time: a part of the table in docs/goodput.md. */
class GoodputTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLISECOND = 1_000_000L;
    private static final long BYTES_PER_SECOND = 12_500_000;
    private static final int MESSAGE = 64 * 1024;
    private static final int WARM_UP_SECONDS = 6;
    private static final int SECONDS = 4;

    @ParameterizedTest
    @EnumSource
    @DisplayName("C125 without loss at least 95 % of 100 Mbit/s is user data, at 20 and at 100 ms")
    void fillsThePath(CongestionAlgorithm algorithm) {
        for (long roundTripMillis : new long[] {20, 100}) {
            double share = userBytesPerSecond(algorithm, roundTripMillis * MILLISECOND) / BYTES_PER_SECOND;
            assertTrue(share >= 0.95, () -> algorithm + " at " + roundTripMillis + " ms: " + share);
        }
    }

    private static double userBytesPerSecond(CongestionAlgorithm algorithm, long roundTripNanos) {
        SctpOptions options = SctpOptions.builder()
                .congestionControl(algorithm)
                .receiveWindow(16 << 20)
                .build();
        int queue = (int) (BYTES_PER_SECOND * roundTripNanos / SECOND);
        LinkConditions path =
                new LinkConditions(0, 0, 1, 0, 0, 0, roundTripNanos / 2, 0, BYTES_PER_SECOND, queue, 1_500);
        SimulatedPair pair = new SimulatedPair(options, options, path, path, new SplittableRandom(11));
        pair.a.connect(pair.now());
        run(pair, WARM_UP_SECONDS);
        long before = pair.z.association().metrics().userBytesReceived();
        run(pair, SECONDS);
        return (double) (pair.z.association().metrics().userBytesReceived() - before) / SECONDS;
    }

    private static void run(SimulatedPair pair, int seconds) {
        for (long until = pair.now() + seconds * SECOND; pair.now() < until; ) {
            while (pair.a.association().metrics().bufferedBytes() < 8 << 20) {
                assertTrue(pair.a.send(1, 53, new byte[MESSAGE], SctpSendOptions.RELIABLE_ORDERED, pair.now()));
            }
            pair.runUntil(() -> false, pair.now() + 50 * MILLISECOND);
        }
    }
}
