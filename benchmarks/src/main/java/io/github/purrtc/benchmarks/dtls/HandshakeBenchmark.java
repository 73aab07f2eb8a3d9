package io.github.purrtc.benchmarks.dtls;

import com.sun.management.OperatingSystemMXBean;
import io.github.purrtc.dtls.DtlsCertificate;
import io.github.purrtc.dtls.KeyAlgorithm;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A handshake of two ends in memory, and the making of a certificate. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class HandshakeBenchmark {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** The certificates and the loop. */
    @State(Scope.Benchmark)
    public static class Ends {
        @Param({"ECDSA_P256", "ECDSA_P384", "RSA_2048"})
        KeyAlgorithm keys = KeyAlgorithm.ECDSA_P256;

        final ExecutorService loop = Executors.newSingleThreadExecutor();
        private DtlsCertificate client = DtlsCertificate.generate();
        private DtlsCertificate server = client;

        /** Makes the certificates. */
        @Setup
        public void prepare() {
            client = DtlsCertificate.generate(keys);
            server = DtlsCertificate.generate(keys);
        }

        /** Ends the loop. */
        @TearDown
        public void end() {
            loop.shutdownNow();
        }
    }

    /** The processor's time, of all threads, which the time of an operation does not show; printed with each iteration. */
    @State(Scope.Thread)
    public static class Processor {
        private long startNanos;
        private long handshakes;

        /** Begins to count. */
        @Setup(Level.Iteration)
        public void begin() {
            startNanos = SYSTEM.getProcessCpuTime();
            handshakes = 0;
        }

        /** Prints milliseconds for each end. */
        @TearDown(Level.Iteration)
        public void print() {
            double millis = (SYSTEM.getProcessCpuTime() - startNanos) / 2e6 / Math.max(1, handshakes);
            System.out.printf(Locale.ROOT, "(%.2f ms of CPU a side) ", millis);
        }
    }

    /** Both ends; the compiler's work is in it while the JVM is young. */
    @Benchmark
    public Object handshake(Ends ends, Processor processor) {
        processor.handshakes++;
        return DtlsEnd.connect(ends.loop, ends.client, ends.server);
    }

    /** A key pair and its certificate. */
    @Benchmark
    public DtlsCertificate certificate(Ends ends) {
        return DtlsCertificate.generate(ends.keys);
    }
}
