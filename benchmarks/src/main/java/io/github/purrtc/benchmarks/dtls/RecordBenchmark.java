package io.github.purrtc.benchmarks.dtls;

import io.github.purrtc.dtls.DtlsCertificate;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Records of AES-128-GCM in memory; with {@code -prof gc} it shows what they allocate. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class RecordBenchmark {
    @Param({"64", "1160"})
    int length;

    private final ExecutorService loop = Executors.newSingleThreadExecutor();
    private final DtlsCertificate certificate = DtlsCertificate.generate();
    private final DtlsEnd client = DtlsEnd.connect(loop, certificate, certificate);
    private byte[] packet = {};

    /** The handshake is over; what follows is the benchmark's thread's. */
    @Setup
    public void prepare() {
        packet = new byte[length];
        client.deliverAtOnce();
    }

    /** Ends the loop. */
    @TearDown
    public void end() {
        loop.shutdownNow();
    }

    /** One record encrypted, copied, and decrypted. */
    @Benchmark
    public long sentAndReceived() {
        client.transport.send(packet, 0, packet.length);
        return client.remote().receivedBytes;
    }
}
