package io.github.purrtc.ice.internal.net;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.util.function.Consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

/** A connection that lives so long that its peer has had many addresses. */
class PortShareTest {
    private static final int MOST_REMOTES = 128;

    private final SharedPort port = new SharedPort(Loops.loopback(9), null);
    private final PortReceiver receiver = new PortReceiver(new EmbeddedChannel().eventLoop(), port);
    private final PortShare share = new PortShare(port, receiver, new TcpStage.Sink());

    private static InetSocketAddress remote(int number) {
        return Loops.loopback(1_000 + number);
    }

    private void assertReachedFromTheLatest(Consumer<InetSocketAddress> told) {
        for (int i = 0; i < 1_000; i++) {
            told.accept(remote(i));
            assertSame(share, port.ofRemote(remote(i)), "the address number " + i);
            assertEquals(Math.min(i + 1, MOST_REMOTES), port.entries());
        }
        assertSame(share, port.ofRemote(remote(1_000 - MOST_REMOTES)));
        assertNull(port.ofRemote(remote(1_000 - MOST_REMOTES - 1)));
    }

    @Test
    @DisplayName(
            "a peer that has moved a thousand times is still heard from where it is; the oldest addresses are let go")
    void validated() {
        assertReachedFromTheLatest(share::onValidated);
    }

    @Test
    @DisplayName("so it is where it has only shown the password yet")
    void authenticated() {
        assertReachedFromTheLatest(share::onAuthenticated);
    }

    @Test
    @DisplayName("an address that is validated again is as good as new")
    void again() {
        for (int i = 0; i < 1_000; i++) {
            share.onValidated(remote(i));
            if (i % 100 == 0) {
                share.onValidated(remote(0));
            }
        }
        assertSame(share, port.ofRemote(remote(0)));
        assertEquals(MOST_REMOTES, port.entries());
    }

    @Test
    @DisplayName("an address that is another's by now is not taken from it, neither in passing nor by letting go")
    void another() {
        PortShare other = new PortShare(port, receiver, new TcpStage.Sink());
        share.onValidated(remote(0));
        other.onValidated(remote(0));
        share.onAuthenticated(remote(0));
        for (int i = 1; i < 1_000; i++) {
            share.onAuthenticated(remote(i));
        }
        assertSame(other, port.ofRemote(remote(0)));
        assertEquals(1 + MOST_REMOTES, port.entries());
    }
}
