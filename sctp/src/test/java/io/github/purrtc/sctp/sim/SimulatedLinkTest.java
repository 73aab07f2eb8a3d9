package io.github.purrtc.sctp.sim;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The network does what its conditions say, and the same again with the same seed. */
class SimulatedLinkTest {
    private static final int PACKETS = 2_000;

    @Test
    void aGoodPathOnlyDelays() {
        SimulatedLink link = link(conditions(0, 0, 0, 0, 0), 1);
        link.send(new byte[] {1, 2}, 100);
        assertEquals(1_100, link.nextArrival());
        assertNull(link.receive(1_099));
        assertArrayEquals(new byte[] {1, 2}, link.receive(1_100));
        assertEquals(Long.MAX_VALUE, link.nextArrival());
    }

    @Test
    void losesAboutAsManyAsItShould() {
        int arrived = arrivals(link(conditions(0.3, 0, 0, 0, 0), 2)).size();
        assertTrue(arrived > 0.65 * PACKETS && arrived < 0.75 * PACKETS, "arrived: " + arrived);
    }

    @Test
    void losesInBursts() {
        int arrived = arrivals(link(conditions(0, 0.05, 0, 0, 0), 3)).size();
        assertTrue(arrived > 0.7 * PACKETS && arrived < 0.95 * PACKETS, "arrived: " + arrived);
    }

    @Test
    void duplicatesReordersAndCorrupts() {
        assertTrue(arrivals(link(conditions(0, 0, 0.2, 0, 0), 4)).size() > 1.1 * PACKETS);
        List<byte[]> reordered = arrivals(link(conditions(0, 0, 0, 0.2, 0), 5));
        assertEquals(PACKETS, reordered.size());
        assertTrue(inversions(reordered) > PACKETS / 20);
        long corrupted = arrivals(link(conditions(0, 0, 0, 0, 0.2), 6)).stream()
                .filter(packet -> packet[7] != 0x55 || packet[8] != 0x55)
                .count();
        assertTrue(corrupted > 0);
    }

    @Test
    void isSilentDuringAnOutage() {
        SimulatedLink link = link(conditions(0, 0, 0, 0, 0), 7);
        link.addOutage(50, 100);
        link.send(new byte[1], 49);
        link.send(new byte[2], 50);
        link.send(new byte[3], 99);
        link.send(new byte[4], 100);
        assertEquals(1, received(link).length);
        assertEquals(4, received(link).length);
        assertEquals(Long.MAX_VALUE, link.nextArrival());
    }

    @Test
    void aSlowPathDelaysAndDropsWhatItsQueueCannotHold() {
        SimulatedLink link = new SimulatedLink(
                new LinkConditions(0, 0, 1, 0, 0, 0, 0, 0, 1_000_000, 10_000, 1500), new SplittableRandom(8));
        for (int i = 0; i < 100; i++) {
            link.send(new byte[1_000], 0);
        }
        int arrived = 0;
        long last = 0;
        while (link.nextArrival() != Long.MAX_VALUE) {
            last = link.nextArrival();
            link.receive(last);
            arrived++;
        }
        assertEquals(11, arrived);
        assertEquals(11_000_000, last);
    }

    @Test
    void dropsWhatIsLongerThanItsMtu() {
        SimulatedLink link = link(conditions(0, 0, 0, 0, 0), 9);
        link.send(new byte[1_501], 0);
        assertEquals(Long.MAX_VALUE, link.nextArrival());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "losses,       0.1, 0,    0,   0,   0,   0,   false",
        "bursts,       0,   0.01, 0,   0,   0,   0,   false",
        "duplication,  0,   0,    0.1, 0,   0,   0,   false",
        "reordering,   0,   0,    0,   0.1, 0,   0,   false",
        "corruption,   0,   0,    0,   0,   0.1, 0,   false",
        "jitter,       0,   0,    0,   0,   0,   500, false",
        "all and more, 0.1, 0.01, 0.1, 0.1, 0.1, 500, true",
    })
    void theSameSeedIsTheSameNetworkAndAnotherIsAnother(
            String what,
            double loss,
            double bursts,
            double duplication,
            double reordering,
            double corruption,
            long jitterNanos,
            boolean outages) {
        LinkConditions conditions = new LinkConditions(
                loss, bursts, 0.3, duplication, reordering, corruption, 1_000, jitterNanos, 0, 0, 1500);
        List<String> once = story(conditions, outages, 10);
        assertEquals(once, story(conditions, outages, 10));
        assertNotEquals(once, story(conditions, outages, 11), what);
    }

    @Test
    void outagesTakeTheSamePacketsWhateverTheSeed() {
        LinkConditions conditions = conditions(0, 0, 0, 0, 0);
        List<String> once = story(conditions, true, 12);
        assertEquals(PACKETS - 550, once.size());
        assertEquals(once, story(conditions, true, 13));
    }

    /** What arrives, and when. */
    private static List<String> story(LinkConditions conditions, boolean outages, long seed) {
        SimulatedLink link = link(conditions, seed);
        if (outages) {
            link.addOutage(10_000, 60_000);
            link.addOutage(100_000, 105_000);
        }
        send(link);
        List<String> story = new ArrayList<>();
        for (long at = link.nextArrival(); at != Long.MAX_VALUE; at = link.nextArrival()) {
            story.add(at + ": " + HexFormat.of().formatHex(received(link)));
        }
        return story;
    }

    private static byte[] received(SimulatedLink link) {
        byte[] packet = link.receive(link.nextArrival());
        return packet == null ? new byte[0] : packet;
    }

    private static LinkConditions conditions(
            double loss, double bursts, double duplication, double reordering, double corruption) {
        return new LinkConditions(loss, bursts, 0.3, duplication, reordering, corruption, 1_000, 0, 0, 0, 1500);
    }

    private static SimulatedLink link(LinkConditions conditions, long seed) {
        return new SimulatedLink(conditions, new SplittableRandom(seed));
    }

    private static List<byte[]> arrivals(SimulatedLink link) {
        send(link);
        List<byte[]> arrived = new ArrayList<>();
        while (link.nextArrival() != Long.MAX_VALUE) {
            arrived.add(link.receive(link.nextArrival()));
        }
        return arrived;
    }

    private static void send(SimulatedLink link) {
        for (int i = 0; i < PACKETS; i++) {
            byte[] packet = new byte[40];
            Arrays.fill(packet, (byte) 0x55);
            packet[0] = (byte) (i >>> 8);
            packet[1] = (byte) i;
            link.send(packet, 100L * i);
        }
    }

    private static int inversions(List<byte[]> packets) {
        int inversions = 0;
        for (int i = 1; i < packets.size(); i++) {
            if (number(packets.get(i)) < number(packets.get(i - 1))) {
                inversions++;
            }
        }
        return inversions;
    }

    private static int number(byte[] packet) {
        return (packet[0] & 0xFF) << 8 | packet[1] & 0xFF;
    }
}
