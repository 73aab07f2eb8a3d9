package io.github.purrtc.ice;

import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What is kept of a peer that is authentic and not yet validated, and that it is little. */
class EarlyDatagramsTest {
    private static final long SECOND = 1_000_000_000L;

    private final EarlyDatagrams early = new EarlyDatagrams();

    private static InetSocketAddress path(int port) {
        return new InetSocketAddress("192.0.2.1", port);
    }

    private boolean keep(int port, int content, long nowNanos) {
        return early.keep(0, path(port), ByteBuffer.wrap(new byte[] {(byte) content}), nowNanos);
    }

    private List<Integer> take(int port, long nowNanos) {
        List<Integer> taken = new ArrayList<>();
        early.take(0, path(port), nowNanos, content -> taken.add((int) content.get()));
        return taken;
    }

    @Test
    void twoOfAPathAreKeptInOrder() {
        assertTrue(keep(1, 1, 0));
        assertTrue(keep(1, 2, 0));
        assertFalse(keep(1, 3, 0));
        assertTrue(keep(2, 4, 0));
        assertEquals(List.of(1, 2), take(1, SECOND / 2));
        assertEquals(List.of(), take(1, SECOND / 2));
        assertEquals(List.of(4), take(2, SECOND / 2));
    }

    @Test
    void sixteenOfAllPathsAreKept() {
        for (int port = 1; port <= 16; port++) {
            assertTrue(keep(port, port, 0));
        }
        assertFalse(keep(17, 17, 0));
        assertEquals(List.of(16), take(16, 0));
        assertTrue(keep(17, 17, 0));
    }

    @Test
    void nothingIsKeptForLong() {
        assertTrue(keep(1, 1, 0));
        assertEquals(List.of(), take(1, SECOND));
        for (int port = 1; port <= 16; port++) {
            assertTrue(keep(port, port, 0));
        }
        assertTrue(keep(17, 17, SECOND), "the old ones make room");
    }

    @Test
    void largerOnesAreNotKept() {
        assertTrue(early.keep(0, path(1), ByteBuffer.allocate(2_048), 0));
        assertFalse(early.keep(0, path(1), ByteBuffer.allocate(2_049), 0));
    }
}
