package io.github.purrtc.benchmarks.compare;

import java.util.List;
import java.util.Locale;

/** The rounds' median, least and greatest. */
public record Spread(double median, double least, double greatest) {
    public static Spread of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.get(0), sorted.get(sorted.size() - 1));
    }

    /** {@code 548 (541–562)}. */
    @Override
    public String toString() {
        String middle = number(median);
        String range = number(least) + "–" + number(greatest);
        return range.equals(middle + "–" + middle) ? middle : middle + " (" + range + ")";
    }

    /** Three digits, more where they stand before the point. */
    static String number(double value) {
        double size = Math.abs(value);
        String format = size >= 100 || size == 0 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
