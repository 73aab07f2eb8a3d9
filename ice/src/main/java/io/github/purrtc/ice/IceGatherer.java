package io.github.purrtc.ice;

import io.github.purrtc.ice.internal.harvest.ServerHarvest;
import io.github.purrtc.ice.internal.net.DatagramListener;
import io.github.purrtc.ice.internal.net.HostSocket;
import io.github.purrtc.ice.internal.net.LocalSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.BitSet;
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

        /** The socket cannot be used any more, nor can its candidates. */
        void onSocketLost(int socketId);

        void onDatagram(int socketId, InetSocketAddress source, ByteBuffer datagram);

        void onEndOfBurst(int socketId);

        void onWritable(int socketId);
    }

    private record Gathered(Candidate candidate, int socketId) {}

    private final NetworkLoop loop;
    private final IceGatherOptions options;
    private volatile IceParameters localParameters;
    private final CandidateFactory candidates;
    private final HostSockets hostSockets;
    private final List<LocalSocket> sockets = new ArrayList<>();
    private boolean restarted;
    private final BitSet lost = new BitSet();
    private final List<Gathered> gathered = new ArrayList<>();
    private Listener listener = new Listener() {};
    private @Nullable Receiver receiver;
    private @Nullable ServerGathering servers;
    private volatile IceGathererState state = IceGathererState.NEW;
    private volatile List<Candidate> localCandidates = List.of();

    /** From any thread. */
    public IceGatherer(NetworkLoop loop, IceGatherOptions options) {
        this.loop = Objects.requireNonNull(loop, "loop");
        this.options = Objects.requireNonNull(options, "options");
        this.localParameters = newParameters();
        this.candidates = new CandidateFactory(RANDOM.nextLong(), options.transportPolicy());
        this.hostSockets =
                new HostSockets(loop.sockets(), options, localParameters.usernameFragment(), RANDOM, this::report);
    }

    public void listener(Listener value) {
        listener = Objects.requireNonNull(value, "listener");
    }

    /** The user name fragment and password of this gatherer; from any thread. */
    public IceParameters localParameters() {
        return localParameters;
    }

    /** Credentials for an {@linkplain IceTransport#restart ICE restart}; from any thread. */
    public IceParameters newParameters() {
        return RandomCredentials.next(options.usernameFragmentPrefix(), options.lite(), RANDOM);
    }

    /** Serves these credentials too. */
    void restart(IceParameters fresh) {
        localParameters = fresh;
        hostSockets.usernameFragment(fresh.usernameFragment());
        sockets.forEach(socket -> socket.addFragment(fresh.usernameFragment()));
        restarted = true;
    }

    void restartCancelled(IceParameters before) {
        restarted = false;
        localParameters = before;
        hostSockets.usernameFragment(before.usernameFragment());
    }

    /** Nobody uses this fragment of ours any more. */
    void forgetFragment(String usernameFragment) {
        sockets.forEach(socket -> socket.removeFragment(usernameFragment));
    }

    private void refreshHostSockets() {
        if (options.transportPolicy() == IceTransportPolicy.RELAY) {
            return;
        }
        List<InetAddress> present = hostSockets.addresses();
        List<InetAddress> served = new ArrayList<>();
        for (int socketId = 0; socketId < sockets.size(); socketId++) {
            if (sockets.get(socketId) instanceof HostSocket host && !lost.get(socketId)) {
                InetAddress address = host.localAddress().getAddress();
                served.add(address);
                if (!present.contains(address)) {
                    lose(socketId);
                }
            }
        }
        for (InetAddress address : present) {
            if (!served.contains(address)) {
                openHostSocket(address, served.size());
                served.add(address);
            }
        }
    }

    private void lose(int socketId) {
        lost.set(socketId);
        List<Candidate> gone = gathered.stream()
                .filter(each -> each.socketId == socketId)
                .map(Gathered::candidate)
                .toList();
        gathered.removeIf(each -> each.socketId == socketId);
        localCandidates = localCandidates.stream()
                .filter(candidate -> !gone.contains(candidate))
                .toList();
        sockets.get(socketId).close();
        if (receiver != null) {
            receiver.onSocketLost(socketId);
        }
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
     * Begins to gather, or after an ICE restart looks for interfaces that have come and gone; else does nothing.
     *
     * @throws IllegalStateException if the gatherer is closed
     */
    public void gather() {
        loop.requireInLoop();
        if (state == IceGathererState.CLOSED) {
            throw new IllegalStateException("the ICE gatherer is closed");
        }
        if (state == IceGathererState.COMPLETE && restarted) {
            restarted = false;
            enter(IceGathererState.GATHERING);
            refreshHostSockets();
            complete();
        }
        if (state != IceGathererState.NEW) {
            return;
        }
        enter(IceGathererState.GATHERING);
        List<HostSocket> hosts = openHostSockets();
        if (state != IceGathererState.GATHERING) {
            return;
        }
        if (options.lite()) {
            complete(); // RFC 8445 §5.2: a lite agent has host candidates only
            return;
        }
        ServerGathering gathering = new ServerGathering(loop, options, hostSockets, RANDOM, new ServerEvents(hosts));
        servers = gathering;
        gathering.start(hosts);
    }

    /** One socket an address, each of them a candidate; none if only relayed ones are wanted. */
    private List<HostSocket> openHostSockets() {
        List<HostSocket> hosts = new ArrayList<>();
        if (options.transportPolicy() == IceTransportPolicy.RELAY) {
            return hosts;
        }
        for (InetAddress address : hostSockets.addresses()) {
            HostSocket socket = openHostSocket(address, hosts.size());
            if (socket != null) {
                hosts.add(socket);
            }
            if (state != IceGathererState.GATHERING) {
                break;
            }
        }
        return hosts;
    }

    private @Nullable HostSocket openHostSocket(InetAddress address, int order) {
        int socketId = sockets.size();
        HostSocket socket = hostSockets.open(address, new SocketEvents(socketId));
        if (socket != null) {
            sockets.add(socket);
            addHost(socket, order, socketId);
        }
        return socket;
    }

    /** Announced is where others reach it, once; checks are sent from what it is. */
    private void addHost(HostSocket socket, int order, int socketId) {
        Candidate host = candidates.host(socket.localAddress(), order);
        @Nullable InetSocketAddress reachedAt = options.addressMapping().apply(socket.localAddress());
        if (socket.localAddress().equals(reachedAt)) {
            add(host, socketId);
            return;
        }
        use(host, socketId);
        if (reachedAt != null && !isAnnounced(reachedAt)) {
            add(CandidateFactory.mapped(host, reachedAt), socketId);
        }
    }

    private boolean isAnnounced(InetSocketAddress address) {
        return localCandidates.stream().anyMatch(candidate -> address.equals(candidate.socketAddress()));
    }

    private void add(Candidate candidate, int socketId) {
        List<Candidate> all = new ArrayList<>(localCandidates);
        all.add(candidate);
        localCandidates = List.copyOf(all);
        use(candidate, socketId);
        tell(() -> listener.onCandidate(candidate));
    }

    /** Without a word to the peer. */
    private void use(Candidate candidate, int socketId) {
        gathered.add(new Gathered(candidate, socketId));
        if (receiver != null) {
            receiver.onLocalCandidate(candidate, socketId);
        }
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
        if (servers != null) {
            servers.close();
        }
        sockets.forEach(LocalSocket::close);
        enter(IceGathererState.CLOSED);
    }

    private final class ServerEvents implements ServerGathering.Listener {
        private final List<HostSocket> hosts;

        ServerEvents(List<HostSocket> hosts) {
            this.hosts = hosts;
        }

        @Override
        public void onReflexive(ServerHarvest.Found.Reflexive found) {
            HostSocket host = hosts.get(found.host());
            add(
                    candidates.reflexive(host.localAddress(), found.host(), found.address(), found.server()),
                    sockets.indexOf(host));
        }

        @Override
        public void onRelayed(ServerHarvest.Found.Relayed found, int order) {
            int socketId = sockets.size();
            sockets.add(found.socket());
            found.socket().start(new SocketEvents(socketId));
            add(candidates.relayed(found.local(), order, found.address(), found.mapped(), found.server()), socketId);
        }

        @Override
        public void onError(IceCandidateError error) {
            report(error);
        }

        @Override
        public void onComplete() {
            complete();
        }
    }

    private final class SocketEvents implements DatagramListener {
        private final int socketId;

        SocketEvents(int socketId) {
            this.socketId = socketId;
        }

        @Override
        public void onDatagram(InetSocketAddress source, ByteBuffer datagram) {
            if (servers != null && servers.receive(socketId, source, datagram)) {
                return;
            }
            if (receiver != null) {
                receiver.onDatagram(socketId, source, datagram);
            }
        }

        @Override
        public void onEndOfBurst() {
            if (receiver != null) {
                receiver.onEndOfBurst(socketId);
            }
        }

        @Override
        public void onWritable() {
            if (receiver != null) {
                receiver.onWritable(socketId);
            }
        }
    }
}
