package io.github.purrtc.sctp;

import io.github.purrtc.sctp.internal.Deadline;
import io.github.purrtc.sctp.packet.Bytes;
import io.github.purrtc.sctp.packet.Chunk;
import io.github.purrtc.sctp.packet.HeartbeatAckChunk;
import io.github.purrtc.sctp.packet.HeartbeatChunk;
import io.github.purrtc.sctp.packet.HeartbeatInfoParameter;
import io.github.purrtc.sctp.packet.PacketWriter;
import io.github.purrtc.sctp.packet.PadChunk;
import io.github.purrtc.sctp.packet.Parameter;
import io.github.purrtc.sctp.tx.RetransmissionTimeout;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How large packets may be: path MTU discovery by probing (RFC 8899), with HEARTBEATs that a PAD chunk makes as long as what is tried
 * (§6.2.1). Sizes are those of SCTP packets, multiples of 4.
 *
 * <p>PAD goes to peers that announce it. Others must skip it (RFC 9260 §3.2), but there is one that ends at it: for them further HEARTBEATs
 * fill the packet, short ones, as some peers do not answer those that are as long as what is tried.
 *
 * <p>A search begins when data is sent that larger packets would help, and never by itself: an idle association probes for nothing. The loss
 * of a probe says nothing about congestion or the peer (§3, item 7), only about the size.
 */
final class PathMtu {
    /** §5.1.2: MAX_PROBES. */
    private static final int MAX_PROBES = 3;

    /** §5.1.1: PROBE_TIMER is not shorter. */
    private static final long MIN_PROBE_TIMER_NANOS = 1_000_000_000L;

    /** §5.1.1: PMTU_RAISE_TIMER. */
    private static final long RAISE_NANOS = 600_000_000_000L;

    /** What links of 1,500 and 9,000 bytes leave an SCTP packet under IPv6, UDP and DTLS. */
    private static final int[] USUAL_SIZES = {1_412, 8_912};

    /** The search ends when it is as near as this part of the size. */
    private static final int PRECISION = 16;

    private static final int NONCE_LENGTH = 8;
    private static final int EMPTY_HEARTBEAT_LENGTH = heartbeat(Bytes.EMPTY).length();
    private static final int MAX_FILLER_LENGTH = 512;

    private enum Phase {
        /** Until data is sent that asks for more, and not before {@link #nextSearchAtNanos}. */
        AT_REST,
        /** A probe is to be sent once something else has got through: before that it might take the room in a short queue on the path. */
        SUSPECTING,
        /** A probe is to be sent. */
        PROBE_DUE,
        /** A probe is under way, and its timer runs. */
        PROBING
    }

    private final int base;
    private final int max;
    private final boolean peerKnowsPad;
    private final RandomGenerator random;
    private final RetransmissionTimeout timeout;
    private final Deadline probeTimer = new Deadline();

    private Phase phase = Phase.AT_REST;
    private int current;
    /** The smallest size that failed, or one that is larger than all that are tried. */
    private int ceiling;

    private int probedSize;
    private int lostProbes;
    private @Nullable Bytes expected;
    private long nextSearchAtNanos = Long.MIN_VALUE;

    /**
     * @param base BASE_PLPMTU: what any path is taken to carry
     * @param max MAX_PLPMTU; not larger than {@code base}: there is nothing to discover
     */
    PathMtu(int base, int max, boolean peerKnowsPad, RandomGenerator random, RetransmissionTimeout timeout) {
        this.base = base;
        this.max = max;
        this.peerKnowsPad = peerKnowsPad;
        this.random = random;
        this.timeout = timeout;
        current = base;
        ceiling = max + 1;
    }

    /** PLPMTU: the largest packet for data. */
    int current() {
        return current;
    }

    int base() {
        return base;
    }

    /** The path is another: what was found no longer counts. */
    void reset() {
        phase = Phase.AT_REST;
        probeTimer.stop();
        expected = null;
        current = base;
        nextSearchAtNanos = Long.MIN_VALUE;
    }

    /** Data went out in a packet of that length. */
    void onDataSent(int packetLength, long nowNanos) {
        // Of packets that are not half full larger ones would be no fewer.
        if (max > base && phase == Phase.AT_REST && packetLength > base / 2 && nowNanos >= nextSearchAtNanos) {
            ceiling = max + 1;
            // §5.2: what was found before is confirmed first, in case nobody noticed that the path carries less by now.
            probe(current > base ? current : nextSize());
        }
    }

    /** §4.3: it looks as if larger packets were lost for their size. Data goes in smaller ones until a probe shows that it was not that. */
    void onSuspicion() {
        if (current > base) {
            int suspected = current;
            current = base;
            probe(suspected);
            phase = Phase.SUSPECTING;
        }
    }

    /** The peer acknowledged something new. */
    void onProgress() {
        if (phase == Phase.SUSPECTING) {
            phase = Phase.PROBE_DUE;
        }
    }

    boolean isProbeDue() {
        return phase == Phase.PROBE_DUE;
    }

    int probedSize() {
        return probedSize;
    }

    /** Fills an empty packet, begun with room for {@link #probedSize}, to its end. */
    void writeProbe(PacketWriter packet, long nowNanos) {
        Bytes nonce = Bytes.copyOf(
                ByteBuffer.allocate(NONCE_LENGTH).putLong(random.nextLong()).array());
        packet.add(heartbeat(nonce));
        if (peerKnowsPad) {
            packet.add(new PadChunk(packet.remaining() - Chunk.HEADER_LENGTH));
        } else {
            fill(packet);
        }
        expected = nonce;
        phase = Phase.PROBING;
        probeTimer.arm(nowNanos, Math.max(MIN_PROBE_TIMER_NANOS, timeout.rtoNanos()));
    }

    private static void fill(PacketWriter packet) {
        while (packet.remaining() > 0) {
            int left = packet.remaining();
            // What is left for the last one has room for its headers.
            int length = left <= MAX_FILLER_LENGTH ? left : Math.min(MAX_FILLER_LENGTH, left - EMPTY_HEARTBEAT_LENGTH);
            packet.add(heartbeat(Bytes.copyOf(new byte[length - EMPTY_HEARTBEAT_LENGTH])));
        }
    }

    private static HeartbeatChunk heartbeat(Bytes info) {
        return new HeartbeatChunk(List.of(new HeartbeatInfoParameter(info)));
    }

    /** Whether it answers the probe under way. */
    boolean handleAck(HeartbeatAckChunk chunk, long nowNanos) {
        HeartbeatInfoParameter info = Parameter.first(HeartbeatInfoParameter.class, chunk.parameters());
        if (info == null || expected == null || !info.info().equals(expected)) {
            return false;
        }
        probeTimer.stop();
        expected = null;
        current = Math.max(current, probedSize);
        goOn(nowNanos);
        return true;
    }

    long deadlineNanos() {
        return probeTimer.atNanos();
    }

    void onTimeout(long nowNanos) {
        if (!probeTimer.expire(nowNanos)) {
            return;
        }
        expected = null;
        if (++lostProbes < MAX_PROBES) {
            phase = Phase.PROBE_DUE;
            return;
        }
        if (probedSize <= current) {
            // §4.3: a black hole, found by confirming.
            current = base;
        }
        ceiling = probedSize;
        goOn(nowNanos);
    }

    private void goOn(long nowNanos) {
        int next = nextSize();
        if (next > 0) {
            probe(next);
            return;
        }
        phase = Phase.AT_REST;
        if (nowNanos >= nextSearchAtNanos) {
            nextSearchAtNanos = nowNanos + RAISE_NANOS;
        }
    }

    private void probe(int size) {
        probeTimer.stop();
        expected = null;
        probedSize = size;
        lostProbes = 0;
        phase = Phase.PROBE_DUE;
    }

    /** §5.3.2: the next usual size, then the maximum, then half way to what failed; 0 when that is near enough. */
    private int nextSize() {
        for (int usual : USUAL_SIZES) {
            if (usual > current && usual < ceiling) {
                return usual;
            }
        }
        if (ceiling > max) {
            return max > current ? max : 0;
        }
        return ceiling - current > current / PRECISION ? (current + ceiling) / 2 & ~3 : 0;
    }
}
