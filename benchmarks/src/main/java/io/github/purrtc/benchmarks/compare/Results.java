package io.github.purrtc.benchmarks.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** All the lines of a run, and where it was. Can be kept in a file. */
final class Results {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final ObjectNode root;
    private final ArrayNode lines;

    private Results(ObjectNode root) {
        this.root = root;
        lines = root.withArray("lines");
    }

    /** Nothing yet. */
    static Results of(Machine machine, String date, String command, int rounds) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("date", date).put("command", command).put("rounds", rounds);
        root.set("machine", MAPPER.valueToTree(machine));
        return new Results(root);
    }

    static Results read(Path file) throws IOException {
        return new Results((ObjectNode) MAPPER.readTree(file.toFile()));
    }

    void write(Path file) throws IOException {
        MAPPER.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
    }

    /** @param foreignShare as {@link ForeignLoad#share} tells it */
    void add(String measurement, String contender, int round, double foreignShare, JsonNode figures) {
        lines.addObject()
                .put("measurement", measurement)
                .put("contender", contender)
                .put("round", round)
                .put("foreignShare", foreignShare)
                .set("figures", figures);
    }

    int lines() {
        return lines.size();
    }

    /** Of them, those while other programs took too much of the machine. */
    long disturbed() {
        return StreamSupport.stream(lines.spliterator(), false)
                .filter(line -> line.path("foreignShare").asDouble() > Comparison.MOST_FOREIGN_SHARE)
                .count();
    }

    String text(String name) {
        return root.path(name).asText();
    }

    Machine machine() {
        return MAPPER.convertValue(root.path("machine"), Machine.class);
    }

    /** Those that take part in a measurement, in the order of their first line. */
    Set<String> contenders(String measurement) {
        Set<String> names = new LinkedHashSet<>();
        lines.forEach(line -> {
            if (line.path("measurement").asText().equals(measurement)) {
                names.add(line.path("contender").asText());
            }
        });
        return names;
    }

    /** The names of the inner objects that a contender's lines of a measurement have. */
    Set<String> objectsIn(String measurement, String contender) {
        Set<String> names = new LinkedHashSet<>();
        lines.forEach(line -> {
            if (isOf(line, measurement, contender)) {
                line.path("figures").properties().forEach(field -> {
                    if (field.getValue().isObject()) {
                        names.add(field.getKey());
                    }
                });
            }
        });
        return names;
    }

    private static boolean isOf(JsonNode line, String measurement, String contender) {
        return line.path("measurement").asText().equals(measurement)
                && line.path("contender").asText().equals(contender);
    }

    /** What exactly each contender was. */
    Set<String> versions() {
        Set<String> versions = new LinkedHashSet<>();
        lines.forEach(line -> {
            String version = line.path("figures").path("version").asText();
            if (!version.isEmpty()) {
                versions.add(version);
            }
        });
        return versions;
    }

    /** Those of the first line of a measurement and contender. */
    Optional<JsonNode> figures(String measurement, String contender) {
        for (JsonNode line : lines) {
            if (isOf(line, measurement, contender)) {
                return Optional.of(line.path("figures"));
            }
        }
        return Optional.empty();
    }

    /** @param figure a JSON pointer without its first slash */
    Optional<Spread> spread(String measurement, String contender, String figure) {
        List<Double> values = new ArrayList<>();
        for (JsonNode line : lines) {
            JsonNode value = line.path("figures").at("/" + figure);
            if (isOf(line, measurement, contender) && value.isNumber()) {
                values.add(value.asDouble());
            }
        }
        return values.isEmpty() ? Optional.empty() : Optional.of(Spread.of(values));
    }
}
