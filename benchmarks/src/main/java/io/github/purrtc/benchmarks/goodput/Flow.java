package io.github.purrtc.benchmarks.goodput;

import io.github.purrtc.sctp.SctpAssociation;
import io.github.purrtc.sctp.SctpEvent;
import io.github.purrtc.sctp.SctpMessage;
import io.github.purrtc.sctp.SctpMetrics;
import io.github.purrtc.sctp.SctpOptions;
import io.github.purrtc.sctp.SctpSendOptions;
import io.github.purrtc.sctp.SendStatus;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** {@code A} sends to {@code Z} as much as it may, from a moment on. */
final class Flow {
    private static final int MESSAGE_SIZE = 65_536;
    private static final int BINARY = 53;

    private final int number;
    private final long startNanos;
    private final SctpAssociation a;
    private final SctpAssociation z;
    private final ByteBuffer message = ByteBuffer.allocate(MESSAGE_SIZE);
    private boolean started;
    private long deliveredBytes;

    /** @param number what its packets are known by */
    Flow(int number, SctpOptions options, long startNanos, SplittableRandom random) {
        this.number = number;
        this.startNanos = startNanos;
        a = new SctpAssociation(options, random.split());
        z = new SctpAssociation(options, random.split());
    }

    /** When it has to be called next, unless a packet comes before. */
    long nextTimeout() {
        return started ? Math.min(a.nextTimeout(), z.nextTimeout()) : startNanos;
    }

    /** Each packet is a burst of its own: that is what a path does, whatever sockets do at its ends. */
    void arriveAtZ(ByteBuffer packet, long nowNanos) {
        z.receive(packet, nowNanos);
        z.endOfBurst(nowNanos);
    }

    void arriveAtA(ByteBuffer packet, long nowNanos) {
        a.receive(packet, nowNanos);
        a.endOfBurst(nowNanos);
    }

    /** Sends what there is to send now. */
    void pump(Link toZ, Link toA, long nowNanos) {
        if (!started && nowNanos >= startNanos) {
            started = true;
            a.connect(nowNanos);
        }
        take();
        expire(a, nowNanos);
        expire(z, nowNanos);
        fill(nowNanos);
        transmit(z, toA, nowNanos);
        transmit(a, toZ, nowNanos);
    }

    /** User data that was handed out at {@code Z} so far, whole messages. */
    long deliveredBytes() {
        return deliveredBytes;
    }

    SctpMetrics metrics() {
        return a.metrics();
    }

    private void fill(long nowNanos) {
        while (started
                && a.send(1, BINARY, message, SctpSendOptions.RELIABLE_ORDERED, nowNanos) == SendStatus.QUEUED) {}
    }

    private void transmit(SctpAssociation from, Link link, long nowNanos) {
        while (from.transmit(link.nextBuffer(), nowNanos)) {
            link.send(number, nowNanos);
        }
    }

    private static void expire(SctpAssociation association, long nowNanos) {
        if (association.nextTimeout() <= nowNanos) {
            association.onTimeout(nowNanos);
        }
        for (SctpEvent event = association.poll(); event != null; event = association.poll()) {
            if (event instanceof SctpEvent.Aborted) {
                throw new IllegalStateException("the association ended: " + event);
            }
        }
    }

    private void take() {
        for (SctpMessage next = z.nextMessage(); next != null; next = z.nextMessage()) {
            deliveredBytes += next.payload().remaining();
        }
    }
}
