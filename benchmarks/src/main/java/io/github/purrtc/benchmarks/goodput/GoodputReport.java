package io.github.purrtc.benchmarks.goodput;

import io.github.purrtc.benchmarks.emulator.Conditions;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** The tables, in Markdown. */
record GoodputReport(List<Cell> cells, int seeds, int warmupSeconds, int seconds, int fastSeconds) {
    /** The page for the docs, with the chart of that file name. */
    String page(String chart) {
        return """
                # Goodput

                How much of a path one association fills with user data: one sender, reliable and ordered messages, packets of
                1,160 bytes, in virtual time. A cell is Mbit/s of user data delivered in order, and how much of the path that is.
                The path's rate counts SCTP packets whole, so that 97.6 %% is all that user data can have.

                - Before the bottleneck waits one bandwidth-delay product at most (and at least 64 packets); what is more is dropped.
                - Loss is random, for each packet on its own, in both directions.
                - The receive window and the send buffer are eight bandwidth-delay products (and at least 16 MiB): they never limit.
                - The first %d seconds do not count, the next %d do, and %d on the fastest path. With loss, the median of %d runs.
                - SACKs are sent as if each packet came alone.

                This page is written by one command, and the same on each machine:

                    java -jar benchmarks/target/purrtc-benchmarks.jar goodput --out docs/goodput.md

                ![Goodput on the path that loses, by loss and round trip](%s)

                %s""".formatted(warmupSeconds, seconds, fastSeconds, seeds, chart, tables());
    }

    /** A table for each rate and congestion control. */
    String tables() {
        StringBuilder text = new StringBuilder(disturbances());
        for (long rate : rates()) {
            for (Control control : Control.values()) {
                List<Cell> part = select(rate, control);
                if (!part.isEmpty()) {
                    text.append(String.format("## %,d Mbit/s, %s%n%n", rate / 1_000_000, control.label()));
                    appendTable(text, part);
                }
            }
        }
        return text.toString();
    }

    /** What is true of all paths, a sentence; nothing where nothing disturbs. */
    private String disturbances() {
        Conditions all = cells.get(0).path().behindBottleneck();
        List<String> parts = new ArrayList<>();
        if (!all.jitter().isZero()) {
            parts.add("up to " + all.jitter().toMillis() + " ms of jitter each way");
        }
        if (all.burstLength() > 1) {
            parts.add("losses " + all.burstLength() + " in a row");
        }
        if (all.reordering() > 0) {
            parts.add(percent(all.reordering()) + " % held back by "
                    + all.holdBack().toMillis() + " ms");
        }
        if (all.duplication() > 0) {
            parts.add(percent(all.duplication()) + " % arriving twice");
        }
        return parts.isEmpty() ? "" : "All paths with " + String.join(", ", parts) + ".\n\n";
    }

    TreeSet<Long> rates() {
        TreeSet<Long> rates = new TreeSet<>();
        cells.forEach(cell -> rates.add(cell.path().bitsPerSecond()));
        return rates;
    }

    List<Cell> select(long rate, Control control) {
        List<Cell> part = new ArrayList<>(cells);
        part.removeIf(cell -> cell.path().bitsPerSecond() != rate || cell.control() != control);
        return part;
    }

    static String percent(double fraction) {
        double percent = Math.round(fraction * 1e6) / 1e4;
        return percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent);
    }

    private static void appendTable(StringBuilder text, List<Cell> part) {
        TreeSet<Double> losses = new TreeSet<>();
        TreeSet<Integer> roundTrips = new TreeSet<>();
        for (Cell cell : part) {
            losses.add(cell.path().loss());
            roundTrips.add(cell.path().roundTripMillis());
        }
        text.append("| round trip |");
        losses.forEach(loss -> text.append(" loss ").append(percent(loss)).append(" % |"));
        text.append("\n| ---: |").append(" ---: |".repeat(losses.size())).append('\n');
        for (int roundTrip : roundTrips) {
            text.append("| ").append(roundTrip).append(" ms |");
            for (Cell cell : part) {
                if (cell.path().roundTripMillis() == roundTrip) {
                    text.append(String.format(
                            Locale.ROOT, " %.1f (%.1f %%) |", cell.megabitsPerSecond(), cell.percentOfPath()));
                }
            }
            text.append('\n');
        }
        text.append('\n');
    }
}
