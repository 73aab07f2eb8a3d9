package io.github.purrtc.sctp.sim;

import io.github.purrtc.sctp.CongestionAlgorithm;
import io.github.purrtc.sctp.SctpAssociation;
import io.github.purrtc.sctp.SctpMetrics;
import io.github.purrtc.sctp.SctpOptions;
import io.github.purrtc.sctp.SctpSendOptions;
import io.github.purrtc.sctp.SctpState;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * A sends to Z, now and then much and now and then little, over a path that becomes another one every minute or so. While it is no outage,
 * data that waits gets on within three times the retransmission timeout, as it is then, backed off or not.
 */
final class StallSession implements Session {
    private static final long MILLISECOND = 1_000_000L;
    private static final long SECOND = 1_000 * MILLISECOND;
    private static final int RTOS = 3;
    private static final int PPID = 53;
    private static final int MAX_MESSAGE = 65_536;
    /** Of a path without a rate, to say how much is sent at once. */
    private static final long FAST = 2_500_000;

    private final long seed;
    private final long endNanos;
    private final SplittableRandom random;
    private final BarePair pair;
    private final SctpAssociation a;
    private final byte[] message = new byte[MAX_MESSAGE];
    private final CongestionAlgorithm algorithm;

    private long now = SECOND;
    private long pathChangeNanos;
    private long actionNanos;
    private long bytesPerSecond = FAST;
    private long delivered;

    private boolean waits;
    private long progress;
    private long progressNanos;
    private long rtoNanos;

    /** @param nanos how long it goes on */
    StallSession(long seed, long nanos) {
        this.seed = seed;
        endNanos = now + nanos;
        random = new SplittableRandom(seed);
        algorithm = CongestionAlgorithm.values()[(int) (seed % CongestionAlgorithm.values().length)];
        SctpOptions options = SctpOptions.builder()
                .congestionControl(algorithm)
                .associationMaxRetransmits(Integer.MAX_VALUE)
                .maxInitRetransmits(Integer.MAX_VALUE)
                .interleaving(random.nextBoolean())
                .build();
        pair = new BarePair(options, path(), random.split(), message -> delivered++);
        a = pair.a;
        changePath();
        actionNanos = now;
        a.connect(now);
    }

    @Override
    public void run() {
        try {
            for (long next = next(); next < endNanos; next = next()) {
                now = Math.max(now, next);
                step();
            }
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(this + ": " + e.getMessage(), e);
        }
    }

    @Override
    public long packets() {
        return pair.toZ.sentPackets() + pair.toA.sentPackets();
    }

    @Override
    public long delivered() {
        return delivered;
    }

    @Override
    public long parts() {
        return 0;
    }

    @Override
    public String toString() {
        return "seed " + seed + ", " + algorithm + ", at " + now / 1e9 + " s";
    }

    private long next() {
        return Math.min(pair.next(), Math.min(actionNanos, pathChangeNanos));
    }

    private void step() {
        checkStall();
        if (pathChangeNanos <= now) {
            changePath();
        }
        if (actionNanos <= now) {
            act();
        }
        pair.step(now);
        noteProgress();
    }

    /** Before anything happens at this moment: whatever is done now comes too late for what should have been done before. */
    private void checkStall() {
        if (!waits || pair.toZ.isOut(now) || pair.toA.isOut(now)) {
            progressNanos = now;
        }
        long stallNanos = now - progressNanos;
        if (stallNanos > RTOS * rtoNanos) {
            throw new AssertionError(
                    "no progress for " + stallNanos / 1e9 + " s, RTO " + rtoNanos / 1e9 + " s, " + a.metrics());
        }
    }

    /** Where nothing waits there is no stall; before the association is up INIT has its own timer. */
    private void noteProgress() {
        SctpMetrics ofA = a.metrics();
        long moved = pair.z.metrics().userBytesReceived() - ofA.bufferedBytes();
        if (moved != progress) {
            progress = moved;
            progressNanos = now;
        }
        waits = ofA.bufferedBytes() > 0 && a.state() == SctpState.ESTABLISHED;
        rtoNanos = ofA.rtoNanos();
    }

    private void act() {
        actionNanos = now + logarithmic(20 * MILLISECOND, 20 * SECOND);
        if (a.state() != SctpState.ESTABLISHED) {
            return;
        }
        long most = logarithmic(1, Math.max(2, 5 * bytesPerSecond));
        long waiting = a.metrics().bufferedBytes();
        for (long bytes = 0; bytes < most && waiting + bytes < 8L * MAX_MESSAGE; ) {
            int size = (int) logarithmic(1, MAX_MESSAGE);
            int stream = random.nextInt(4);
            a.send(stream, PPID, ByteBuffer.wrap(message, 0, size), SctpSendOptions.RELIABLE_ORDERED, now);
            bytes += size;
        }
    }

    private void changePath() {
        pathChangeNanos = now + logarithmic(5 * SECOND, 120 * SECOND);
        LinkConditions path = path();
        bytesPerSecond = path.bytesPerSecond() == 0 ? FAST : path.bytesPerSecond();
        pair.toZ.become(path);
        pair.toA.become(random.nextBoolean() ? path : path());
        long at = now;
        for (int outages = random.nextInt(4); outages > 0; outages--) {
            long until = at + logarithmic(20 * MILLISECOND, 5 * SECOND);
            (random.nextBoolean() ? pair.toZ : pair.toA).addOutage(at, until);
            if (random.nextBoolean()) {
                pair.toZ.addOutage(at, until);
                pair.toA.addOutage(at, until);
            }
            at = until + logarithmic(20 * MILLISECOND, 20 * SECOND);
        }
    }

    private LinkConditions path() {
        long delayNanos = logarithmic(MILLISECOND / 10, 200 * MILLISECOND);
        long rate = random.nextInt(4) == 0 ? 0 : logarithmic(30_000, FAST);
        long queue = Math.max(3_000, (long) (rate * (2 * delayNanos / 1e9) * random.nextDouble() * 3));
        return new LinkConditions(
                random.nextBoolean() ? 0 : 0.1 * random.nextDouble(),
                0,
                1,
                random.nextInt(4) == 0 ? 0.02 : 0,
                random.nextInt(4) == 0 ? 0.02 : 0,
                0,
                delayNanos,
                random.nextInt(3) == 0 ? delayNanos / 2 : 0,
                rate,
                (int) queue,
                1_500);
    }

    private long logarithmic(long least, long most) {
        return (long) (least * Math.pow((double) most / least, random.nextDouble()));
    }
}
