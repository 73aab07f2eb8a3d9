package io.github.purrtc.benchmarks.goodput;

import java.util.List;
import java.util.Locale;

/** How paths were shared, in Markdown. */
record SharingReport(List<Sharing> sharings, int seeds, int seconds) {
    private static final double PERCENT = 100;

    /** A section with a table. */
    String section() {
        StringBuilder text = new StringBuilder("""
                ## Two flows on one path

                The first is there when the second begins, one to five seconds later by the seed; the %d seconds from then on count.
                Shares are of the user data of both, medians of %d seeds and the worst; the queue (one bandwidth-delay product) is how
                long packets waited in the run of the median.

                | path | first | second | shares | worst (seed) | of the path | queue, mean | 95 %% within |
                | --- | --- | --- | ---: | ---: | ---: | ---: | ---: |
                """.formatted(seconds, seeds));
        sharings.forEach(sharing -> text.append(row(sharing)).append('\n'));
        return text.toString();
    }

    static String row(Sharing sharing) {
        Sharing.Run median = sharing.median();
        Sharing.Run worst = sharing.worst();
        return String.format(
                Locale.ROOT,
                "| %d Mbit/s, %d ms | %s | %s | %s | %s (%d) | %.1f %% | %.1f ms | %.1f ms |",
                sharing.path().bitsPerSecond() / 1_000_000,
                sharing.path().roundTripMillis(),
                sharing.first().label(),
                sharing.second().label(),
                shares(median.firstShare()),
                shares(worst.firstShare()),
                worst.seed(),
                PERCENT * median.fill(),
                median.queueMillis(),
                median.longQueueMillis());
    }

    private static String shares(double ofFirst) {
        long first = Math.round(PERCENT * ofFirst);
        return first + " : " + (100 - first);
    }
}
