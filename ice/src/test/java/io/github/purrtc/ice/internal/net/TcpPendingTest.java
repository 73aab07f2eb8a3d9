package io.github.purrtc.ice.internal.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** On a channel without a socket, which no timer closes. */
class TcpPendingTest {
    private static final int MOST_FIRST_BYTES = 1_280;
    private static final int MOST_EARLY_BYTES = 65_536;

    private final MovingChannel channel = new MovingChannel();
    private final TcpPort port = new TcpPort(Loops.loopback(9), () -> {});
    private final TcpAcceptor acceptor = new TcpAcceptor(channel.eventLoop(), port);
    private final TcpPending pending = new TcpPending(acceptor, channel, Loops.loopback(4_000));

    /** Leaves its loop when it is told to. */
    private static final class MovingChannel extends EmbeddedChannel {
        private final ChannelPromise left = newPromise();

        @Override
        public ChannelFuture deregister() {
            return left;
        }

        void leave() {
            super.deregister();
            left.setSuccess();
        }
    }

    @Test
    @DisplayName("a first frame that is longer than any check ends the connection before it is here")
    void theFirstFrameIsShort() {
        assertEquals(MOST_FIRST_BYTES, pending.mostFrameBytes());
        channel.writeInbound(Unpooled.buffer(2).writeShort(MOST_FIRST_BYTES));
        assertTrue(channel.isOpen());
        channel.writeInbound(Unpooled.buffer(2).writeZero(MOST_FIRST_BYTES).writeShort(MOST_FIRST_BYTES + 1));
        assertFalse(channel.isOpen());
    }

    @Test
    @DisplayName("64 KiB are kept of what comes while a connection moves to its loop")
    void whatComesEarlyIsBounded() {
        EmbeddedChannel elsewhere = new EmbeddedChannel();
        TcpStage.Sink sink = new TcpStage.Sink();
        TcpShare share = new TcpShare(elsewhere.eventLoop(), port, sink);
        assertTrue(share.tryAddFragment("aaaa"));
        byte[] check = TcpStage.request("aaaa:zzzz");
        pending.onFrame(ByteBuffer.wrap(check));
        assertEquals(FrameReader.MOST_BYTES, pending.mostFrameBytes());
        byte[] frame = new byte[1_024];
        for (int i = 0; i < 1_000; i++) {
            pending.onFrame(ByteBuffer.wrap(frame));
        }
        pending.onFrame(ByteBuffer.wrap(frame, 0, MOST_EARLY_BYTES - check.length - 63 * frame.length));
        channel.leave();
        elsewhere.runPendingTasks();
        int bytes =
                sink.datagrams.stream().mapToInt(datagram -> datagram.length).sum();
        assertEquals(MOST_EARLY_BYTES, bytes);
        assertArrayEquals(check, sink.datagrams.peek());
    }
}
