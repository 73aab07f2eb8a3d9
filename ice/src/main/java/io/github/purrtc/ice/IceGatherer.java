package io.github.purrtc.ice;

import io.github.purrtc.ice.GatheredCandidates.Audience;
import io.github.purrtc.ice.internal.harvest.ServerHarvest;
import io.github.purrtc.ice.internal.net.HostSocket;
import io.github.purrtc.ice.internal.net.LocalSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;

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
        /** Called with each candidate found. */
        default void onCandidate(Candidate candidate) {}

        /** Its address or its server has gone. */
        default void onCandidateRemoved(Candidate candidate) {}

        /** Called with each new state. */
        default void onStateChange(IceGathererState state) {}

        /** Called when a server, or an address of this host, was of no use. */
        default void onError(IceCandidateError error) {}
    }

    /** The transport that the sockets serve. */
    interface Receiver {
        void onLocalCandidate(Candidate candidate, int socketId);

        void onEndOfLocalCandidates();

        /** After that: it was not the end. */
        void onMoreLocalCandidates();

        /** What begins from now on is to do without the socket and its candidates. */
        void onSocketLeaving(int socketId);

        /** The socket cannot be used any more, nor can its candidates. */
        void onSocketLost(int socketId);

        void onDatagram(int socketId, InetSocketAddress source, ByteBuffer datagram);

        void onEndOfBurst(int socketId);

        void onWritable(int socketId);

        /** The socket's TCP connection with that address has ended, or could not be made. */
        void onDisconnected(int socketId, InetSocketAddress remote);
    }

    private final NetworkLoop loop;
    private final ChangingOptions options;
    private volatile IceParameters localParameters;
    private final CandidateFactory candidates;
    private final HostSockets hostSockets;
    private final GathererSockets sockets = new GathererSockets();
    private final GatheredCandidates gathered = new GatheredCandidates();
    private final AskedServers servers;

    private final OutdatedSockets outdated = new OutdatedSockets(sockets, gathered);
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
        this(loop, options, newParameters(options));
    }

    /**
     * A gatherer with credentials that are known already; from any thread.
     *
     * @param local from another gatherer, which is closed
     */
    public IceGatherer(NetworkLoop loop, IceGatherOptions options, IceParameters local) {
        this.loop = Objects.requireNonNull(loop, "loop");
        this.options = new ChangingOptions(options);
        this.localParameters = Objects.requireNonNull(local, "local");
        this.candidates = new CandidateFactory(
                RANDOM.nextLong(),
                () -> currentOptions().transportPolicy(),
                address -> HostGathering.isHidden(currentOptions(), address));
        this.hostSockets = new HostSockets(
                loop.sockets(), this.options::current, localParameters.usernameFragment(), RANDOM, this::report);
        this.networkWatch = new NetworkWatch(
                loop,
                () -> currentOptions().networkCheckInterval().toNanos(),
                hostSockets::addresses,
                this::onAddressesChanged);
        this.hostGathering = new HostGathering(
                loop, this.options::current, hostSockets, sockets, candidates, this::inbound, new HostEvents());
        this.servers = new AskedServers(loop, this.options::current, hostSockets, new ServerEvents());
    }

    SocketEvents inbound(int socketId) {
        return new SocketEvents(socketId, servers, () -> receiver);
    }

    private IceGatherOptions currentOptions() {
        return options.current();
    }

    /**
     * Other options: for the beginning if {@link #gather} was not called yet, else from the next gathering on, which is that after an ICE
     * restart (W3C webrtc-pc, "set the configuration"). Then, if the servers differ, those of now are asked; if the policy does,
     * everything is gathered anew. What so becomes out of date, and what a gathering under way still finds by it, is told to nobody any more; it is
     * closed as soon as the restart has led to another pair. Whatever else differs holds for sockets that are opened from then on.
     *
     * @throws IllegalArgumentException if ICE lite differs, which descriptions have told already
     */
    public void options(IceGatherOptions next) {
        loop.requireInLoop();
        options.propose(next);
        if (state == IceGathererState.NEW) {
            options.adopt();
        }
    }

    /** Sets whom to tell; before {@link #gather}. */
    public void listener(Listener value) {
        listener = Objects.requireNonNull(value, "listener");
    }

    /** The user name fragment and password of this gatherer; from any thread. */
    public IceParameters localParameters() {
        return localParameters;
    }

    /** Credentials for an {@linkplain IceTransport#restart ICE restart}; from any thread. */
    public IceParameters newParameters() {
        return newParameters(currentOptions());
    }

    private static IceParameters newParameters(IceGatherOptions options) {
        return RandomCredentials.next(options.usernameFragmentPrefix(), options.lite(), RANDOM);
    }

    /** Whether that address of the peer is let in. */
    boolean admits(InetAddress remote) {
        return currentOptions().remoteAddressFilter().test(remote);
    }

    /** Serves these credentials too. */
    void restart(IceParameters fresh) {
        localParameters = fresh;
        hostSockets.usernameFragment(fresh.usernameFragment());
        sockets.addFragment(fresh.usernameFragment());
        restarted = true;
    }

    /** @param isLeaving which sockets are to go all the same */
    void restartCancelled(IceParameters before, IntPredicate isLeaving) {
        restarted = false;
        outdated.stay(isLeaving);
        localParameters = before;
        hostSockets.usernameFragment(before.usernameFragment());
    }

    /** Nobody uses this socket any more. */
    void forgetSocket(int socketId) {
        lose(socketId);
    }

    /** Nobody uses this fragment of ours any more. */
    void forgetFragment(String usernameFragment) {
        sockets.removeFragment(usernameFragment);
    }

    /** What the peer may be told of what was gathered so far; from any thread. */
    public List<Candidate> localCandidates() {
        return gathered.told();
    }

    /** Those of them that an ICE restart leaves as they are, which its description may tell: all, unless there are {@linkplain #options others}. */
    public List<Candidate> candidatesForRestart() {
        loop.requireInLoop();
        return outdated.toldAfter(options.change());
    }

    /** From any thread. */
    public IceGathererState state() {
        return state;
    }

    /**
     * Begins to gather; or after an ICE restart looks for interfaces that have come and gone, and does what {@linkplain #options other options}
     * ask for; else does nothing.
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
        } else if (restarted) {
            gatherAgain();
        }
    }

    private void gatherAgain() {
        restarted = false;
        goOn();
        adoptOptions();
        networkWatch.look();
        done();
    }

    private void adoptOptions() {
        ChangingOptions.Change change = options.change();
        boolean abandoned = change != ChangingOptions.Change.NONE && servers.abandon();
        for (int socketId : outdated.leave(change)) {
            hostGathering.leave(socketId);
            if (receiver != null) {
                receiver.onSocketLeaving(socketId);
            }
        }
        options.adopt();
        if (change == ChangingOptions.Change.ALL) {
            networkWatch.forget();
        } else if (change == ChangingOptions.Change.SERVERS && !currentOptions().lite()) {
            askServers(hostGathering.udpHosts(), abandoned);
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
        if (state == IceGathererState.GATHERING
                && !currentOptions().lite()) { // RFC 8445 §5.2: a lite agent has hosts only
            askServers(hosts, true);
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

    private void askServers(List<HostSocket> hosts, boolean mapsPorts) {
        pending++;
        servers.ask(hosts, mapsPorts);
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
        if (outdated.isGoing(socketId, restarted ? options.change() : ChangingOptions.Change.NONE)) {
            return;
        }
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
        servers.close();
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

    private final class ServerEvents implements AskedServers.Listener {
        @Override
        public void onReflexive(HostSocket host, ServerHarvest.Found.Reflexive found) {
            int socketId = sockets.id(host);
            if (!currentOptions().mappingServers().isEmpty()) {
                LearnedMappings.learn(
                        host.localAddress().getAddress(), found.address().getAddress(), loop.nanoTime());
            }
            Candidate candidate = candidates.reflexive(host.localAddress(), socketId, found.address(), found.server());
            if (!gathered.has(candidate, socketId)) {
                add(candidate, socketId, Audience.BOTH);
            }
        }

        @Override
        public void onRelayed(ServerHarvest.Found.Relayed found, int order) {
            int socketId = sockets.nextId();
            sockets.add(found.socket());
            found.socket().start(inbound(socketId));
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
}
