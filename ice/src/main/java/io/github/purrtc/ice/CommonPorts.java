package io.github.purrtc.ice;

import org.jspecify.annotations.Nullable;

/**
 * Ports that all connections of a {@link Network} share, on each local address that they use, in place of a port for each
 * connection. Whom a packet is for is told by the username of the peer's checks, then by the remote address. Two UDP connections
 * between the same two ports cannot be told apart, so at least one side needs ports of its own.
 *
 * @param udpPort the UDP port of all host and server-reflexive candidates; 0 for none. Where the system cannot spread one port
 *     over several sockets (SO_REUSEPORT), the network has one loop
 * @param tcpPort the TCP port of all passive TCP candidates (RFC 6544); 0 for none
 * @param unknownUsernameHook asked about checks over UDP that are for no connection; null to drop them
 */
public record CommonPorts(
        int udpPort, int tcpPort, @Nullable UnknownUsernameHook unknownUsernameHook) {
    /** Ports of its own for each connection. */
    public static final CommonPorts NONE = new CommonPorts(0, 0, null);

    private static final int MOST_PORT = 65_535;

    /**
     * Checks the ports.
     *
     * @throws IllegalArgumentException if one is not 0 to 65,535
     */
    public CommonPorts {
        requirePort("udpPort", udpPort);
        requirePort("tcpPort", tcpPort);
    }

    private static void requirePort(String name, int port) {
        if (port < 0 || port > MOST_PORT) {
            throw new IllegalArgumentException(name + ": 0 to " + MOST_PORT + ", not " + port);
        }
    }

    /** One UDP port for all connections. */
    public static CommonPorts udp(int port) {
        return NONE.withUdpPort(port);
    }

    /** These with another {@link #udpPort}. */
    public CommonPorts withUdpPort(int udpPort) {
        return new CommonPorts(udpPort, tcpPort, unknownUsernameHook);
    }

    /** These with another {@link #tcpPort}. */
    public CommonPorts withTcpPort(int tcpPort) {
        return new CommonPorts(udpPort, tcpPort, unknownUsernameHook);
    }

    /** These with another {@link #unknownUsernameHook}. */
    public CommonPorts withUnknownUsernameHook(@Nullable UnknownUsernameHook unknownUsernameHook) {
        return new CommonPorts(udpPort, tcpPort, unknownUsernameHook);
    }
}
