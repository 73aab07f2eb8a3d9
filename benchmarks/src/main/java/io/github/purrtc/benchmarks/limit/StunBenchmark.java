package io.github.purrtc.benchmarks.limit;

import io.github.purrtc.ice.IceRole;
import io.github.purrtc.ice.internal.stun.ShortTermKey;
import io.github.purrtc.ice.internal.stun.StunClass;
import io.github.purrtc.ice.internal.stun.StunDecoder;
import io.github.purrtc.ice.internal.stun.StunEncoder;
import io.github.purrtc.ice.internal.stun.StunMessage;
import io.github.purrtc.ice.internal.stun.TransactionId;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/** Connectivity checks written and read, with integrity and fingerprint: what idle connections do. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class StunBenchmark {
    private final ShortTermKey key = new ShortTermKey("aPasswordOf22Characters");
    private final ByteBuffer check = ByteBuffer.wrap(encode());

    @Benchmark
    public final byte[] encode() {
        return new StunEncoder(StunClass.REQUEST, new TransactionId(1, 2))
                .username("theirs:ours")
                .priority(1_845_501_695)
                .role(IceRole.CONTROLLING, 3)
                .integrity(key)
                .fingerprint()
                .toBytes();
    }

    @Benchmark
    public final boolean decode() {
        if (StunDecoder.decode(check.duplicate()) instanceof StunMessage message && message.isAuthentic(key)) {
            return message.hasFingerprint();
        }
        throw new IllegalStateException("not what was encoded");
    }
}
