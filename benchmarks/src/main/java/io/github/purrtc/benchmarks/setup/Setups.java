package io.github.purrtc.benchmarks.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.purrtc.benchmarks.emulator.Conditions;
import io.github.purrtc.benchmarks.emulator.End;
import io.github.purrtc.benchmarks.measure.Line;
import io.github.purrtc.benchmarks.process.Child;
import io.github.purrtc.benchmarks.process.Jvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two processes between which connections come to be, several at a time. What they say to each other passes through this one, which puts a
 * relay between them and delays signalling by as much as the path delays datagrams.
 */
final class Setups implements AutoCloseable {
    private static final int LIMIT_SECONDS = 60;

    private final Child offerer;
    private final Child answerer;
    private final ExecutorService turns;
    private final ScheduledExecutorService signalling = Executors.newSingleThreadScheduledExecutor();
    private final Map<Integer, UnderWay> underWay = new ConcurrentHashMap<>();
    private final AtomicInteger lastNumber = new AtomicInteger();

    private record UnderWay(Connection connection, long delayNanos, CompletableFuture<Void> heard) {}

    private Setups(Child offerer, Child answerer, int atOnce) {
        this.offerer = offerer;
        this.answerer = answerer;
        turns = Executors.newFixedThreadPool(atOnce);
    }

    static Setups start(int atOnce) throws IOException {
        Jvm jvm = Jvm.likeThis();
        Child offerer = Child.start(jvm.command(List.of("setup-peer")));
        Child answerer = Child.start(jvm.command(List.of("setup-peer")));
        Setups started = new Setups(offerer, answerer, atOnce);
        offerer.read(line -> started.carry(End.A, line, answerer));
        answerer.read(line -> started.carry(End.Z, line, offerer));
        return started;
    }

    /**
     * What each connection took to each stage, in milliseconds; one that has not come to be in a minute lacks the last.
     *
     * @param firstSeed the first path's, each one's is one more
     */
    List<Map<Stage, Double>> run(int count, Duration oneWay, double loss, boolean sctpInit, long firstSeed)
            throws InterruptedException, IOException {
        Conditions conditions = Conditions.NONE.withDelay(oneWay).withLoss(loss);
        List<Future<Map<Stage, Double>>> pending = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long seed = firstSeed + i;
            pending.add(turns.submit(() -> connect(conditions, sctpInit, seed)));
        }
        List<Map<Stage, Double>> all = new ArrayList<>();
        for (Future<Map<Stage, Double>> one : pending) {
            try {
                all.add(one.get());
            } catch (ExecutionException e) {
                throw new IOException(e.getCause());
            }
        }
        return all;
    }

    private Map<Stage, Double> connect(Conditions conditions, boolean sctpInit, long seed)
            throws IOException, InterruptedException {
        int number = lastNumber.incrementAndGet();
        try (Connection connection = new Connection(conditions, seed)) {
            CompletableFuture<Void> heard = new CompletableFuture<>();
            underWay.put(number, new UnderWay(connection, conditions.delay().toNanos(), heard));
            answerer.say(told(number, "answerer").put("sctp_init", sctpInit).toString());
            offerer.say(told(number, "offerer").put("sctp_init", sctpInit).toString());
            try {
                heard.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                System.err.println("seed " + seed + ": no message within " + LIMIT_SECONDS + " s");
            }
            offerer.say(told(number, "end").toString());
            answerer.say(told(number, "end").toString());
            underWay.remove(number);
            return connection.millis();
        }
    }

    private static Line told(int number, String type) {
        return new Line().put("connection", number).put("type", type);
    }

    private void carry(End from, JsonNode line, Child other) {
        UnderWay one = underWay.get(line.path("connection").asInt());
        if (one == null) {
            return;
        }
        if (line.has("stage")) {
            Stage stage = Stage.valueOf(line.path("stage").asText());
            one.connection.note(stage, line.path("nanos").asLong());
            if (stage == Stage.HEARD) {
                one.heard.complete(null);
            }
            return;
        }
        try {
            if (one.connection.rewriter.line(from, (ObjectNode) line)) {
                String text = line.toString();
                var unused = signalling.schedule(() -> other.say(text), one.delayNanos, TimeUnit.NANOSECONDS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        turns.shutdownNow();
        signalling.shutdownNow();
        offerer.close();
        answerer.close();
    }
}
