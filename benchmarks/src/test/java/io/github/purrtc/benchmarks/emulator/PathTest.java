package io.github.purrtc.benchmarks.emulator;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PathTest {
    private static final long SEED = 7;
    private static final int DATAGRAMS = 100_000;
    private static final Duration NOTHING = Duration.ZERO;

    private final long[] arrivals = new long[Path.MAX_ARRIVALS];

    @Test
    @DisplayName("a datagram arrives after the delay, once")
    void delays() {
        Path path = path(Conditions.NONE.withDelay(Duration.ofMillis(50)));
        assertEquals(1, path.send(100, millis(3), arrivals));
        assertEquals(millis(53), arrivals[0]);
    }

    @Test
    @DisplayName("jitter is within its bounds, and keeps the order")
    void jitters() {
        Conditions conditions = conditions(Duration.ofMillis(10), 0, 1, 0, 0, 0, 0, NOTHING, NOTHING);
        Path path = path(conditions);
        long before = 0;
        boolean varies = false;
        for (int i = 0; i < 1_000; i++) {
            long now = millis(i);
            path.send(100, now, arrivals);
            assertTrue(arrivals[0] >= now + millis(20) && arrivals[0] <= now + millis(30), "at " + i);
            assertTrue(arrivals[0] >= before, "order at " + i);
            varies |= arrivals[0] - before != millis(1);
            before = arrivals[0];
        }
        assertTrue(varies);
    }

    @Test
    @DisplayName("as many are lost as was said, and with the same seed the same ones")
    void loses() {
        List<Integer> lost = lost(conditions(NOTHING, 0.05, 1, 0, 0, 0, 0, NOTHING, NOTHING));
        assertEquals(0.05, lost.size() / (double) DATAGRAMS, 0.005);
        assertEquals(lost, lost(conditions(NOTHING, 0.05, 1, 0, 0, 0, 0, NOTHING, NOTHING)));
    }

    @Test
    @DisplayName("bursts have the mean length that was said, and the share stays")
    void losesInBursts() {
        List<Integer> lost = lost(conditions(NOTHING, 0.05, 8, 0, 0, 0, 0, NOTHING, NOTHING));
        long bursts = 1;
        for (int i = 1; i < lost.size(); i++) {
            bursts += lost.get(i) == lost.get(i - 1) + 1 ? 0 : 1;
        }
        assertEquals(0.05, lost.size() / (double) DATAGRAMS, 0.01);
        assertEquals(8, lost.size() / (double) bursts, 1);
    }

    @Test
    @DisplayName("datagrams leave at the rate, and what the queue cannot hold is lost")
    void queues() {
        // 1,000 bytes take 8 ms at 1 Mbit/s.
        Path path = path(conditions(NOTHING, 0, 1, 1_000_000, 3_000, 0, 0, NOTHING, NOTHING));
        for (int i = 1; i <= 3; i++) {
            assertEquals(1, path.send(1_000, 0, arrivals));
            assertEquals(millis(20 + 8 * i), arrivals[0]);
        }
        assertEquals(0, path.send(1_000, 0, arrivals));
        assertEquals(1, path.overflown());
        assertEquals(1, path.send(1_000, millis(8), arrivals));
        assertEquals(millis(20 + 32), arrivals[0]);
        // They waited 0, 8, 16 and 16 ms.
        assertEquals(0, path.queueDelays().quantileMillis(0.25), 0.11);
        assertEquals(8, path.queueDelays().quantileMillis(0.5), 0.11);
        assertEquals(16, path.queueDelays().quantileMillis(1), 0.11);
        assertEquals(10, path.queueDelays().meanMillis(), 1e-9);
    }

    @Test
    @DisplayName(
            "between two moments no more leaves the queue than the rate allows, and all that has arrived has left it")
    void carries() {
        // 125 bytes in a millisecond.
        Path path = path(conditions(NOTHING, 0.1, 1, 1_000_000, 20_000, 0, 0, NOTHING, NOTHING));
        SplittableRandom random = new SplittableRandom(SEED);
        List<Long> arrived = new ArrayList<>();
        List<Long> carried = new ArrayList<>();
        int bytes = 1_000;
        for (int now = 0; now < 10_000; now++) {
            for (int i = random.nextInt(100) < 15 ? random.nextInt(20) : 0; i > 0; i--) {
                if (path.send(bytes, millis(now), arrivals) > 0) {
                    arrived.add(arrivals[0]);
                }
            }
            carried.add(path.carriedBytes(millis(now)));
            long here = millis(now);
            long arrivedBytes =
                    bytes * arrived.stream().filter(at -> at <= here).count();
            assertTrue(carried.get(now) >= arrivedBytes, "at " + now);
            for (int before = Math.max(0, now - 200); before < now; before++) {
                // What is not a whole byte counts with the next one.
                assertTrue(carried.get(now) - carried.get(before) <= 125L * (now - before) + 1, before + " to " + now);
            }
        }
        assertTrue(carried.get(carried.size() - 1) > 0.9 * 125 * 10_000, "the path is nearly full");
        assertEquals(bytes, path.greatestBytes());
    }

    @Test
    @DisplayName("who is overtaken arrives later by what he is held back, the others when they would")
    void reorders() {
        Path path = path(conditions(NOTHING, 0, 1, 0, 0, 0.1, 0, NOTHING, NOTHING));
        int late = 0;
        for (int i = 0; i < DATAGRAMS; i++) {
            path.send(100, millis(i), arrivals);
            long expected = millis(i + 20);
            late += arrivals[0] == expected + millis(5) ? 1 : 0;
            assertTrue(arrivals[0] == expected || arrivals[0] == expected + millis(5), "at " + i);
        }
        assertEquals(0.1, late / (double) DATAGRAMS, 0.01);
    }

    @Test
    @DisplayName("as many arrive twice as was said")
    void duplicates() {
        Path path = path(conditions(NOTHING, 0, 1, 0, 0, 0, 0.2, NOTHING, NOTHING));
        int twice = 0;
        for (int i = 0; i < DATAGRAMS; i++) {
            twice += path.send(100, millis(i), arrivals) == 2 ? 1 : 0;
        }
        assertEquals(0.2, twice / (double) DATAGRAMS, 0.01);
    }

    @Test
    @DisplayName("in an outage nothing passes, and after it everything")
    void fails() {
        Path path = path(conditions(NOTHING, 0, 1, 0, 0, 0, 0, Duration.ofMillis(100), Duration.ofMillis(1_000)));
        assertEquals(1, path.send(100, millis(50), arrivals));
        assertEquals(1, path.send(100, millis(999), arrivals));
        assertEquals(0, path.send(100, millis(1_000), arrivals));
        assertEquals(0, path.send(100, millis(1_099), arrivals));
        assertEquals(1, path.send(100, millis(1_100), arrivals));
        assertEquals(0, path.send(100, millis(2_050), arrivals));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("with the same seed everything happens again as it did, and with another it does not")
    @CsvSource({
        "losses,       0,  0.1, 1, 0,   0,   0",
        "jitter,       10, 0,   1, 0,   0,   0",
        "bursts,       0,  0.1, 8, 0,   0,   0",
        "reordering,   0,  0,   1, 0.1, 0,   0",
        "duplication,  0,  0,   1, 0,   0.1, 0",
        "all and more, 10, 0.1, 8, 0.1, 0.1, 100",
    })
    void repeats(
            String what,
            long jitterMillis,
            double loss,
            double burstLength,
            double reordering,
            double duplication,
            long outageMillis) {
        Conditions conditions = conditions(
                Duration.ofMillis(jitterMillis),
                loss,
                burstLength,
                outageMillis == 0 ? 0 : 10_000_000,
                5_000,
                reordering,
                duplication,
                Duration.ofMillis(outageMillis),
                Duration.ofMillis(10 * outageMillis));
        List<Long> once = story(conditions, SEED);
        assertEquals(once, story(conditions, SEED));
        assertNotEquals(once, story(conditions, SEED + 1), what);
    }

    @Test
    @DisplayName("an outage takes the same datagrams whatever the seed")
    void failsTheSameWay() {
        Conditions conditions = conditions(NOTHING, 0, 1, 0, 0, 0, 0, Duration.ofMillis(100), Duration.ofMillis(1_000));
        assertEquals(story(conditions, SEED), story(conditions, SEED + 1));
    }

    /** The times of all arrivals; -1 for a datagram that does not arrive. */
    private List<Long> story(Conditions conditions, long seed) {
        Path path = new Path(conditions, new SplittableRandom(seed), 0);
        List<Long> story = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            int count = path.send(1_000, millis(i), arrivals);
            if (count == 0) {
                story.add(-1L);
            }
            for (int arrival = 0; arrival < count; arrival++) {
                story.add(arrivals[arrival]);
            }
        }
        return story;
    }

    @Test
    @DisplayName("what no path can do is refused")
    void refuses() {
        assertThrows(IllegalArgumentException.class, () -> Conditions.NONE.withLoss(1.1));
        assertThrows(IllegalArgumentException.class, () -> Conditions.NONE.withDelay(Duration.ofMillis(-1)));
        assertThrows(IllegalArgumentException.class, () -> conditions(NOTHING, 0, 0.5, 0, 0, 0, 0, NOTHING, NOTHING));
    }

    private List<Integer> lost(Conditions conditions) {
        Path path = path(conditions);
        List<Integer> lost = new ArrayList<>();
        for (int i = 0; i < DATAGRAMS; i++) {
            if (path.send(100, millis(i), arrivals) == 0) {
                lost.add(i);
            }
        }
        assertEquals(lost.size(), path.lost());
        assertEquals(DATAGRAMS - lost.size(), path.passed());
        return lost;
    }

    private static Path path(Conditions conditions) {
        return new Path(conditions, new SplittableRandom(SEED), 0);
    }

    /** With a delay of 20 ms, and 5 ms for those that are overtaken. */
    private static Conditions conditions(
            Duration jitter,
            double loss,
            double burstLength,
            long bitsPerSecond,
            int queueBytes,
            double reordering,
            double duplication,
            Duration outage,
            Duration outageInterval) {
        return new Conditions(
                Duration.ofMillis(20),
                jitter,
                loss,
                burstLength,
                bitsPerSecond,
                queueBytes,
                reordering,
                Duration.ofMillis(5),
                duplication,
                outage,
                outageInterval);
    }

    private static long millis(long millis) {
        return millis * 1_000_000;
    }
}
