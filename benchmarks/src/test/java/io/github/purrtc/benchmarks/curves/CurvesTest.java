package io.github.purrtc.benchmarks.curves;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.purrtc.benchmarks.compare.Contender;
import io.github.purrtc.benchmarks.curves.Runner.Turn;
import io.github.purrtc.sctp.CongestionAlgorithm;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(120)
class CurvesTest {
    private static final Path PEERS = Path.of("peers");
    private static final long SEED = 7;

    @TempDir
    private Path folder = Path.of("");

    @Test
    @DisplayName("two processes through the relay: bulk data, and small messages beside it")
    void runs() throws Exception {
        Sender ours = Sender.own(List.of(CongestionAlgorithm.BBR), PEERS).get(0);
        Network network = Network.of(20, 20, 0);
        List<Point> points = new Runner(folder.resolve("log").toFile(), 1)
                .run(List.of(
                        new Turn(ours, network, SEED, List.of("source", "65536", "--warmup=1", "--seconds=1.5")),
                        new Turn(ours, network, SEED, List.of("beside", "65536", "--warmup=1", "--seconds=1.5"))));
        assertEquals(2, points.size(), () -> "failed, see the output");
        assertTrue(points.get(0).megabits() > 0, points::toString);
        assertTrue(points.get(0).share() <= 1, points::toString);
        assertTrue(points.get(1).figures().path("p50_us").asDouble() >= 20_000, points::toString);
        assertTrue(points.get(1).figures().path("version").asText().contains("purrtc"), points::toString);
    }

    @Test
    @DisplayName("what does not connect is tried with two seeds more, then told")
    void givesUp() throws Exception {
        Path tries = folder.resolve("tries");
        Contender counts = new Contender("mute", List.of("sh", "-c", "echo tried >> '" + tries + "'; exit 1", "mute"));
        Contender waits = new Contender("mute", List.of("sh", "-c", "read line", "mute"));
        Turn turn = new Turn(
                new Sender("mute", counts, waits, Color.BLACK), Network.of(20, 20, 0), SEED, List.of("source"));
        List<Point> points = new Runner(folder.resolve("log").toFile(), 1).run(List.of(turn));
        assertEquals(3, Files.readAllLines(tries).size());
        assertEquals(SEED, points.get(0).seed());
        assertTrue(points.get(0).isFailed());
    }

    @Test
    @DisplayName("the page has a chart and a table for each loss, and says which goals were met")
    void writesThePage() throws IOException {
        List<Sender> senders = Sender.all(List.of(CongestionAlgorithm.BBR), PEERS);
        List<Point> points = new ArrayList<>();
        for (Sender sender : senders) {
            double megabits = sender.isOwn() ? 90 : 3;
            points.add(point(sender, Network.of(100, 50, 1), megabits, "source"));
            points.add(point(sender, Network.of(100, 200, 1), megabits / 2, "source"));
        }
        points.add(point(senders.get(0), Network.of(100, 50, 1), 80, "source"));
        points.add(point(senders.get(0), Network.of(100, 50, 1), 91, "source"));
        points.add(Point.failed("werift", Network.of(100, 100, 1), SEED, "source", "no channel was open after 20 s"));
        points.add(point(senders.get(0), new Network(20, 50, 0, 1_000), 15, "beside"));
        points.add(point(senders.get(1), new Network(20, 50, 0, 1_000), 15, "beside"));
        ObjectNode plain = JsonNodeFactory.instance.objectNode().put("megabits", 90.0);
        RelayCheck check = new RelayCheck(Network.of(100, 50, 0), plain, plain);
        new CurvesReport(senders, points, check, "curves").write(folder);
        String page = Files.readString(folder.resolve("goodput.md"));
        assertTrue(page.contains("| 50 ms | 7 | 90.0 (80.0–91.0) | 90.0 | 3.00 | 3.00 |"), page);
        assertTrue(page.contains("| 100 ms | 7 | | | | none |"), page);
        assertTrue(page.contains("- werift, 100 ms, 1 % lost, seed 7: no channel was open after 20 s"), page);
        assertTrue(page.contains("at least 10 times | 30.0 times (90.0 to 3.00) | yes"), page);
        assertTrue(page.contains("at least 75 % | 47.1 % (at 200 ms) | **no**"), page);
        assertTrue(page.contains("within 90 ms | 80.0 ms | yes"), page);
        assertTrue(page.contains("| purrtc, BBR, to Chromium | 0 |"), page);
        assertFalse(page.contains("to Chromium: small messages"), "a browser's delays are told, and no goal");
        assertTrue(Files.readString(folder.resolve("goodput-1.svg")).contains("<svg"));
        assertTrue(Files.exists(folder.resolve("goodput.json")));
    }

    private static Point point(Sender sender, Network network, double megabits, String role) {
        ObjectNode figures = JsonNodeFactory.instance
                .objectNode()
                .put("role", role)
                .put("goodput_MBps", megabits / 8)
                .put("datagram_bytes", 1_450)
                .put("p99_us", 80_000);
        return new Point(sender.name(), network, SEED, 0, figures);
    }
}
