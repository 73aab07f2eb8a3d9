package io.github.purrtc.sctp.sim;

import io.github.purrtc.sctp.CongestionAlgorithm;
import io.github.purrtc.sctp.SctpMetrics;
import io.github.purrtc.sctp.SctpOptions;
import io.github.purrtc.sctp.SctpState;

import java.util.SplittableRandom;

/** A and Z send to each other over a path that becomes another one every minute or so, and {@link StallWatch} looks on. */
final class StallSession implements Session {
    private static final long MILLISECOND = 1_000_000L;
    private static final long SECOND = 1_000 * MILLISECOND;
    /** What data channels have (RFC 9260 §6.3.3 has no such bound). */
    private static final int MAX_RTO_BACKOFF = 2;

    private static final int[] PACKET_SIZES = {1_160, 1_412, 8_912, 16_384};
    private static final long[] WINDOWS = {128 << 10, 512 << 10, 5 << 20};
    private static final int MAX_MESSAGE = 65_536;
    /** No message takes more of the receive window, as several may be incomplete. */
    private static final int MESSAGES_IN_WINDOW = 8;

    private final long seed;
    private final long endNanos;
    private final SplittableRandom random;
    private final StallPath paths;
    private final SctpOptions options;
    private final BarePair pair;
    private final StallTraffic fromA;
    private final StallTraffic fromZ;
    private final boolean isOneWay;
    private final FlowWatch toZ;
    private final FlowWatch toA;

    private long now = SECOND;
    private long pathChangeNanos;
    private long readerNanos;
    private long delivered;

    /**
     * @param nanos how long it goes on
     * @param mostGapBlocks what a SACK reports at most
     */
    StallSession(long seed, long nanos, int mostGapBlocks) {
        this.seed = seed;
        endNanos = now + nanos;
        random = new SplittableRandom(seed);
        paths = new StallPath(random.split());
        options = options();
        pair = new BarePair(options, paths.conditions(), mostGapBlocks, random.split(), message -> delivered++);
        toZ = new FlowWatch("A to Z", pair.flowToZ);
        toA = new FlowWatch("Z to A", pair.flowToA);
        int mostMessage = (int) Math.min(MAX_MESSAGE, options.receiveWindow() / MESSAGES_IN_WINDOW);
        fromA = new StallTraffic(random.split(), pair.a, mostMessage);
        fromZ = new StallTraffic(random.split(), pair.z, mostMessage);
        isOneWay = random.nextBoolean();
        readerNanos = random.nextBoolean() ? now : endNanos;
        changePath();
        pair.a.connect(now);
    }

    private SctpOptions options() {
        CongestionAlgorithm[] algorithms = CongestionAlgorithm.values();
        long window = WINDOWS[random.nextInt(WINDOWS.length)];
        return SctpOptions.builder()
                .congestionControl(algorithms[(int) (seed % algorithms.length)])
                .associationMaxRetransmits(Integer.MAX_VALUE)
                .maxInitRetransmits(Integer.MAX_VALUE)
                .maxRtoBackoff(random.nextInt(4) == 0 ? 0 : MAX_RTO_BACKOFF)
                .interleaving(random.nextBoolean())
                .zeroChecksum(random.nextBoolean())
                .maxPacketSize(PACKET_SIZES[random.nextInt(PACKET_SIZES.length)])
                .receiveWindow(window)
                .maxReceiveWindow(random.nextBoolean() ? window : 64 << 20)
                .build();
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

    /** How many receipts were asked for and given. */
    int receipts() {
        return pair.receipts();
    }

    /** The longest time that nothing got on, in RTOs. */
    double worstRtos() {
        return Math.max(toZ.worstRtos(), toA.worstRtos());
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
        return "seed " + seed + ", " + options.congestionControl() + ", at " + now / 1e9 + " s";
    }

    private long next() {
        long next = Math.min(pair.next(), Math.min(pathChangeNanos, readerNanos));
        return Math.min(next, isOneWay ? fromA.nextNanos() : Math.min(fromA.nextNanos(), fromZ.nextNanos()));
    }

    private void step() {
        toZ.check(now);
        toA.check(now);
        if (pathChangeNanos <= now) {
            changePath();
        }
        if (readerNanos <= now) {
            changeReader();
        }
        if (fromA.nextNanos() <= now) {
            fromA.act(now);
        }
        if (!isOneWay && fromZ.nextNanos() <= now) {
            fromZ.act(now);
        }
        pair.step(now);
        look();
    }

    private void look() {
        SctpMetrics ofA = pair.a.metrics();
        SctpMetrics ofZ = pair.z.metrics();
        boolean hasRoom = pair.isReadingAtZ() || ofZ.heldBytes() + options.maxPacketSize() < options.receiveWindow();
        // RFC 9260 §6.3.1: no timeout is shorter than the round trip, also of a path of which nothing was measured yet.
        long rttNanos = pair.toZ.lastTransitNanos() + pair.toA.lastTransitNanos();
        boolean waitsAtA = hasRoom && ofA.bufferedBytes() > 0 && isUp();
        toZ.note(waitsAtA, ofZ.userBytesReceived(), Math.max(rttNanos, ofA.rtoNanos()), now);
        boolean waitsAtZ = ofZ.bufferedBytes() > 0 && isUp();
        toA.note(waitsAtZ, ofA.userBytesReceived(), Math.max(rttNanos, ofZ.rtoNanos()), now);
    }

    /** Before that INIT and COOKIE ECHO have timers of their own, and who waits for the COOKIE ACK takes no data (RFC 9260 §6). */
    private boolean isUp() {
        return pair.a.state() == SctpState.ESTABLISHED && pair.z.state() == SctpState.ESTABLISHED;
    }

    /** Of one direction's data what is new, and what is lacking. */
    private static final class FlowWatch {
        private final DataFlow flow;
        private final StallWatch anything;
        private final StallWatch front;

        FlowWatch(String name, DataFlow flow) {
            this.flow = flow;
            anything = new StallWatch(name + ", anything");
            front = new StallWatch(name + ", the first that is missing");
        }

        void check(long now) {
            anything.check(now);
            front.check(now);
        }

        void note(boolean waits, long receivedBytes, long rtoNanos, long now) {
            if (flow.lostAtNanos() == now) {
                anything.onLost(now);
            }
            if (flow.frontLostAtNanos() == now) {
                front.onLost(now);
            }
            anything.note(waits, receivedBytes, rtoNanos, now);
            front.note(waits && flow.hasGap(), flow.front(), rtoNanos, now);
        }

        double worstRtos() {
            return Math.max(anything.worstRtos(), front.worstRtos());
        }
    }

    private void changeReader() {
        pair.setReadingAtZ(!pair.isReadingAtZ());
        readerNanos = now
                + (pair.isReadingAtZ() ? logarithmic(SECOND, 60 * SECOND) : logarithmic(20 * MILLISECOND, 10 * SECOND));
    }

    private void changePath() {
        pathChangeNanos = now + logarithmic(2 * SECOND, 120 * SECOND);
        LinkConditions path = paths.conditions();
        pair.toZ.become(path);
        pair.toA.become(random.nextBoolean() ? path : paths.conditions());
        paths.addOutages(pair, now);
    }

    private long logarithmic(long least, long most) {
        return (long) (least * Math.pow((double) most / least, random.nextDouble()));
    }
}
