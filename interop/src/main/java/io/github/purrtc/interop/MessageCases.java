package io.github.purrtc.interop;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.purrtc.interop.Pair.Connected;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What is sent arrives, whole and as it was. */
final class MessageCases {
    private static final int KIB_256 = 256 << 10;
    private static final int BASE_PACKET_BYTES = 1_200;
    private static final Duration LONG = Duration.ofMinutes(5);

    private MessageCases() {}

    static List<Case> all() {
        return List.of(
                new Case("text", "text", MessageCases::text),
                new Case("binary", "binary", MessageCases::binary),
                new Case("empty", "empty messages", MessageCases::empty),
                new Case("kib-256", "256 KiB", bench -> large(bench, KIB_256, KIB_256)),
                new Case(
                        "largest",
                        "the largest each side takes",
                        bench -> large(bench, bench.scale().largestMessage, bench.scale().largestMessage)),
                new Case("bulk", "100 MB each way at once, byte for byte", MessageCases::bulk),
                new Case("path-mtu", "our packets grow with the path", MessageCases::growing));
    }

    private static String text(Bench bench) throws IOException, InterruptedException {
        Wire wire = bench.connect(Setup.USUAL).first();
        for (Peer from : List.of(bench.us(), bench.them())) {
            wire.sendText(from, "plain");
            wire.sendText(from, "Grüße, 猫, 🐈, \u0000, \u2028");
            wire.sendFilled(from, "text", 20_000);
        }
        return "";
    }

    private static String binary(Bench bench) throws IOException, InterruptedException {
        Wire wire = bench.connect(Setup.USUAL).first();
        for (Peer from : List.of(bench.us(), bench.them())) {
            for (int size : new int[] {1, 3, 1_000, 1_200, 16_384, 65_535}) {
                wire.sendFilled(from, "binary", size);
            }
        }
        return "1 to 65,535 bytes";
    }

    private static String empty(Bench bench) throws IOException, InterruptedException {
        Wire wire = bench.connect(Setup.USUAL).first();
        for (Peer from : List.of(bench.us(), bench.them())) {
            wire.sendFilled(from, "text", 0);
            wire.sendFilled(from, "binary", 0);
            wire.exchange();
        }
        return "";
    }

    private static String large(Bench bench, int toThem, int toUs) throws IOException, InterruptedException {
        Connected connected = bench.connect(Setup.USUAL);
        Pair pair = connected.pair();
        long announced = pair.maxMessageSize(bench.them());
        if (toThem == KIB_256 && announced != 0 && announced < toThem) {
            throw new CannotException("it announces `a=max-message-size:" + announced + "`");
        }
        int sent = atMost(toThem, announced);
        int received = atMost(toUs, pair.maxMessageSize(bench.us()));
        double sentSeconds = seconds(connected.first(), bench.us(), sent);
        double receivedSeconds = seconds(connected.first(), bench.them(), received);
        return "to the peer %,d bytes in %.2f s (it announces %s), to us %,d bytes in %.2f s"
                .formatted(
                        sent,
                        sentSeconds,
                        announced == 0 ? "no limit" : "%,d".formatted(announced),
                        received,
                        receivedSeconds);
    }

    private static double seconds(Wire wire, Peer from, int size) throws IOException, InterruptedException {
        long startNanos = System.nanoTime();
        wire.sendFilled(from, "binary", size, LONG);
        return (System.nanoTime() - startNanos) / 1e9;
    }

    private static int atMost(int wanted, long announced) {
        return announced == 0 ? wanted : (int) Math.min(wanted, announced);
    }

    private static String bulk(Bench bench) throws IOException, InterruptedException {
        int bytes = bench.scale().bulkBytes;
        Connected connected = bench.connect(Setup.USUAL);
        Wire wire = connected.first();
        Peer us = bench.us();
        Peer them = bench.them();
        for (Peer peer : List.of(us, them)) {
            peer.ask("sink", "channel", wire.number(peer), "bytes", bytes);
        }
        CompletableFuture<JsonNode> out = flood(wire, us, bytes);
        CompletableFuture<JsonNode> in = flood(wire, them, bytes);
        JsonNode atUs = us.await("sunk", line -> true, LONG);
        JsonNode atThem = them.await("sunk", line -> true, LONG);
        for (JsonNode sunk : List.of(atUs, atThem)) {
            Wire.require(
                    sunk.path("bad").asInt() == 0 && sunk.path("bytes").asInt() == bytes, "not what was sent: " + sunk);
        }
        Peer.get(out, LONG, "the end of our flood");
        Peer.get(in, LONG, "the end of the peer's flood");
        return "%d MB: %.1f MB/s to the peer, %.1f MB/s to us".formatted(bytes / 1_000_000, rate(atThem), rate(atUs));
    }

    /** RFC 8899: a probe was answered when data goes in packets longer than any path has to carry. */
    private static String growing(Bench bench) throws IOException, InterruptedException {
        Peer us = bench.us();
        Peer them = bench.them();
        try (PacketLog log = PacketLog.create()) {
            us.ask("log-packets", "directory", log.directory().toString());
            Wire wire = bench.connect(Setup.USUAL).first();
            wire.sendFilled(us, "binary", 16_384);
            long deadlineNanos = System.nanoTime() + Peer.LIMIT.toNanos();
            int longest = 0;
            while (longest <= BASE_PACKET_BYTES && System.nanoTime() < deadlineNanos) {
                // Many that fill a packet, whatever its length.
                them.ask("sink", "channel", wire.number(them), "bytes", 50_000);
                CompletableFuture<JsonNode> flood = flood(wire, us, 50_000, 100);
                Wire.require(them.await("sunk", line -> true).path("bad").asInt() == 0, "not what was sent");
                Peer.get(flood, Peer.LIMIT, "the end of our flood");
                longest = log.longestSent();
            }
            Wire.require(longest > BASE_PACKET_BYTES, "the longest packet has " + longest + " bytes");
            return "SCTP packets of %,d bytes".formatted(longest);
        } finally {
            us.ask("log-packets");
        }
    }

    private static CompletableFuture<JsonNode> flood(Wire wire, Peer from, int bytes) {
        return flood(wire, from, bytes, 16_384);
    }

    private static CompletableFuture<JsonNode> flood(Wire wire, Peer from, int bytes, int size) {
        return from.start("flood", "channel", wire.number(from), "bytes", bytes, "size", size);
    }

    private static double rate(JsonNode sunk) {
        return sunk.path("bytes").asDouble() / 1e3 / sunk.path("millis").asDouble();
    }
}
