package io.github.purrtc.benchmarks.compare;

import org.jspecify.annotations.Nullable;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Bars: a group for each measurement, a colour for each contender. White behind them, so that dark pages can show them too. */
final class Charts {
    private static final int WIDTH = 860;
    private static final int HEIGHT = 400;

    private static final Map<String, Color> COLOURS = Map.of(
            Contender.PURRTC, new Color(0xF1, 0x69, 0x13),
            Contender.PURRTC_NIO, new Color(0xFD, 0xD0, 0xA2),
            Contender.LIBDATACHANNEL, new Color(0x6B, 0xAE, 0xD6),
            Contender.LIBWEBRTC, new Color(0x74, 0xC4, 0x76),
            Contender.WERIFT, new Color(0xBC, 0xBD, 0xDC),
            Contender.UDP, new Color(0xBD, 0xBD, 0xBD));

    private Charts() {}

    /** A group of bars. */
    private record Group(String label, String measurement, String figure) {}

    /** Returns the names of the files that were written. */
    static List<String> write(Results results, Path folder) throws IOException {
        List<String> files = new ArrayList<>();
        for (Map.Entry<String, Plan> entry : plans().entrySet()) {
            if (entry.getValue().write(results, folder.resolve(entry.getKey()))) {
                files.add(entry.getKey());
            }
        }
        return files;
    }

    private static Map<String, Plan> plans() {
        Map<String, Plan> plans = new LinkedHashMap<>();
        plans.put(
                "throughput.svg",
                new Plan(
                        "Messages one way, by size (more is better)",
                        "MB/s",
                        List.of(
                                new Group("16 KiB", "throughput-16k", "MBps"),
                                new Group("64 KiB", "throughput-64k", "MBps"),
                                new Group("256 KiB", "throughput-256k", "MBps"),
                                new Group("64 KiB, two processes", "two-processes", "MBps"))));
        plans.put(
                "cpu.svg",
                new Plan(
                        "CPU time for a gigabyte of 64 KiB messages (less is better)",
                        "seconds",
                        List.of(
                                new Group("one process", "throughput-64k", "cpu_s_per_GB"),
                                new Group("two processes", "two-processes", "cpu_s_per_GB"))));
        plans.put(
                "small-messages.svg",
                new Plan(
                        "64-byte messages one way (more is better)",
                        "messages per second",
                        List.of(
                                new Group("reliable and ordered", "small", "msgs_s"),
                                new Group("unordered, not retransmitted", "small-unreliable", "msgs_s"))));
        plans.put(
                "round-trips.svg",
                new Plan(
                        "Round trip of 64 bytes (less is better)",
                        "microseconds",
                        List.of(
                                new Group("median", "latency", "p50_us"),
                                new Group("99th percentile", "latency", "p99_us"),
                                new Group("two processes, median", "two-processes-latency", "p50_us"))));
        plans.put(
                "pairs.svg",
                new Plan(
                        "Pairs connected per second, ten at a time (more is better)",
                        "pairs per second",
                        List.of(new Group("100 pairs", "bulk", "pairs_per_s"))));
        return plans;
    }

    /** A chart to be drawn. */
    private record Plan(String title, String unit, List<Group> groups) {
        /** False where there is nothing to show. */
        boolean write(Results results, Path file) throws IOException {
            List<Group> measured = new ArrayList<>(groups);
            measured.removeIf(group -> results.contenders(group.measurement).isEmpty());
            if (measured.isEmpty()) {
                return false;
            }
            CategoryChart chart = new CategoryChartBuilder()
                    .width(WIDTH)
                    .height(HEIGHT)
                    .title(title)
                    .yAxisTitle(unit)
                    .build();
            style(chart.getStyler());
            List<String> labels = measured.stream().map(Group::label).toList();
            for (String contender : contenders(results, measured)) {
                List<@Nullable Double> values = new ArrayList<>();
                measured.forEach(group -> values.add(value(results, group, contender)));
                chart.addSeries(contender, labels, values)
                        .setFillColor(COLOURS.getOrDefault(contender, Color.DARK_GRAY));
            }
            VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(), VectorGraphicsFormat.SVG);
            return true;
        }

        private static void style(CategoryStyler styler) {
            styler.setAvailableSpaceFill(0.9);
            styler.setLabelsVisible(true);
            styler.setLabelsPosition(0.5);
            styler.setLabelsFontColorAutomaticEnabled(false);
            styler.setLabelsFontColor(Color.BLACK);
            styler.setYAxisDecimalPattern("#,##0");
            styler.setLegendPosition(Styler.LegendPosition.OutsideE);
            styler.setChartBackgroundColor(Color.WHITE);
        }

        private static Set<String> contenders(Results results, List<Group> groups) {
            Set<String> names = new LinkedHashSet<>();
            groups.forEach(group -> names.addAll(results.contenders(group.measurement)));
            return names;
        }

        /** Null where there is no bar. */
        private static @Nullable Double value(Results results, Group group, String contender) {
            return results.spread(group.measurement, contender, group.figure)
                    .map(Spread::median)
                    .orElse(null);
        }
    }
}
