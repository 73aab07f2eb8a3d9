package io.github.purrtc.benchmarks.curves;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.purrtc.benchmarks.compare.Machine;
import io.github.purrtc.benchmarks.compare.Spread;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What a run found: a page, its charts, and all figures. */
record CurvesReport(List<Sender> senders, List<Point> points, RelayCheck check, String command) {
    /** As browsers and purrtc send. */
    private static final int LONGEST_DATAGRAM_BYTES = 1_450;

    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        StringBuilder charts = new StringBuilder();
        for (double loss : losses()) {
            String name = "goodput-" + percent(loss).replace('.', '-') + ".svg";
            CurvesChart.write(this, loss, folder.resolve(name));
            charts.append("![goodput with %s %% lost](%s)%n%n".formatted(percent(loss), name));
        }
        Files.writeString(folder.resolve("goodput.md"), page(charts.toString()));
        new JsonMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(folder.resolve("goodput.json").toFile(), json());
    }

    private ObjectNode json() {
        ObjectNode root = new JsonMapper().createObjectNode();
        root.put("command", command);
        root.set("relay_below", check.below());
        root.set("relay_above", check.above());
        for (Point point : points) {
            root.withArray("points")
                    .addObject()
                    .put("sender", point.sender())
                    .put("megabits", point.network().megabits())
                    .put("round_trip_ms", point.network().roundTripMillis())
                    .put("loss_percent", point.network().lossPercent())
                    .put("queue_ms", point.network().queueMillis())
                    .put("seed", point.seed())
                    .put("foreignShare", point.foreignShare())
                    .set("figures", point.figures());
        }
        return root;
    }

    private String page(String charts) throws IOException {
        return """
                # Goodput over distance and loss

                Two processes with an emulated path between them (a relay in a third one), all in turn in one run: one reliable and
                ordered channel, messages of 65,536 bytes, the same in both directions. The path's rate counts UDP payloads, so that
                %.1f of 100 Mbit/s can be user data in datagrams of %,d bytes; its queue is one bandwidth-delay product, and 64
                datagrams at least. Figures are Mbit/s of user data, from some seconds on after the channel is open: what the path carried,
                times the share of all it had carried that was handed out. So none can be more than the path has, as one can that counts what is
                handed out in some seconds: what waited behind a hole when they began came out in them. What still waits ten round trips
                after the end counts as lost. Where two more figures stand in parentheses it
                is the median of several runs, each with a seed of its own, with the least and the greatest of them. Who sends on the same
                path has the same losses, by the same seeds. What does not connect is tried twice more, with seeds greater by 1,000 and
                2,000: werift does not get over the loss of a ClientKeyExchange (its server then decrypts no Finished, however often
                the flight comes again).

                %s, %s.%s

                    java -jar benchmarks/target/purrtc-benchmarks.jar %s

                %s
                %s%s%s
                ## Goals

                %s
                What was measured:

                %s""".formatted(
                        Point.userShare(LONGEST_DATAGRAM_BYTES) * 100,
                        LONGEST_DATAGRAM_BYTES,
                        LocalDate.now(ZoneId.systemDefault()),
                        Machine.here(),
                        disturbed(),
                        command,
                        check.text(),
                        charts,
                        tables(),
                        failures(),
                        Goals.table(this),
                        versions());
    }

    private String disturbed() {
        long disturbed = points.stream().filter(Point::isDisturbed).count();
        return disturbed == 0
                ? ""
                : " While %d of the %d runs went on, other programs took more than a tenth of the machine, the second time too."
                        .formatted(disturbed, points.size());
    }

    private String versions() {
        Set<String> versions = new LinkedHashSet<>();
        for (Point point : points.stream().filter(point -> !point.isFailed()).toList()) {
            versions.add(point.figures().path("version").asText());
            versions.add(point.figures().path("version_other").asText());
        }
        return versions.stream().map(version -> "- " + version + "\n").collect(Collectors.joining());
    }

    /** A table for each loss, and that of the small messages. */
    String tables() {
        StringBuilder text = new StringBuilder();
        for (double loss : losses()) {
            text.append("## %s %% lost%n%n| round trip | seeds |".formatted(percent(loss)));
            senders.forEach(sender -> text.append(' ').append(sender.name()).append(" |"));
            text.append("\n| ---: | ---: |")
                    .append(" ---: |".repeat(senders.size()))
                    .append('\n');
            for (int roundTrip : roundTrips()) {
                text.append(row(loss, roundTrip));
            }
            text.append('\n');
        }
        return text.append(SmallMessages.among(points).table()).toString();
    }

    private String row(double loss, int roundTrip) {
        String seeds = bulk().stream()
                .filter(point -> isAt(point, loss, roundTrip))
                .map(point -> Long.toString(point.seed()))
                .distinct()
                .collect(Collectors.joining(", "));
        StringBuilder text = new StringBuilder("| %d ms | %s |".formatted(roundTrip, seeds));
        for (Sender sender : senders) {
            String value = megabits(sender.name(), loss, roundTrip)
                    .map(Spread::toString)
                    .orElse(runs(sender.name(), loss, roundTrip).isEmpty() ? "" : "none");
            text.append(value.isEmpty() ? "" : " ").append(value).append(" |");
        }
        return text.append('\n').toString();
    }

    /** The runs of which there are no figures, and why. */
    private String failures() {
        String lines = points.stream()
                .filter(Point::isFailed)
                .map(point -> "- %s, %d ms, %s %% lost, seed %d: %s%n"
                        .formatted(
                                point.sender(),
                                point.network().roundTripMillis(),
                                percent(point.network().lossPercent()),
                                point.seed(),
                                point.failure()))
                .collect(Collectors.joining());
        return lines.isEmpty() ? "" : "## Runs without figures%n%n%s%n".formatted(lines);
    }

    /** Of all runs on that path; empty where none has figures. */
    Optional<Spread> megabits(String sender, double loss, int roundTrip) {
        return spread(sender, loss, roundTrip, Point::megabits);
    }

    Optional<Spread> spread(String sender, double loss, int roundTrip, ToDoubleFunction<Point> figure) {
        List<Double> values = runs(sender, loss, roundTrip).stream()
                .filter(point -> !point.isFailed())
                .map(figure::applyAsDouble)
                .toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(Spread.of(values));
    }

    private List<Point> runs(String sender, double loss, int roundTrip) {
        return bulk().stream()
                .filter(point -> point.sender().equals(sender) && isAt(point, loss, roundTrip))
                .toList();
    }

    Set<Double> losses() {
        return bulk().stream()
                .map(point -> point.network().lossPercent())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Set<Integer> roundTrips() {
        return bulk().stream()
                .map(point -> point.network().roundTripMillis())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    List<Point> bulk() {
        return points.stream().filter(point -> !SmallMessages.isOne(point)).toList();
    }

    private static boolean isAt(Point point, double loss, int roundTrip) {
        return point.network().lossPercent() == loss && point.network().roundTripMillis() == roundTrip;
    }

    static String percent(double percent) {
        return percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent);
    }
}
