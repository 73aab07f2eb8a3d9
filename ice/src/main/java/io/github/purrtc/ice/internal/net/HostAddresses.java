package io.github.purrtc.ice.internal.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The addresses of this host that a socket can be bound to. Asking the system takes long (a few system calls for each
 * interface and address), so what it said is used for a second.
 */
public final class HostAddresses {
    private static final long VALID_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static volatile Snapshot last = new Snapshot(List.of(), System.nanoTime() - VALID_NANOS);

    private record Entry(NetworkInterface networkInterface, InetAddress address) {}

    private record Snapshot(List<Entry> entries, long takenNanos) {}

    private HostAddresses() {}

    /**
     * The usable addresses: of interfaces that are up, not link-local, not loopback; with loopback on request, or when
     * there are no others.
     *
     * @throws SocketException if the system does not tell
     */
    public static List<InetAddress> find(
            boolean includeLoopback, Predicate<NetworkInterface> interfaces, Predicate<InetAddress> addresses)
            throws SocketException {
        List<InetAddress> usable = new ArrayList<>();
        List<InetAddress> loopback = new ArrayList<>();
        for (Entry entry : snapshot()) {
            if (interfaces.test(entry.networkInterface) && addresses.test(entry.address)) {
                (entry.address.isLoopbackAddress() ? loopback : usable).add(entry.address);
            }
        }
        if (includeLoopback || usable.isEmpty()) {
            usable.addAll(loopback);
        }
        return usable;
    }

    private static List<Entry> snapshot() throws SocketException {
        Snapshot snapshot = last;
        long now = System.nanoTime();
        if (now - snapshot.takenNanos >= VALID_NANOS) {
            snapshot = new Snapshot(ask(), now);
            last = snapshot;
        }
        return snapshot.entries;
    }

    private static List<Entry> ask() throws SocketException {
        List<Entry> entries = new ArrayList<>();
        for (NetworkInterface networkInterface :
                NetworkInterface.networkInterfaces().toList()) {
            if (!networkInterface.isUp()) {
                continue;
            }
            for (InetAddress address : networkInterface.inetAddresses().toList()) {
                if (isUsable(address)) {
                    entries.add(new Entry(networkInterface, withoutScope(address)));
                }
            }
        }
        return List.copyOf(entries);
    }

    private static boolean isUsable(InetAddress address) {
        return !address.isAnyLocalAddress() && !address.isMulticastAddress() && !address.isLinkLocalAddress();
    }

    /** A global address needs no zone, and without one it equals what comes from the network. */
    private static InetAddress withoutScope(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        try {
            return Inet6Address.getByAddress(null, address.getAddress(), null);
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an address", e);
        }
    }
}
