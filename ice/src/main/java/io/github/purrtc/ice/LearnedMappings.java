package io.github.purrtc.ice;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** What STUN servers have said of a 1:1 NAT in front of this host: one answer serves all connections for a while. */
final class LearnedMappings {
    private static final long VALID_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final Map<InetAddress, Learned> MAPPINGS = new ConcurrentHashMap<>();

    private record Learned(InetAddress external, long nanos) {}

    private LearnedMappings() {}

    static void learn(InetAddress local, InetAddress external, long nowNanos) {
        MAPPINGS.put(local, new Learned(external, nowNanos));
    }

    static @Nullable InetAddress external(InetAddress local, long nowNanos) {
        Learned learned = MAPPINGS.get(local);
        return learned == null || nowNanos - learned.nanos > VALID_NANOS ? null : learned.external;
    }
}
