package io.github.purrtc.benchmarks.curves;

import io.github.purrtc.benchmarks.compare.Spread;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Goodput by round trip with one loss, a line for each sender; both axes are logarithmic. White behind, for dark pages too. */
final class CurvesChart {
    private static final int WIDTH = 860;
    private static final int HEIGHT = 400;
    private static final double LEAST = 0.1;
    private static final float LINE_WIDTH = 2.5f;

    private CurvesChart() {}

    static void write(CurvesReport report, double loss, Path file) throws IOException {
        int megabits = report.bulk().get(0).network().megabits();
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title("User data on a path of %d Mbit/s, %s %% lost".formatted(megabits, CurvesReport.percent(loss)))
                .xAxisTitle("round trip, ms")
                .yAxisTitle("Mbit/s")
                .build();
        XYStyler styler = chart.getStyler();
        styler.setXAxisLogarithmic(true)
                .setYAxisLogarithmic(true)
                .setYAxisMin(LEAST)
                .setYAxisMax((double) megabits);
        styler.setLegendPosition(Styler.LegendPosition.OutsideE).setChartBackgroundColor(Color.WHITE);
        for (Sender sender : report.senders()) {
            add(chart, report, sender, loss);
        }
        VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(), VectorGraphicsFormat.SVG);
    }

    private static void add(XYChart chart, CurvesReport report, Sender sender, double loss) {
        List<Integer> roundTrips = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (int roundTrip : report.roundTrips()) {
            Optional<Double> value =
                    report.megabits(sender.name(), loss, roundTrip).map(Spread::median);
            if (value.isPresent()) {
                roundTrips.add(roundTrip);
                // A logarithm has no place for nothing at all.
                values.add(Math.max(LEAST, value.get()));
            }
        }
        if (!values.isEmpty()) {
            XYSeries series = chart.addSeries(sender.name(), roundTrips, values);
            series.setLineColor(sender.colour()).setLineStyle(new BasicStroke(LINE_WIDTH));
            series.setMarkerColor(sender.colour()).setMarker(SeriesMarkers.CIRCLE);
        }
    }
}
