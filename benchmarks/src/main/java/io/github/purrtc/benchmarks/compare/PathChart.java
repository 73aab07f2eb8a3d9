package io.github.purrtc.benchmarks.compare;

import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** How much of a path is filled, by its round trip; both axes are logarithmic. White behind, for dark pages too. */
public final class PathChart {
    private static final int WIDTH = 860;
    private static final double LEAST_MEGABITS = 0.1;

    private final XYChart chart;

    public PathChart(String title, double megabits, int height) {
        chart = new XYChartBuilder()
                .width(WIDTH)
                .height(height)
                .title(title)
                .xAxisTitle("round trip, ms")
                .yAxisTitle("Mbit/s")
                .build();
        XYStyler styler = chart.getStyler();
        styler.setXAxisLogarithmic(true)
                .setYAxisLogarithmic(true)
                .setYAxisMin(LEAST_MEGABITS)
                .setYAxisMax(megabits);
        styler.setLegendPosition(Styler.LegendPosition.OutsideE).setChartBackgroundColor(Color.WHITE);
    }

    /** Draws Mbit/s by ms, in the next of the usual colours unless the line is given another. */
    public XYSeries add(String label, SortedMap<Integer, Double> line) {
        // A logarithm has no place for nothing at all.
        List<Double> values = line.values().stream()
                .map(megabits -> Math.max(LEAST_MEGABITS, megabits))
                .toList();
        return chart.addSeries(label, new ArrayList<>(line.keySet()), values);
    }

    /** As SVG. */
    public void write(Path file) throws IOException {
        VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(), VectorGraphicsFormat.SVG);
    }
}
