package io.github.purrtc.benchmarks.curves;

import io.github.purrtc.benchmarks.compare.Spread;
import io.github.purrtc.benchmarks.curves.Runner.Turn;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Small messages beside a bulk transfer on a path with a long queue, in several rounds. */
record SmallMessages(List<Point> points) {
    private static final Network PATH = new Network(20, 50, 0, 1_000);
    private static final double MORE_THAN_THE_ROUND_TRIP_MILLIS = 40;

    /** Round after round, each with a seed of its own. */
    static List<Turn> turns(List<Sender> senders, long firstSeed, int rounds, List<String> part) {
        List<Turn> turns = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            for (Sender sender : senders) {
                if (sender.isOwn()) {
                    turns.add(new Turn(sender, PATH, firstSeed + round, part));
                }
            }
        }
        return turns;
    }

    static SmallMessages among(List<Point> all) {
        return new SmallMessages(
                all.stream().filter(point -> isOne(point) && !point.isFailed()).toList());
    }

    static boolean isOne(Point point) {
        return point.figures().path("role").asText().equals("beside");
    }

    String table() {
        if (points.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("""
                ## Small messages beside a bulk transfer

                64 bytes every 20 ms on a channel of their own, echoed, while messages of 65,536 bytes fill a path of 20 Mbit/s and 50 ms
                with a second of queue: their round trips, and how long datagrams waited in that queue, in ms. Medians of the rounds, and
                in brackets the least and the greatest. The relay's lateness is this machine's doing.

                | | median | 90 % | 99 % | queue, median | queue, 99 % | relay late, 99 % | bulk, Mbit/s | seeds |
                | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
                """);
        for (String sender : senders()) {
            text.append("| %s | %s | %s | %s | %s | %s | %s | %s | %s |%n"
                    .formatted(
                            sender,
                            roundTrip(sender, "p50_us"),
                            roundTrip(sender, "p90_us"),
                            roundTrip(sender, "p99_us"),
                            relay(sender, "queue_to_z", "p50_ms"),
                            relay(sender, "queue_to_z", "p99_ms"),
                            relay(sender, "late", "p99_ms"),
                            spread(sender, Point::megabits),
                            seeds(sender)));
        }
        return text.append('\n').toString();
    }

    /** Rows of {@link Goals} for those of ours that send to themselves: the median of the rounds counts. */
    List<String> goals(List<Sender> own) {
        Set<String> measured = senders();
        List<String> rows = new ArrayList<>();
        double most = PATH.roundTripMillis() + MORE_THAN_THE_ROUND_TRIP_MILLIS;
        for (Sender toItself : own.stream().filter(Sender::isToItself).toList()) {
            String sender = toItself.name();
            if (!measured.contains(sender)) {
                continue;
            }
            double millis = roundTrip(sender, "p99_us").median();
            rows.add(Goals.row(
                    "%s: small messages beside a bulk transfer, 99 of 100".formatted(sender),
                    "within %.0f ms".formatted(most),
                    String.format(Locale.ROOT, "%.1f ms", millis),
                    millis <= most));
        }
        return rows;
    }

    private Set<String> senders() {
        return points.stream().map(Point::sender).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Spread roundTrip(String sender, String name) {
        return spread(sender, point -> point.figures().path(name).asDouble() / 1e3);
    }

    private Spread relay(String sender, String of, String name) {
        return spread(
                sender,
                point -> point.figures().path("relay").path(of).path(name).asDouble());
    }

    private Spread spread(String sender, ToDoubleFunction<Point> figure) {
        return Spread.of(points.stream()
                .filter(point -> point.sender().equals(sender))
                .map(figure::applyAsDouble)
                .toList());
    }

    private String seeds(String sender) {
        List<Long> seeds = points.stream()
                .filter(point -> point.sender().equals(sender))
                .map(Point::seed)
                .toList();
        long first = seeds.get(0);
        long last = seeds.get(seeds.size() - 1);
        return first == last ? Long.toString(first) : first + "–" + last;
    }
}
