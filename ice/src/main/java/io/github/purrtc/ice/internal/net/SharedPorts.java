package io.github.purrtc.ice.internal.net;

import io.github.purrtc.ice.CommonPorts;
import io.github.purrtc.ice.UnknownUsernameHook;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;

/** The ports that all connections of a network use, on each local address from the first connection there. Thread-safe. */
public final class SharedPorts {
    private final int udpPort;
    private final int tcpPort;
    private final @Nullable UnknownUsernameHook hook;
    private final Map<InetAddress, SharedPort> ports = new HashMap<>();
    private final Map<InetAddress, TcpPort> tcpPorts = new HashMap<>();

    /** Null if each connection is to have ports of its own. */
    public static @Nullable SharedPorts of(CommonPorts ports) {
        return ports.udpPort() == 0 && ports.tcpPort() == 0
                ? null
                : new SharedPorts(ports.udpPort(), ports.tcpPort(), ports.unknownUsernameHook());
    }

    SharedPorts(int udpPort, int tcpPort, @Nullable UnknownUsernameHook hook) {
        this.udpPort = udpPort;
        this.tcpPort = tcpPort;
        this.hook = hook;
    }

    /** 0 for none. */
    int udpPort() {
        return udpPort;
    }

    /** 0 for none. */
    int tcpPort() {
        return tcpPort;
    }

    /**
     * The UDP port on an address, which must not be in use elsewhere: with SO_REUSEPORT the kernel would give a part of the
     * packets to another program that has it too, and nobody would be told.
     */
    synchronized SharedPort on(InetAddress address) throws IOException {
        SharedPort known = ports.get(address);
        if (known != null) {
            return known;
        }
        InetSocketAddress local = new InetSocketAddress(address, udpPort);
        requireFree(local);
        SharedPort made = new SharedPort(local, hook);
        ports.put(address, made);
        return made;
    }

    /** Likewise the TCP port. */
    synchronized TcpPort tcpOn(InetAddress address) throws IOException {
        TcpPort known = tcpPorts.get(address);
        if (known != null) {
            return known;
        }
        InetSocketAddress local = new InetSocketAddress(address, tcpPort);
        requireFreeForTcp(local);
        TcpPort made = new TcpPort(local, () -> {});
        tcpPorts.put(address, made);
        return made;
    }

    private static void requireFreeForTcp(InetSocketAddress local) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(local);
        } catch (IOException e) {
            throw new IOException("cannot bind " + local + ": " + e.getMessage(), e);
        }
    }

    private static void requireFree(InetSocketAddress local) throws IOException {
        try {
            new DatagramSocket(local).close();
        } catch (IOException e) {
            throw new IOException("cannot bind " + local + ": " + e.getMessage(), e);
        }
    }

    /** What the connections hold in the tables, over all addresses. */
    public synchronized int entries() {
        return ports.values().stream().mapToInt(SharedPort::entries).sum()
                + tcpPorts.values().stream().mapToInt(TcpPort::entries).sum();
    }
}
