package io.github.purrtc.ice;

import io.github.purrtc.ice.internal.agent.IceAgent;
import io.github.purrtc.ice.internal.agent.IceEvent;
import io.github.purrtc.ice.internal.agent.OutgoingStun;
import io.github.purrtc.ice.internal.agent.PathState;
import io.github.purrtc.ice.internal.net.LocalSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Finds and keeps a path to the peer, and carries datagrams over it in bursts (the RTCIceTransport of W3C webrtc-pc).
 *
 * <p>To be used on the loop, except where said otherwise; the listener is called there.
 */
public final class IceTransport {
    private static final Logger LOG = LoggerFactory.getLogger(IceTransport.class);
    private static final SecureRandom RANDOM = new SecureRandom();

    // RFC 7983 §7: what the first byte of a datagram says
    private static final int LAST_STUN = 3;
    private static final int FIRST_DTLS = 20;
    private static final int LAST_DTLS = 63;

    /** What happens, on the loop. One that throws breaks nothing. */
    public interface Listener {
        /** Called with each new state. */
        void onStateChange(IceTransportState state);

        /** Data goes by this pair from now on, the first one or another. */
        void onSelectedPair(CandidatePair pair);

        /**
         * A datagram that is not STUN, from the remote address of a validated pair. Its content is valid during the call
         * only.
         */
        void onDatagram(ByteBuffer datagram);

        /** The datagrams of this socket read are all in. */
        void onEndOfBurst();

        /** After {@link #isWritable()} was false. */
        void onWritable();
    }

    private final NetworkLoop loop;
    private final IceGatherer gatherer;
    private final Listener listener;
    private final IceAgent agent;
    private final LoopTimer timer;
    private final RemoteGate remoteGate;
    private final List<LocalSocket> unflushed = new ArrayList<>(0);

    private boolean stopped;
    private boolean settling;

    private final SelectedPath path = new SelectedPath();
    private final TrafficCounters traffic = new TrafficCounters();
    private final InboundDatagrams inbound;

    private volatile IceTransportState state = IceTransportState.NEW;

    /**
     * A transport over the gatherer's sockets; the gatherer may have gathered before, or gather later.
     *
     * @throws IllegalStateException if the gatherer has a transport already, or the caller is not on the loop
     */
    public IceTransport(NetworkLoop loop, IceGatherer gatherer, IceOptions options, Listener listener) {
        loop.requireInLoop();
        this.loop = loop;
        this.gatherer = gatherer;
        this.listener = Objects.requireNonNull(listener, "listener");
        this.inbound = new InboundDatagrams(listener, traffic);
        this.agent = new IceAgent(gatherer.localParameters(), options, RANDOM);
        this.timer = loop.newTimer(this::onTimeout);
        RemoteGate.Names names = (name, found) -> loop.linkNames().find(name, loop, found);
        this.remoteGate = new RemoteGate(names, gatherer::admits, new NameEvents());
        gatherer.attach(new GathererEvents());
    }

    /**
     * Begins the connectivity checks, as soon as there are candidates; likewise after a restart, with the peer's new credentials.
     *
     * @throws IllegalStateException if started before and not restarted, or stopped
     */
    public void start(IceRole role, IceParameters remote) {
        loop.requireInLoop();
        agent.start(role, remote, loop.nanoTime());
        onStarted();
    }

    /**
     * As {@link #start}, for a restart that leads to another peer, with an association of its own. The pair in use so far is left at
     * once: nothing is sent until there is a new one, and datagrams of the peer before are dropped.
     *
     * @throws IllegalStateException if started before and not restarted, or stopped
     */
    public void startWithOtherPeer(IceRole role, IceParameters remote) {
        loop.requireInLoop();
        agent.startWithOtherPeer(role, remote, loop.nanoTime());
        onStarted();
    }

    private void onStarted() {
        remoteGate.repeat();
        settle();
    }

    /**
     * An ICE restart (RFC 8445 §9), by either side: the peer is to be told these credentials, and {@link #start} comes when its own are
     * known. The pair in use stays in use until there is a new one. {@link IceGatherer#gather()} is to be called again.
     *
     * @param local from {@link IceGatherer#newParameters()}
     * @throws IllegalStateException if stopped
     */
    public void restart(IceParameters local) {
        loop.requireInLoop();
        agent.restart(local, loop.nanoTime());
        gatherer.restart(local);
        settle();
    }

    /** Takes back a restart that was not started, as a rollback does; false if there is none. */
    public boolean cancelRestart() {
        loop.requireInLoop();
        boolean cancelled = agent.cancelRestart(loop.nanoTime());
        if (cancelled) {
            gatherer.restartCancelled(agent.localParameters(), agent::isLeaving);
            settle();
        }
        return cancelled;
    }

    /**
     * Adds a candidate of the peer, before or after the start (before: 100 are kept). One that names a username fragment counts for
     * that generation only.
     */
    public void addRemoteCandidate(Candidate candidate) {
        loop.requireInLoop();
        if (!remoteGate.admits(candidate)) {
            LOG.debug("Refused {}", candidate.type());
            return;
        }
        agent.addRemoteCandidate(candidate, loop.nanoTime());
        remoteGate.lookUp(candidate);
        settle();
    }

    /** No more candidates of the peer will come. */
    public void endOfRemoteCandidates() {
        endOfRemoteCandidates(null);
    }

    /**
     * No more candidates will come of that generation.
     *
     * @param usernameFragment the peer's, null for the latest
     */
    public void endOfRemoteCandidates(@Nullable String usernameFragment) {
        loop.requireInLoop();
        // What a name stands for is still a candidate.
        remoteGate.whenIdle(() -> agent.endOfRemoteCandidates(usernameFragment, loop.nanoTime()));
        settle();
    }

    /** From any thread. */
    public IceTransportState state() {
        return state;
    }

    /** The role at present: a conflict of roles can change it (RFC 8445 §7.3.1.1). */
    public IceRole role() {
        loop.requireInLoop();
        return agent.role();
    }

    /** From any thread; null before there is one. */
    public @Nullable CandidatePair selectedPair() {
        return path.pair();
    }

    /** The smoothed round trip time of the selected pair's checks in nanoseconds, or -1 if there is none. */
    public long roundTripNanos() {
        loop.requireInLoop();
        return agent.roundTripNanos();
    }

    /** How many datagrams were neither delivered nor sent: of unknown kind or origin, or with no pair or consent. */
    public long datagramsDropped() {
        loop.requireInLoop();
        return traffic.packetsDropped;
    }

    /** The counters of this moment. */
    public IceTransportStats stats() {
        loop.requireInLoop();
        return new IceTransportStats(
                state,
                agent.role(),
                agent.localParameters().usernameFragment(),
                traffic.selectedPairChanges,
                traffic.packetsSent,
                traffic.packetsReceived,
                traffic.bytesSent,
                traffic.bytesReceived,
                traffic.packetsDropped,
                agent.pairStats(loop.nanoTime(), Instant.now()),
                agent.localCandidates(),
                agent.remoteCandidates());
    }

    /** Appends a copy of one datagram to the burst; dropped and counted if there is no pair, or no consent (RFC 7675). */
    public void write(byte[] buffer, int offset, int length) {
        if (path.write(buffer, offset, length)) {
            traffic.sent(length);
            agent.sent(length);
        } else {
            traffic.packetsDropped++;
        }
    }

    /** Sends the burst. */
    public void flush() {
        if (path.flush()) {
            agent.burstSent(loop.nanoTime());
        }
    }

    /** Sends the burst as IP packets that are not to be fragmented, as far as the system lets say so: for probes of the path's MTU. */
    public void flushUnfragmented() {
        path.flushUnfragmented();
    }

    /** False while the selected pair's socket has no room: then hold back until {@link Listener#onWritable()}. */
    public boolean isWritable() {
        return path.isWritable();
    }

    /** Ends everything: the state is closed, and so is the gatherer with its sockets. */
    public void stop() {
        loop.requireInLoop();
        if (stopped) {
            return;
        }
        path.clear();
        stopped = true;
        agent.stop();
        inbound.clear();
        remoteGate.close();
        timer.cancel();
        gatherer.close();
        enter(IceTransportState.CLOSED);
    }

    private void onTimeout() {
        agent.onTimeout(loop.nanoTime());
        settle();
    }

    /** What the agent has to tell and to send, until there is no more; then when to come back. */
    private void settle() {
        if (settling) {
            return; // a listener called back: the outer call goes on
        }
        settling = true;
        try {
            while (true) {
                IceEvent event = agent.poll();
                OutgoingStun stun = event == null ? agent.transmit() : null;
                if (stopped || (event == null && stun == null)) {
                    break;
                }
                if (event != null) {
                    handle(event);
                } else if (stun != null) {
                    send(stun);
                }
            }
        } finally {
            settling = false;
        }
        for (LocalSocket socket : unflushed) {
            socket.flush();
        }
        unflushed.clear();
        if (!stopped) {
            timer.arm(agent.nextTimeout());
        }
    }

    private void send(OutgoingStun stun) {
        LocalSocket socket = gatherer.socket(stun.socketId());
        socket.write(stun.bytes(), 0, stun.bytes().length, stun.destination());
        if (!unflushed.contains(socket)) {
            unflushed.add(socket);
        }
    }

    private void handle(IceEvent event) {
        if (event instanceof IceEvent.StateChanged changed) {
            enter(changed.state());
        } else if (event instanceof IceEvent.PairSelected selected) {
            select(selected);
        } else if (event instanceof IceEvent.PairLost) {
            unselect();
        } else if (event instanceof IceEvent.FragmentForgotten forgotten) {
            gatherer.forgetFragment(forgotten.usernameFragment());
        } else if (event instanceof IceEvent.SocketForgotten forgotten) {
            gatherer.forgetSocket(forgotten.socketId());
        } else if (event instanceof IceEvent.PathValidated validated) {
            gatherer.socket(validated.socketId()).onValidated(validated.remoteAddress());
            inbound.deliverEarly(validated.socketId(), validated.remoteAddress(), loop.nanoTime());
            endBurst();
        } else if (event instanceof IceEvent.RoleChanged changed) {
            LOG.debug("ICE role conflict: now {}", changed.role());
        }
    }

    private void enter(IceTransportState next) {
        state = next;
        if (next == IceTransportState.FAILED) {
            unselect(); // RFC 7675 §5.1: without consent nothing is sent
        }
        tell(() -> listener.onStateChange(next));
    }

    private void select(IceEvent.PairSelected selected) {
        flush();
        boolean wasFull = !isWritable();
        traffic.selectedPairChanges += selected.pair().equals(path.pair()) ? 0 : 1;
        path.set(selected.socketId(), gatherer.socket(selected.socketId()), selected.remoteAddress(), selected.pair());
        tell(() -> listener.onSelectedPair(selected.pair()));
        if (wasFull && isWritable()) {
            tell(listener::onWritable); // the pair that is left will not tell
        }
    }

    private void unselect() {
        flush();
        boolean wasFull = !isWritable();
        path.clear();
        if (wasFull) {
            tell(listener::onWritable); // nothing else will: what is written from now on is dropped
        }
    }

    private void receive(int socketId, InetSocketAddress source, ByteBuffer datagram) {
        int first = datagram.hasRemaining() ? datagram.get(datagram.position()) & 0xFF : -1;
        if (FIRST_DTLS <= first && first <= LAST_DTLS) {
            switch (agent.pathState(socketId, source)) {
                case VALID -> {
                    agent.received(datagram.remaining());
                    inbound.deliver(datagram);
                }
                case AUTHENTICATED -> inbound.keep(socketId, source, datagram, loop.nanoTime());
                case UNKNOWN -> traffic.packetsDropped++;
            }
        } else if (0 <= first && first <= LAST_STUN && remoteGate.admits(source.getAddress())) {
            agent.receive(socketId, source, datagram, loop.nanoTime());
            if (agent.pathState(socketId, source) == PathState.AUTHENTICATED) {
                gatherer.socket(socketId).onAuthenticated(source);
            }
            settle();
        } else {
            traffic.packetsDropped++;
        }
    }

    private void endBurst() {
        if (inbound.endBurst()) {
            agent.burstReceived(loop.nanoTime());
            tell(listener::onEndOfBurst);
        }
    }

    private static void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.warn("A listener of an ICE transport failed", e);
        }
    }

    private final class NameEvents implements RemoteGate.Listener {
        @Override
        public boolean onAddress(Candidate named, InetSocketAddress address) {
            boolean taken = agent.addNamedCandidate(named, address, loop.nanoTime());
            settle();
            return taken;
        }

        @Override
        public void onIdle() {
            settle();
        }
    }

    private final class GathererEvents implements IceGatherer.Receiver {
        @Override
        public void onLocalCandidate(Candidate candidate, int socketId) {
            agent.addLocalCandidate(candidate, socketId, loop.nanoTime());
            settle();
        }

        @Override
        public void onEndOfLocalCandidates() {
            agent.endOfLocalCandidates(loop.nanoTime());
            settle();
        }

        @Override
        public void onMoreLocalCandidates() {
            agent.moreLocalCandidates();
        }

        @Override
        public void onSocketLost(int socketId) {
            agent.removeSocket(socketId, loop.nanoTime());
            settle();
        }

        @Override
        public void onSocketLeaving(int socketId) {
            agent.leaveSocket(socketId, loop.nanoTime());
            settle();
        }

        @Override
        public void onDatagram(int socketId, InetSocketAddress source, ByteBuffer datagram) {
            receive(socketId, source, datagram);
        }

        @Override
        public void onEndOfBurst(int socketId) {
            endBurst();
        }

        @Override
        public void onWritable(int socketId) {
            if (path.isBy(socketId)) {
                tell(listener::onWritable);
            }
        }

        @Override
        public void onDisconnected(int socketId, InetSocketAddress remote) {
            agent.connectionLost(socketId, remote, loop.nanoTime());
            settle();
        }
    }
}
