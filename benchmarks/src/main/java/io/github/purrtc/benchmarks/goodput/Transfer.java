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

/** {@code A} sends to {@code Z} over a path as much as it may, in virtual time: the same seed gives the same run. */
final class Transfer {
    private static final int MESSAGE_SIZE = 16_384;
    private static final int BINARY = 53;
    private static final long START_NANOS = 1;

    private final SctpAssociation a;
    private final SctpAssociation z;
    private final Link toZ;
    private final Link toA;
    private final ByteBuffer message = ByteBuffer.allocate(MESSAGE_SIZE);
    private long nowNanos = START_NANOS;
    private long deliveredBytes;

    Transfer(Path path, Control control, long seed) {
        SctpOptions options = options(path, control);
        SplittableRandom random = new SplittableRandom(seed);
        a = new SctpAssociation(options, random.split());
        z = new SctpAssociation(options, random.split());
        toZ = new Link(path, options.maxPacketSize(), random.split());
        toA = new Link(path, options.maxPacketSize(), random.split());
        a.connect(nowNanos);
    }

    /** Windows that are never what limits: eight bandwidth-delay products, where the queue holds one. */
    private static SctpOptions options(Path path, Control control) {
        long window = Math.max(16 << 20, 8 * path.bandwidthDelayProduct());
        SctpOptions.Builder builder =
                SctpOptions.builder().receiveWindow(window).sendBufferLimit(window);
        return control.choose(builder).build();
    }

    /** Goes on until so much time has passed since the beginning. */
    void runUntil(long nanos) {
        fill();
        transmit(a, toZ);
        for (long next = next(); next <= START_NANOS + nanos; next = next()) {
            nowNanos = next;
            arrive(toZ, z);
            take();
            arrive(toA, a);
            expire(a);
            expire(z);
            fill();
            transmit(z, toA);
            transmit(a, toZ);
        }
    }

    /** User data that was handed out at {@code Z} so far, whole messages. */
    long deliveredBytes() {
        return deliveredBytes;
    }

    SctpMetrics metrics() {
        return a.metrics();
    }

    /** How many packets the queue before the bottleneck had no room for. */
    long droppedPackets() {
        return toZ.droppedPackets();
    }

    private long next() {
        long arrival = Math.min(toA.nextArrival(), toZ.nextArrival());
        return Math.min(arrival, Math.min(a.nextTimeout(), z.nextTimeout()));
    }

    private void fill() {
        while (a.send(1, BINARY, message, SctpSendOptions.RELIABLE_ORDERED, nowNanos) == SendStatus.QUEUED) {}
    }

    private void transmit(SctpAssociation from, Link link) {
        while (from.transmit(link.nextBuffer(), nowNanos)) {
            link.send(nowNanos);
        }
    }

    /** Each packet is a burst of its own: that is what a path does, whatever sockets do at its ends. */
    private void arrive(Link link, SctpAssociation to) {
        while (link.nextArrival() <= nowNanos) {
            to.receive(link.receive(), nowNanos);
            to.endOfBurst(nowNanos);
        }
    }

    private void expire(SctpAssociation association) {
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
