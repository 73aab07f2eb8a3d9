package io.github.purrtc.benchmarks.goodput;

import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** The share of the path by round trip, a line for each rate, loss and congestion control. */
final class GoodputChart {
    private GoodputChart() {}

    static void write(Iterable<Cell> cells, java.nio.file.Path file) throws IOException {
        XYChart chart = new XYChartBuilder()
                .width(960)
                .height(540)
                .title("User data, as a share of the path")
                .xAxisTitle("round trip, ms")
                .yAxisTitle("%")
                .build();
        chart.getStyler().setYAxisMin(0.0).setYAxisMax(100.0);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
        Map<String, TreeMap<Integer, Double>> lines = new java.util.LinkedHashMap<>();
        for (Cell cell : cells) {
            lines.computeIfAbsent(label(cell), label -> new TreeMap<>())
                    .put(cell.path().roundTripMillis(), cell.percentOfPath());
        }
        lines.forEach((label, line) -> chart.addSeries(
                label, new java.util.ArrayList<>(line.keySet()), new java.util.ArrayList<>(line.values())));
        VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(), VectorGraphicsFormat.SVG);
    }

    private static String label(Cell cell) {
        return "%s, %d Mbit/s, %s %%"
                .formatted(
                        cell.control().label(),
                        cell.path().bitsPerSecond() / 1_000_000,
                        GoodputReport.percent(cell.path().loss()));
    }
}
