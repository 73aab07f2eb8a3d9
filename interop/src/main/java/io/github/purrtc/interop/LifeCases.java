package io.github.purrtc.interop;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.purrtc.benchmarks.emulator.Conditions;
import io.github.purrtc.benchmarks.emulator.Relay;
import io.github.purrtc.interop.Pair.Connected;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What becomes of a connection: restarts, bad paths, ends. */
final class LifeCases {
    private static final Pattern FRAGMENT = Pattern.compile("a=ice-ufrag:(\\S+)");
    private static final double NOTICED_SECONDS = 7;
    /** RFC 7675 §5.1. */
    private static final double FAILED_SECONDS = 30;

    private static final Conditions LOSSY =
            Conditions.NONE.withDelay(Duration.ofMillis(50)).withLoss(0.05);
    private static final long SEED = 2026;
    private static final int TICK_MILLIS = 20;
    private static final double LEAST_SHARE = 0.85;
    private static final int LONGEST_GAP_MILLIS = 3_000;

    private LifeCases() {}

    static List<Case> all() {
        return List.of(
                new Case("restart-by-us", "ICE restart by us", bench -> restarted(bench, bench.us())),
                new Case("restart-by-peer", "ICE restart by the peer", bench -> restarted(bench, bench.them())),
                new Case(
                        "lossy",
                        "5 % loss, 50 ms each way, partial reliability, no stall afterwards",
                        LifeCases::lossy),
                new Case("end-by-us", "connection closed by us", bench -> ended(bench, bench.us())),
                new Case("end-by-peer", "connection closed by the peer", bench -> ended(bench, bench.them())),
                new Case("killed", "peer's process killed: noticed in 7 s, failed in 30 s", LifeCases::killed));
    }

    private static String restarted(Bench bench, Peer by) throws IOException, InterruptedException {
        Connected connected = bench.connect(Setup.USUAL);
        Pair pair = connected.pair();
        connected.first().exchange();
        String before = fragment(pair, by) + fragment(pair, pair.other(by));
        pair.negotiate(by, true);
        String after = fragment(pair, by) + fragment(pair, pair.other(by));
        Wire.require(!fragment(pair, by).isEmpty() && !before.equals(after), "the username fragments are the same");
        connected.first().exchange();
        pair.open(by, "label", "after the restart").exchange();
        return "";
    }

    private static String fragment(Pair pair, Peer of) {
        Matcher fragment = FRAGMENT.matcher(pair.description(of));
        return fragment.find() ? fragment.group(1) : "";
    }

    private static String lossy(Bench bench) throws IOException, InterruptedException {
        try (Relay relay = Relay.open(LOSSY, LOSSY, SEED)) {
            Connected connected = bench.connect(Setup.USUAL.through(relay));
            Wire partial = connected.pair().open(bench.us(), "label", "partial", "ordered", false, "maxRetransmits", 0);
            String figures = tick(bench, partial, bench.scale().onLossyPath);
            connected.first().exchange();
            tick(bench, partial, Duration.ofSeconds(1));
            return figures
                    + "; the relay lost %d of %d datagrams"
                            .formatted(
                                    relay.traffic().lost(),
                                    relay.traffic().lost() + relay.traffic().passed());
        }
    }

    /** Numbered messages go both ways for that long. */
    private static String tick(Bench bench, Wire wire, Duration time) throws IOException, InterruptedException {
        List<Peer> both = List.of(bench.us(), bench.them());
        for (Peer peer : both) {
            peer.ask("count", "channel", wire.number(peer));
        }
        CompletableFuture<JsonNode> ours = ticks(wire, bench.us(), time);
        CompletableFuture<JsonNode> theirs = ticks(wire, bench.them(), time);
        int sentByUs = sent(ours, time);
        int sentByThem = sent(theirs, time);
        // What is sent after them on this path arrives after them, or they are lost.
        return "to the peer " + counted(bench.them(), wire, sentByUs) + ", to us "
                + counted(bench.us(), wire, sentByThem);
    }

    private static CompletableFuture<JsonNode> ticks(Wire wire, Peer from, Duration time) {
        return from.start(
                "ticks", "channel", wire.number(from), "millis", time.toMillis(), "every", TICK_MILLIS, "size", 200);
    }

    private static int sent(CompletableFuture<JsonNode> ticks, Duration time) throws IOException, InterruptedException {
        return Peer.get(ticks, time.plus(Peer.LIMIT), "the end of the ticks")
                .path("sent")
                .asInt();
    }

    /** Waits until enough have come, as the last ones are still under way. */
    private static String counted(Peer at, Wire wire, int sent) throws IOException, InterruptedException {
        long deadlineNanos = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        JsonNode counted = at.ask("counted", "channel", wire.number(at));
        while (counted.path("received").asInt() < LEAST_SHARE * sent && System.nanoTime() < deadlineNanos) {
            counted = at.ask("counted", "channel", wire.number(at));
        }
        int received = counted.path("received").asInt();
        String figures = "%d of %d messages, longest gap %.0f ms"
                .formatted(received, sent, counted.path("longestGapMillis").asDouble());
        Wire.require(received >= LEAST_SHARE * sent, "too few came to " + at.name() + ": " + figures);
        Wire.require(
                counted.path("twice").asInt() == 0
                        && counted.path("longestGapMillis").asDouble() < LONGEST_GAP_MILLIS,
                at.name() + ": " + counted);
        return figures;
    }

    private static String ended(Bench bench, Peer by) throws IOException, InterruptedException {
        Connected connected = bench.connect(Setup.USUAL);
        connected.first().exchange();
        long startNanos = System.nanoTime();
        by.ask("close");
        Peer other = connected.pair().other(by);
        connected.first().awaitClosed(other);
        return "the other side's channel is closed after %.0f ms".formatted((System.nanoTime() - startNanos) / 1e6);
    }

    private static String killed(Bench bench) throws IOException, InterruptedException {
        Connected connected = bench.connect(Setup.USUAL);
        connected.first().exchange();
        long startNanos = System.nanoTime();
        bench.endThem();
        double noticed = stateAfter(bench.us(), "disconnected", startNanos);
        double failed = stateAfter(bench.us(), "failed", startNanos);
        String figures = "disconnected after %.1f s, failed after %.1f s".formatted(noticed, failed);
        Wire.require(noticed <= NOTICED_SECONDS && failed <= FAILED_SECONDS, figures);
        return figures;
    }

    private static double stateAfter(Peer at, String state, long startNanos) throws IOException, InterruptedException {
        JsonNode line = at.await("state", event -> event.path("state").asText().equals(state));
        return (line.path(Peer.HEARD).asLong() - startNanos) / 1e9;
    }
}
