package io.github.purrtc.ice.internal.net;

import io.netty.channel.DefaultChannelId;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** On channels without sockets, in virtual time: whoever connects says nothing. */
class TcpAcceptorTest {
    private static final int MOST_PENDING = 256;

    private final EmbeddedChannel listening = new EmbeddedChannel();
    private final TcpAcceptor acceptor =
            new TcpAcceptor(listening.eventLoop(), new TcpPort(Loops.loopback(9), () -> {}));
    private final List<Stranger> strangers = new ArrayList<>();

    /** Not registered with a loop yet, as those are that a listening socket hands out. */
    private static final class Stranger extends EmbeddedChannel {
        private final int port;

        Stranger(int port) {
            super(DefaultChannelId.newInstance(), false, false);
            this.port = port;
        }

        @Override
        protected SocketAddress remoteAddress0() {
            return Loops.loopback(port);
        }
    }

    private void connect(int count) {
        for (int i = 0; i < count; i++) {
            Stranger stranger = new Stranger(1 + strangers.size());
            strangers.add(stranger);
            listening.writeInbound(stranger);
        }
    }

    @Test
    @DisplayName("256 wait at most; of more the oldest go")
    void theOldestGo() {
        listening.pipeline().addLast(acceptor);
        connect(MOST_PENDING);
        assertTrue(strangers.get(0).isOpen());
        connect(3);
        assertEquals(MOST_PENDING, acceptor.pending());
        for (int i = 0; i < strangers.size(); i++) {
            assertEquals(i >= 3, strangers.get(i).isOpen(), "the one that came as number " + i);
        }
    }

    @Test
    @DisplayName("nobody waits longer than five seconds")
    void notForLong() {
        listening.freezeTime();
        listening.pipeline().addLast(acceptor);
        connect(2);
        listening.advanceTimeBy(4_999, TimeUnit.MILLISECONDS);
        listening.runScheduledPendingTasks();
        assertEquals(2, acceptor.pending());
        listening.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        listening.runScheduledPendingTasks();
        assertEquals(0, acceptor.pending());
        assertFalse(strangers.get(1).isOpen());
    }
}
