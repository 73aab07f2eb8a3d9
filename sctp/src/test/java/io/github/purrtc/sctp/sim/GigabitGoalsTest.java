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

/** 1 Gbit/s in virtual time, as in docs/goodput.md: each packet is simulated, so that the seconds are few. */
class GigabitGoalsTest {
    private static final long MILLISECOND = 1_000_000L;
    private static final long SECOND = 1_000 * MILLISECOND;
    private static final long BYTES_PER_SECOND = 125_000_000;
    private static final int LEAST_QUEUE = 64 * 1_160;
    private static final int GOAL_PERCENT = 90;

    private final long seed = Long.getLong("purrtc.seed", 11);
    private final ByteBuffer message = ByteBuffer.allocate(64 * 1024);
    private long now = SECOND;

    @ParameterizedTest(name = "{0} ms: from second {1} on 90 % of the path")
    @CsvSource({"0, 1", "20, 1", "200, 6"})
    void fills(int roundTripMillis, int startSeconds) {
        int product = (int) (BYTES_PER_SECOND * roundTripMillis / 1000);
        LinkConditions path = new LinkConditions(
                0,
                0,
                1,
                0,
                0,
                0,
                roundTripMillis * MILLISECOND / 2,
                0,
                BYTES_PER_SECOND,
                Math.max(product, LEAST_QUEUE),
                1_500);
        SctpOptions options = SctpOptions.builder()
                .congestionControl(CongestionAlgorithm.BBR)
                .receiveWindow(8L * product + (16 << 20))
                .sendBufferLimit(8L * product + (16 << 20))
                .build();
        BarePair pair = new BarePair(options, path, new SplittableRandom(seed), taken -> {});
        pair.a.connect(now);
        run(pair, startSeconds * SECOND);
        long before = pair.z.metrics().userBytesReceived();
        run(pair, SECOND);
        double percent = 100.0 * (pair.z.metrics().userBytesReceived() - before) / BYTES_PER_SECOND;
        assertTrue(percent >= GOAL_PERCENT, () -> percent + " % of the path, seed " + seed + ", " + pair.a.metrics());
    }

    /** The send buffer is kept full. */
    private void run(BarePair pair, long nanos) {
        long fill = now;
        for (long end = now + nanos; now < end; ) {
            if (now >= fill) {
                while (pair.a.send(1, 53, message.duplicate(), SctpSendOptions.RELIABLE_ORDERED, now)
                        == SendStatus.QUEUED) {}
                fill = now + MILLISECOND;
            }
            pair.step(now);
            now = Math.max(now, Math.min(end, Math.min(pair.next(), fill)));
        }
    }
}
