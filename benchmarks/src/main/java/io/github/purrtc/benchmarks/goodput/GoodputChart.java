package io.github.purrtc.benchmarks.goodput;

import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;

import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Goodput on the slowest path by round trip, a line for each loss and congestion control; both axes are logarithmic. */
final class GoodputChart {
    private GoodputChart() {}

    static void write(GoodputReport report, java.nio.file.Path file) throws IOException {
        long rate = report.rates().first();
        XYChart chart = new XYChartBuilder()
                .width(800)
                .height(480)
                .title("User data on a path of " + rate / 1_000_000 + " Mbit/s")
                .xAxisTitle("round trip, ms")
                .yAxisTitle("Mbit/s")
                .build();
        XYStyler styler = chart.getStyler();
        styler.setXAxisLogarithmic(true)
                .setYAxisLogarithmic(true)
                .setYAxisMin(0.1)
                .setYAxisMax(rate / 1e6);
        styler.setLegendPosition(Styler.LegendPosition.OutsideE).setChartBackgroundColor(Color.WHITE);
        lines(report, rate)
                .forEach((label, line) ->
                        chart.addSeries(label, new ArrayList<>(line.keySet()), new ArrayList<>(line.values())));
        VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(), VectorGraphicsFormat.SVG);
    }

    private static Map<String, Map<Integer, Double>> lines(GoodputReport report, long rate) {
        Map<String, Map<Integer, Double>> lines = new LinkedHashMap<>();
        for (Control control : Control.values()) {
            for (Cell cell : report.select(rate, control)) {
                // A logarithm has no place for nothing at all.
                lines.computeIfAbsent(label(cell), label -> new TreeMap<>())
                        .put(cell.path().roundTripMillis(), Math.max(0.1, cell.megabitsPerSecond()));
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
