package io.github.purrtc.benchmarks.profile;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sums by name. */
final class Weights {
    private final Map<String, Double> sums = new HashMap<>();
    private double total;

    void add(String name, double weight) {
        sums.merge(name, weight, Double::sum);
        total += weight;
    }

    /** The greatest shares of the sum, first the greatest, each times a factor. */
    Map<String, Double> shares(int most, double factor) {
        Map<String, Double> shares = new LinkedHashMap<>();
        sums.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(most)
                .forEach(entry -> shares.put(entry.getKey(), factor * entry.getValue() / total));
        return shares;
    }
}
