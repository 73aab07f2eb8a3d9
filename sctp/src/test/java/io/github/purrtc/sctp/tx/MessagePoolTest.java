package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.SctpSendOptions;
import io.github.purrtc.sctp.StreamScheduling;
import io.github.purrtc.sctp.packet.ChecksumMode;
import io.github.purrtc.sctp.packet.DataFormat;
import io.github.purrtc.sctp.packet.PacketWriter;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.Arrays;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

class MessagePoolTest {
    private static final long FIRST = 10;

    private final SendQueue queue = new SendQueue(1 << 20, StreamScheduling.ROUND_ROBIN, event -> {});
    private final OutstandingData outstanding = new OutstandingData(queue, FIRST);
    private final Acknowledgements acknowledgements = new Acknowledgements(outstanding);

    private OutgoingMessage accept(ByteBuffer payload) {
        queue.add(1, 53, payload, SctpSendOptions.RELIABLE_ORDERED, 0);
        OutgoingMessage message = queue.next();
        assertNotNull(message);
        return message;
    }

    private void send(OutgoingMessage message) {
        outstanding.add(message, 0, message.length);
        queue.onCut(message, message.length);
    }

    /** The user data of the one chunk that the message makes. */
    private static byte[] written(OutgoingMessage message) {
        ByteBuffer out = ByteBuffer.allocate(256);
        PacketWriter packet = new PacketWriter();
        packet.begin(out, 256, 5000, 5000, 1);
        message.write(packet, DataFormat.DATA, FIRST, 0, 0, message.length, 0);
        packet.finish(ChecksumMode.CRC32C);
        return Arrays.copyOfRange(out.array(), 28, 28 + message.length);
    }

    @Test
    void usesTheObjectOfADeliveredMessageAgain() {
        OutgoingMessage first = accept(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        send(first);
        acknowledgements.handleCumulativeAck(FIRST);

        OutgoingMessage second = accept(ByteBuffer.wrap(new byte[] {4, 5, 6, 7}).position(1));

        assertSame(first, second);
        assertEquals(3, second.uncut());
        assertFalse(second.hasBegun());
        assertArrayEquals(new byte[] {5, 6, 7}, written(second));
    }

    @Test
    void takesBytesFromDirectBuffersAfterThoseFromArrays() {
        send(accept(ByteBuffer.wrap(new byte[] {1, 2, 3})));
        acknowledgements.handleCumulativeAck(FIRST);
        ByteBuffer direct =
                ByteBuffer.allocateDirect(4).put(new byte[] {9, 8, 7, 6}).position(2);

        OutgoingMessage message = accept(direct);
        direct.clear();
        assertArrayEquals(new byte[] {7, 6}, written(message));
        send(message);
        acknowledgements.handleCumulativeAck(FIRST + 1);

        assertArrayEquals(new byte[] {5}, written(accept(ByteBuffer.wrap(new byte[] {5}))));
    }

    @Test
    void doesNotUseTheObjectOfAMessageThatWasGivenUp() {
        OutgoingMessage first = accept(ByteBuffer.allocate(3));
        send(first);
        outstanding.abandon(first);
        acknowledgements.handleCumulativeAck(FIRST);

        assertNotSame(first, accept(ByteBuffer.allocate(3)));
    }

    @Test
    void keepsNothingWhenIdle() {
        OutgoingMessage first = accept(ByteBuffer.allocate(3));
        send(first);
        acknowledgements.handleCumulativeAck(FIRST);

        queue.onIdle();

        assertNotSame(first, accept(ByteBuffer.allocate(3)));
    }
}
