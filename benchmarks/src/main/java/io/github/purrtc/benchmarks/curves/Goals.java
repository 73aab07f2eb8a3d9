package io.github.purrtc.benchmarks.curves;

import io.github.purrtc.benchmarks.compare.Spread;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What was to be reached, and whether it was: by the first of ours, to itself and to Chromium. */
final class Goals {
    /** Percent of what user data can have, by percent of loss. */
    private static final Map<Double, Integer> SHARES = new TreeMap<>(Map.of(0.0, 95, 0.1, 90, 1.0, 75, 3.0, 50));

    private static final double LOSS_AGAINST_OTHERS = 1;
    private static final int ROUND_TRIP_AGAINST_OTHERS = 50;
    private static final double TIMES_THE_OTHER = 10;
    private static final double PERCENT = 100;

    private Goals() {}

    static String table(CurvesReport report) {
        List<String> rows = new ArrayList<>();
        List<Sender> own = report.senders().stream().filter(Sender::isOwn).toList();
        for (Sender sender : own) {
            SHARES.forEach((loss, share) -> rows.addAll(ofLoss(report, sender, loss, share)));
        }
        if (!own.isEmpty()) {
            against(report, own.get(0)).ifPresent(rows::add);
        }
        rows.addAll(SmallMessages.among(report.points()).goals(own));
        return """
                A share is one of what user data can have of the path, in datagrams as long as the longest that was sent. Of several
                runs the median counts, of several round trips the worst.

                | goal | wanted | measured | met |
                | --- | --- | ---: | --- |
                """ + String.join("", rows);
    }

    private static List<String> ofLoss(CurvesReport report, Sender sender, double loss, int wanted) {
        double worst = Double.MAX_VALUE;
        int where = 0;
        for (int roundTrip : report.roundTrips()) {
            double share = report.spread(sender.name(), loss, roundTrip, Point::share)
                    .map(Spread::median)
                    .orElse(Double.MAX_VALUE);
            if (share < worst) {
                worst = share;
                where = roundTrip;
            }
        }
        if (where == 0) {
            return List.of();
        }
        double percent = PERCENT * worst;
        return List.of(row(
                "%s, %s %% lost".formatted(sender.name(), CurvesReport.percent(loss)),
                "at least %d %%".formatted(wanted),
                "%.1f %% (at %d ms)".formatted(percent, where),
                percent >= wanted));
    }

    private static Optional<Double> median(CurvesReport report, String sender, double loss, int roundTrip) {
        return report.megabits(sender, loss, roundTrip).map(Spread::median);
    }

    private static Optional<String> against(CurvesReport report, Sender ours) {
        Optional<Double> own = median(report, ours.name(), LOSS_AGAINST_OTHERS, ROUND_TRIP_AGAINST_OTHERS);
        Optional<Double> theirs = median(report, Sender.LIBDATACHANNEL, LOSS_AGAINST_OTHERS, ROUND_TRIP_AGAINST_OTHERS);
        if (own.isEmpty() || theirs.isEmpty()) {
            return Optional.empty();
        }
        double times = own.get() / theirs.get();
        return Optional.of(row(
                "%s, %d ms and 1 %% lost, against libdatachannel".formatted(ours.name(), ROUND_TRIP_AGAINST_OTHERS),
                "at least %.0f times".formatted(TIMES_THE_OTHER),
                "%.1f times (%.1f to %.2f)".formatted(times, own.get(), theirs.get()),
                times >= TIMES_THE_OTHER));
    }

    static String row(String what, String wanted, String measured, boolean met) {
        return String.format(Locale.ROOT, "| %s | %s | %s | %s |%n", what, wanted, measured, met ? "yes" : "**no**");
    }
}
