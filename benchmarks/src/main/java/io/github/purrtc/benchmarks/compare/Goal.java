package io.github.purrtc.benchmarks.compare;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What purrtc is to reach, and what it reached in this run.
 *
 * @param what in words
 * @param wanted in words
 * @param measured ratio or figure
 * @param against whose figure it was compared with
 */
record Goal(String what, String wanted, String measured, String against, Verdict verdict) {
    /** Whether it was reached. */
    enum Verdict {
        MET("yes"),
        MISSED("**no**"),
        NOT_MEASURED("not measured");

        private final String label;

        Verdict(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    private static final Set<String> PEERS = Set.of(Contender.LIBDATACHANNEL, Contender.LIBWEBRTC, Contender.WERIFT);

    /** All of them, in the order in which they were set. */
    static List<Goal> check(Results results) {
        Checks checks = new Checks(results);
        return List.of(
                checks.timesBest("64 KiB messages, one process", "throughput-64k", Contender.PURRTC, "MBps", 5),
                checks.shareOfLeast("CPU per GB of 64 KiB messages", "throughput-64k", "cpu_s_per_GB", 1 / 3.0),
                checks.timesBest("64 KiB messages, two processes", "two-processes", Contender.PURRTC, "MBps", 4),
                checks.timesBest("64 KiB messages by NIO alone", "throughput-64k", Contender.PURRTC_NIO, "MBps", 2),
                checks.timesBest("64-byte messages", "small", Contender.PURRTC, "msgs_s", 5),
                checks.timesBest(
                        "64-byte messages, unordered, not retransmitted",
                        "small-unreliable",
                        Contender.PURRTC,
                        "msgs_s",
                        5),
                checks.timesUdp("64-byte round trip, median", "p50_us", 1.3),
                checks.timesUdp("64-byte round trip, 99th percentile", "p99_us", 3),
                checks.belowLeast("the same with a spinning loop, median", "latency-spin", "latency", "p50_us"),
                checks.belowLeast("offer to open, median", "setup", "setup", "setup_ms/median"),
                checks.atMost("first connection of a fresh JVM, offer to open", "first", "first_ms/median", 700, "ms"),
                checks.atMost(
                        "the same from before the library was touched", "first", "firstWithCtor_ms/median", 700, "ms"),
                checks.atMost("an idle connection", "idle", checks.idle("kB_per_connection"), 64, "KB"),
                checks.atMost(
                        "1,000 idle connections", "idle", checks.idle("idle_cpu_percent_per_1000"), 2, "% of a core"),
                checks.noThreads(),
                checks.timesBest("pairs a second, ten at a time", "bulk", Contender.PURRTC, "pairs_per_s", 1),
                checks.atMost("CPU of such a pair", "bulk", "cpu_ms_per_pair", 6, "ms"),
                checks.atMost(
                        "garbage of a packet outside cryptography, 64 KiB messages",
                        "profile-64k",
                        "profile/own_garbage_per_packet",
                        200,
                        "bytes"),
                checks.atMost(
                        "the same, 64-byte messages", "profile-64", "profile/own_garbage_per_packet", 200, "bytes"));
    }

    /** The comparisons of a run. */
    private record Checks(Results results) {
        private record Rival(String name, double value) {}

        private Optional<Double> median(String measurement, String contender, String figure) {
            return results.spread(measurement, contender, figure).map(Spread::median);
        }

        private Stream<Rival> rivals(String measurement, String figure) {
            return PEERS.stream()
                    .flatMap(name -> median(measurement, name, figure).map(value -> new Rival(name, value)).stream());
        }

        private static Goal goal(String what, String wanted, String measured, String against, boolean met) {
            return new Goal(what, wanted, measured, against, met ? Verdict.MET : Verdict.MISSED);
        }

        private static Goal missing(String what, String wanted) {
            return new Goal(what, wanted, "", "", Verdict.NOT_MEASURED);
        }

        Goal timesBest(String what, String measurement, String contender, String figure, double times) {
            String wanted = "at least %s times the best of the others".formatted(Spread.number(times));
            Optional<Rival> best = rivals(measurement, figure).max(Comparator.comparingDouble(Rival::value));
            return ratio(what, wanted, median(measurement, contender, figure), best, times, Double.MAX_VALUE);
        }

        Goal shareOfLeast(String what, String measurement, String figure, double share) {
            String wanted = "at most %s of the least of the others".formatted(Spread.number(share));
            Optional<Rival> least = rivals(measurement, figure).min(Comparator.comparingDouble(Rival::value));
            return ratio(what, wanted, median(measurement, Contender.PURRTC, figure), least, 0, share);
        }

        Goal belowLeast(String what, String measurement, String others, String figure) {
            Optional<Rival> least = rivals(others, figure).min(Comparator.comparingDouble(Rival::value));
            return ratio(
                    what,
                    "below the others",
                    median(measurement, Contender.PURRTC, figure),
                    least,
                    0,
                    Math.nextDown(1.0));
        }

        Goal timesUdp(String what, String figure, double times) {
            Optional<Rival> udp =
                    median("udp-latency", Contender.UDP, figure).map(value -> new Rival(Contender.UDP, value));
            String wanted = "at most %s times plain UDP between blocking sockets".formatted(Spread.number(times));
            return ratio(what, wanted, median("latency", Contender.PURRTC, figure), udp, 0, times);
        }

        private static Goal ratio(
                String what, String wanted, Optional<Double> own, Optional<Rival> other, double least, double most) {
            if (own.isEmpty() || other.isEmpty()) {
                return missing(what, wanted);
            }
            double ratio = own.get() / other.get().value();
            String measured = "%s times (%s to %s)"
                    .formatted(
                            Spread.number(ratio),
                            Spread.number(own.get()),
                            Spread.number(other.get().value()));
            return goal(what, wanted, measured, other.get().name(), ratio >= least && ratio <= most);
        }

        Goal atMost(String what, String measurement, String figure, double most, String unit) {
            String wanted = "at most %s %s".formatted(Spread.number(most), unit);
            return median(measurement, Contender.PURRTC, figure)
                    .map(value -> goal(what, wanted, Spread.number(value) + " " + unit, "", value <= most))
                    .orElse(missing(what, wanted));
        }

        /** The figure of idle pairs, however many there were. */
        String idle(String figure) {
            return results.objectsIn("idle", Contender.PURRTC).stream()
                            .findFirst()
                            .orElse("none")
                    + "/" + figure;
        }

        Goal noThreads() {
            String wanted = "no thread for them";
            return median("idle", Contender.PURRTC, idle("threads_begun"))
                    .map(begun -> goal(
                            "threads of idle connections",
                            wanted,
                            Spread.number(begun) + " begun with them",
                            "",
                            begun == 0))
                    .orElse(missing("threads of idle connections", wanted));
        }
    }
}
