package io.github.purrtc.benchmarks.goodput;

import io.github.purrtc.benchmarks.Run;
import io.github.purrtc.benchmarks.emulator.Disturbances;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

import java.util.BitSet;
import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** In virtual time: what is asserted here is the same on every machine. */
class SharedPathTest {
    private static final long RATE = 100_000_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 50, 100, 200})
    @DisplayName("a path without losses of its own is filled after some seconds, and stays so")
    void fillsThePath(int roundTripMillis) {
        for (Control control : Control.values()) {
            Cell cell = Cell.measure(new Path(RATE, roundTripMillis, 0), control, 1, 6, 6);
            assertTrue(cell.percentOfPath() > 95, cell::toString);
            assertTrue(cell.percentOfPath() < 100, cell::toString);
        }
    }

    @Test
    @DisplayName("the same seed gives the same run")
    void isDeterministic() {
        Path path = new Path(RATE, 20, 0.01);
        assertEquals(Cell.measure(path, Control.NEW_RENO, 1, 1, 2), Cell.measure(path, Control.NEW_RENO, 1, 1, 2));
    }

    @Test
    @DisplayName("a path is never more than full, and what is dropped is counted")
    void keepsToTheRate() {
        Link link = link(new Path(RATE, 2, 0));
        for (int i = 0; i < 1000; i++) {
            link.nextBuffer().position(1160);
            link.send(0, 0);
        }
        int arrived = 0;
        long last = 0;
        while (link.nextArrival() != Long.MAX_VALUE) {
            last = link.nextArrival();
            assertEquals(1160, link.receive().remaining());
            arrived++;
        }
        assertEquals(1000, arrived + link.droppedPackets());
        assertEquals(1_000_000 + arrived * 92_800L, last);
        assertTrue(arrived >= 64 && arrived <= 66, "queue of 64 packets: " + arrived);
    }

    @Test
    @DisplayName(
            "packets that are overtaken, doubled or late arrive when the path says, with what they hold and whose they are")
    void disturbs() {
        Disturbances disturbances = disturbances("--jitter=5", "--reorder=10", "--hold-back=20", "--duplicate=10");
        Link link = link(new Path(RATE, 2, 0).disturbed(disturbances));
        int packets = 1000;
        for (int i = 0; i < packets; i++) {
            link.nextBuffer().putInt(i);
            link.send(i % 7, i * 1_000_000L);
        }
        BitSet seen = new BitSet();
        int doubled = 0;
        int overtaken = 0;
        int newest = -1;
        long before = 0;
        for (long now = link.nextArrival(); now != Long.MAX_VALUE; now = link.nextArrival()) {
            assertTrue(now >= before, "time goes on");
            before = now;
            int flow = link.nextFlow();
            int number = link.receive().getInt(0);
            assertEquals(number % 7, flow);
            assertTrue(now > (number + 1) * 1_000_000L && now <= (number + 27) * 1_000_000L, number + " at " + now);
            doubled += seen.get(number) ? 1 : 0;
            overtaken += !seen.get(number) && number < newest ? 1 : 0;
            seen.set(number);
            newest = Math.max(newest, number);
        }
        assertEquals(packets, seen.cardinality());
        assertEquals(0.1, doubled / (double) packets, 0.03);
        assertEquals(0.1, overtaken / (double) packets, 0.03);
    }

    @Test
    @DisplayName("the command takes what disturbs, says so, and comes to the same again")
    void prints() {
        String[] arguments = {
            "goodput",
            "--rates=20",
            "--fast-rate=0",
            "--round-trips=10",
            "--losses=1",
            "--jitter=3",
            "--burst=4",
            "--reorder=5",
            "--duplicate=0.5",
            "--controls=bbr",
            "--seeds=2",
            "--warmup=1",
            "--seconds=2"
        };
        String printed = Run.text(arguments);
        assertTrue(
                printed.startsWith(
                        "All paths with up to 3 ms of jitter each way, losses 4.0 in a row, 5 % held back by 10 ms,"
                                + " 0.5 % arriving twice."),
                printed);
        assertTrue(printed.contains("| 10 ms | "), printed);
        assertEquals(printed, Run.text(arguments));
    }

    @ParameterizedTest(name = "{0} ms and up to {1} ms more each way, {2} lost")
    @DisplayName("BBR fills a path where delays vary, which makes round trips long without a queue")
    @CsvSource({"20, 10, 0.01", "20, 30, 0.001", "80, 30, 0.01", "200, 30, 0.01"})
    void fillsPathsWithJitter(int roundTripMillis, int jitterMillis, double loss) {
        Path path = new Path(RATE / 2, roundTripMillis, loss).disturbed(disturbances("--jitter=" + jitterMillis));
        Cell cell = Cell.measure(path, Control.BBR, 2, 4, 6);
        assertTrue(cell.percentOfPath() > 80, cell::toString);
    }

    private static Disturbances disturbances(String... options) {
        Disturbances disturbances = new Disturbances();
        CommandSpec command =
                CommandSpec.create().addMixin("disturbances", CommandSpec.forAnnotatedObject(disturbances));
        new CommandLine(command).parseArgs(options);
        return disturbances;
    }

    private static Link link(Path path) {
        return new Link(path.bottleneck(1160), path.behindBottleneck(), 1160, new SplittableRandom(1));
    }
}
