package io.github.purrtc.sctp.sim;

import io.github.purrtc.sctp.SctpAssociation;
import io.github.purrtc.sctp.SctpEvent;
import io.github.purrtc.sctp.SctpMessage;
import io.github.purrtc.sctp.SctpOptions;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** A and Z and the path between them in virtual time, with nothing checked but that they stay: for hours of it. */
final class BarePair {
    final SctpAssociation a;
    final SctpAssociation z;
    final SimulatedLink toZ;
    final SimulatedLink toA;
    final DataFlow flowToZ = new DataFlow();
    final DataFlow flowToA = new DataFlow();
    private final ByteBuffer packet;
    private final Consumer<SctpMessage> received;
    private final PromptHeartbeats heartbeatsOfA = new PromptHeartbeats();
    private final PromptHeartbeats heartbeatsOfZ = new PromptHeartbeats();
    private final int mostGapBlocks;
    private boolean isReadingAtZ = true;

    /** @param received is given each message as it is taken */
    BarePair(SctpOptions options, LinkConditions path, SplittableRandom random, Consumer<SctpMessage> received) {
        this(options, path, LatePair.ALL_BLOCKS, random, received);
    }

    /**
     * @param mostGapBlocks what a SACK reports at most; with fewer than all, each takes the other for a stranger, and has HEARTBEATs answered as
     *     dcSCTP answers them
     * @param received is given each message as it is taken
     */
    BarePair(
            SctpOptions options,
            LinkConditions path,
            int mostGapBlocks,
            SplittableRandom random,
            Consumer<SctpMessage> received) {
        this.mostGapBlocks = mostGapBlocks;
        this.received = received;
        packet = ByteBuffer.allocate(options.maxPacketSize());
        a = new SctpAssociation(options, random.split());
        z = new SctpAssociation(options, random.split());
        toZ = new SimulatedLink(path, random.split());
        toA = new SimulatedLink(path, random.split());
    }

    /** When something happens next. */
    long next() {
        return Math.min(Math.min(a.nextTimeout(), z.nextTimeout()), Math.min(toZ.nextArrival(), toA.nextArrival()));
    }

    boolean isReadingAtZ() {
        return isReadingAtZ;
    }

    /** Whether Z takes messages as they come; if not, they wait, and count against its window. */
    void setReadingAtZ(boolean value) {
        isReadingAtZ = value;
    }

    /** Lets happen what does at this moment. */
    void step(long now) {
        receive(toZ, z, toA, heartbeatsOfZ, now);
        receive(toA, a, toZ, heartbeatsOfA, now);
        take(a);
        if (isReadingAtZ) {
            take(z);
        }
        expire(a, now);
        expire(z, now);
        transmit(a, toZ, flowToZ, flowToA, now);
        transmit(z, toA, flowToA, flowToZ, now);
    }

    private void receive(
            SimulatedLink link, SctpAssociation to, SimulatedLink back, PromptHeartbeats heartbeats, long now) {
        if (link.nextArrival() > now) {
            return;
        }
        for (byte[] next = link.receive(now); next != null; next = link.receive(now)) {
            byte[] arrived = next;
            if (mostGapBlocks != LatePair.ALL_BLOCKS) {
                arrived = ShortSacks.of(ShortSacks.withoutPad(next), mostGapBlocks);
                heartbeats.answer(arrived).forEach(answer -> back.send(answer, now));
            }
            to.receive(ByteBuffer.wrap(arrived), now);
        }
        to.endOfBurst(now);
    }

    /** How many receipts were asked for and given. */
    int receipts() {
        return heartbeatsOfA.answered() + heartbeatsOfZ.answered();
    }

    private void take(SctpAssociation from) {
        for (SctpMessage message = from.nextMessage(); message != null; message = from.nextMessage()) {
            received.accept(message);
        }
    }

    private static void expire(SctpAssociation association, long now) {
        if (association.nextTimeout() <= now) {
            association.onTimeout(now);
        }
        for (SctpEvent event = association.poll(); event != null; event = association.poll()) {
            if (event instanceof SctpEvent.Aborted) {
                throw new AssertionError("it ended: " + event);
            }
        }
    }

    /** @param answered what flows the other way */
    private void transmit(SctpAssociation from, SimulatedLink link, DataFlow flow, DataFlow answered, long now) {
        while (from.transmit(packet.clear(), now)) {
            byte[] sent = new byte[packet.position()];
            packet.flip().get(sent);
            (from == a ? heartbeatsOfA : heartbeatsOfZ).onSent(sent);
            SimulatedLink.Fate fate = link.send(sent, now);
            flow.onSent(packet, fate, now);
            answered.onAnswered(packet, fate, now);
        }
    }
}
