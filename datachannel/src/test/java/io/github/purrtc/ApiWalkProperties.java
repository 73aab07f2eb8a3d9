package io.github.purrtc;

import io.github.purrtc.SignalingModel.Operation;
import io.github.purrtc.ice.NetworkOptions;
import io.github.purrtc.testing.Await;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * Any calls in any order on two connections that talk to each other. In turn, each from any thread, they are held against a model; at once,
 * from several threads, each has its result or an error of the standard's. In the end everything is closed, and nothing stays behind.
 */
class ApiWalkProperties {
    private static final int TRIES = 100;
    private static final int LONGEST_WALK = 40;
    private static final int OTHER_THREADS = 3;
    private static final String OPENED = "channels opened";
    private static final Configuration LOOPBACK =
            Configuration.builder().includeLoopback(true).build();

    private static final WalkingPeer.Walker CALLER =
            call -> CompletableFuture.completedStage(null).thenCompose(nothing -> call.get());

    private static WebRtc webRtc;
    private static ExecutorService threads;
    private static ExecutorService walkerThreads;
    private static int threadsBefore;

    @BeforeContainer
    static void open() {
        // What is made once for the whole JVM is made by the first connection.
        PeerPair first = new PeerPair();
        first.connect().close();
        threadsBefore = Thread.activeCount();
        webRtc = WebRtc.open(new WebRtcOptions(NetworkOptions.defaults().withThreads(2)));
        threads = Executors.newFixedThreadPool(OTHER_THREADS);
        walkerThreads = Executors.newFixedThreadPool(OTHER_THREADS);
    }

    @AfterContainer
    static void nothingStaysBehind() {
        threads.shutdown();
        walkerThreads.shutdown();
        webRtc.close();
        Await.until("all threads have ended", () -> Thread.activeCount() <= threadsBefore);
        assertEquals(List.of(), LeakRecorder.leaks());
    }

    private enum Side {
        A,
        Z
    }

    private enum Beginning {
        FRESH,
        CONNECTED
    }

    /** Where a call is made. */
    private enum On {
        CALLER,
        OTHER_THREAD,
        LOOP
    }

    /** Two connections under a walk. */
    private static final class Pair {
        private final WalkingPeer a;
        private final WalkingPeer z;

        Pair(WalkingPeer.Company company, Beginning beginning) {
            PeerPair connections = new PeerPair(webRtc, LOOPBACK);
            a = new WalkingPeer(connections.a, company);
            z = new WalkingPeer(connections.z, company);
            connections.trickle();
            if (beginning == Beginning.CONNECTED) {
                a.createChannel(DataChannelOptions.DEFAULT, CALLER);
                connections.connect();
                Await.until("connected", () -> a.opened() + z.opened() == 2);
            }
        }

        void take(Step step) {
            WalkingPeer self = step.side == Side.A ? a : z;
            WalkingPeer other = step.side == Side.A ? z : a;
            step.call.make(self, other, step.walker(self));
            a.check();
            z.check();
        }

        void end() {
            a.end();
            z.end();
            Statistics.label(OPENED).collect(a.opened() + z.opened() > 0);
        }
    }

    /** One call. */
    private record Step(Side side, On on, String name, Call call) {
        WalkingPeer.Walker walker(WalkingPeer self) {
            return call -> switch (on) {
                case CALLER -> CALLER.call(call);
                case OTHER_THREAD ->
                    CompletableFuture.supplyAsync(call, threads).thenCompose(stage -> stage);
                case LOOP ->
                    CompletableFuture.supplyAsync(call, self.connection.executor())
                            .thenCompose(stage -> stage);
            };
        }

        @Override
        public String toString() {
            return side + " " + name + " on " + on;
        }
    }

    private interface Call {
        void make(WalkingPeer self, WalkingPeer other, WalkingPeer.Walker walker);
    }

    @Provide
    Arbitrary<Step> steps() {
        return Combinators.combine(Arbitraries.of(Side.class), Arbitraries.of(On.class), calls())
                .as((side, on, call) -> new Step(side, on, call.get1(), call.get2()));
    }

    private static Arbitrary<Tuple2<String, Call>> calls() {
        List<Tuple2<Integer, Arbitrary<Tuple2<String, Call>>>> calls = new ArrayList<>();
        for (Operation operation : Operation.values()) {
            boolean withText = operation.name().matches("SET_REMOTE_(OFFER|PRANSWER|ANSWER)");
            int weight = operation == Operation.SET_LOCAL_IMPLICIT ? 6 : 1;
            if (!withText) {
                calls.add(call(weight, operation.name(), (self, other, walker) -> self.walk(operation, walker, null)));
            }
        }
        calls.add(call(12, "SET_REMOTE", (self, other, walker) -> self.walkToDescriptionOf(other, walker)));
        calls.add(call(4, "negotiate", (self, other, walker) -> {
            self.walk(Operation.SET_LOCAL_IMPLICIT, walker, null);
            other.walkToDescriptionOf(self, walker);
            other.walk(Operation.SET_LOCAL_IMPLICIT, walker, null);
            self.walkToDescriptionOf(other, walker);
        }));
        calls.add(call(2, "addIceCandidate", (self, other, walker) -> self.endCandidates(walker)));
        calls.add(call(2, "restartIce", (self, other, walker) -> walker.run(self.connection::restartIce)));
        calls.add(call(1, "getStats", (self, other, walker) -> PeerPair.get(walker.call(self.connection::getStats))));
        calls.add(call(1, "close", (self, other, walker) -> self.closeSeldom(walker)));
        calls.add(Tuple.of(
                6,
                Arbitraries.integers()
                        .between(40, 42)
                        .injectNull(0.6)
                        .map(id -> Tuple.of(
                                "createDataChannel " + id,
                                (self, other, walker) -> self.createChannel(options(id), walker)))));
        calls.add(Tuple.of(
                8,
                Arbitraries.integers()
                        .between(0, 9)
                        .map(which -> Tuple.of("send " + which, (self, other, walker) -> self.send(which, walker)))));
        calls.add(Tuple.of(
                4,
                Arbitraries.integers()
                        .between(0, 9)
                        .map(which -> Tuple.of(
                                "close channel " + which, (self, other, walker) -> self.closeChannel(which, walker)))));
        return Arbitraries.frequencyOf(calls);
    }

    private static Tuple2<Integer, Arbitrary<Tuple2<String, Call>>> call(int weight, String name, Call call) {
        return Tuple.of(weight, Arbitraries.just(Tuple.of(name, call)));
    }

    private static DataChannelOptions options(@Nullable Integer id) {
        return id == null
                ? DataChannelOptions.DEFAULT
                : DataChannelOptions.builder().negotiated(id).build();
    }

    @Provide
    Arbitrary<ActionChain<Pair>> walks() {
        return Arbitraries.of(Beginning.class).flatMap(this::walksFrom);
    }

    private Arbitrary<ActionChain<Pair>> walksFrom(Beginning beginning) {
        Action.Independent<Pair> step =
                () -> steps().map(next -> Transformer.mutate(next.toString(), pair -> pair.take(next)));
        return ActionChain.startWith(() -> new Pair(WalkingPeer.Company.ALONE, beginning))
                .withAction(step)
                .withMaxTransformations(LONGEST_WALK);
    }

    @Property(tries = TRIES)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void inTurnEachCallDoesWhatTheStandardSays(@ForAll("walks") ActionChain<Pair> walk) {
        walk.run().end();
        requireVariety();
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void atOnceEachCallHasItsEnd(
            @ForAll Beginning beginning,
            @ForAll @Size(3) List<@Size(min = 5, max = 20) List<@From("steps") Step>> walks) {
        Pair pair = new Pair(WalkingPeer.Company.TOGETHER, beginning);
        CompletableFuture<?>[] walkers = walks.stream()
                .map(walk -> CompletableFuture.runAsync(() -> walk.forEach(pair::take), walkerThreads))
                .toArray(CompletableFuture[]::new);
        PeerPair.get(CompletableFuture.allOf(walkers));
        pair.end();
        requireVariety();
    }

    /** Else the walks would go nowhere. */
    private static void requireVariety() {
        Statistics.label(OPENED).coverage(walks -> walks.check(true).count(count -> count > 0));
    }
}
