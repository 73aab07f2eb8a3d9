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

        void onDatagram(int socketId, InetSocketAddress source, ByteBuffer datagram);

        void onEndOfBurst(int socketId);

        void onWritable(int socketId);
    }

    private record Gathered(Candidate candidate, int socketId) {}

    private final NetworkLoop loop;
    private final IceGatherOptions options;
    private final IceParameters localParameters;
    private final CandidateFactory candidates;
    private final HostSockets hostSockets;
    private final List<LocalSocket> sockets = new ArrayList<>();
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
        this.localParameters = RandomCredentials.next(options.usernameFragmentPrefix(), RANDOM);
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
        List<HostSocket> hosts = openHostSockets();
        if (state != IceGathererState.GATHERING) {
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
            int socketId = sockets.size();
            HostSocket socket = hostSockets.open(address, new SocketEvents(socketId));
            if (socket == null) {
                continue;
            }
            sockets.add(socket);
            hosts.add(socket);
            addHost(socket, hosts.size() - 1, socketId);
            if (state != IceGathererState.GATHERING) {
                break;
            }
        }
        return hosts;
    }

    /** Announced is where others reach it; checks are sent from what it is. */
    private void addHost(HostSocket socket, int order, int socketId) {
        Candidate host = candidates.host(socket.localAddress(), order);
        InetSocketAddress reachedAt = options.addressMapping().apply(socket.localAddress());
        if (reachedAt.equals(socket.localAddress())) {
            add(host, socketId);
        } else {
            use(host, socketId);
            add(CandidateFactory.mapped(host, reachedAt), socketId);
        }
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
