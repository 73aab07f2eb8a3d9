package io.github.purrtc.benchmarks.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What is measured of each contender.
 *
 * @param id one word
 * @param arguments mode and options
 * @param ownArguments more of them for this library: what a JVM needs to be warm
 * @param contenders who takes part; nobody named means all of WebRTC
 * @param processes one, or two that are connected to each other
 */
record Measurement(
        String id, List<String> arguments, List<String> ownArguments, Set<String> contenders, Processes processes) {
    /** A measurement's processes. */
    enum Processes {
        ONE,
        /** An offerer that sends and an answerer that counts or echoes. */
        TWO
    }

    private static final Set<String> ALL = Set.of();
    private static final Set<String> PURRTC = Set.of(Contender.PURRTC);
    private static final Set<String> UDP = Set.of(Contender.UDP);
    private static final Set<String> NOT_NIO =
            Set.of(Contender.PURRTC, Contender.LIBDATACHANNEL, Contender.LIBWEBRTC, Contender.WERIFT);

    /**
     * Where two JVMs compile, on the processors that their loops keep busy, it takes six seconds on two cores; everybody gets as long. A profile is
     * of compiled code, too.
     */
    static final int LONG_WARMUP = 4;

    /** Longer than a round trip: the loops never sleep between two. */
    private static final int SPIN_MICROS = 200;

    /** All of them, for windows of that many seconds. */
    static List<Measurement> all(Scale scale) {
        String seconds = "--seconds=" + scale.seconds();
        String warmup = "--warmup=" + scale.warmupSeconds();
        String longWarmup = "--warmup=" + LONG_WARMUP * scale.warmupSeconds();
        String count = "--count=" + scale.roundTrips();
        String warmupPairs = "--warmup-pairs=" + scale.warmupPairs();
        String settle = "--settle=" + scale.settleSeconds();
        return List.of(
                one("throughput-16k", ALL, "throughput", "16384", seconds, warmup),
                one("throughput-64k", ALL, "throughput", "65536", seconds, warmup),
                one(
                        "throughput-256k",
                        Set.of(Contender.PURRTC, Contender.PURRTC_NIO, Contender.LIBDATACHANNEL, Contender.LIBWEBRTC),
                        "throughput",
                        "262144",
                        seconds,
                        warmup),
                one("small", ALL, "throughput", "64", seconds, warmup),
                one("small-unreliable", ALL, "throughput", "64", "--unreliable", seconds, warmup),
                one("latency", ALL, "latency", "64", count),
                one("latency-spin", PURRTC, "latency", "64", count, "--spin=" + SPIN_MICROS),
                one("setup", NOT_NIO, "setup", "" + scale.setups()).warmedBy(warmupPairs),
                one("first", Set.of(Contender.PURRTC, Contender.LIBWEBRTC), "first", "" + scale.freshJvms()),
                one("idle", PURRTC, "memory", "" + scale.idlePairs(), seconds).warmedBy(settle, warmupPairs),
                one("idle-few", NOT_NIO, "memory", "" + scale.fewIdlePairs(), seconds)
                        .warmedBy(settle, warmupPairs),
                one("bulk", NOT_NIO, "bulk", "" + scale.bulkPairs()).warmedBy(warmupPairs),
                one("profile-64k", PURRTC, "throughput", "65536", "--profile", seconds, longWarmup),
                one("profile-64", PURRTC, "throughput", "64", "--profile", seconds, longWarmup),
                two("two-processes", "source", "65536", seconds, longWarmup),
                two("two-processes-latency", "ping", "64", count),
                one("udp-latency", UDP, "udp-latency", "64", count),
                one("udp-one-by-one", UDP, "udp-throughput", "one-by-one", seconds, warmup),
                one("udp-bursts", UDP, "udp-throughput", "bursts", seconds, warmup),
                one("cipher", Set.of(Contender.CIPHER), "cipher", seconds, warmup));
    }

    private static Measurement one(String id, Set<String> contenders, String... arguments) {
        return new Measurement(id, List.of(arguments), List.of(), contenders, Processes.ONE);
    }

    private static Measurement two(String id, String... arguments) {
        return new Measurement(id, List.of(arguments), List.of(), ALL, Processes.TWO);
    }

    private Measurement warmedBy(String... own) {
        return new Measurement(id, arguments, List.of(own), contenders, processes);
    }

    /** In how many rounds at most. */
    int rounds() {
        return id.startsWith("profile") ? 1 : Integer.MAX_VALUE;
    }

    boolean isFor(Contender contender) {
        boolean isLimit =
                contender.name().equals(Contender.UDP) || contender.name().equals(Contender.CIPHER);
        return contenders.isEmpty() ? !isLimit : contenders.contains(contender.name());
    }

    /** With what serves a contender best. */
    List<String> argumentsFor(Contender contender) {
        List<String> all = new ArrayList<>(arguments);
        if (contender.isOwn()) {
            all.addAll(ownArguments);
        }
        if (contender.name().equals(Contender.WERIFT) && id.startsWith("small")) {
            // It goes through all that waits each time it sends.
            all.addAll(List.of("--high=1024", "--low=256"));
        }
        return all;
    }
}
