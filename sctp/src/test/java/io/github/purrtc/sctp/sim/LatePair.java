package io.github.purrtc.sctp.sim;

import io.github.purrtc.sctp.SctpAssociation;
import io.github.purrtc.sctp.SctpEvent;
import io.github.purrtc.sctp.SctpMessage;
import io.github.purrtc.sctp.SctpOptions;
import io.github.purrtc.sctp.SctpSendOptions;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A sends to Z as much as it may, both run as real processes run: what happens wakes an end late, and all that has happened until then is one
 * burst to it.
 */
final class LatePair {
    /** What a SACK of ours reports. */
    static final int ALL_BLOCKS = Integer.MAX_VALUE;

    private static final long NEVER = Long.MAX_VALUE;
    private static final int MESSAGE = 64 * 1024;

    private final Lateness lateness;
    private final int mostGapBlocks;
    private final End a;
    private final End z;
    private double refused;

    /**
     * How late an end is woken.
     *
     * @param usualNanos at most, mostly
     * @param pause how likely something else has the processor for longer
     * @param pauseNanos how long at most then
     */
    record Lateness(long usualNanos, double pause, long pauseNanos) {
        long next(SplittableRandom random) {
            long most = random.nextDouble() < pause ? pauseNanos : usualNanos;
            return most == 0 ? 0 : random.nextLong(most);
        }
    }

    private final class End {
        final SctpAssociation association;
        final SimulatedLink to;
        final SimulatedLink from;
        private final SplittableRandom random;
        private final ByteBuffer packet;
        final PromptHeartbeats heartbeats = new PromptHeartbeats();
        private long causeNanos = NEVER;
        private long wakesAtNanos = NEVER;

        End(SctpOptions options, SimulatedLink to, SimulatedLink from, SplittableRandom random) {
            association = new SctpAssociation(options, random.split());
            this.to = to;
            this.from = from;
            this.random = random;
            packet = ByteBuffer.allocate(options.maxPacketSize());
        }

        /** When it runs next. */
        long next() {
            long cause = Math.min(association.nextTimeout(), from.nextArrival());
            if (cause == NEVER) {
                return NEVER;
            }
            if (cause < causeNanos) {
                causeNanos = cause;
                wakesAtNanos = cause + lateness.next(random);
            }
            return wakesAtNanos;
        }

        void run(long now) {
            causeNanos = NEVER;
            boolean arrived = false;
            for (byte[] next = from.receive(now); next != null; next = from.receive(now)) {
                if (this == z) {
                    List<byte[]> answers = heartbeats.answer(next);
                    answers.forEach(answer -> to.send(answer, now));
                }
                if (this == a || random.nextDouble() >= refused) {
                    association.receive(ByteBuffer.wrap(asOfZ(next)), now);
                    arrived = true;
                }
            }
            if (arrived) {
                association.endOfBurst(now);
            }
            if (association.nextTimeout() <= now) {
                association.onTimeout(now);
            }
            for (SctpEvent event = association.poll(); event != null; event = association.poll()) {
                if (event instanceof SctpEvent.Aborted) {
                    throw new AssertionError("it ended: " + event);
                }
            }
            for (SctpMessage next = association.nextMessage(); next != null; next = association.nextMessage()) {}
            while (association.transmit(packet.clear(), now)) {
                byte[] sent = new byte[packet.position()];
                packet.flip().get(sent);
                heartbeats.onSent(sent);
                to.send(sent, now);
            }
        }
    }

    /** @param mostGapBlocks what a SACK of Z reports at most; with fewer than all, Z takes A for a stranger, and thins nothing */
    LatePair(SctpOptions options, LinkConditions path, Lateness lateness, int mostGapBlocks, SplittableRandom random) {
        this.lateness = lateness;
        this.mostGapBlocks = mostGapBlocks;
        SimulatedLink toZ = new SimulatedLink(path, random.split());
        SimulatedLink toA = new SimulatedLink(path, random.split());
        a = new End(options, toZ, toA, random.split());
        z = new End(options, toA, toZ, random.split());
        a.association.connect(0);
    }

    private byte[] asOfZ(byte[] packet) {
        return mostGapBlocks == ALL_BLOCKS ? packet : ShortSacks.of(ShortSacks.withoutPad(packet), mostGapBlocks);
    }

    /** Z drops that part of the packets once it has answered their HEARTBEATs. */
    void refuse(double part) {
        refused = part;
    }

    /** How Z answers HEARTBEATs. */
    PromptHeartbeats heartbeats() {
        return z.heartbeats;
    }

    SctpAssociation a() {
        return a.association;
    }

    SctpAssociation z() {
        return z.association;
    }

    /** User data that came to Z between two moments, bytes a second. */
    double run(long fromNanos, long untilNanos) {
        long before = 0;
        boolean began = false;
        for (long now = 0; now < untilNanos; now = Math.min(a.next(), z.next())) {
            if (!began && now >= fromNanos) {
                began = true;
                before = z.association.metrics().userBytesReceived();
            }
            if (a.next() <= now) {
                fill(now);
                a.run(now);
            }
            if (z.next() <= now) {
                z.run(now);
            }
        }
        return (z.association.metrics().userBytesReceived() - before) * 1e9 / (untilNanos - fromNanos);
    }

    private void fill(long now) {
        while (a.association.metrics().bufferedBytes() < 8 << 20) {
            a.association.send(1, 53, ByteBuffer.allocate(MESSAGE), SctpSendOptions.RELIABLE_ORDERED, now);
        }
    }
}
