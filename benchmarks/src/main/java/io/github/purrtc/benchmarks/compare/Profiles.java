package io.github.purrtc.benchmarks.compare;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where the time and the garbage of profiled runs came from. */
final class Profiles {
    private static final double LEAST_PERCENT = 1;
    private static final double LEAST_BYTES = 1;

    private final Results results;

    Profiles(Results results) {
        this.results = results;
    }

    /** Empty if nothing was profiled. */
    String text() {
        String sections = section("profile-64k", "64 KiB messages") + section("profile-64", "64-byte messages");
        return sections.isEmpty() ? "" : "\n## What limits it\n" + sections;
    }

    private String section(String measurement, String title) {
        Optional<JsonNode> figures = results.figures(measurement, Contender.PURRTC);
        if (figures.isEmpty()) {
            return "";
        }
        JsonNode profile = figures.get().path("profile");
        return """

                ### %s

                From JFR, at %s MB/s; both ends are in one process. Kernel, collector and compiler are the times of their threads, the \
                rest is shared out by samples, each to the innermost frame that belongs to one of the layers.

                | time | %% |
                | --- | ---: |
                %s
                The methods on top of the stacks most often: %s.

                Garbage for each packet (what a datagram of 1,200 bytes carries), sent and received: %s bytes, of which Bouncy Castle and \
                the JDK's cipher %s, and %s the received messages as the listener gets them and may keep them: array, buffer, message. The rest \
                allocates **%s**. Collections stopped the JVM for %s ms in all.

                | garbage | bytes a packet |
                | --- | ---: |
                %s""".formatted(
                        title,
                        number(figures.get().path("MBps")),
                        rows(profile.path("cpu"), LEAST_PERCENT),
                        methods(profile.path("methods")),
                        number(profile.path("garbage_per_packet")),
                        number(profile.path("cryptography_garbage_per_packet")),
                        number(profile.path("message_garbage_per_packet")),
                        number(profile.path("own_garbage_per_packet")),
                        number(profile.path("gc_pause_ms")),
                        rows(profile.path("garbage_classes"), LEAST_BYTES));
    }

    private static String number(JsonNode value) {
        return Spread.number(value.asDouble());
    }

    private static String rows(JsonNode shares, double least) {
        return shares.properties().stream()
                .filter(share -> share.getValue().asDouble() >= least)
                .sorted((a, b) ->
                        Double.compare(b.getValue().asDouble(), a.getValue().asDouble()))
                .map(share -> "| %s | %s |%n".formatted(share.getKey(), number(share.getValue())))
                .collect(Collectors.joining());
    }

    private static String methods(JsonNode shares) {
        List<String> texts = shares.properties().stream()
                .map(share -> "`%s` %s %%".formatted(share.getKey(), number(share.getValue())))
                .toList();
        return String.join(", ", texts);
    }
}
