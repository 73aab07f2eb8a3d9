package io.github.purrtc.benchmarks.association;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/** Messages through two associations, in one thread; one operation is one message delivered. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 7, time = 1)
@Fork(3)
public class AssociationBenchmark {
    static final int LARGE = 65_536;
    static final int SMALL = 64;
    private static final int LARGE_BATCH = 64;
    private static final int SMALL_BATCH = 16_384;
    private static final long SEND_BUFFER = 1 << 20;

    /** The pair for large messages. */
    @State(Scope.Thread)
    public static class LargeMessages {
        final AssociationPair pair = new AssociationPair(LARGE, SEND_BUFFER);

        /** Nothing is lost in memory: else it is not this that is measured. */
        @TearDown
        public void check() {
            requireNoRetransmission(pair);
        }
    }

    /** The pair for small messages. */
    @State(Scope.Thread)
    public static class SmallMessages {
        final AssociationPair pair = new AssociationPair(SMALL, SEND_BUFFER);

        /** As with the large ones. */
        @TearDown
        public void check() {
            requireNoRetransmission(pair);
        }
    }

    /** What JMH reports as rates beside the messages. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Rates {
        /** Both directions. */
        public long packets;
        /** User data. */
        public long bytes;

        /** Before each iteration. */
        @Setup(org.openjdk.jmh.annotations.Level.Iteration)
        public void clear() {
            packets = 0;
            bytes = 0;
        }
    }

    @Benchmark
    @OperationsPerInvocation(LARGE_BATCH)
    public void large(LargeMessages state, Rates rates) {
        deliver(state.pair, LARGE_BATCH, LARGE, rates);
    }

    @Benchmark
    @OperationsPerInvocation(SMALL_BATCH)
    public void small(SmallMessages state, Rates rates) {
        deliver(state.pair, SMALL_BATCH, SMALL, rates);
    }

    private static void deliver(AssociationPair pair, int messages, int size, Rates rates) {
        long before = pair.packets();
        pair.deliver(messages);
        rates.packets += pair.packets() - before;
        rates.bytes += (long) messages * size;
    }

    private static void requireNoRetransmission(AssociationPair pair) {
        if (pair.retransmissions() > 0) {
            throw new IllegalStateException("retransmissions: " + pair.retransmissions());
        }
    }
}
