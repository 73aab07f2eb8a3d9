package io.github.purrtc.ice;

import org.jspecify.annotations.Nullable;

/**
 * Ports that all connections of a {@link Network} share, on each local address that they use, in place of a port for each
 * connection. Whom a packet is for is told by the username of the peer's checks, then by the remote address. Two connections
 * between the same two ports cannot be told apart, so at least one side needs ports of its own.
 *
 * @param udpPort the UDP port of all host and server-reflexive candidates; 0 for none. Where the system cannot spread one port
 *     over several sockets (SO_REUSEPORT), the network has one loop
 * @param unknownUsernameHook asked about checks that are for no connection; null to drop them
 */
public record CommonPorts(int udpPort, @Nullable UnknownUsernameHook unknownUsernameHook) {
    /** Ports of its own for each connection. */
    public static final CommonPorts NONE = new CommonPorts(0, null);

    private static final int MOST_PORT = 65_535;

    public CommonPorts {
        if (udpPort < 0 || udpPort > MOST_PORT) {
            throw new IllegalArgumentException("udpPort: 0 to " + MOST_PORT + ", not " + udpPort);
        }
    }

    /** One UDP port for all connections. */
    public static CommonPorts udp(int port) {
        return NONE.withUdpPort(port);
    }

    public CommonPorts withUdpPort(int udpPort) {
        return new CommonPorts(udpPort, unknownUsernameHook);
    }

    public CommonPorts withUnknownUsernameHook(@Nullable UnknownUsernameHook unknownUsernameHook) {
        return new CommonPorts(udpPort, unknownUsernameHook);
    }
}
