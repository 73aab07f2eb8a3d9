package io.github.purrtc.sctp.sim;

import io.github.purrtc.sctp.CongestionAlgorithm;
import io.github.purrtc.sctp.SctpMessage;
import io.github.purrtc.sctp.SctpOptions;
import io.github.purrtc.sctp.SctpSendOptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** 64 bytes every 20 ms on a stream of their own beside a bulk transfer, on 20 Mbit/s and 50 ms with a second of queue. */
class SmallBesideBulkTest {
    private static final long MILLISECOND = 1_000_000L;
    private static final long SECOND = 1_000 * MILLISECOND;
    private static final long DELAY = 25 * MILLISECOND;
    private static final long MOST_ADDED = 40 * MILLISECOND;
    private static final int BYTES_PER_SECOND = 2_500_000;
    private static final int SMALL = 64;
    private static final int BULK = 65_536;
    private static final long BUFFERED = 1 << 20;
    private static final long INTERVAL = 20 * MILLISECOND;
    private static final long PAUSE_INTERVAL = 10 * MILLISECOND;
    private static final int WARM_UP_SECONDS = 5;
    private static final int SECONDS = 60;
    private static final SctpSendOptions RELIABLE = new SctpSendOptions(false, -1, -1);

    private final long seed = Long.getLong("purrtc.seed", 5);
    private final LinkConditions path =
            new LinkConditions(0, 0, 1, 0, 0, 0, DELAY, 0, BYTES_PER_SECOND, BYTES_PER_SECOND, 1_500);
    private final long[] nanosOnTheWay = new long[2 * (int) (SECONDS * SECOND / INTERVAL)];
    private long now = SECOND;
    private boolean counts;
    private int small;
    private long bulkBytes;

    @Test
    void theQueueStaysShort() {
        run(0);
    }

    @Test
    @DisplayName(
            "the path stops for up to 5 ms, eighty times a second, as a busy machine or a radio does: acknowledgements come in lumps")
    void theQueueStaysShortWhereThePathPauses() {
        run(5 * MILLISECOND);
    }

    private void run(long longestPause) {
        SctpOptions options =
                SctpOptions.builder().congestionControl(CongestionAlgorithm.BBR).build();
        BarePair pair = new BarePair(options, path, new SplittableRandom(seed), this::take);
        pair.a.connect(now);
        pair.step(now);
        long start = now + SECOND;
        long counted = start + WARM_UP_SECONDS * SECOND;
        long end = counted + SECONDS * SECOND;
        SplittableRandom pauses = new SplittableRandom(seed);
        long pauseNanos = longestPause == 0 ? Long.MAX_VALUE : start;
        for (long sendNanos = start; now < end; ) {
            now = Math.min(Math.min(pair.next(), sendNanos), pauseNanos);
            if (now == pauseNanos) {
                long until = now + pauses.nextLong(longestPause);
                pair.toZ.pause(until);
                pair.toA.pause(until);
                pauseNanos = until + pauses.nextLong(2 * PAUSE_INTERVAL);
            }
            counts = now > counted;
            if (now == sendNanos) {
                send(pair, 1, SMALL);
                sendNanos += INTERVAL;
            }
            while (now >= start && pair.a.bufferedAmount(0) < BUFFERED) {
                send(pair, 0, BULK);
            }
            pair.step(now);
        }
        Arrays.sort(nanosOnTheWay, 0, small);
        long p99 = nanosOnTheWay[small * 99 / 100];
        long percent = 100 * bulkBytes / ((long) SECONDS * BYTES_PER_SECOND);
        String found =
                small + " small messages, p99 " + p99 / MILLISECOND + " ms, bulk " + percent + " %, seed " + seed;
        assertTrue(small > SECONDS * SECOND / INTERVAL * 99 / 100, found);
        assertTrue(p99 <= DELAY + MOST_ADDED, found);
        assertTrue(percent >= 90, found);
    }

    private void send(BarePair pair, int streamId, int length) {
        pair.a.send(streamId, 53, ByteBuffer.allocate(length).putLong(0, now), RELIABLE, now);
    }

    private void take(SctpMessage message) {
        int length = message.payload().remaining();
        if (counts && length == SMALL) {
            nanosOnTheWay[small++] = now - message.payload().getLong(0);
        } else if (counts) {
            bulkBytes += length;
        }
    }
}
