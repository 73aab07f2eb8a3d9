package io.github.purrtc.benchmarks.association;

import io.github.purrtc.sctp.SctpAssociation;
import io.github.purrtc.sctp.SctpMessage;
import io.github.purrtc.sctp.SctpOptions;
import io.github.purrtc.sctp.SctpSendOptions;
import io.github.purrtc.sctp.SctpState;
import io.github.purrtc.sctp.SendStatus;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** {@code A} sends to {@code Z} as fast as both can, in one thread. Packets go through memory, in bursts as from a socket. */
final class AssociationPair {
    private static final int BURST = 64;
    private static final int MAX_PACKET_SIZE = 1160;
    private static final int BINARY = 53;

    private final SctpAssociation a;
    private final SctpAssociation z;
    private final ByteBuffer burst = ByteBuffer.allocateDirect(BURST * MAX_PACKET_SIZE);
    private final int[] ends = new int[BURST];
    private final ByteBuffer message;
    private final SctpMessage.Receiver receiver = this::receive;
    private long packets;
    private long received;

    AssociationPair(int messageSize, long sendBufferLimit) {
        SctpOptions options = SctpOptions.builder()
                .maxPacketSize(MAX_PACKET_SIZE)
                .sendBufferLimit(sendBufferLimit)
                .build();
        a = new SctpAssociation(options, new SplittableRandom(1));
        z = new SctpAssociation(options, new SplittableRandom(2));
        message = ByteBuffer.allocate(messageSize);
        new SplittableRandom(3).nextBytes(message.array());
        a.connect(System.nanoTime());
        while (a.state() != SctpState.ESTABLISHED) {
            pump(System.nanoTime());
        }
    }

    /** Goes on until so many more messages have arrived. */
    void deliver(int messages) {
        long target = received + messages;
        while (received < target) {
            long nowNanos = System.nanoTime();
            while (a.send(1, BINARY, message, SctpSendOptions.RELIABLE_ORDERED, nowNanos) == SendStatus.QUEUED) {}
            pump(nowNanos);
        }
    }

    /** The packets that went in either direction so far. */
    long packets() {
        return packets;
    }

    long retransmissions() {
        return a.metrics().retransmissions();
    }

    private void pump(long nowNanos) {
        carry(a, z, nowNanos);
        take();
        carry(z, a, nowNanos);
        while (a.poll() != null) {}
        if (nowNanos >= a.nextTimeout()) {
            a.onTimeout(nowNanos);
        }
        if (nowNanos >= z.nextTimeout()) {
            z.onTimeout(nowNanos);
        }
    }

    private void take() {
        while (z.poll() != null) {}
        while (z.nextMessage(receiver)) {}
    }

    private void receive(
            int streamId,
            int payloadProtocolId,
            boolean unordered,
            ByteBuffer payload,
            SctpMessage.@Nullable Part part) {
        if (received == 0 ? !payload.equals(message) : payload.remaining() != message.remaining()) {
            throw new IllegalStateException("not the message that was sent: " + payload);
        }
        received++;
    }

    private void carry(SctpAssociation from, SctpAssociation to, long nowNanos) {
        burst.clear();
        int count = 0;
        while (count < BURST && from.transmit(burst, nowNanos)) {
            ends[count++] = burst.position();
        }
        int begin = 0;
        for (int i = 0; i < count; i++) {
            burst.limit(ends[i]).position(begin);
            to.receive(burst, nowNanos);
            begin = ends[i];
        }
        to.endOfBurst(nowNanos);
        packets += count;
    }
}
