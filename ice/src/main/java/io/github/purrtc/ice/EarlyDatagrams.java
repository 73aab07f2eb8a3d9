package io.github.purrtc.ice;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Datagrams that came over a path whose peer is authentic but which our own check has not validated yet: the first
 * ClientHello, mostly, which would otherwise wait for its retransmission.
 */
final class EarlyDatagrams {
    private static final int MOST_OF_A_PATH = 2;
    private static final int MOST = 16;
    private static final int MOST_BYTES = 2_048;
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private record Early(int socketId, InetSocketAddress source, ByteBuffer content, long expiresNanos) {
        boolean cameBy(int id, InetSocketAddress address) {
            return socketId == id && source.equals(address);
        }
    }

    private final List<Early> kept = new ArrayList<>();

    /** Keeps a copy; false if there is no room. */
    boolean keep(int socketId, InetSocketAddress source, ByteBuffer datagram, long nowNanos) {
        kept.removeIf(early -> early.expiresNanos - nowNanos <= 0);
        long ofPath =
                kept.stream().filter(early -> early.cameBy(socketId, source)).count();
        if (ofPath >= MOST_OF_A_PATH || kept.size() >= MOST || datagram.remaining() > MOST_BYTES) {
            return false;
        }
        ByteBuffer copy =
                ByteBuffer.allocate(datagram.remaining()).put(datagram).flip();
        kept.add(new Early(socketId, source, copy, nowNanos + KEPT_NANOS));
        return true;
    }

    /** Hands over, in order, what came over the path lately, and forgets it. */
    void take(int socketId, InetSocketAddress source, long nowNanos, Consumer<ByteBuffer> receiver) {
        List<Early> taken = kept.stream()
                .filter(early -> early.cameBy(socketId, source) && early.expiresNanos - nowNanos > 0)
                .toList();
        kept.removeIf(early -> early.cameBy(socketId, source));
        taken.forEach(early -> receiver.accept(early.content));
    }

    void clear() {
        kept.clear();
    }
}
