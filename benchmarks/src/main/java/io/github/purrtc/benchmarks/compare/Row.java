package io.github.purrtc.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;

/**
 * A line of the table.
 *
 * @param label what it is, with its unit
 * @param figure as {@link Results#spread} takes it
 * @param place where it is shown
 */
record Row(String label, String measurement, String figure, Place place) {
    /** Where a line is shown. */
    enum Place {
        /** In the summary and the whole table. */
        SUMMARY,
        /** In the whole table only. */
        TABLE
    }

    static final List<Row> ALL = List.of(
            table("16 KiB messages, MB/s", "throughput-16k", "MBps"),
            summary("64 KiB messages, MB/s", "throughput-64k", "MBps"),
            table("256 KiB messages, MB/s", "throughput-256k", "MBps"),
            summary("CPU seconds per GB, at 64 KiB", "throughput-64k", "cpu_s_per_GB"),
            summary("64 KiB messages in two processes, MB/s", "two-processes", "MBps"),
            table("CPU seconds per GB in two processes", "two-processes", "cpu_s_per_GB"),
            summary("64-byte messages per second", "small", "msgs_s"),
            summary("the same, unordered and not retransmitted", "small-unreliable", "msgs_s"),
            summary("64-byte round trip, median, µs", "latency", "p50_us"),
            table("90th percentile, µs", "latency", "p90_us"),
            summary("99th percentile, µs", "latency", "p99_us"),
            table("with spinning loops, median, µs", "latency-spin", "p50_us"),
            table("99th percentile, µs", "latency-spin", "p99_us"),
            table("round trip in two processes, median, µs", "two-processes-latency", "p50_us"),
            table("99th percentile, µs", "two-processes-latency", "p99_us"),
            summary("offer to open, ms", "setup", "setup_ms/median"),
            table("90th percentile, ms", "setup", "setup_ms/p90"),
            table("first connection of a fresh JVM, offer to open, ms", "first", "first_ms/median"),
            table("the same from before the library was touched, ms", "first", "firstWithCtor_ms/median"),
            summary("pairs connected per second, ten at a time", "bulk", "pairs_per_s"),
            summary("CPU per pair, ms", "bulk", "cpu_ms_per_pair"));

    private static Row summary(String label, String measurement, String figure) {
        return new Row(label, measurement, figure, Place.SUMMARY);
    }

    private static Row table(String label, String measurement, String figure) {
        return new Row(label, measurement, figure, Place.TABLE);
    }

    /** What idle pairs hold, however many there were. */
    static List<Row> idle(Results results) {
        List<Row> rows = new ArrayList<>();
        for (String measurement : List.of("idle-few", "idle")) {
            String pairs = results.contenders(measurement).stream()
                    .flatMap(contender -> results.objectsIn(measurement, contender).stream())
                    .findFirst()
                    .orElse("none");
            String many = pairs.replace("pairs", "") + " idle pairs: ";
            rows.add(new Row(
                    many + "KB a connection (heap and native)",
                    measurement,
                    pairs + "/kB_per_connection",
                    Place.SUMMARY));
            rows.add(new Row(
                    many + "CPU per 1,000 connections, % of a core",
                    measurement,
                    pairs + "/idle_cpu_percent_per_1000",
                    Place.SUMMARY));
            rows.add(new Row(many + "threads", measurement, pairs + "/threads", Place.TABLE));
            rows.add(new Row(many + "threads begun with them", measurement, pairs + "/threads_begun", Place.TABLE));
            rows.add(new Row(
                    many + "wake-ups of a connection a minute",
                    measurement,
                    pairs + "/wake_ups_per_connection_minute",
                    Place.TABLE));
        }
        return rows;
    }
}
