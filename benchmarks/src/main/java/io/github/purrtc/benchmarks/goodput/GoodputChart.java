package io.github.purrtc.benchmarks.goodput;

import io.github.purrtc.benchmarks.compare.PathChart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Goodput on the slowest path by round trip, a line for each loss and congestion control. */
final class GoodputChart {
    private static final int HEIGHT = 480;

    private GoodputChart() {}

    static void write(GoodputReport report, Path file) throws IOException {
        long rate = report.rates().first();
        PathChart chart = new PathChart("User data on a path of " + rate / 1_000_000 + " Mbit/s", rate / 1e6, HEIGHT);
        lines(report, rate).forEach(chart::add);
        chart.write(file);
    }

    private static Map<String, SortedMap<Integer, Double>> lines(GoodputReport report, long rate) {
        Map<String, SortedMap<Integer, Double>> lines = new LinkedHashMap<>();
        for (Control control : Control.values()) {
            for (Cell cell : report.select(rate, control)) {
                lines.computeIfAbsent(label(cell), label -> new TreeMap<>())
                        .put(cell.path().roundTripMillis(), cell.megabitsPerSecond());
            }
        }
        return lines;
    }

    private static String label(Cell cell) {
        return "%s, %s %% lost"
                .formatted(
                        cell.control().label(),
                        GoodputReport.percent(cell.path().loss()));
    }
}
