package io.github.purrtc.sctp;

import io.github.purrtc.sctp.internal.Deadline;
import io.github.purrtc.sctp.packet.Bytes;
import io.github.purrtc.sctp.packet.HeartbeatAckChunk;
import io.github.purrtc.sctp.packet.HeartbeatChunk;
import io.github.purrtc.sctp.packet.HeartbeatInfoParameter;
import io.github.purrtc.sctp.packet.Parameter;
import io.github.purrtc.sctp.tx.RetransmissionTimeout;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.random.RandomGenerator;

/** Asks an idle peer whether it is still there: RFC 9260 §8.3. */
final class Heartbeat {
    private static final int INFO_LENGTH = 16;

    private final long intervalNanos;
    private final RandomGenerator random;
    private final RetransmissionTimeout timeout;
    private final Deadline deadline = new Deadline();
    /** The answer that is waited for. */
    private @Nullable Bytes expected;

    private long sentAtNanos;
    private long lastActivityNanos;

    Heartbeat(long intervalNanos, RandomGenerator random, RetransmissionTimeout timeout) {
        this.intervalNanos = intervalNanos;
        this.random = random;
        this.timeout = timeout;
    }

    /**
     * Data is on its way, or the association is new: the next heartbeat is a whole interval away. Costs nothing: the deadline is set
     * right when it passes.
     */
    void postpone(long nowNanos) {
        lastActivityNanos = nowNanos;
        if (intervalNanos > 0 && !deadline.isArmed()) {
            deadline.arm(nowNanos, jitteredDelay());
        }
    }

    long deadlineNanos() {
        return deadline.atNanos();
    }

    /**
     * The HEARTBEAT to send now, or null.
     *
     * @param idle whether no data is in flight that tells as much
     */
    @Nullable
    HeartbeatChunk onTimeout(long nowNanos, boolean idle, ErrorCounter errors) {
        if (!deadline.expire(nowNanos)) {
            return null;
        }
        if (expected != null) {
            // §8.3: not acknowledged within one RTO.
            expected = null;
            errors.increment();
            timeout.backOff();
            deadline.arm(nowNanos, jitteredDelay());
            return null;
        }
        if (!idle || nowNanos - lastActivityNanos < intervalNanos) {
            deadline.arm(idle ? lastActivityNanos : nowNanos, jitteredDelay());
            return null;
        }
        ByteBuffer info = ByteBuffer.allocate(INFO_LENGTH);
        info.putLong(random.nextLong()).putLong(nowNanos);
        Bytes nonce = Bytes.copyOf(info.array());
        expected = nonce;
        sentAtNanos = nowNanos;
        deadline.arm(nowNanos, timeout.rtoNanos());
        return new HeartbeatChunk(List.of(new HeartbeatInfoParameter(nonce)));
    }

    /** Whether this is the answer that was waited for; any other says nothing. */
    boolean handleAck(HeartbeatAckChunk chunk, long nowNanos) {
        HeartbeatInfoParameter info = Parameter.first(HeartbeatInfoParameter.class, chunk.parameters());
        if (info == null || expected == null || !info.info().equals(expected)) {
            return false;
        }
        expected = null;
        timeout.observe(nowNanos - sentAtNanos);
        deadline.arm(nowNanos, jitteredDelay());
        return true;
    }

    /** §8.3: HB.interval plus the RTO, the latter varied by half of it. */
    private long jitteredDelay() {
        long rto = timeout.rtoNanos();
        return intervalNanos + rto / 2 + random.nextLong(rto);
    }
}
