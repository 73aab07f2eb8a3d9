package io.github.purrtc.benchmarks.measure;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;

/** A line of JSON: what a measurement prints. */
public final class Line {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final MathContext SIX_DIGITS = new MathContext(6, RoundingMode.HALF_UP);

    private final ObjectNode node = MAPPER.createObjectNode();

    public Line put(String name, String value) {
        node.put(name, value);
        return this;
    }

    public Line put(String name, boolean value) {
        node.put(name, value);
        return this;
    }

    public Line put(String name, long value) {
        node.put(name, value);
        return this;
    }

    /** Rounded to six digits. What is no number is left out. */
    public Line put(String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, new BigDecimal(value).round(SIX_DIGITS).doubleValue());
        }
        return this;
    }

    public Line put(String name, Line value) {
        node.set(name, value.node);
        return this;
    }

    /** The median, the extremes and the 90th percentile. */
    Line putSpread(String name, double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return put(
                name,
                new Line()
                        .put("median", sorted[sorted.length / 2])
                        .put("min", sorted[0])
                        .put("max", sorted[sorted.length - 1])
                        .put("p90", sorted[(int) (0.9 * sorted.length)]));
    }

    /** Microseconds: the percentiles of these nanoseconds. */
    Line putPercentiles(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        int count = sorted.length;
        return put("count", count)
                .put("p50_us", sorted[count / 2] / 1e3)
                .put("p90_us", sorted[(int) (0.9 * count)] / 1e3)
                .put("p99_us", sorted[(int) (0.99 * count)] / 1e3)
                .put("max_us", sorted[count - 1] / 1e3);
    }

    Line putAll(Line other) {
        node.setAll(other.node);
        return this;
    }

    @Override
    public String toString() {
        return node.toString();
    }
}
