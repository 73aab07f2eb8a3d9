package io.github.purrtc.ice;

import io.github.purrtc.ice.internal.turn.RelayRenewal;
import org.jspecify.annotations.Nullable;

import javax.net.ssl.SSLContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** What an {@link IceGatherer} gathers. Immutable; made by {@link #builder()}. */
public final class IceGatherOptions {
    private final boolean includeLoopback;
    private final List<IceServer> iceServers;
    private final IceTransportPolicy transportPolicy;
    private final Predicate<NetworkInterface> interfaceFilter;
    private final Predicate<InetAddress> addressFilter;
    private final int leastPort;
    private final int mostPort;
    private final Duration serverTimeout;
    private final @Nullable SSLContext tlsContext;
    private final RelayRenewal relayRenewal;
    private final Set<TcpType> tcpTypes;
    private final String usernameFragmentPrefix;
    private final Function<InetSocketAddress, @Nullable InetSocketAddress> addressMapping;
    private final boolean lite;
    private final Set<IpVersion> ipVersions;
    private final Predicate<InetAddress> remoteAddressFilter;
    private final List<IceServer> mappingServers;
    private final PortMapping portMapping;
    private final HostAddressPolicy hostAddressPolicy;
    private final Duration networkCheckInterval;

    private IceGatherOptions(Builder builder) {
        includeLoopback = builder.includeLoopback;
        iceServers = builder.iceServers;
        transportPolicy = builder.transportPolicy;
        interfaceFilter = builder.interfaceFilter;
        addressFilter = builder.addressFilter;
        leastPort = builder.leastPort;
        mostPort = builder.mostPort;
        serverTimeout = builder.serverTimeout;
        tlsContext = builder.tlsContext;
        relayRenewal = builder.relayRenewal;
        tcpTypes = builder.tcpTypes;
        usernameFragmentPrefix = builder.usernameFragmentPrefix;
        addressMapping = builder.addressMapping;
        lite = builder.lite;
        ipVersions = builder.ipVersions;
        remoteAddressFilter = builder.remoteAddressFilter;
        mappingServers = builder.mappingServers;
        portMapping = builder.portMapping;
        hostAddressPolicy = builder.hostAddressPolicy;
        networkCheckInterval = builder.networkCheckInterval;
    }

    /** Host candidates of all usable interfaces, on any ports, no servers. */
    public static IceGatherOptions defaults() {
        return builder().build();
    }

    /** With everything as in {@link #defaults}. */
    public static Builder builder() {
        return new Builder();
    }

    /** Whether loopback addresses are used even where there are others. */
    public boolean includeLoopback() {
        return includeLoopback;
    }

    /** The STUN and TURN servers to ask. */
    public List<IceServer> iceServers() {
        return iceServers;
    }

    /** Which candidates are gathered at all. */
    public IceTransportPolicy transportPolicy() {
        return transportPolicy;
    }

    /** The interfaces to use. */
    public Predicate<NetworkInterface> interfaceFilter() {
        return interfaceFilter;
    }

    /** The local addresses to use. */
    public Predicate<InetAddress> addressFilter() {
        return addressFilter;
    }

    /** The lowest local port, 0 for any. */
    public int leastPort() {
        return leastPort;
    }

    /** The highest local port, 0 for any. */
    public int mostPort() {
        return mostPort;
    }

    /** How long gathering waits for servers. */
    public Duration serverTimeout() {
        return serverTimeout;
    }

    /** Whom TLS towards servers trusts; null: whom the JVM trusts. */
    public @Nullable SSLContext tlsContext() {
        return tlsContext;
    }

    /** The versions of IP to use. */
    public Set<IpVersion> ipVersions() {
        return ipVersions;
    }

    /** The addresses of the peer to send to, and to take checks from. */
    public Predicate<InetAddress> remoteAddressFilter() {
        return remoteAddressFilter;
    }

    /** STUN servers that tell the external addresses of a 1:1 NAT. */
    public List<IceServer> mappingServers() {
        return mappingServers;
    }

    /** Whether the router is asked to let packets in. */
    public PortMapping portMapping() {
        return portMapping;
    }

    /** How the addresses of this host are told to the peer. */
    public HostAddressPolicy hostAddressPolicy() {
        return hostAddressPolicy;
    }

    /** How often the interfaces are looked at; zero: never. */
    public Duration networkCheckInterval() {
        return networkCheckInterval;
    }

    /** When permissions and channels are renewed. */
    RelayRenewal relayRenewal() {
        return relayRenewal;
    }

    /** Which TCP candidates are gathered beside those of UDP. */
    public Set<TcpType> tcpTypes() {
        return tcpTypes;
    }

    /** What the username fragment begins with. */
    public String usernameFragmentPrefix() {
        return usernameFragmentPrefix;
    }

    /** From the address of a host candidate to the one that is announced in its place, null for none. */
    public Function<InetSocketAddress, @Nullable InetSocketAddress> addressMapping() {
        return addressMapping;
    }

    /** Whether this side is an ICE-lite implementation (RFC 8445 §2.5). */
    public boolean lite() {
        return lite;
    }

    /** Collects the options; to be used by one thread. */
    public static final class Builder {
        private static final int MOST_PREFIX_CHARS = 128;
        private static final Duration LEAST_CHECK_INTERVAL = Duration.ofSeconds(1);
        private static final Duration MOST_SERVER_TIMEOUT = Duration.ofSeconds(60);

        private boolean includeLoopback;
        private List<IceServer> iceServers = List.of();
        private IceTransportPolicy transportPolicy = IceTransportPolicy.ALL;
        private Predicate<NetworkInterface> interfaceFilter = networkInterface -> true;
        private Predicate<InetAddress> addressFilter = address -> true;
        private int leastPort;
        private int mostPort;
        private Duration serverTimeout = Duration.ofSeconds(5);
        private @Nullable SSLContext tlsContext;
        private RelayRenewal relayRenewal = RelayRenewal.STANDARD;
        private Set<TcpType> tcpTypes = Set.of();
        private String usernameFragmentPrefix = "";
        private Function<InetSocketAddress, @Nullable InetSocketAddress> addressMapping = local -> local;
        private boolean lite;
        private Set<IpVersion> ipVersions = Set.of(IpVersion.values());
        private Predicate<InetAddress> remoteAddressFilter = address -> true;
        private List<IceServer> mappingServers = List.of();
        private PortMapping portMapping = PortMapping.NONE;
        private HostAddressPolicy hostAddressPolicy = HostAddressPolicy.ADDRESSES;
        private Duration networkCheckInterval = Duration.ZERO;

        private Builder() {}

        /** Loopback addresses too; they are used anyway when there are no others. */
        public Builder includeLoopback(boolean value) {
            includeLoopback = value;
            return this;
        }

        /** The STUN and TURN servers to ask; none unless said otherwise. */
        public Builder iceServers(List<IceServer> value) {
            iceServers = List.copyOf(value);
            return this;
        }

        /** Which candidates are gathered at all; all kinds unless said otherwise. */
        public Builder transportPolicy(IceTransportPolicy value) {
            transportPolicy = Objects.requireNonNull(value, "transportPolicy");
            return this;
        }

        /** The interfaces to use; asked on a loop, must not block. */
        public Builder interfaceFilter(Predicate<NetworkInterface> value) {
            interfaceFilter = Objects.requireNonNull(value, "interfaceFilter");
            return this;
        }

        /** The local addresses to use; asked on a loop, must not block. */
        public Builder addressFilter(Predicate<InetAddress> value) {
            addressFilter = Objects.requireNonNull(value, "addressFilter");
            return this;
        }

        /** The local ports to use, both ends included; 0 and 0 for any. */
        public Builder portRange(int least, int most) {
            boolean any = least == 0 && most == 0;
            if (!any && (least < 1 || most > 65_535 || least > most)) {
                throw new IllegalArgumentException("port range " + least + " to " + most);
            }
            leastPort = least;
            mostPort = most;
            return this;
        }

        /** How long gathering waits for servers, 5 seconds unless said otherwise. */
        public Builder serverTimeout(Duration value) {
            if (value.isNegative() || value.isZero() || value.compareTo(MOST_SERVER_TIMEOUT) > 0) {
                throw new IllegalArgumentException("server timeout " + value);
            }
            serverTimeout = value;
            return this;
        }

        /** Whom TLS towards {@code turns:} and {@code stuns:} servers trusts, in place of whom the JVM trusts. */
        public Builder tlsContext(SSLContext value) {
            tlsContext = Objects.requireNonNull(value, "tlsContext");
            return this;
        }

        /** The versions of IP to use; both unless said otherwise. */
        public Builder ipVersions(Set<IpVersion> value) {
            if (value.isEmpty()) {
                throw new IllegalArgumentException("no IP version");
            }
            ipVersions = Set.copyOf(value);
            return this;
        }

        /**
         * The addresses of the peer to send to, and to take checks from; asked on a loop, must not block. Multicast, broadcast
         * and unspecified addresses are refused anyway.
         */
        public Builder remoteAddressFilter(Predicate<InetAddress> value) {
            remoteAddressFilter = Objects.requireNonNull(value, "remoteAddressFilter");
            return this;
        }

        /**
         * STUN servers that tell the external addresses of a 1:1 NAT in front of this host. They are asked once for each local
         * address in ten minutes, not for each connection; what they say is taken to hold for all ports.
         */
        public Builder mappingServers(List<IceServer> value) {
            mappingServers = List.copyOf(value);
            return this;
        }

        /** Whether the router is asked to let packets in; it is not unless said otherwise. */
        public Builder portMapping(PortMapping value) {
            portMapping = Objects.requireNonNull(value, "portMapping");
            return this;
        }

        /** How the addresses of this host are told to the peer; as they are unless said otherwise. */
        public Builder hostAddressPolicy(HostAddressPolicy value) {
            hostAddressPolicy = Objects.requireNonNull(value, "hostAddressPolicy");
            return this;
        }

        /**
         * Looks at the interfaces that often, after gathering: candidates come for new addresses, and go with those that have
         * gone.
         *
         * @param value at least a second; zero for never, as it is unless said otherwise
         */
        public Builder networkCheckInterval(Duration value) {
            if (!value.isZero() && value.compareTo(LEAST_CHECK_INTERVAL) < 0) {
                throw new IllegalArgumentException("network check interval " + value);
            }
            networkCheckInterval = value;
            return this;
        }

        /** For servers that let permissions and channels lapse earlier than RFC 8656 says. */
        Builder relayRenewal(Duration permissions, Duration channels) {
            relayRenewal = new RelayRenewal(permissions.toNanos(), channels.toNanos());
            return this;
        }

        /**
         * The TCP candidates to gather beside those of UDP (RFC 6544): active ones connect to the peer, passive ones have a port that it
         * connects to. None unless said otherwise.
         *
         * @param types not {@link TcpType#SIMULTANEOUS_OPEN}, which is not supported
         */
        public Builder tcpTypes(Set<TcpType> types) {
            if (types.contains(TcpType.SIMULTANEOUS_OPEN)) {
                throw new IllegalArgumentException("TCP candidates of type so are not supported");
            }
            tcpTypes = Set.copyOf(types);
            return this;
        }

        /**
         * What the username fragment begins with, a node's name say: routers can tell by it whom a peer's checks are for. Randomness
         * follows it.
         *
         * @param value up to 128 ice-chars (letters, digits, '+' and '/'; RFC 8839 §5.4)
         */
        public Builder usernameFragmentPrefix(String value) {
            if (!value.isEmpty() && (value.length() > MOST_PREFIX_CHARS || !IceParameters.isIceChars(value, 1))) {
                throw new IllegalArgumentException("the username fragment's prefix must be at most " + MOST_PREFIX_CHARS
                        + " letters, digits, '+' or '/', not " + value);
            }
            usernameFragmentPrefix = value;
            return this;
        }

        /**
         * Where the packets to a local address have to be sent: the outer address of a NAT that maps one to one, or of a router. The
         * candidate is announced with that address and no other, or not at all if it is null. Asked on a loop for each host
         * candidate; must not block.
         */
        public Builder addressMapping(Function<InetSocketAddress, @Nullable InetSocketAddress> value) {
            addressMapping = Objects.requireNonNull(value, "addressMapping");
            return this;
        }

        /**
         * To answer checks and send none, with host candidates only: for servers that everybody can reach. Towards a peer that is lite as
         * well checks are sent all the same.
         */
        public Builder lite(boolean value) {
            lite = value;
            return this;
        }

        /** The options. */
        public IceGatherOptions build() {
            return new IceGatherOptions(this);
        }
    }
}
