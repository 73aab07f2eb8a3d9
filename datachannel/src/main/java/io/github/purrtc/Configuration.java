package io.github.purrtc;

import io.github.purrtc.dtls.DtlsCertificate;
import io.github.purrtc.ice.CandidateType;
import io.github.purrtc.ice.IceGatherOptions;
import io.github.purrtc.ice.IceServer;
import io.github.purrtc.ice.IceTransportPolicy;
import io.github.purrtc.ice.TcpType;
import io.github.purrtc.sctp.CongestionAlgorithm;
import io.github.purrtc.sdp.SctpAttributes;
import io.github.purrtc.sdp.SdpDialect;
import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** How a connection is made: webrtc-pc §4.2, {@code RTCConfiguration}, and what only a library can set. */
public final class Configuration {
    /** Host candidates only, today's SDP. */
    public static final Configuration DEFAULT = builder().build();

    static final int BASE_DATAGRAM_SIZE = 1_200;
    /** Without discovery. */
    static final int LEAST_DATAGRAM_SIZE = 600;
    /** A DTLS record of 16 KiB. */
    static final int MAX_DATAGRAM_SIZE = 16_421;

    private final List<IceServer> iceServers;
    private final IceTransportPolicy iceTransportPolicy;
    private final BundlePolicy bundlePolicy;
    private final int iceCandidatePoolSize;
    private final UnaryOperator<IceGatherOptions.Builder> gathering;
    private final Set<CandidateType> candidateTypes;
    private final boolean includeLoopback;
    private final Set<TcpType> tcpTypes;
    private final String usernameFragmentPrefix;
    private final Function<InetSocketAddress, @Nullable InetSocketAddress> addressMapping;
    private final boolean iceLite;
    private final SdpDialect sdpDialect;
    private final int sctpPort;
    private final int receiveWindow;
    private final int maxReceiveWindow;
    private final int sendBufferLimit;
    private final int maxSendBufferLimit;
    private final int maxMessageSize;
    private final int maxDatagramSize;
    private final boolean pathMtuDiscovery;
    private final boolean zeroChecksum;
    private final boolean sctpInit;
    private final boolean messagesOfAnySize;
    private final CongestionAlgorithm congestionControl;
    private final Duration minRetransmissionTimeout;
    private final Duration maxRetransmissionTimeout;
    private final Duration acknowledgementDelay;
    private final List<DtlsCertificate> certificates;
    private final @Nullable Duration initialRetransmissionTimeout;
    private final @Nullable Path packetLog;
    private final @Nullable Path keyLog;

    private Configuration(Builder builder) {
        iceServers = builder.iceServers;
        iceTransportPolicy = builder.iceTransportPolicy;
        bundlePolicy = builder.bundlePolicy;
        iceCandidatePoolSize = builder.iceCandidatePoolSize;
        gathering = builder.gathering;
        candidateTypes = builder.candidateTypes;
        includeLoopback = builder.includeLoopback;
        tcpTypes = builder.tcpTypes;
        usernameFragmentPrefix = builder.usernameFragmentPrefix;
        addressMapping = builder.addressMapping;
        iceLite = builder.iceLite;
        sdpDialect = builder.sdpDialect;
        sctpPort = builder.sctpPort;
        receiveWindow = builder.receiveWindow;
        maxReceiveWindow = builder.maxReceiveWindow;
        sendBufferLimit = builder.sendBufferLimit;
        maxSendBufferLimit = builder.maxSendBufferLimit;
        maxMessageSize = builder.maxMessageSize;
        maxDatagramSize = builder.maxDatagramSize;
        pathMtuDiscovery = builder.pathMtuDiscovery;
        zeroChecksum = builder.zeroChecksum;
        sctpInit = builder.sctpInit;
        messagesOfAnySize = builder.messagesOfAnySize;
        congestionControl = builder.congestionControl;
        minRetransmissionTimeout = builder.minRetransmissionTimeout;
        maxRetransmissionTimeout = builder.maxRetransmissionTimeout;
        acknowledgementDelay = builder.acknowledgementDelay;
        certificates = builder.certificates;
        initialRetransmissionTimeout = builder.initialRetransmissionTimeout;
        packetLog = builder.packetLog;
        keyLog = builder.keyLog;
    }

    /** With everything as in {@link #DEFAULT}. */
    public static Builder builder() {
        return new Builder();
    }

    /** The STUN and TURN servers to gather from. */
    public List<IceServer> iceServers() {
        return iceServers;
    }

    /** Which candidates are gathered and made known. */
    public IceTransportPolicy iceTransportPolicy() {
        return iceTransportPolicy;
    }

    /** What is taken of offers that have more sections than that of data channels. */
    public BundlePolicy bundlePolicy() {
        return bundlePolicy;
    }

    /** Above 0, gathering begins with the connection rather than with its local description. */
    public int iceCandidatePoolSize() {
        return iceCandidatePoolSize;
    }

    /** The size of datagrams that is used before a larger one is known to get through. */
    int baseDatagramSize() {
        return pathMtuDiscovery ? BASE_DATAGRAM_SIZE : maxDatagramSize;
    }

    /** What else is said about gathering. */
    public UnaryOperator<IceGatherOptions.Builder> gathering() {
        return gathering;
    }

    /** Which kinds of candidates are made known to the peer and accepted from it. */
    public Set<CandidateType> candidateTypes() {
        return candidateTypes;
    }

    /** Whether candidates on the loopback interface are gathered even where there are others. */
    public boolean includeLoopback() {
        return includeLoopback;
    }

    /** Which TCP candidates are gathered beside those of UDP. */
    public Set<TcpType> tcpTypes() {
        return tcpTypes;
    }

    /** What the ICE username fragment begins with. */
    public String usernameFragmentPrefix() {
        return usernameFragmentPrefix;
    }

    /** From the address of a host candidate to the one that is announced in its place, null for none. */
    public Function<InetSocketAddress, @Nullable InetSocketAddress> addressMapping() {
        return addressMapping;
    }

    /** Whether this side is an ICE-lite implementation (RFC 8445 §2.5). */
    public boolean iceLite() {
        return iceLite;
    }

    /** The dialect of offers; answers speak the offer's. */
    public SdpDialect sdpDialect() {
        return sdpDialect;
    }

    /** The SCTP port on this side. */
    public int sctpPort() {
        return sctpPort;
    }

    /** How many bytes of messages that were not yet delivered are kept, at first. */
    public int receiveWindow() {
        return receiveWindow;
    }

    /** To how much {@link #receiveWindow} grows where the path and the reader have use for it. */
    public int maxReceiveWindow() {
        return maxReceiveWindow;
    }

    /** How many bytes may wait to be sent and acknowledged, over all channels, before {@code send} fails, at first. */
    public int sendBufferLimit() {
        return sendBufferLimit;
    }

    /** To how much {@link #sendBufferLimit} grows where the path has use for it. */
    public int maxSendBufferLimit() {
        return maxSendBufferLimit;
    }

    /** The largest message that the peer may send, in bytes; with {@link #messagesOfAnySize}, the largest that is received as a whole. */
    public int maxMessageSize() {
        return maxMessageSize;
    }

    /** The largest UDP datagram that is sent, in bytes, where the path carries it. */
    public int maxDatagramSize() {
        return maxDatagramSize;
    }

    /** Whether larger datagrams than every path carries are tried out before they are used. */
    public boolean pathMtuDiscovery() {
        return pathMtuDiscovery;
    }

    /** Whether packets go without SCTP's checksum where the peer has agreed to that. */
    public boolean zeroChecksum() {
        return zeroChecksum;
    }

    /** Whether SCTP's handshake is left out where the peer can do without it too. */
    public boolean sctpInit() {
        return sctpInit;
    }

    /** Whether the peer is told that messages may be of any size. */
    public boolean messagesOfAnySize() {
        return messagesOfAnySize;
    }

    /** How the congestion window grows and shrinks. */
    public CongestionAlgorithm congestionControl() {
        return congestionControl;
    }

    /** RFC 9260's RTO.Min: SCTP waits at least so long for an acknowledgement. */
    public Duration minRetransmissionTimeout() {
        return minRetransmissionTimeout;
    }

    /** RFC 9260's RTO.Max: SCTP waits at most so long before it sends anew. */
    public Duration maxRetransmissionTimeout() {
        return maxRetransmissionTimeout;
    }

    /** How long SCTP's acknowledgement of a lone packet may wait for a second one. */
    public Duration acknowledgementDelay() {
        return acknowledgementDelay;
    }

    /** The certificates; none: a fresh one for each connection. */
    public List<DtlsCertificate> certificates() {
        return certificates;
    }

    /**
     * How long DTLS and SCTP wait for the first answer of the peer before they say again what they said; null: 100 ms and 500 ms.
     */
    public @Nullable Duration initialRetransmissionTimeout() {
        return initialRetransmissionTimeout;
    }

    /** The directory for logs of SCTP packets; null: none are written. */
    public @Nullable Path packetLog() {
        return packetLog;
    }

    /** The file that the keys of connections are added to; null: none. */
    public @Nullable Path keyLog() {
        return keyLog;
    }

    /** Collects the options. */
    public static final class Builder {
        private static final int MOST_POOL_SIZE = 255;
        private static final int MOST_USERNAME_BYTES = 509;

        private List<IceServer> iceServers = List.of();
        private IceTransportPolicy iceTransportPolicy = IceTransportPolicy.ALL;
        private BundlePolicy bundlePolicy = BundlePolicy.BALANCED;
        private int iceCandidatePoolSize;
        private UnaryOperator<IceGatherOptions.Builder> gathering = UnaryOperator.identity();
        private Set<CandidateType> candidateTypes = Set.copyOf(EnumSet.allOf(CandidateType.class));
        private boolean includeLoopback;
        private Set<TcpType> tcpTypes = Set.of();
        private String usernameFragmentPrefix = "";
        private Function<InetSocketAddress, @Nullable InetSocketAddress> addressMapping = local -> local;
        private boolean iceLite;
        private SdpDialect sdpDialect = SdpDialect.CURRENT;
        private int sctpPort = SctpAttributes.DEFAULT_PORT;
        private int receiveWindow = 1024 * 1024;
        private int maxReceiveWindow = 64 * 1024 * 1024;
        private int sendBufferLimit = 16 * 1024 * 1024;
        private int maxSendBufferLimit = 64 * 1024 * 1024;
        private int maxMessageSize = 256 * 1024;
        private int maxDatagramSize = 1_450;
        private boolean pathMtuDiscovery = true;
        private boolean zeroChecksum = true;
        private boolean sctpInit;
        private boolean messagesOfAnySize;
        private CongestionAlgorithm congestionControl = CongestionAlgorithm.BBR;
        private Duration minRetransmissionTimeout = Duration.ofMillis(200);
        private Duration maxRetransmissionTimeout = Duration.ofMinutes(1);
        private Duration acknowledgementDelay = Duration.ofMillis(20);
        private List<DtlsCertificate> certificates = List.of();
        private @Nullable Duration initialRetransmissionTimeout;
        private @Nullable Path packetLog;
        private @Nullable Path keyLog;

        private Builder() {}

        /** Sets the STUN and TURN servers, in place of those so far. */
        public Builder iceServers(List<IceServer> servers) {
            iceServers = List.copyOf(servers);
            return this;
        }

        /**
         * Adds a server: webrtc-pc §4.2.4, {@code RTCIceServer}.
         *
         * @param urls as in {@link IceServer}
         * @param username for TURN
         * @param credential the password, for TURN
         * @throws RtcException SyntaxError, if there is no URL or one is malformed; InvalidAccessError, if a TURN server comes without a
         *     user name or a credential, or the user name has more than 509 bytes
         */
        public Builder iceServer(List<String> urls, @Nullable String username, @Nullable String credential) {
            if (username != null && username.getBytes(StandardCharsets.UTF_8).length > MOST_USERNAME_BYTES) {
                throw new RtcException(
                        ErrorName.INVALID_ACCESS_ERROR, "a user name of more than " + MOST_USERNAME_BYTES + " bytes");
            }
            boolean incomplete = username == null || credential == null;
            try {
                IceServer server = incomplete ? new IceServer(urls, "", "") : new IceServer(urls, username, credential);
                List<IceServer> more = new ArrayList<>(iceServers);
                more.add(incomplete ? withoutCredential(server) : server);
                iceServers = List.copyOf(more);
            } catch (IllegalArgumentException e) {
                throw new RtcException(ErrorName.SYNTAX_ERROR, String.valueOf(e.getMessage()), e);
            }
            return this;
        }

        private static IceServer withoutCredential(IceServer server) {
            if (server.urls().stream().anyMatch(url -> url.regionMatches(true, 0, "turn", 0, 4))) {
                throw new RtcException(ErrorName.INVALID_ACCESS_ERROR, server + " needs a user name and a credential");
            }
            return new IceServer(server.urls(), null, null);
        }

        /** Sets what is taken of offers that have more sections than that of data channels. */
        public Builder bundlePolicy(BundlePolicy policy) {
            bundlePolicy = policy;
            return this;
        }

        /** With {@link IceTransportPolicy#RELAY} nothing but relayed candidates is gathered or made known. */
        public Builder iceTransportPolicy(IceTransportPolicy policy) {
            iceTransportPolicy = policy;
            return this;
        }

        /** Above 0, gathering begins with the connection, and the peer is told when the local description is set.
         *
         * @param size 0 to 255
         */
        public Builder iceCandidatePoolSize(int size) {
            ConfigurationRules.require(
                    size >= 0 && size <= MOST_POOL_SIZE, "iceCandidatePoolSize must be 0 to 255: " + size);
            iceCandidatePoolSize = size;
            return this;
        }

        /**
         * What else there is to say about gathering: ports, interfaces, whom TLS trusts, mapped ports, names in place of addresses,
         * addresses of the peer to refuse. It has the last word over the options here.
         */
        public Builder gathering(UnaryOperator<IceGatherOptions.Builder> options) {
            gathering = options;
            return this;
        }

        /** Sets which kinds of candidates are made known to the peer and accepted from it; all unless said otherwise. */
        public Builder candidateTypes(Set<CandidateType> types) {
            candidateTypes = Set.copyOf(types);
            return this;
        }

        /** Sets whether candidates on the loopback interface are gathered even where there are others. */
        public Builder includeLoopback(boolean include) {
            includeLoopback = include;
            return this;
        }

        /**
         * The TCP candidates to gather beside those of UDP (RFC 6544), for networks that let no UDP through: active ones connect to the
         * peer, passive ones have a port that it connects to. None unless said otherwise.
         *
         * @param types not {@link TcpType#SIMULTANEOUS_OPEN}, which is not supported
         */
        public Builder tcpTypes(Set<TcpType> types) {
            ConfigurationRules.require(
                    !types.contains(TcpType.SIMULTANEOUS_OPEN), "TCP candidates of type so are not supported");
            tcpTypes = Set.copyOf(types);
            return this;
        }

        /**
         * What the ICE username fragment begins with, a node's name say: a router in front of several nodes can tell by it which one a
         * peer's checks are for.
         *
         * @param prefix up to 128 letters, digits, '+' and '/'
         */
        public Builder usernameFragmentPrefix(String prefix) {
            usernameFragmentPrefix = prefix;
            return this;
        }

        /**
         * Where the packets to a local address have to be sent, if not there: the outer address of a NAT that maps one to one, or of a
         * router. It is announced in place of the local one; null for none. Must not block.
         */
        public Builder addressMapping(Function<InetSocketAddress, @Nullable InetSocketAddress> mapping) {
            addressMapping = mapping;
            return this;
        }

        /** To answer the peer's connectivity checks and send none: for servers that everybody can reach. */
        public Builder iceLite(boolean lite) {
            iceLite = lite;
            return this;
        }

        /** Sets the dialect of offers; answers speak the offer's. */
        public Builder sdpDialect(SdpDialect dialect) {
            sdpDialect = dialect;
            return this;
        }

        /** Sets the port that SCTP's packets come from, inside DTLS: 5,000 if nothing is set.
         *
         * @param port 1 to 65,535
         */
        public Builder sctpPort(int port) {
            ConfigurationRules.require(port >= 1 && port <= 65_535, "sctpPort must be 1 to 65,535: " + port);
            sctpPort = port;
            return this;
        }

        /**
         * Fixes how much is kept of what was not yet delivered, in place of a window that follows the path.
         *
         * @param bytes at least 65,536 and at least {@link #maxMessageSize}
         */
        public Builder receiveWindow(int bytes) {
            return receiveWindow(bytes, bytes);
        }

        /**
         * Sets how much is kept of what was not yet delivered: {@code least} at first, and more where the path delivers and the
         * listener takes so much in a round trip that it would hold the sender back, as far as the memory that the connections share has
         * it ({@link WebRtcOptions#bufferMemory}). 1 MiB and 64 MiB unless said otherwise; the same twice is a fixed window.
         *
         * @param least at least 65,536
         * @param most at least {@code least} and {@link #maxMessageSize}
         */
        public Builder receiveWindow(int least, int most) {
            receiveWindow = least;
            maxReceiveWindow = most;
            return this;
        }

        /** Fixes how many bytes may wait to be sent and acknowledged, over all channels, before {@code send} fails. */
        public Builder sendBufferLimit(int bytes) {
            return sendBufferLimit(bytes, bytes);
        }

        /**
         * Sets how many bytes may wait to be sent and acknowledged, over all channels, before {@code send} fails: {@code least} at first,
         * and more where the path holds more; what is used beyond 1 MiB is of the memory that the connections share
         * ({@link WebRtcOptions#bufferMemory}). 16 MiB and 64 MiB unless said otherwise; the same twice is a fixed limit.
         *
         * @param least more than 0
         * @param most at least {@code least}
         */
        public Builder sendBufferLimit(int least, int most) {
            sendBufferLimit = least;
            maxSendBufferLimit = most;
            return this;
        }

        /** Sets the largest message that the peer may send, at most {@link #maxReceiveWindow}; 256 KiB unless said otherwise. */
        public Builder maxMessageSize(int bytes) {
            maxMessageSize = bytes;
            return this;
        }

        /**
         * Sets the largest UDP datagram. A connection begins with {@value #BASE_DATAGRAM_SIZE} bytes, which every path carries, and
         * probes for what this one carries beyond that (RFC 8899). 1,450 bytes, if nothing is set, are what every browser takes; more is of
         * use between two of these libraries, over loopback or jumbo frames, where the peer's
         * {@link io.github.purrtc.ice.NetworkOptions#maxDatagramBytes} has room.
         *
         * @param bytes {@value #BASE_DATAGRAM_SIZE}, for no probing, to {@value #MAX_DATAGRAM_SIZE}; without
         *     {@linkplain #pathMtuDiscovery discovery} from {@value #LEAST_DATAGRAM_SIZE}
         */
        public Builder maxDatagramSize(int bytes) {
            maxDatagramSize = bytes;
            return this;
        }

        /**
         * Sets whether {@link #maxDatagramSize} is what is probed for, as it is if nothing is set, or the size to use from the first packet
         * on: for who knows the path. Larger datagrams than the path carries are lost then, or fragmented.
         */
        public Builder pathMtuDiscovery(boolean discovery) {
            pathMtuDiscovery = discovery;
            return this;
        }

        /**
         * Sets whether the peer is offered to leave SCTP's checksum out (RFC 9653), as it is if nothing is set: DTLS authenticates every
         * packet. Without it packets have checksums, and those that come are checked.
         */
        public Builder zeroChecksum(boolean without) {
            zeroChecksum = without;
            return this;
        }

        /**
         * Sets whether INITs are exchanged with the descriptions ({@code a=sctp-init}, draft-hancke-tsvwg-snap) where the peer is for it too:
         * messages then leave a round trip earlier, as soon as DTLS is up. Not done if nothing is set: it is a draft.
         */
        public Builder sctpInit(boolean signalled) {
            sctpInit = signalled;
            return this;
        }

        /**
         * Sets whether the peer is told that messages may be of any size ({@code a=max-message-size:0}). Channels that take messages in
         * parts ({@link DataChannel#onMessagePart}) receive them; on others one larger than {@link #maxMessageSize} ends the connection.
         */
        public Builder messagesOfAnySize(boolean anySize) {
            messagesOfAnySize = anySize;
            return this;
        }

        /** Sets how the congestion window grows and shrinks; {@link CongestionAlgorithm#BBR} unless said otherwise. */
        public Builder congestionControl(CongestionAlgorithm algorithm) {
            congestionControl = algorithm;
            return this;
        }

        /** Sets the bounds of SCTP's retransmission timeout (RFC 9260 §6.3.1).
         *
         * @param min 1 ms or more
         * @param max at least {@code min}, at most a day
         */
        public Builder retransmissionTimeout(Duration min, Duration max) {
            ConfigurationRules.require(
                    min.compareTo(Duration.ofMillis(1)) >= 0
                            && min.compareTo(max) <= 0
                            && max.compareTo(Duration.ofDays(1)) <= 0,
                    "retransmissionTimeout must be from 1 ms to a day, the lower bound first: " + min + ", " + max);
            minRetransmissionTimeout = min;
            maxRetransmissionTimeout = max;
            return this;
        }

        /** Sets how long the acknowledgement of a lone packet may wait for a second one.
         *
         * @param delay 0 to 500 ms (RFC 9260 §6.2)
         */
        public Builder acknowledgementDelay(Duration delay) {
            ConfigurationRules.require(
                    !delay.isNegative() && delay.compareTo(Duration.ofMillis(500)) <= 0,
                    "acknowledgementDelay must be 0 to 500 ms: " + delay);
            acknowledgementDelay = delay;
            return this;
        }

        /** Sets the certificate, in place of a fresh one for each connection. */
        public Builder certificate(DtlsCertificate certificate) {
            return certificates(List.of(certificate));
        }

        /**
         * Several, of other kinds of keys: descriptions have the fingerprints of all, and the first that the peer can verify is shown to it.
         * One that has expired is refused when the connection is made.
         */
        public Builder certificates(List<DtlsCertificate> several) {
            certificates = List.copyOf(several);
            return this;
        }

        /** Sets how long DTLS and SCTP wait for the first answer.
         *
         * @param timeout 10 ms to 60 s
         */
        public Builder initialRetransmissionTimeout(Duration timeout) {
            ConfigurationRules.require(
                    timeout.compareTo(Duration.ofMillis(10)) >= 0 && timeout.compareTo(Duration.ofMinutes(1)) <= 0,
                    "initialRetransmissionTimeout must be 10 ms to 60 s: " + timeout);
            initialRetransmissionTimeout = timeout;
            return this;
        }

        /**
         * Lets each connection write its SCTP packets, decrypted, to a file of its own that Wireshark opens. Of use when something is
         * looked into; it slows the connection down, and what is sent can be read in it.
         *
         * @param directory must exist
         */
        public Builder packetLog(Path directory) {
            packetLog = directory;
            return this;
        }

        /**
         * Adds the secrets of each DTLS handshake to a file in the format of {@code SSLKEYLOGFILE}, with which Wireshark reads
         * a capture, and whoever else has the file: for debugging alone.
         */
        public Builder keyLog(Path file) {
            keyLog = file;
            return this;
        }

        /**
         * The configuration.
         *
         * @throws RtcException TypeError, if values are out of range or do not fit each other
         */
        public Configuration build() {
            Configuration made = new Configuration(this);
            ConfigurationRules.requireSound(made);
            return made;
        }
    }
}
