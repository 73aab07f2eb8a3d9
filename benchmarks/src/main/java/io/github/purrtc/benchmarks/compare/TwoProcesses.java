package io.github.purrtc.benchmarks.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.purrtc.benchmarks.emulator.CandidateRewriter;
import io.github.purrtc.benchmarks.emulator.End;
import io.github.purrtc.benchmarks.emulator.Relay.Carried;
import io.github.purrtc.benchmarks.process.Child;
import org.jspecify.annotations.Nullable;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Two processes that are connected to each other: carries what they say across, and gathers what they find. */
public final class TwoProcesses implements AutoCloseable {
    private static final Map<String, String> OTHERS = Map.of("ping", "echo", "beside", "beside");
    private static final String BYE = "{\"type\":\"bye\"}";

    private final Child offerer;
    private final Child answerer;
    private final @Nullable CandidateRewriter rewriter;
    private @Nullable Goodput goodput;
    private final ForeignLoad foreign = new ForeignLoad();
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final CompletableFuture<JsonNode> result = new CompletableFuture<>();
    private final ObjectNode versions = JsonNodeFactory.instance.objectNode();
    private final List<Stat> stats = new ArrayList<>();
    private long beginNanos;
    private double beginCpuSeconds;

    /**
     * How long is waited.
     *
     * @param open until the channel is open, at most
     * @param result from then on, at most
     * @param rest for what is under way at the end, where there is a relay
     */
    public record Waits(Duration open, Duration result, Duration rest) {}

    /** What a sink had received at a moment of the window. */
    private record Stat(long nanos, long bytes, long messages) {}

    private TwoProcesses(Child offerer, Child answerer, @Nullable CandidateRewriter rewriter) throws IOException {
        this.offerer = offerer;
        this.answerer = answerer;
        this.rewriter = rewriter;
    }

    /**
     * Measures, and returns what was found, and as {@code foreign_share} what other programs took of the machine meanwhile.
     *
     * @param part what the offerer does, with its options; the answerer does what belongs to it
     * @param rewriter puts a relay between them; null for none
     */
    public static JsonNode measure(
            Contender offering,
            Contender answering,
            List<String> part,
            @Nullable CandidateRewriter rewriter,
            Waits waits,
            File log)
            throws IOException, InterruptedException {
        String other = OTHERS.getOrDefault(part.get(0), "sink");
        List<String> offer = new ArrayList<>(List.of("signal", "offer"));
        offer.addAll(part);
        try (TwoProcesses both = new TwoProcesses(
                Child.start(offering.command(offer), log),
                Child.start(answering.command(List.of("signal", "answer", other)), log),
                rewriter)) {
            return both.run(waits);
        }
    }

    private JsonNode run(Waits waits) throws IOException, InterruptedException {
        Thread ofOfferer = offerer.read(line -> hear(End.A, line, answerer));
        Thread ofAnswerer = answerer.read(line -> hear(End.Z, line, offerer));
        offerer.onEnd(() -> fail(new IOException("the offering process ended early")));
        answerer.onEnd(() -> fail(new IOException("the answering process ended early")));
        try {
            await(opened, waits.open, "no channel was open");
            ObjectNode all = complete(await(result, waits.result, "no result"));
            if (rewriter != null) {
                TimeUnit.NANOSECONDS.sleep(waits.rest.toNanos());
                all.put("goodput_MBps", goodput() / 1e6);
            }
            offerer.say(BYE);
            answerer.say(BYE);
            if (offerer.awaitEnd() && answerer.awaitEnd()) {
                ofOfferer.join();
                ofAnswerer.join();
            }
            return all;
        } catch (ExecutionException e) {
            throw new IOException(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
        }
    }

    private static <T> T await(CompletableFuture<T> future, Duration limit, String otherwise)
            throws IOException, InterruptedException, ExecutionException {
        try {
            return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException(otherwise + " after " + limit.toSeconds() + " s", e);
        }
    }

    private void fail(IOException cause) {
        opened.completeExceptionally(cause);
        result.completeExceptionally(cause);
    }

    private synchronized void hear(End from, JsonNode line, Child other) {
        switch (line.path("event").asText()) {
            case "" -> carry(from, (ObjectNode) line, other);
            case "version" ->
                versions.put(
                        from == End.A ? "version" : "version_other",
                        line.path("version").asText());
            case "open" -> opened.complete(null);
            case "begin" -> {
                beginNanos = System.nanoTime();
                beginCpuSeconds = offerer.cpuSeconds() + answerer.cpuSeconds();
                stats.clear();
                if (rewriter != null) {
                    rewriter.relay().forgetDelays();
                    goodput = new Goodput(rewriter.relay().carried(End.Z));
                }
            }
            case "stat" -> {
                Stat stat = new Stat(
                        System.nanoTime(),
                        line.path("bytes").asLong(),
                        line.path("msgs").asLong());
                stats.add(stat);
                if (rewriter != null && goodput != null) {
                    goodput.handedOut(stat.bytes, rewriter.relay().carried(End.Z));
                }
            }
            case "result" -> result.complete(line);
            case "error" -> fail(new IOException(line.path("error").asText()));
            default -> {}
        }
    }

    private void carry(End from, ObjectNode line, Child other) {
        try {
            if (rewriter == null || rewriter.line(from, line)) {
                other.say(line.toString());
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    /** The result with what was counted from the first second of the window to its end. */
    private synchronized ObjectNode complete(JsonNode found) throws IOException {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.setAll((ObjectNode) found);
        all.setAll(versions);
        if (rewriter != null && goodput != null) {
            Carried carried = rewriter.relay().carried(End.Z);
            goodput.end(carried);
            all.put("datagram_bytes", carried.greatestDatagramBytes());
            all.set("relay", rewriter.relay().report());
        }
        all.put("foreign_share", foreign.share());
        double seconds = (System.nanoTime() - beginNanos) / 1e9;
        double cpuSeconds = offerer.cpuSeconds() + answerer.cpuSeconds() - beginCpuSeconds;
        if (stats.size() > 1) {
            Stat first = stats.get(0);
            Stat last = stats.get(stats.size() - 1);
            double elapsed = (last.nanos - first.nanos) / 1e9;
            double bytesPerSecond = (last.bytes - first.bytes) / elapsed;
            all.put("MBps", bytesPerSecond / 1e6);
            all.put("msgs_s", (last.messages - first.messages) / elapsed);
            all.put("cpu_s_per_GB", cpuSeconds / (bytesPerSecond * seconds / 1e9));
        }
        return all;
    }

    private synchronized double goodput() {
        return goodput == null ? 0 : goodput.bytesPerSecond();
    }

    @Override
    public void close() {
        offerer.close();
        answerer.close();
    }
}
