package io.github.purrtc.ice.internal.harvest;

import io.github.purrtc.ice.internal.IpLiteral;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.List;

/** From which of our addresses a server is reached. */
final class LocalRoute {
    private LocalRoute() {}

    /**
     * The address that the system would use, if it is one of the allowed; else the first of them of that family. A server on this
     * host's loopback is reached from there.
     *
     * @return null if none is of that family
     */
    static @Nullable InetAddress towards(InetSocketAddress server, List<InetAddress> allowed) {
        List<InetAddress> ofFamily = allowed.stream()
                .filter(address -> address.getClass() == server.getAddress().getClass())
                .toList();
        if (server.getAddress().isLoopbackAddress()) {
            return routed(server);
        }
        if (ofFamily.size() <= 1) {
            return ofFamily.isEmpty() ? null : ofFamily.get(0);
        }
        InetAddress routed = routed(server);
        return routed != null && ofFamily.contains(routed) ? routed : ofFamily.get(0);
    }

    /** Connecting a UDP socket sends nothing. */
    private static @Nullable InetAddress routed(InetSocketAddress server) {
        try (DatagramChannel probe = DatagramChannel.open()) {
            probe.connect(server);
            InetSocketAddress local = (InetSocketAddress) probe.getLocalAddress();
            return IpLiteral.parse(IpLiteral.format(local.getAddress()));
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }
}
