package io.github.purrtc.benchmarks.curves;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.purrtc.benchmarks.emulator.Conditions;
import io.github.purrtc.benchmarks.emulator.End;
import io.github.purrtc.benchmarks.emulator.Relay;
import io.github.purrtc.benchmarks.process.Child;
import io.github.purrtc.benchmarks.process.Jvm;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What the relay itself does to plain datagrams between two other processes, at nine tenths of the rate and at more than it.
 *
 * @param below what arrived when the path was not full
 * @param above what arrived when it was
 */
record RelayCheck(Network network, JsonNode below, JsonNode above) {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final double BELOW = 0.9;
    private static final double ABOVE = 1.2;

    static RelayCheck run(Network network, File log) throws IOException, InterruptedException {
        return new RelayCheck(network, flood(network, BELOW, log), flood(network, ABOVE, log));
    }

    private static JsonNode flood(Network network, double share, File log) throws IOException, InterruptedException {
        Conditions conditions = network.conditions();
        CompletableFuture<Integer> port = new CompletableFuture<>();
        CompletableFuture<JsonNode> result = new CompletableFuture<>();
        List<String> receive = Jvm.likeThis().command(List.of("probe", "receive"));
        try (Relay relay = Relay.open(conditions, conditions, 1);
                Child receiver = Child.start(receive, log)) {
            receiver.read(line -> {
                if (line.has("port")) {
                    port.complete(line.path("port").asInt());
                } else {
                    result.complete(line);
                }
            });
            InetSocketAddress target = new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), port.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
            int front = relay.standFor(End.Z, target).getPort();
            double megabits = share * network.megabits();
            try (Child sender =
                    Child.start(Jvm.likeThis().command(List.of("probe", "send", "" + front, "" + megabits)), log)) {
                JsonNode found = result.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
                sender.awaitEnd();
                return found;
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the relay's check: " + e, e);
        }
    }

    String text() {
        return """
                The relay itself, with plain datagrams of 1,200 bytes between two processes on this path (%d Mbit/s, %d ms): of %.0f Mbit/s \
                sent %.2f arrive, each after %.2f ms (median; 99 of 100 within %.2f ms), of %.0f Mbit/s sent %.2f arrive.
                """.formatted(
                        network.megabits(),
                        network.roundTripMillis(),
                        BELOW * network.megabits(),
                        below.path("megabits").asDouble(),
                        below.path("p50_us").asDouble() / 1e3,
                        below.path("p99_us").asDouble() / 1e3,
                        ABOVE * network.megabits(),
                        above.path("megabits").asDouble());
    }
}
