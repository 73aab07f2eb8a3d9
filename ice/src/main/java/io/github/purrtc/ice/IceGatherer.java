package io.github.purrtc.ice;

import io.github.purrtc.ice.GatheredCandidates.Audience;
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
import java.util.function.Predicate;

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

        /** Its address or its server has gone. */
        default void onCandidateRemoved(Candidate candidate) {}

        default void onStateChange(IceGathererState state) {}

        default void onError(IceCandidateError error) {}
    }

    /** The transport that the sockets serve. */
    interface Receiver {
        void onLocalCandidate(Candidate candidate, int socketId);

        void onEndOfLocalCandidates();

        /** After that: it was not the end. */
        void onMoreLocalCandidates();

        /** The socket cannot be used any more, nor can its candidates. */
        void onSocketLost(int socketId);

        void onDatagram(int socketId, InetSocketAddress source, ByteBuffer datagram);

        void onEndOfBurst(int socketId);

        void onWritable(int socketId);
    }

    private final NetworkLoop loop;
    private final IceGatherOptions options;
    private volatile IceParameters localParameters;
    private final CandidateFactory candidates;
    private final HostSockets hostSockets;
    private final GathererSockets sockets = new GathererSockets();
    private final GatheredCandidates gathered = new GatheredCandidates();
    private final List<ServerGathering> servers = new ArrayList<>();
    private final NetworkWatch networkWatch;
    private final HostGathering hostGathering;
    private boolean restarted;
    private boolean waitsForAddress;

    /** What is still to come before gathering is complete. */
    private int pending;

    private Listener listener = new Listener() {};
    private @Nullable Receiver receiver;
    private volatile IceGathererState state = IceGathererState.NEW;

    /** From any thread. */
    public IceGatherer(NetworkLoop loop, IceGatherOptions options) {
        this.loop = Objects.requireNonNull(loop, "loop");
        this.options = Objects.requireNonNull(options, "options");
        this.localParameters = newParameters();
        this.candidates = new CandidateFactory(
                RANDOM.nextLong(), options.transportPolicy(), local -> HostGathering.isHidden(options, local));
        this.hostSockets =
                new HostSockets(loop.sockets(), options, localParameters.usernameFragment(), RANDOM, this::report);
        this.networkWatch = new NetworkWatch(
                loop, options.networkCheckInterval().toNanos(), hostSockets::addresses, this::onAddressesChanged);
        this.hostGathering =
                new HostGathering(loop, options, hostSockets, sockets, candidates, SocketEvents::new, new HostEvents());
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

    Predicate<InetAddress> remoteAddressFilter() {
        return options.remoteAddressFilter();
    }

    /** Serves these credentials too. */
    void restart(IceParameters fresh) {
        localParameters = fresh;
        hostSockets.usernameFragment(fresh.usernameFragment());
        sockets.addFragment(fresh.usernameFragment());
        restarted = true;
    }

    void restartCancelled(IceParameters before) {
        restarted = false;
        localParameters = before;
        hostSockets.usernameFragment(before.usernameFragment());
    }

    /** Nobody uses this fragment of ours any more. */
    void forgetFragment(String usernameFragment) {
        sockets.removeFragment(usernameFragment);
    }

    /** What the peer may be told of what was gathered so far; from any thread. */
    public List<Candidate> localCandidates() {
        return gathered.told();
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
        if (state == IceGathererState.NEW) {
            enter(IceGathererState.GATHERING);
            pending++;
            networkWatch.look();
            done();
        } else if (state == IceGathererState.COMPLETE && restarted) {
            restarted = false;
            goOn();
            networkWatch.look();
            done();
        }
    }

    /** All addresses are new at the beginning. New ones first: the transport is not to think that nothing is left. */
    private void onAddressesChanged(List<InetAddress> added, List<InetAddress> removed) {
        if (!added.isEmpty()) {
            gatherAt(added);
        } else if (networkWatch.isEmpty()) {
            goOn();
            waitsForAddress = true;
        }
        sockets.on(removed).forEach(this::lose);
    }

    private void gatherAt(List<InetAddress> addresses) {
        if (waitsForAddress) {
            waitsForAddress = false;
        } else {
            goOn();
        }
        List<HostSocket> hosts = hostGathering.open(addresses);
        if (state == IceGathererState.GATHERING && !options.lite()) { // RFC 8445 §5.2: a lite agent has hosts only
            askServers(hosts);
        }
        done();
    }

    /** There is more to come. */
    private void goOn() {
        pending++;
        if (state == IceGathererState.COMPLETE) {
            if (receiver != null) {
                receiver.onMoreLocalCandidates();
            }
            enter(IceGathererState.GATHERING);
        }
    }

    private void askServers(List<HostSocket> hosts) {
        pending++;
        ServerGathering gathering = new ServerGathering(loop, options, hostSockets, RANDOM, new ServerEvents(hosts));
        servers.add(gathering);
        gathering.start(hosts);
    }

    private void lose(int socketId) {
        if (!sockets.lose(socketId)) {
            return;
        }
        hostGathering.lose(socketId);
        List<Candidate> gone = gathered.remove(socketId);
        if (receiver != null) {
            receiver.onSocketLost(socketId);
        }
        gone.forEach(candidate -> tell(() -> listener.onCandidateRemoved(candidate)));
    }

    private void add(Candidate candidate, int socketId, Audience audience) {
        gathered.add(candidate, socketId, audience);
        if (receiver != null && audience != Audience.PEER) {
            receiver.onLocalCandidate(candidate, socketId);
        }
        if (audience != Audience.TRANSPORT) {
            tell(() -> listener.onCandidate(candidate));
        }
    }

    private void done() {
        pending--;
        if (pending > 0 || state != IceGathererState.GATHERING) {
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
        gathered.forTransport(value::onLocalCandidate);
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
        networkWatch.close();
        hostGathering.close();
        servers.forEach(ServerGathering::close);
        sockets.close();
        enter(IceGathererState.CLOSED);
    }

    private final class HostEvents implements HostGathering.Listener {
        @Override
        public void onCandidate(Candidate candidate, int socketId, Audience audience) {
            add(candidate, socketId, audience);
        }

        @Override
        public void onError(IceCandidateError error) {
            report(error);
        }

        @Override
        public void onPending() {
            pending++;
        }

        @Override
        public void onDone() {
            done();
        }

        @Override
        public boolean isGathering() {
            return state == IceGathererState.GATHERING;
        }
    }

    private final class ServerEvents implements ServerGathering.Listener {
        private final List<HostSocket> hosts;

        ServerEvents(List<HostSocket> hosts) {
            this.hosts = hosts;
        }

        @Override
        public void onReflexive(ServerHarvest.Found.Reflexive found) {
            HostSocket host = hosts.get(found.host());
            int socketId = sockets.id(host);
            if (!options.mappingServers().isEmpty()) {
                LearnedMappings.learn(
                        host.localAddress().getAddress(), found.address().getAddress(), loop.nanoTime());
            }
            add(
                    candidates.reflexive(host.localAddress(), socketId, found.address(), found.server()),
                    socketId,
                    Audience.BOTH);
        }

        @Override
        public void onRelayed(ServerHarvest.Found.Relayed found, int order) {
            int socketId = sockets.nextId();
            sockets.add(found.socket());
            found.socket().start(new SocketEvents(socketId));
            add(
                    candidates.relayed(found.local(), order, found.address(), found.mapped(), found.server()),
                    socketId,
                    Audience.BOTH);
        }

        @Override
        public void onRelayLost(LocalSocket socket) {
            lose(sockets.id(socket));
        }

        @Override
        public void onError(IceCandidateError error) {
            report(error);
        }

        @Override
        public void onComplete() {
            done();
        }
    }

    private final class SocketEvents implements DatagramListener {
        private final int socketId;

        SocketEvents(int socketId) {
            this.socketId = socketId;
        }

        @Override
        public void onDatagram(InetSocketAddress source, ByteBuffer datagram) {
            for (int i = 0; i < servers.size(); i++) {
                if (servers.get(i).receive(socketId, source, datagram)) {
                    return;
                }
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
