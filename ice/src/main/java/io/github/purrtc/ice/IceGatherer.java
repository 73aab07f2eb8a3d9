package io.github.purrtc.ice;

import io.github.purrtc.ice.internal.agent.CandidateRules;
import io.github.purrtc.ice.internal.net.HostAddresses;
import io.github.purrtc.ice.internal.net.LocalSocket;
import io.github.purrtc.ice.internal.net.UdpSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Gathers local candidates and owns their sockets (the RTCIceGatherer of ORTC). With no STUN or TURN server, gathering
 * is complete when {@link #gather()} returns.
 *
 * <p>To be used on the loop, except where said otherwise; listeners are called there.
 */
public final class IceGatherer {
    private static final Logger LOG = LoggerFactory.getLogger(IceGatherer.class);
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final String ICE_CHARS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int USERNAME_FRAGMENT_CHARS = 16;
    private static final int PASSWORD_CHARS = 32;

    /** What happens while gathering; nothing is lost if set before {@link #gather()}. */
    public interface Listener {
        default void onCandidate(Candidate candidate) {}

        default void onStateChange(IceGathererState state) {}

        default void onError(IceCandidateError error) {}
    }

    /** The transport that the sockets serve. */
    interface Receiver {
        void onLocalCandidate(Candidate candidate, int socketId);

        void onEndOfLocalCandidates();

        void onDatagram(int socketId, InetSocketAddress source, ByteBuffer datagram);

        void onEndOfBurst(int socketId);

        void onWritable(int socketId);
    }

    private record Gathered(Candidate candidate, int socketId) {}

    private final NetworkLoop loop;
    private final IceGatherOptions options;
    private final IceParameters localParameters;
    private final long foundationSalt = RANDOM.nextLong();
    private final List<LocalSocket> sockets = new ArrayList<>();
    private final List<Gathered> gathered = new ArrayList<>();
    private Listener listener = new Listener() {};
    private @Nullable Receiver receiver;
    private volatile IceGathererState state = IceGathererState.NEW;
    private volatile List<Candidate> localCandidates = List.of();

    /** From any thread. */
    public IceGatherer(NetworkLoop loop, IceGatherOptions options) {
        this.loop = Objects.requireNonNull(loop, "loop");
        this.options = Objects.requireNonNull(options, "options");
        this.localParameters =
                new IceParameters(randomChars(USERNAME_FRAGMENT_CHARS), randomChars(PASSWORD_CHARS), false);
    }

    private static String randomChars(int count) {
        StringBuilder chars = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            chars.append(ICE_CHARS.charAt(RANDOM.nextInt(ICE_CHARS.length())));
        }
        return chars.toString();
    }

    public void listener(Listener value) {
        listener = Objects.requireNonNull(value, "listener");
    }

    /** The user name fragment and password of this gatherer; from any thread. */
    public IceParameters localParameters() {
        return localParameters;
    }

    /** What was gathered so far; from any thread. */
    public List<Candidate> localCandidates() {
        return localCandidates;
    }

    /** From any thread. */
    public IceGathererState state() {
        return state;
    }

    /**
     * Begins to gather; does nothing if that was done before.
     *
     * @throws IllegalStateException if the gatherer is closed
     */
    public void gather() {
        loop.requireInLoop();
        if (state == IceGathererState.CLOSED) {
            throw new IllegalStateException("the ICE gatherer is closed");
        }
        if (state != IceGathererState.NEW) {
            return;
        }
        enter(IceGathererState.GATHERING);
        openHostSockets();
        if (state != IceGathererState.GATHERING) {
            return;
        }
        complete();
    }

    /** One socket an address; each is a candidate, unless only relayed ones are wanted. */
    private List<UdpSocket> openHostSockets() {
        List<UdpSocket> hostSockets = new ArrayList<>();
        for (InetAddress address : hostAddresses()) {
            UdpSocket socket = openInPortRange(address);
            if (socket == null) {
                continue;
            }
            hostSockets.add(socket);
            if (options.transportPolicy() == IceTransportPolicy.ALL) {
                addHostCandidate(socket, hostSockets.size() - 1);
            }
            if (state != IceGathererState.GATHERING) {
                break;
            }
        }
        return hostSockets;
    }

    private List<InetAddress> hostAddresses() {
        try {
            return HostAddresses.find(options.includeLoopback(), options.interfaceFilter(), options.addressFilter());
        } catch (IOException e) {
            report(new IceCandidateError(
                    null, 0, "", IceCandidateError.UNREACHABLE, "cannot list the network interfaces: " + e));
            return List.of();
        }
    }

    /** From a random port of the range on, each once. */
    private @Nullable UdpSocket openInPortRange(InetAddress address) {
        int count = options.mostPort() - options.leastPort() + 1;
        int start = RANDOM.nextInt(count);
        IOException refused = null;
        for (int i = 0; i < count; i++) {
            int port = options.leastPort() + (start + i) % count;
            int socketId = sockets.size();
            try {
                UdpSocket socket =
                        loop.sockets().open(new InetSocketAddress(address, port), new SocketEvents(socketId));
                sockets.add(socket);
                return socket;
            } catch (IOException e) {
                refused = e;
            }
        }
        report(new IceCandidateError(
                address.getHostAddress(), 0, "", IceCandidateError.UNREACHABLE, String.valueOf(refused)));
        return null;
    }

    private void addHostCandidate(UdpSocket socket, int order) {
        InetSocketAddress local = socket.localAddress();
        int localPreference = CandidateRules.localPreference(local.getAddress(), order);
        long priority = CandidateRules.priority(CandidateType.HOST, localPreference, 1);
        String foundation = CandidateRules.foundation(
                CandidateType.HOST, local.getAddress(), IceProtocol.UDP, null, foundationSalt);
        add(Candidate.host(foundation, priority, local), sockets.indexOf(socket));
    }

    private void add(Candidate candidate, int socketId) {
        gathered.add(new Gathered(candidate, socketId));
        List<Candidate> all = new ArrayList<>(localCandidates);
        all.add(candidate);
        localCandidates = List.copyOf(all);
        if (receiver != null) {
            receiver.onLocalCandidate(candidate, socketId);
        }
        tell(() -> listener.onCandidate(candidate));
    }

    private void complete() {
        if (state != IceGathererState.GATHERING) {
            return;
        }
        if (receiver != null) {
            receiver.onEndOfLocalCandidates();
        }
        enter(IceGathererState.COMPLETE);
    }

    private void enter(IceGathererState next) {
        state = next;
        tell(() -> listener.onStateChange(next));
    }

    private void report(IceCandidateError error) {
        LOG.debug("{}", error);
        tell(() -> listener.onError(error));
    }

    /** A listener that throws breaks nothing. */
    private static void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.warn("A listener of an ICE gatherer failed", e);
        }
    }

    /** The one transport that the sockets serve; it is told what was gathered before. */
    void attach(Receiver value) {
        loop.requireInLoop();
        if (receiver != null) {
            throw new IllegalStateException("the ICE gatherer has a transport already");
        }
        receiver = value;
        for (Gathered each : List.copyOf(gathered)) {
            value.onLocalCandidate(each.candidate, each.socketId);
        }
        if (state == IceGathererState.COMPLETE) {
            value.onEndOfLocalCandidates();
        }
    }

    LocalSocket socket(int socketId) {
        return sockets.get(socketId);
    }

    /** Closes all sockets. */
    public void close() {
        loop.requireInLoop();
        if (state == IceGathererState.CLOSED) {
            return;
        }
        sockets.forEach(LocalSocket::close);
        enter(IceGathererState.CLOSED);
    }

    private final class SocketEvents implements UdpSocket.Listener {
        private final int socketId;

        SocketEvents(int socketId) {
            this.socketId = socketId;
        }

        @Override
        public void onDatagram(UdpSocket socket, InetSocketAddress source, ByteBuffer datagram) {
            if (receiver != null) {
                receiver.onDatagram(socketId, source, datagram);
            }
        }

        @Override
        public void onEndOfBurst(UdpSocket socket) {
            if (receiver != null) {
                receiver.onEndOfBurst(socketId);
            }
        }

        @Override
        public void onWritable(UdpSocket socket) {
            if (receiver != null) {
                receiver.onWritable(socketId);
            }
        }
    }
}
