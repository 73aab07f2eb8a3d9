package io.github.purrtc.sctp.sim;

import io.github.purrtc.sctp.CongestionAlgorithm;
import io.github.purrtc.sctp.SctpEvent;
import io.github.purrtc.sctp.SctpOptions;
import io.github.purrtc.sctp.SctpSendOptions;
import io.github.purrtc.sctp.SctpState;
import io.github.purrtc.sctp.StreamScheduling;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A session of two peers that follows from its seed alone. */
final class Scenario implements Session {
    private static final long MILLISECOND = 1_000_000L;
    private static final long SECOND = 1_000 * MILLISECOND;
    /** A timer may have backed off to 60 s, twice in a row; the rest is for slow paths. */
    private static final long RECOVERY = 600 * SECOND;

    /** An ABORT may be lost; the peer then notices after ten retransmissions or heartbeats without an answer. */
    private static final long UNNOTICED_ABORT = 7_200 * SECOND;

    private static final int MAX_MESSAGE = 256 * 1024;
    private static final int MAX_PACKET = 16_384;
    private static final int MOST_MTU = 20_000;

    private enum Ending {
        NONE,
        SHUTDOWN_BY_A,
        SHUTDOWN_BY_Z,
        SHUTDOWN_BY_BOTH,
        ABORT,
        RESTART
    }

    private final long seed;
    private final SplittableRandom random;
    private final SimulatedPair pair;
    private final boolean unreliable;
    private final boolean resets;
    /** Whether messages are sent, and received, piece by piece. */
    private final boolean parts;

    private final int streams;
    private final boolean discovers;
    private final long durationNanos;
    private final Ending ending;
    private final boolean endsEarly;
    private boolean hasBegunToEnd;
    /** What the peers have room for: in some sessions so little that a slow reader stops the sender again and again. */
    private final long receiveWindow;

    private final int maxMessage;
    /** Without them T3-rtx is all that keeps data moving, and its absence shows. */
    private final boolean heartbeats;

    private long budget;
    private long messages;

    Scenario(long seed) {
        this.seed = seed;
        random = new SplittableRandom(seed);
        unreliable = random.nextInt(3) == 0;
        resets = random.nextInt(3) == 0;
        parts = random.nextInt(3) == 0;
        streams = random.nextInt(4) == 0 ? 1 : 1 + random.nextInt(20);
        durationNanos = logarithmic(50 * MILLISECOND, 20 * SECOND);
        ending = Ending.values()[random.nextInt(Ending.values().length)];
        endsEarly = random.nextInt(3) == 0;
        budget = logarithmic(1_000, 1_500_000);
        receiveWindow = random.nextInt(4) == 0 ? logarithmic(8_000, 100_000) : logarithmic(2 * MAX_MESSAGE, 8 << 20);
        maxMessage = (int) Math.min(MAX_MESSAGE, receiveWindow / 2);
        heartbeats = ending == Ending.ABORT || random.nextBoolean();
        int maxPacketSize = random.nextInt(4) == 0 ? 512 + 4 * random.nextInt(172) : 1160;
        discovers = random.nextInt(3) == 0;
        int severity = random.nextInt(3);
        long delayNanos = random.nextInt(5) == 0 ? 0 : logarithmic(MILLISECOND / 10, 200 * MILLISECOND);
        long bytesPerSecond = random.nextInt(3) == 0 ? logarithmic(50_000, 10_000_000) : 0;
        pair = new SimulatedPair(
                options(maxPacketSize),
                options(maxPacketSize),
                conditions(severity, delayNanos, bytesPerSecond, maxPacketSize),
                conditions(severity, delayNanos, bytesPerSecond, maxPacketSize),
                random.split());
        if (severity > 0 && random.nextInt(3) == 0) {
            outage(pair.aToZ);
            outage(pair.zToA);
        }
        if (discovers) {
            changeMtu(pair.aToZ, maxPacketSize);
            changeMtu(pair.zToA, maxPacketSize);
        }
    }

    @Override
    public void run() {
        try {
            plan();
            live();
            end();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "seed " + seed + " at " + pair.now() / 1e9 + " s: " + e.getMessage() + System.lineSeparator() + this
                            + System.lineSeparator() + pair.a.story() + System.lineSeparator() + pair.z.story(),
                    e);
        }
    }

    @Override
    public long delivered() {
        return pair.ledgerOfA.delivered() + pair.ledgerOfZ.delivered();
    }

    @Override
    public long parts() {
        return pair.ledgerOfA.parts() + pair.ledgerOfZ.parts();
    }

    @Override
    public long packets() {
        return pair.aToZ.sentPackets() + pair.zToA.sentPackets();
    }

    @Override
    public String toString() {
        return "unreliable=" + unreliable + " resets=" + resets + " parts=" + parts + " discovers=" + discovers
                + " streams=" + streams + " duration=" + durationNanos / 1e9 + " ending=" + ending + " endsEarly="
                + endsEarly;
    }

    private void plan() {
        int connecting = random.nextInt(4);
        if (connecting != 0) {
            pair.at(pair.now() + random.nextLong(300 * MILLISECOND), () -> pair.a.connect(pair.now()));
        }
        if (connecting != 1) {
            pair.at(pair.now() + random.nextLong(300 * MILLISECOND), () -> pair.z.connect(pair.now()));
        }
        int actions = 5 + random.nextInt(60);
        for (int i = 0; i < actions; i++) {
            pair.at(pair.now() + random.nextLong(durationNanos), this::act);
        }
        if (endsEarly) {
            pair.at(pair.now() + random.nextLong(durationNanos), this::endWhenConnected);
        }
    }

    private void act() {
        Peer peer = random.nextBoolean() ? pair.a : pair.z;
        int choice = random.nextInt(20);
        if (choice == 0) {
            peer.readsSlowly(random.nextInt(3) != 0, pair.now());
        } else if (choice <= 2) {
            peer.readOne(pair.now());
        } else if (choice <= 4 && resets) {
            peer.resetStream(random.nextInt(streams), pair.now());
        } else if (choice <= 14 && parts) {
            actInParts(peer);
        } else {
            send(peer);
        }
    }

    private void actInParts(Peer peer) {
        int streamId = random.nextInt(streams);
        int choice = random.nextInt(20);
        if (choice <= 3) {
            peer.receiveInParts(streamId, random.nextInt(4) > 0, pair.now());
        } else if (peer.openSends().isOpen(streamId)) {
            if (choice == 4) {
                peer.abandonMessage(streamId, pair.now());
            } else {
                peer.sendPart(streamId, partSize(), pair.now());
            }
        } else {
            int least = 8;
            int size = (int) Math.min(budget, logarithmic(least, 4L * maxMessage));
            if (size >= least) {
                budget -= size;
                int ppid = random.nextInt(60);
                peer.beginMessage(streamId, ppid, message(size), sendOptions(), partSize(), pair.now());
            }
        }
    }

    private int partSize() {
        return (int) logarithmic(1, maxMessage);
    }

    /** Completes what is open, or gives it up, as room for it comes. */
    private void completeMessages(Peer peer) {
        for (int streamId : peer.openSends().streamIds()) {
            if (random.nextInt(10) == 0) {
                peer.abandonMessage(streamId, pair.now());
            } else {
                peer.sendPart(streamId, maxMessage, pair.now());
            }
        }
        if (!peer.openSends().isEmpty()) {
            pair.at(pair.now() + 10 * MILLISECOND, () -> completeMessages(peer));
        }
    }

    private void send(Peer peer) {
        int burst = random.nextInt(4) == 0 ? 1 + random.nextInt(30) : 1;
        for (int i = 0; i < burst; i++) {
            // What may be lost, or sent again after a restart, must be told from its neighbours.
            int least = unreliable || parts || ending == Ending.RESTART ? 8 : 1;
            int size = (int) Math.min(budget, logarithmic(least, maxMessage));
            if (size < least) {
                return;
            }
            budget -= size;
            peer.send(random.nextInt(streams), random.nextInt(60), message(size), sendOptions(), pair.now());
        }
    }

    private byte[] message(int size) {
        byte[] content = new byte[size];
        new SplittableRandom(seed + messages).nextBytes(content);
        if (size >= 8) {
            ByteBuffer.wrap(content).putLong(0, messages);
        }
        messages++;
        return content;
    }

    private SctpSendOptions sendOptions() {
        boolean unordered = random.nextInt(3) == 0;
        int retransmits = unreliable && random.nextInt(3) == 0 ? random.nextInt(3) : -1;
        long lifetime = unreliable && retransmits < 0 && random.nextBoolean() ? random.nextLong(SECOND) : -1;
        return new SctpSendOptions(unordered, retransmits, lifetime);
    }

    private void live() {
        pair.runUntil(() -> false, pair.now() + durationNanos);
        pair.heal();
        pair.a.readsSlowly(false, pair.now());
        pair.z.readsSlowly(false, pair.now());
        completeMessages(pair.a);
        completeMessages(pair.z);
        assertTrue(
                pair.runUntil(this::isSettled, pair.now() + recoveryNanos()),
                () -> "not settled though the network is healed: A's" + pair.ledgerOfA.describePending() + " Z's"
                        + pair.ledgerOfZ.describePending());
    }

    private long recoveryNanos() {
        return ending == Ending.ABORT ? UNNOTICED_ABORT : RECOVERY;
    }

    private boolean isSettled() {
        if (hasEnded()) {
            return true;
        }
        if (ending == Ending.ABORT && endsEarly) {
            return isAborted();
        }
        boolean ends = endsEarly && ending != Ending.NONE && ending != Ending.RESTART;
        return !ends
                && (!endsEarly || hasBegunToEnd)
                && pair.a.isConnected()
                && pair.z.isConnected()
                && pair.a.isIdle()
                && pair.z.isIdle()
                && pair.ledgerOfA.isSettled()
                && pair.ledgerOfZ.isSettled();
    }

    /** The other one knows, unless it never began and knows of nothing. */
    private boolean isAborted() {
        return (pair.a.hasEnded() || pair.z.hasEnded())
                && pair.a.association().state() == SctpState.CLOSED
                && pair.z.association().state() == SctpState.CLOSED;
    }

    private boolean hasEnded() {
        return pair.a.hasEnded() && pair.z.hasEnded();
    }

    private void end() {
        if (!endsEarly) {
            beginEnd();
        }
        if (ending == Ending.RESTART) {
            assertTrue(
                    pair.runUntil(this::isSettled, pair.now() + RECOVERY), "the restarted association does not settle");
            pair.a.shutdown(pair.now());
        } else if (ending == Ending.NONE) {
            stayIdle();
            return;
        }
        if (ending == Ending.ABORT) {
            assertTrue(pair.runUntil(this::isAborted, pair.now() + UNNOTICED_ABORT), "no end");
            return;
        }
        assertTrue(pair.runUntil(this::hasEnded, pair.now() + RECOVERY), "no end");
        if (!endsEarly || ending != Ending.RESTART) {
            assertTrue(pair.a.end() instanceof SctpEvent.Closed, () -> "A ended with " + pair.a.end());
            assertTrue(pair.z.end() instanceof SctpEvent.Closed, () -> "Z ended with " + pair.z.end());
        }
        assertTrue(pair.ledgerOfA.isSettled(), () -> "lost at the end: A's" + pair.ledgerOfA.describePending());
        assertTrue(pair.ledgerOfZ.isSettled(), () -> "lost at the end: Z's" + pair.ledgerOfZ.describePending());
    }

    /** Nothing to do: heartbeats keep the association up and cost next to nothing. */
    private void stayIdle() {
        // What is still underway on a slow path comes to rest first.
        pair.runUntil(() -> false, pair.now() + 60 * SECOND);
        long packets = packets();
        pair.runUntil(() -> false, pair.now() + 300 * SECOND);
        assertFalse(pair.a.hasEnded() || pair.z.hasEnded(), "an idle association ended");
        assertTrue(packets() - packets < 100, () -> (packets() - packets) + " packets of an idle association");
    }

    /** What ends in good order must have begun. */
    private void endWhenConnected() {
        if (ending == Ending.ABORT || pair.a.isConnected() && pair.z.isConnected()) {
            hasBegunToEnd = true;
            beginEnd();
        } else if (!hasEnded()) {
            pair.at(pair.now() + 100 * MILLISECOND, this::endWhenConnected);
        }
    }

    private void beginEnd() {
        switch (ending) {
            case SHUTDOWN_BY_A -> pair.a.shutdown(pair.now());
            case SHUTDOWN_BY_Z -> pair.z.shutdown(pair.now());
            case SHUTDOWN_BY_BOTH -> {
                pair.a.shutdown(pair.now());
                pair.z.shutdown(pair.now());
            }
            case ABORT -> (random.nextBoolean() ? pair.a : pair.z).abort(pair.now());
            case RESTART -> pair.a.restart(pair.now());
            case NONE -> {}
        }
    }

    private SctpOptions options(int basePacketSize) {
        return SctpOptions.builder()
                .basePacketSize(basePacketSize)
                .maxPacketSize(discovers ? (int) logarithmic(basePacketSize, MAX_PACKET) : basePacketSize)
                .maxInitRetransmits(ending == Ending.ABORT ? 8 : 1_000)
                .associationMaxRetransmits(ending == Ending.ABORT ? 10 : 1_000)
                .heartbeatIntervalNanos(heartbeats ? 30 * SECOND : 0)
                .receiveWindow(receiveWindow)
                .interleaving(random.nextInt(4) != 0)
                .scheduling(StreamScheduling.values()[random.nextInt(3)])
                .congestionControl(CongestionAlgorithm.values()[(int) (seed % CongestionAlgorithm.values().length)])
                .sendBufferLimit(logarithmic(MAX_MESSAGE, 16 << 20))
                .build();
    }

    private LinkConditions conditions(int severity, long delayNanos, long bytesPerSecond, int maxPacketSize) {
        double scale = severity == 0 ? 0 : severity == 1 ? 0.03 : 0.25;
        boolean bursts = random.nextInt(3) == 0;
        return new LinkConditions(
                scale * random.nextDouble(),
                bursts ? scale * random.nextDouble() / 10 : 0,
                0.3,
                scale * random.nextDouble(),
                scale * random.nextDouble(),
                scale * random.nextDouble() / 2,
                delayNanos,
                random.nextBoolean() ? 0 : delayNanos,
                bytesPerSecond,
                20 * maxPacketSize + random.nextInt(100_000),
                random.nextBoolean() ? maxPacketSize : 1500);
    }

    /** What the path carries changes now and then, from what every path does to what none does here. */
    private void changeMtu(SimulatedLink link, int basePacketSize) {
        link.setMtu((int) logarithmic(basePacketSize, MOST_MTU));
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            long at = pair.now() + random.nextLong(durationNanos);
            pair.at(at, () -> link.setMtu((int) logarithmic(basePacketSize, MOST_MTU)));
        }
    }

    private void outage(SimulatedLink link) {
        if (random.nextBoolean()) {
            long from = pair.now() + random.nextLong(durationNanos);
            link.addOutage(from, from + logarithmic(100 * MILLISECOND, 10 * SECOND));
        }
    }

    private long logarithmic(long least, long most) {
        return (long) (least * Math.pow((double) most / least, random.nextDouble()));
    }
}
