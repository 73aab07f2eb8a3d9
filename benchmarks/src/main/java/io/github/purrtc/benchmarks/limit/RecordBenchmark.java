package io.github.purrtc.benchmarks.limit;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** DTLS records; one operation is one record. No record can be decrypted twice, so that decrypting is measured with encrypting. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class RecordBenchmark {
    private static final int BATCH = 64;
    private static final int ROOM_BESIDE_PLAINTEXT = 64;

    /** Bytes of plaintext: of an acknowledgement, and what fills a datagram of 1,200 bytes. */
    @Param({"28", "1160"})
    public int size;

    private byte[] plaintext = {};
    private @Nullable DtlsPair connected;

    @Setup
    public void connect() throws InterruptedException {
        plaintext = new byte[size];
        connected = DtlsPair.connect(BATCH * (size + ROOM_BESIDE_PLAINTEXT));
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void encrypt() {
        DtlsPair pair = Objects.requireNonNull(connected);
        pair.clear();
        pair.encrypt(plaintext, BATCH);
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long encryptAndDecrypt() {
        encrypt();
        DtlsPair pair = Objects.requireNonNull(connected);
        return pair.decrypt(size + pair.overhead());
    }
}
