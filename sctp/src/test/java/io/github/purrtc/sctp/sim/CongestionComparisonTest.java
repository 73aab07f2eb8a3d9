package io.github.purrtc.sctp.sim;

import io.github.purrtc.sctp.CongestionAlgorithm;
import io.github.purrtc.sctp.SctpOptions;
import io.github.purrtc.sctp.SctpSendOptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Two congestion controls on the same path, in virtual time. */
class CongestionComparisonTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long BYTES_PER_SECOND = 12_500_000;
    private static final int MESSAGE = 64 * 1024;
    private static final int WARM_UP_SECONDS = 5;

    @Test
    @DisplayName("100 Mbit/s, 100 ms, one packet in a thousand lost: CUBIC carries more than NewReno")
    void cubicFillsLongPaths() {
        double newReno = megabits(CongestionAlgorithm.NEW_RENO, 0.001, 30);
        double cubic = megabits(CongestionAlgorithm.CUBIC, 0.001, 30);
        assertTrue(newReno > 2, () -> "NewReno " + newReno + " Mbit/s");
        assertTrue(cubic >= newReno, () -> "CUBIC " + cubic + " Mbit/s, NewReno " + newReno + " Mbit/s");
    }

    @Test
    @DisplayName(
            "100 Mbit/s, 100 ms, no random loss: what slow start loses at the full queue does not hold the window down")
    void recoversFromSlowStart() {
        for (CongestionAlgorithm algorithm : CongestionAlgorithm.values()) {
            double rate = megabits(algorithm, 0, 8);
            assertTrue(rate > 40, () -> algorithm + " " + rate + " Mbit/s");
        }
    }

    private static double megabits(CongestionAlgorithm algorithm, double loss, int seconds) {
        SctpOptions options = SctpOptions.builder()
                .congestionControl(algorithm)
                .receiveWindow(16 << 20)
                .build();
        int queue = (int) (BYTES_PER_SECOND / 10);
        LinkConditions path = new LinkConditions(loss, 0, 1, 0, 0, 0, SECOND / 20, 0, BYTES_PER_SECOND, queue, 1_500);
        SimulatedPair pair = new SimulatedPair(options, options, path, path, new SplittableRandom(11));
        pair.a.connect(pair.now());
        assertTrue(pair.runUntil(() -> pair.a.isConnected() && pair.z.isConnected(), pair.now() + SECOND));
        long begin = 0;
        for (int second = 0; second < WARM_UP_SECONDS + seconds; second++) {
            if (second == WARM_UP_SECONDS) {
                begin = pair.z.association().metrics().userBytesReceived();
            }
            for (long until = pair.now() + SECOND; pair.now() < until; ) {
                fill(pair);
                pair.runUntil(() -> false, pair.now() + SECOND / 20);
            }
        }
        return (pair.z.association().metrics().userBytesReceived() - begin) * 8.0 / seconds / 1e6;
    }

    /** Keeps the send buffer full. */
    private static void fill(SimulatedPair pair) {
        while (pair.a.association().metrics().bufferedBytes() < 8 << 20) {
            assertTrue(pair.a.send(1, 53, new byte[MESSAGE], SctpSendOptions.RELIABLE_ORDERED, pair.now()));
        }
    }
}
