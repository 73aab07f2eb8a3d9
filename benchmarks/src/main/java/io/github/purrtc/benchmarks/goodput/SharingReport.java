package io.github.purrtc.benchmarks.goodput;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How paths were shared, in Markdown. */
record SharingReport(List<Sharing> sharings, int seeds, int seconds) {
    private static final double PERCENT = 100;

    /** With a table for each length of the queue. */
    String page() {
        StringBuilder text = new StringBuilder("""
                # Two flows on one path

                How two associations that have much to send share a path without losses of its own, in virtual time. The first is there when
                the second begins: at once, after five or ten seconds by turns of the seeds; the %d seconds from then on count. Shares are of the
                user data of both, the median of %d seeds and the worst. The queue is how long half of the packets waited before the bottleneck
                in the run of the median, and 99 of 100.

                The median was no worse than 60 : 40 in %d of the %d rows, and no seed was worse in %d; the others' worst is marked. On the
                longest paths a window of NewReno's takes longer to rise and fall than the time that counts: beside itself it is no better there.

                This page is written by one command, and the same on each machine:

                    java -jar benchmarks/target/purrtc-benchmarks.jar fairness --out docs/fairness.md
                """.formatted(
                        seconds,
                        seeds,
                        sharings.stream().filter(Sharing::isFairInTheMedian).count(),
                        sharings.size(),
                        sharings.stream().filter(Sharing::isFair).count()));
        Map<Double, List<Sharing>> byQueue = new LinkedHashMap<>();
        for (Sharing sharing : sharings) {
            byQueue.computeIfAbsent(sharing.path().queueProducts(), queue -> new ArrayList<>())
                    .add(sharing);
        }
        byQueue.forEach((queue, rows) -> text.append(table(queue, rows)));
        return text.toString();
    }

    private static String table(double queue, List<Sharing> rows) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT, """

                ## A queue of %s bandwidth-delay products, 64 packets at least

                | path | first | second | shares | worst (seed) | of the path | queue, half | 99 of 100 |
                | --- | --- | --- | ---: | ---: | ---: | ---: | ---: |
                """, BigDecimal.valueOf(queue).stripTrailingZeros().toPlainString()));
        rows.forEach(row -> text.append(row(row)).append('\n'));
        return text.toString();
    }

    static String row(Sharing sharing) {
        Sharing.Run median = sharing.median();
        Sharing.Run worst = sharing.worst();
        return String.format(
                Locale.ROOT,
                "| %d Mbit/s, %d ms | %s | %s | %s | %s | %.1f %% | %.1f ms | %.1f ms |",
                sharing.path().bitsPerSecond() / 1_000_000,
                sharing.path().roundTripMillis(),
                sharing.first().label(),
                sharing.second().label(),
                shares(median.firstShare()),
                (sharing.isFair() ? "%s (%d)" : "**%s** (%d)").formatted(shares(worst.firstShare()), worst.seed()),
                PERCENT * median.fill(),
                median.queueMillis(),
                median.longQueueMillis());
    }

    private static String shares(double ofFirst) {
        long first = Math.round(PERCENT * ofFirst);
        return first + " : " + (100 - first);
    }
}
