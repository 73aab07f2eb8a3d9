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

    /** For how long a peer that has not noticed the end of a restart is still understood. */
    private static final long RETIRED_NANOS = 10_000_000_000L;

    private final AgentCommons commons;
    private final EarlyCandidates early = new EarlyCandidates();

    private IceTransportState state = IceTransportState.NEW;

    /** The one whose pair is in use, or that is on the way to it. */
    private Generation current;

    /** The one that a restart has begun, until it has a pair. */
    private @Nullable Generation next;

    /** The one before, for a moment. */
    private @Nullable Generation retired;

    private long retiredUntilNanos = Long.MAX_VALUE;
    private @Nullable CheckPair lastPath;

    /** @param random unpredictable in production: transaction ids come from it */
    public IceAgent(IceParameters local, IceOptions options, RandomGenerator random) {
        commons = new AgentCommons(options, random);
        current = new Generation(local, commons);
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
            current.addLocal(local);
            if (next != null) {
                next.addLocal(local);
            }
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
        current.removeLocal(socketId);
        if (next != null) {
            next.removeLocal(socketId);
        }
        settle(nowNanos);
    }

    /**
     * This socket is to go, with its candidates: what a restart has begun, or begins, does without it. The pair in use may go on by it;
     * {@link IceEvent.SocketForgotten} tells that nobody does any longer. Unless a restart is taken back, that is the end of it.
     */
    public void leaveSocket(int socketId, long nowNanos) {
        if (isClosed()) {
            return;
        }
        if (next == null && !current.isStarted()) {
            commons.events.add(new IceEvent.SocketForgotten(socketId));
            return;
        }
        commons.locals.leave(socketId, current.session.number);
        if (next != null) {
            next.removeLocal(socketId);
        }
        settle(nowNanos);
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
        Generation starting = newest();
        if (starting.isStarted() || isClosed()) {
            throw new IllegalStateException("ICE was started or stopped before");
        }
        starting.start(role, remote, nowNanos);
        early.take(remote.usernameFragment(), starting);
        settle(nowNanos);
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
        if (local.usernameFragment().equals(current.local().usernameFragment())) {
            throw new IllegalArgumentException("a restart needs another username fragment and password");
        }
        commons.allLocalKnown = false;
        Generation fresh = new Generation(local, commons);
        if (current.isStarted()) {
            next = fresh;
        } else {
            current = fresh;
        }
        settle(nowNanos);
    }

    /** Takes back a restart that has not been started (RFC 9429 §4.1.10.2); false if there is none. */
    public boolean cancelRestart(long nowNanos) {
        Generation fresh = next;
        if (fresh == null || fresh.isStarted()) {
            return false;
        }
        next = null;
        commons.locals.stay(current.session.number);
        commons.allLocalKnown = true;
        settle(nowNanos);
        return true;
    }

    /** Whether a restart has begun and has not led to a new pair yet. */
    public boolean isRestarting() {
        return next != null;
    }

    private Generation newest() {
        return next != null ? next : current;
    }

    /** The credentials that the peer is to use, those of a restart as soon as it has begun. */
    public IceParameters localParameters() {
        return newest().local();
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
        Generation target = started(candidate.usernameFragment());
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
        Generation target = isClosed() ? null : started(candidate.usernameFragment());
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
        Generation target = started(usernameFragment);
        if (target == null) {
            early.end(usernameFragment);
        } else {
            target.endOfRemote();
            settle(nowNanos);
        }
    }

    /** The generation that this fragment of the peer belongs to, null if that has not been started. */
    private @Nullable Generation started(@Nullable String remoteFragment) {
        Generation newest = newest();
        if (newest.isStarted() && newest.session.credentials.isGeneration(remoteFragment)) {
            return newest;
        }
        boolean isCurrent = remoteFragment != null
                && current.isStarted()
                && current.session.credentials.isGeneration(remoteFragment);
        return isCurrent ? current : null;
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
            Generation target = target(message);
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

    private @Nullable Generation target(StunMessage message) {
        if (isTarget(current, message)) {
            return current;
        }
        if (next != null && isTarget(next, message)) {
            return next;
        }
        return retired != null && isTarget(retired, message) ? retired : null;
    }

    private static boolean isTarget(Generation generation, StunMessage message) {
        return !generation.isOver()
                && (message.messageClass() == StunClass.REQUEST
                        ? generation.session.credentials.isAddressed(message)
                        : generation.session.transactions.find(message.id()) != null);
    }

    /** How a datagram that is not STUN is to be treated. Cheap: for each datagram. */
    public PathState pathState(int socketId, InetSocketAddress source) {
        CheckPair last = lastPath;
        if (last == null || last.base.socketId() != socketId || !last.remote.address.equals(source)) {
            last = find(socketId, source);
            if (last == null) {
                boolean isEarly =
                        current.isEarlyPath(socketId, source) || (next != null && next.isEarlyPath(socketId, source));
                return isEarly ? PathState.AUTHENTICATED : PathState.UNKNOWN;
            }
            lastPath = last;
        }
        return last.pathState();
    }

    /** In the generation that trusts it most. */
    private @Nullable CheckPair find(int socketId, InetSocketAddress source) {
        CheckPair found = current.session.checks.find(socketId, source);
        for (Generation other : new Generation[] {next, retired}) {
            if (other != null && (found == null || !found.isValid())) {
                CheckPair pair = other.session.checks.find(socketId, source);
                found = pair == null ? found : pair;
            }
        }
        return found;
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
        current.onTimeout(nowNanos);
        if (next != null) {
            next.onTimeout(nowNanos);
        }
        if (nowNanos >= retiredUntilNanos) {
            forgetRetired();
        }
        settle(nowNanos);
    }

    /** When {@link #onTimeout} is due, {@link Long#MAX_VALUE} for never. */
    public long nextTimeout() {
        if (isClosed()) {
            return Long.MAX_VALUE;
        }
        long earliest = Math.min(current.nextTimeout(), retiredUntilNanos);
        return next == null ? earliest : Math.min(earliest, next.nextTimeout());
    }

    /** Ends everything; nothing is sent any more. */
    public void stop() {
        if (!isClosed()) {
            current.end();
            next = null;
            forgetRetired();
            commons.outgoing.clear();
            lastPath = null;
            enter(IceTransportState.CLOSED);
        }
    }

    public IceTransportState state() {
        return state;
    }

    public IceRole role() {
        return newest().session.role;
    }

    public @Nullable CandidatePair selectedPair() {
        CheckPair selected = current.selected();
        return selected == null ? null : selected.candidates();
    }

    /** The smoothed round trip time of the selected pair, −1 while there is none. */
    public long roundTripNanos() {
        CheckPair selected = current.selected();
        return selected == null ? -1 : selected.smoothedRttNanos;
    }

    /** A datagram that is not STUN was sent by the selected pair. */
    public void sent(int bytes) {
        CheckPair selected = current.selected();
        if (selected != null) {
            selected.statistics.sent(bytes);
        }
    }

    /** What was counted last by {@link #sent} has left. */
    public void burstSent(long nowNanos) {
        CheckPair selected = current.selected();
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
        CheckPair selected = current.selected();
        for (Generation generation : generations()) {
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
        return generations().stream()
                .flatMap(generation -> generation.session.remotes.endpoints().stream())
                .map(endpoint -> endpoint.candidate)
                .distinct()
                .toList();
    }

    private List<Generation> generations() {
        return next == null ? List.of(current) : List.of(current, next);
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
        current.settle(now);
        Generation fresh = next;
        if (fresh != null) {
            fresh.settle(now);
            if (fresh.selected() != null) {
                succeed(fresh, now);
            } else if (fresh.isOver() && !current.isOver()) {
                // The pair in use does not get worse because a restart led to nothing.
                next = null;
            }
        }
        enterGradually(combined());
    }

    private void succeed(Generation fresh, long now) {
        forgetRetired();
        current.retire();
        retired = current;
        retiredUntilNanos = now + RETIRED_NANOS;
        current = fresh;
        next = null;
    }

    private void forgetRetired() {
        if (retired != null) {
            commons.events.add(new IceEvent.FragmentForgotten(retired.local().usernameFragment()));
            for (int socketId : commons.locals.unusedAfter(retired.session.number)) {
                commons.events.add(new IceEvent.SocketForgotten(socketId));
            }
        }
        retired = null;
        retiredUntilNanos = Long.MAX_VALUE;
    }

    /** What webrtc-pc §5.6.3 calls the state while a restart is under way. */
    private IceTransportState combined() {
        IceTransportState used = current.state();
        Generation fresh = next;
        if (fresh == null) {
            return used;
        }
        boolean connected = used == IceTransportState.CONNECTED || used == IceTransportState.COMPLETED;
        if (connected) {
            return IceTransportState.CONNECTED;
        }
        if (!fresh.isStarted()) {
            return used;
        }
        return fresh.isOver() ? IceTransportState.FAILED : IceTransportState.CHECKING;
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
