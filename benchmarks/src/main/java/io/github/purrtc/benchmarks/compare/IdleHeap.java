package io.github.purrtc.benchmarks.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import java.util.stream.Collectors;

/** What an idle connection holds in the heap, by class. */
final class IdleHeap {
    private static final int MOST_ROWS = 20;

    private final JsonNode held;

    IdleHeap(Results results) {
        JsonNode figures = results.figures("idle", Contender.PURRTC).orElse(null);
        String pairs =
                results.objectsIn("idle", Contender.PURRTC).stream().findFirst().orElse("none");
        held = figures == null ? MissingNode.getInstance() : figures.path(pairs);
    }

    /** Empty if nothing was counted. */
    String text() {
        JsonNode classes = held.path("heap_classes");
        if (classes.isEmpty()) {
            return "";
        }
        String rows = classes.properties().stream()
                .limit(MOST_ROWS)
                .map(row -> "| `%s` | %s |%n"
                        .formatted(row.getKey(), Spread.number(row.getValue().asDouble())))
                .collect(Collectors.joining());
        return """

                ## What an idle connection holds

                %s KB of heap, those who measure included: the difference of two heap histograms, before the pairs and with them, by connection. \
                The largest classes:

                | class | bytes a connection |
                | --- | ---: |
                %s""".formatted(Spread.number(held.path("heap_kB_per_connection").asDouble()), rows);
    }
}
