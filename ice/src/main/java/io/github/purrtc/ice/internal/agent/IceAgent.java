package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.Candidate;
import io.github.purrtc.ice.CandidatePair;
import io.github.purrtc.ice.CandidatePairStats;
import io.github.purrtc.ice.IceOptions;
import io.github.purrtc.ice.IceParameters;
import io.github.purrtc.ice.IceRole;
import io.github.purrtc.ice.IceTransportState;
import io.github.purrtc.ice.internal.stun.MalformedStun;
import io.github.purrtc.ice.internal.stun.Stun;
import io.github.purrtc.ice.internal.stun.StunClass;
import io.github.purrtc.ice.internal.stun.StunDecoded;
import io.github.purrtc.ice.internal.stun.StunDecoder;
import io.github.purrtc.ice.internal.stun.StunMessage;
import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * An ICE agent (RFC 8445) for one stream with one component, trickling (RFC 8838), with consent (RFC 7675) and restarts; lite if its
 * own parameters say so.
 *
 * <p>It has no socket, thread or clock. After each verb the caller drains {@link #transmit} and {@link #poll} until they
 * give null, and sees to it that {@link #onTimeout} is called at {@link #nextTimeout}. Times are nanoseconds of any one
 * monotonic clock. All calls come from one thread.
 *
 * <p>Local candidates carry the number of the socket that serves them; the caller sends what is to be transmitted from the
 * socket that it names.
 */
public final class IceAgent {

    private final AgentCommons commons;
    private final Generations generations;
    private final EarlyCandidates early = new EarlyCandidates();

    private IceTransportState state = IceTransportState.NEW;

    private @Nullable CheckPair lastPath;

    /** @param random unpredictable in production: transaction ids come from it */
    public IceAgent(IceParameters local, IceOptions options, RandomGenerator random) {
        commons = new AgentCommons(options, random);
        generations = new Generations(local, commons);
    }

    /**
     * A candidate that the gatherer found, before or after the start. Checks are sent from host and relayed UDP
     * candidates; a reflexive one serves to recognize what the peer sees.
     *
     * @param socketId the number of the socket that sends from this candidate's base, and receives for it
     */
    public void addLocalCandidate(Candidate candidate, int socketId, long nowNanos) {
        LocalEndpoint local = isClosed() ? null : commons.locals.add(candidate, socketId);
        if (local != null) {
            generations.addLocal(local);
            settle(nowNanos);
        }
    }

    public void endOfLocalCandidates(long nowNanos) {
        commons.allLocalKnown = true;
        settle(nowNanos);
    }

    /** After {@link #endOfLocalCandidates}: it was not the end, the network has changed. */
    public void moreLocalCandidates() {
        commons.allLocalKnown = false;
    }

    /** This socket is gone, with its candidates; another pair is sought if the selected one was among its own. */
    public void removeSocket(int socketId, long nowNanos) {
        commons.locals.remove(socketId);
        generations.removeLocal(socketId);
        settle(nowNanos);
    }

    /**
     * The TCP connection between this socket and that address has ended, or could not be made. Its pair fails at once; it is checked again only if
     * the connection was of use before and can be made from here, or if the peer connects.
     */
    public void connectionLost(int socketId, InetSocketAddress remote, long nowNanos) {
        if (!isClosed()) {
            generations.connectionLost(socketId, remote);
            settle(nowNanos);
        }
    }

    /**
     * This socket is to go, with its candidates: what a restart has begun, or begins, does without it. The pair in use may go on by it;
     * {@link IceEvent.SocketForgotten} tells that nobody does any longer. Unless a restart is taken back, that is the end of it.
     */
    public void leaveSocket(int socketId, long nowNanos) {
        if (!isClosed()) {
            generations.leave(socketId);
            settle(nowNanos);
        }
    }

    /** Whether {@link #leaveSocket} holds for this one. */
    public boolean isLeaving(int socketId) {
        return commons.locals.isLeaving(socketId);
    }

    /**
     * The peer's description is known, the first one or that of a restart: checks begin with the first candidate.
     *
     * @throws IllegalStateException if started before and not restarted, or stopped
     */
    public void start(IceRole role, IceParameters remote, long nowNanos) {
        Generation starting = generations.newest();
        if (starting.isStarted() || isClosed()) {
            throw new IllegalStateException("ICE was started or stopped before");
        }
        starting.session.isFirst = selectedPair() == null;
        starting.start(role, remote, nowNanos);
        early.take(remote.usernameFragment(), starting);
        settle(nowNanos);
    }

    /**
     * As {@link #start}, for a restart that leads to another peer: the pair in use so far is left at once, and what still comes from
     * the peer before is unknown.
     *
     * @throws IllegalStateException if started before and not restarted, or stopped
     */
    public void startWithOtherPeer(IceRole role, IceParameters remote, long nowNanos) {
        if (!generations.newest().isStarted() && !isClosed()) {
            generations.handOver(nowNanos);
        }
        start(role, remote, nowNanos);
    }

    /**
     * An ICE restart (RFC 8445 §9) by either side: checks come with these credentials from now on, and begin with the next
     * {@link #start}. A pair that is in use stays in use until there is a new one. Local candidates remain.
     *
     * @throws IllegalStateException if stopped
     * @throws IllegalArgumentException if the credentials are those in use
     */
    public void restart(IceParameters local, long nowNanos) {
        if (isClosed()) {
            throw new IllegalStateException("ICE was stopped before");
        }
        generations.restart(local);
        commons.allLocalKnown = false;
        settle(nowNanos);
    }

    /** Takes back a restart that has not been started (RFC 9429 §4.1.10.2); false if there is none. */
    public boolean cancelRestart(long nowNanos) {
        if (!generations.cancelRestart()) {
            return false;
        }
        commons.allLocalKnown = true;
        settle(nowNanos);
        return true;
    }

    /** Whether a restart has begun and has not led to a new pair yet. */
    public boolean isRestarting() {
        return generations.isRestarting();
    }

    /** The credentials that the peer is to use, those of a restart as soon as it has begun. */
    public IceParameters localParameters() {
        return generations.newest().local();
    }

    /**
     * A candidate that the peer signalled, before or after the start. One that names a username fragment belongs to that generation,
     * one without to the latest. One that cannot be used is counted and let fall; one whose address is a name is taken as a sign of a
     * peer whose own checks will tell its address.
     */
    public void addRemoteCandidate(Candidate candidate, long nowNanos) {
        if (isClosed()) {
            return;
        }
        Generation target = generations.started(candidate.usernameFragment());
        if (target != null) {
            target.addRemote(candidate);
            settle(nowNanos);
        } else if (!early.keep(candidate)) {
            commons.drop(DropReason.CANDIDATE_IGNORED);
        }
    }

    /**
     * The address that the name of a candidate stands for is known; the candidate itself was added before.
     *
     * @return false if its generation has not been started: to be repeated then
     */
    public boolean addNamedCandidate(Candidate candidate, InetSocketAddress address, long nowNanos) {
        Generation target = isClosed() ? null : generations.started(candidate.usernameFragment());
        if (target != null) {
            target.addRemote(candidate, address);
            settle(nowNanos);
        }
        return target != null;
    }

    /**
     * No more candidates will come.
     *
     * @param usernameFragment of the generation that is meant, null for the latest
     */
    public void endOfRemoteCandidates(@Nullable String usernameFragment, long nowNanos) {
        Generation target = generations.started(usernameFragment);
        if (target == null) {
            early.end(usernameFragment);
        } else {
            target.endOfRemote();
            settle(nowNanos);
        }
    }

    /**
     * A datagram that begins like STUN (RFC 7983) came in; its content is read whole and copied. Never throws, whatever it
     * is. Before the start too: authentic checks are answered, and remembered until the peer's description comes.
     */
    public void receive(int socketId, InetSocketAddress source, ByteBuffer datagram, long nowNanos) {
        if (isClosed()) {
            return;
        }
        StunDecoded decoded = StunDecoder.decode(datagram);
        if (decoded instanceof MalformedStun) {
            commons.drop(DropReason.MALFORMED);
        } else if (decoded instanceof StunMessage message) {
            dispatch(socketId, source, message, nowNanos);
            settle(nowNanos);
        }
    }

    private void dispatch(int socketId, InetSocketAddress source, StunMessage message, long now) {
        // RFC 8445 §7.1.1 and §7.3: checks and their answers carry a FINGERPRINT.
        if (message.method() != Stun.BINDING || !message.hasFingerprint()) {
            commons.drop(DropReason.UNEXPECTED);
        } else if (message.messageClass() != StunClass.INDICATION) {
            // RFC 8445 §11: an indication is a keepalive, which has done its work on the way.
            Generation target = generations.target(message);
            if (target == null) {
                commons.drop(
                        message.messageClass() == StunClass.REQUEST
                                ? DropReason.UNAUTHENTIC
                                : DropReason.UNKNOWN_TRANSACTION);
            } else {
                target.receive(socketId, source, message, now);
            }
        }
    }

    /** How a datagram that is not STUN is to be treated. Cheap: for each datagram. */
    public PathState pathState(int socketId, InetSocketAddress source) {
        CheckPair last = lastPath;
        if (last == null || last.base.socketId() != socketId || !last.remote.address.equals(source)) {
            last = generations.find(socketId, source);
            if (last == null) {
                return generations.isEarlyPath(socketId, source) ? PathState.AUTHENTICATED : PathState.UNKNOWN;
            }
            lastPath = last;
        }
        return last.pathState();
    }

    /** The next STUN message to send, null when there is none. */
    public @Nullable OutgoingStun transmit() {
        return commons.outgoing.poll();
    }

    /** The next thing that happened, null when there is none. */
    public @Nullable IceEvent poll() {
        return commons.events.poll();
    }

    public void onTimeout(long nowNanos) {
        if (isClosed()) {
            return;
        }
        generations.onTimeout(nowNanos);
        settle(nowNanos);
    }

    /** When {@link #onTimeout} is due, {@link Long#MAX_VALUE} for never. */
    public long nextTimeout() {
        return isClosed() ? Long.MAX_VALUE : generations.nextTimeout();
    }

    /** Ends everything; nothing is sent any more. */
    public void stop() {
        if (!isClosed()) {
            generations.end();
            commons.outgoing.clear();
            lastPath = null;
            enter(IceTransportState.CLOSED);
        }
    }

    public IceTransportState state() {
        return state;
    }

    public IceRole role() {
        return generations.newest().session.role;
    }

    public @Nullable CandidatePair selectedPair() {
        CheckPair selected = generations.current().selected();
        return selected == null ? null : selected.candidates();
    }

    /** The smoothed round trip time of the selected pair, −1 while there is none. */
    public long roundTripNanos() {
        CheckPair selected = generations.current().selected();
        return selected == null ? -1 : selected.smoothedRttNanos;
    }

    /** A datagram that is not STUN was sent by the selected pair. */
    public void sent(int bytes) {
        CheckPair selected = generations.current().selected();
        if (selected != null) {
            selected.statistics.sent(bytes);
        }
    }

    /** What was counted last by {@link #sent} has left. */
    public void burstSent(long nowNanos) {
        CheckPair selected = generations.current().selected();
        if (selected != null) {
            selected.statistics.lastSentNanos = nowNanos;
        }
    }

    /** A datagram came by the path that {@link #pathState} was asked for last, which was valid. */
    public void received(int bytes) {
        CheckPair path = lastPath;
        if (path != null) {
            path.statistics.received(bytes);
        }
    }

    /** What was counted last by {@link #received} was all of this burst. */
    public void burstReceived(long nowNanos) {
        CheckPair path = lastPath;
        if (path != null) {
            path.statistics.lastReceivedNanos = nowNanos;
        }
    }

    /** The pairs, best first; those of a restart after those in use. */
    public List<CandidatePairStats> pairStats(long nowNanos, Instant now) {
        List<CandidatePairStats> stats = new ArrayList<>();
        CheckPair selected = generations.current().selected();
        for (Generation generation : generations.inUse()) {
            for (CheckPair pair : generation.session.checks.pairs()) {
                stats.add(pair.statistics.of(pair, pair == selected, nowNanos, now));
            }
        }
        return stats;
    }

    /** Gathered and peer-reflexive ones. */
    public List<Candidate> localCandidates() {
        return commons.locals.endpoints().stream().map(LocalEndpoint::candidate).toList();
    }

    /** Signalled and peer-reflexive ones. */
    public List<Candidate> remoteCandidates() {
        return generations.inUse().stream()
                .flatMap(generation -> generation.session.remotes.endpoints().stream())
                .map(endpoint -> endpoint.candidate)
                .distinct()
                .toList();
    }

    /** How often something was let fall for this reason. */
    public long dropped(DropReason reason) {
        return commons.dropped(reason);
    }

    /** What each verb ends with: send what may be sent, choose what can be chosen, say what has changed. */
    private void settle(long now) {
        if (isClosed()) {
            return;
        }
        // Its pair may have made room for another.
        lastPath = null;
        generations.settle(now);
        enterGradually(generations.state());
    }

    private void enterGradually(IceTransportState target) {
        if (target == IceTransportState.COMPLETED && state != IceTransportState.CONNECTED && state != target) {
            enter(IceTransportState.CONNECTED);
        }
        if (target != state) {
            enter(target);
        }
    }

    private void enter(IceTransportState target) {
        state = target;
        commons.events.add(new IceEvent.StateChanged(target));
    }

    private boolean isClosed() {
        return state == IceTransportState.CLOSED;
    }
}
