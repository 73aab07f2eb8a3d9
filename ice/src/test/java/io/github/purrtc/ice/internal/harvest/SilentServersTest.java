package io.github.purrtc.ice.internal.harvest;

import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SilentServersTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress("192.0.2.1", 3_478);

    private final SilentServers servers = new SilentServers();

    @Test
    void silenceIsRememberedForAWhile() {
        assertFalse(servers.isSilent(SERVER, 0));
        servers.note(SERVER, false, 0);
        assertTrue(servers.isSilent(SERVER, TimeUnit.SECONDS.toNanos(29)));
        assertFalse(servers.isSilent(SERVER, TimeUnit.SECONDS.toNanos(30)));
    }

    @Test
    void anAnswerEndsIt() {
        servers.note(SERVER, false, 0);
        servers.note(SERVER, true, 1);
        assertFalse(servers.isSilent(SERVER, 2));
    }

    @Test
    void thereIsALimitToWhatIsRemembered() {
        for (int i = 0; i < 5_000; i++) {
            servers.note(new InetSocketAddress("192.0.2.1", 1 + i), false, 0);
        }
        assertFalse(servers.isSilent(new InetSocketAddress("192.0.2.1", 1), 0));
        assertTrue(servers.isSilent(new InetSocketAddress("192.0.2.1", 5_000), 0));
    }
}
