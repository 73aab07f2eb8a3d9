package io.github.purrtc.ice.internal.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** On a channel without a socket, which no timer closes. */
class TcpPendingTest {
    private static final int MOST_FIRST_BYTES = 1_280;

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final TcpPort port = new TcpPort(Loops.loopback(9), () -> {});
    private final TcpAcceptor acceptor = new TcpAcceptor(channel.eventLoop(), port);
    private final TcpPending pending = new TcpPending(acceptor, channel, Loops.loopback(4_000));

    @Test
    @DisplayName("a first frame that is longer than any check ends the connection before it is here")
    void theFirstFrameIsShort() {
        assertEquals(MOST_FIRST_BYTES, pending.mostFrameBytes());
        channel.writeInbound(Unpooled.buffer(2).writeShort(MOST_FIRST_BYTES));
        assertTrue(channel.isOpen());
        channel.writeInbound(Unpooled.buffer(2).writeZero(MOST_FIRST_BYTES).writeShort(MOST_FIRST_BYTES + 1));
        assertFalse(channel.isOpen());
    }
}
