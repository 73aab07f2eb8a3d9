package io.github.purrtc.ice.internal.harvest;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Which servers have lately left a question unanswered: waiting for them is not to take the threads that others need. */
final class SilentServers {
    private static final long REMEMBERED_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int MOST = 1_000;

    private final Map<InetSocketAddress, Long> silentSince = new ConcurrentHashMap<>();

    void note(InetSocketAddress server, boolean answered, long nowNanos) {
        if (answered) {
            silentSince.remove(server);
            return;
        }
        if (silentSince.size() >= MOST) {
            silentSince.clear();
        }
        silentSince.put(server, nowNanos);
    }

    boolean isSilent(InetSocketAddress server, long nowNanos) {
        Long since = silentSince.get(server);
        return since != null && nowNanos - since < REMEMBERED_NANOS;
    }
}
