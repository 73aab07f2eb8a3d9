package io.github.purrtc.benchmarks.setup;

import io.github.purrtc.benchmarks.compare.Machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/** What a run found, as a page. */
record SetupReport(List<Series> all, String command) {
    private static final double MOST_ROUND_TRIPS = 6;
    private static final double MOST_MILLIS = 3_000;
    private static final double LOSS_OF_THE_GOAL = 10;

    void write(Path page) throws IOException {
        Path folder = page.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(page, """
                # From the offer to the first message

                Two processes, warm, and between them for each connection a relay with a path of its own (%d ms of round trip). The clock
                starts before `createOffer` and stops in the other side's message listener; the offering side makes the channel and sends
                from its open listener. Signalling is delayed as the path is, half a round trip each way, and loses nothing. Times are
                milliseconds. With loss each datagram is lost by itself, in both directions.

                %s, %s.

                    java -jar benchmarks/target/purrtc-benchmarks.jar %s

                %s
                """.formatted(
                        all.isEmpty() ? 0 : all.get(0).roundTripMillis(),
                        LocalDate.now(ZoneId.systemDefault()),
                        Machine.here(),
                        command,
                        tables().strip()));
    }

    String tables() {
        StringBuilder text = new StringBuilder("""
                | lost | SCTP begins by | connections | seeds | median | in round trips | 90 % | 95 % | all | without a message |
                | --- | --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |
                """);
        all.forEach(series -> text.append(series.row()));
        text.append(goals());
        all.stream().filter(series -> series.lossPercent() == 0).forEach(series -> text.append(stages(series)));
        return text.toString();
    }

    private String goals() {
        StringBuilder text = new StringBuilder("""

                ## Goals

                | goal | SCTP begins by | measured | met |
                | --- | --- | ---: | --- |
                """);
        for (Series series : all) {
            if (series.lossPercent() == 0) {
                double roundTrips = series.median(Stage.HEARD) / series.roundTripMillis();
                text.append(goal("nothing lost: median within six round trips", series, roundTrips, MOST_ROUND_TRIPS));
            } else if (series.lossPercent() == LOSS_OF_THE_GOAL) {
                double millis = series.percentile(Stage.HEARD, Series.NINETY_FIVE);
                text.append(goal("10 % lost: 95 of 100 within 3,000 ms", series, millis, MOST_MILLIS));
            }
        }
        return text.toString();
    }

    private static String goal(String what, Series series, double measured, double most) {
        boolean met = series.isComplete() && measured <= most;
        return String.format(
                Locale.ROOT,
                measured < 10 ? "| %s | %s | %.2f | %s |%n" : "| %s | %s | %,.0f | %s |%n",
                what,
                series.name(),
                measured,
                met ? "yes" : "**no**");
    }

    /** What the round trips are for. */
    private static String stages(Series series) {
        StringBuilder text = new StringBuilder("""

                ## What the round trips are for: %s

                Medians of when the offering side sees it, and the last of when the other one does, in round trips.

                | | at | takes | for |
                | --- | ---: | ---: | --- |
                """.formatted(series.name()));
        double before = 0;
        for (Stage stage : Stage.values()) {
            double at = series.median(stage) / series.roundTripMillis();
            if (stage != Stage.BEGUN && Double.isFinite(at)) {
                text.append(String.format(
                        Locale.ROOT, "| %s | %.2f | %.2f | %s |%n", stage.text, at, at - before, stage.purpose));
                before = at;
            }
        }
        return text.toString();
    }
}
