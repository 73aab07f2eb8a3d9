package io.github.purrtc.benchmarks.curves;

import io.github.purrtc.benchmarks.compare.PathChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

import java.awt.BasicStroke;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** Goodput by round trip with one loss, a line for each sender. */
final class CurvesChart {
    private static final int HEIGHT = 400;
    private static final float LINE_WIDTH = 2.5f;

    private CurvesChart() {}

    static void write(CurvesReport report, double loss, Path file) throws IOException {
        int megabits = report.bulk().get(0).network().megabits();
        PathChart chart = new PathChart(
                "User data on a path of %d Mbit/s, %s %% lost".formatted(megabits, CurvesReport.percent(loss)),
                megabits,
                HEIGHT);
        for (Sender sender : report.senders()) {
            add(chart, report, sender, loss);
        }
        chart.write(file);
    }

    private static void add(PathChart chart, CurvesReport report, Sender sender, double loss) {
        SortedMap<Integer, Double> line = new TreeMap<>();
        for (int roundTrip : report.roundTrips()) {
            report.megabits(sender.name(), loss, roundTrip).ifPresent(spread -> line.put(roundTrip, spread.median()));
        }
        if (!line.isEmpty()) {
            XYSeries series = chart.add(sender.name(), line);
            series.setLineColor(sender.colour()).setLineStyle(new BasicStroke(LINE_WIDTH));
            series.setMarkerColor(sender.colour()).setMarker(SeriesMarkers.CIRCLE);
        }
    }
}
