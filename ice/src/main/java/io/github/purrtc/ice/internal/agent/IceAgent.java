package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.Candidate;
import io.github.purrtc.ice.CandidatePair;
import io.github.purrtc.ice.IceOptions;
import io.github.purrtc.ice.IceParameters;
import io.github.purrtc.ice.IceRole;
import io.github.purrtc.ice.IceTransportState;
import io.github.purrtc.ice.internal.stun.MalformedStun;
import io.github.purrtc.ice.internal.stun.Stun;
import io.github.purrtc.ice.internal.stun.StunDecoded;
import io.github.purrtc.ice.internal.stun.StunDecoder;
import io.github.purrtc.ice.internal.stun.StunMessage;
import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A full ICE agent (RFC 8445) for one stream with one component, trickling (RFC 8838), with consent (RFC 7675).
 *
 * <p>It has no socket, thread or clock. After each verb the caller drains {@link #transmit} and {@link #poll} until they
 * give null, and sees to it that {@link #onTimeout} is called at {@link #nextTimeout}. Times are nanoseconds of any one
 * monotonic clock. All calls come from one thread.
 *
 * <p>Local candidates carry the number of the socket that serves them; the caller sends what is to be transmitted from the
 * socket that it names.
 */
public final class IceAgent {

    private static final int MAX_BEFORE_START = 100;

    private final Session session;
    private final Consent consent;
    private final Nomination nomination;
    private final InboundChecks inboundChecks;
    private final Responses responses;
    private final Pacer pacer;
    private final long failedNanos;
    private final List<Candidate> beforeStart = new ArrayList<>(0);

    private IceTransportState state = IceTransportState.NEW;
    private boolean started;
    private boolean peerNoted;
    private boolean allLocalKnown;
    private boolean allRemoteKnown;
    private @Nullable CheckPair lastPath;

    /** @param random unpredictable in production: transaction ids come from it */
    public IceAgent(IceParameters local, IceOptions options, RandomGenerator random) {
        session = new Session(local, options, random);
        consent = new Consent(session);
        nomination = new Nomination(session, consent);
        inboundChecks = new InboundChecks(session, nomination, consent);
        responses = new Responses(session, nomination, consent);
        pacer = new Pacer(options.checkInterval().toNanos());
        failedNanos = options.failedTimeout().toNanos();
    }

    /**
     * A candidate that the gatherer found, before or after the start. Checks are sent from host and relayed UDP
     * candidates; a reflexive one serves to recognize what the peer sees.
     *
     * @param socketId the number of the socket that sends from this candidate's base, and receives for it
     */
    public void addLocalCandidate(Candidate candidate, int socketId, long nowNanos) {
        LocalEndpoint local = isOver() ? null : session.locals.add(candidate, socketId);
        if (local != null) {
            for (RemoteEndpoint remote : session.remotes.endpoints()) {
                session.checks.form(local, remote, session.role);
            }
            settle(nowNanos);
        }
    }

    public void endOfLocalCandidates(long nowNanos) {
        allLocalKnown = true;
        settle(nowNanos);
    }

    /**
     * The peer's description is known: checks begin with the first candidate.
     *
     * @throws IllegalStateException if started before, or stopped
     */
    public void start(IceRole initialRole, IceParameters remote, long nowNanos) {
        if (started || state == IceTransportState.CLOSED) {
            throw new IllegalStateException("ICE was started or stopped before");
        }
        started = true;
        session.role = initialRole;
        if (remote.lite() && initialRole == IceRole.CONTROLLED) {
            // RFC 8445 §6.1.1: towards a lite agent the full one is controlling.
            session.switchRole(IceRole.CONTROLLING);
        }
        session.credentials.remote(remote);
        beforeStart.forEach(this::addKnown);
        beforeStart.clear();
        inboundChecks.started(nowNanos);
        settle(nowNanos);
    }

    /**
     * A candidate that the peer signalled, before or after the start. One that cannot be used is counted and let fall; one
     * whose address is a name is taken as a sign of a peer whose own checks will tell its address.
     */
    public void addRemoteCandidate(Candidate candidate, long nowNanos) {
        if (isOver()) {
            return;
        }
        if (!started) {
            keepUntilStart(candidate);
            return;
        }
        addKnown(candidate);
        settle(nowNanos);
    }

    private void keepUntilStart(Candidate candidate) {
        if (beforeStart.size() < MAX_BEFORE_START) {
            beforeStart.add(candidate);
        } else {
            session.drop(DropReason.CANDIDATE_IGNORED);
        }
    }

    private void addKnown(Candidate candidate) {
        if (!session.credentials.isGeneration(candidate.usernameFragment())) {
            session.drop(DropReason.CANDIDATE_IGNORED);
            return;
        }
        RemoteCandidates.Outcome outcome = session.remotes.add(candidate);
        if (outcome instanceof RemoteCandidates.Outcome.Added added) {
            formPairs(added.endpoint());
        } else if (outcome instanceof RemoteCandidates.Outcome.Merged merged) {
            formPairs(merged.endpoint());
            merged(merged.endpoint());
        } else if (outcome instanceof RemoteCandidates.Outcome.Dropped dropped) {
            session.drop(dropped.reason());
            return;
        }
        peerNoted = true;
    }

    private void formPairs(RemoteEndpoint remote) {
        for (LocalEndpoint local : session.locals.endpoints()) {
            session.checks.form(local, remote, session.role);
        }
    }

    public void endOfRemoteCandidates(long nowNanos) {
        allRemoteKnown = true;
        peerNoted = true;
        settle(nowNanos);
    }

    /**
     * A datagram that begins like STUN (RFC 7983) came in; its content is read whole and copied. Never throws, whatever it
     * is. Before the start too: authentic checks are answered, and remembered until the peer's description comes.
     */
    public void receive(int socketId, InetSocketAddress source, ByteBuffer datagram, long nowNanos) {
        if (isOver()) {
            return;
        }
        StunDecoded decoded = StunDecoder.decode(datagram);
        if (decoded instanceof MalformedStun) {
            session.drop(DropReason.MALFORMED);
        } else if (decoded instanceof StunMessage message) {
            dispatch(socketId, source, message, nowNanos);
            settle(nowNanos);
        }
    }

    private void dispatch(int socketId, InetSocketAddress source, StunMessage message, long now) {
        // RFC 8445 §7.1.1 and §7.3: checks and their answers carry a FINGERPRINT.
        if (message.method() != Stun.BINDING || !message.hasFingerprint()) {
            session.drop(DropReason.UNEXPECTED);
            return;
        }
        switch (message.messageClass()) {
            case REQUEST -> inboundChecks.receive(socketId, source, message, now);
            case SUCCESS, ERROR -> responses.receive(socketId, source, message, now);
            case INDICATION -> {
                // RFC 8445 §11: a keepalive, which has done its work on the way.
            }
        }
    }

    /** How a datagram that is not STUN is to be treated. Cheap: for each datagram. */
    public PathState pathState(int socketId, InetSocketAddress source) {
        CheckPair last = lastPath;
        if (last == null || last.base.socketId() != socketId || !last.remote.address.equals(source)) {
            last = session.checks.find(socketId, source);
            if (last == null) {
                return inboundChecks.isEarlyPath(socketId, source) ? PathState.AUTHENTICATED : PathState.UNKNOWN;
            }
            lastPath = last;
        }
        return last.pathState();
    }

    /** The next STUN message to send, null when there is none. */
    public @Nullable OutgoingStun transmit() {
        return session.outgoing.poll();
    }

    /** The next thing that happened, null when there is none. */
    public @Nullable IceEvent poll() {
        return session.events.poll();
    }

    public void onTimeout(long nowNanos) {
        if (isOver()) {
            return;
        }
        session.transactions.onTimeout(nowNanos).forEach(responses::timedOut);
        consent.onTimeout(nowNanos);
        settle(nowNanos);
    }

    /** When {@link #onTimeout} is due, {@link Long#MAX_VALUE} for never. */
    public long nextTimeout() {
        if (isOver()) {
            return Long.MAX_VALUE;
        }
        long next = Math.min(session.transactions.nextTimeout(), consent.nextTimeout());
        next = Math.min(next, nomination.nextTimeout());
        if (state == IceTransportState.CHECKING) {
            next = Math.min(next, session.lastResponseNanos + failedNanos);
        }
        if (nomination.selected() != null) {
            next = Math.min(next, consent.expiresAt());
        }
        return mayCheck() && session.checks.bestWaiting() != null ? Math.min(next, pacer.availableNanos()) : next;
    }

    /** Ends everything; nothing is sent any more. */
    public void stop() {
        if (state != IceTransportState.CLOSED) {
            end(IceTransportState.CLOSED);
        }
    }

    public IceTransportState state() {
        return state;
    }

    public IceRole role() {
        return session.role;
    }

    public @Nullable CandidatePair selectedPair() {
        CheckPair selected = nomination.selected();
        return selected == null ? null : selected.candidates();
    }

    /** The smoothed round trip time of the selected pair, −1 while there is none. */
    public long roundTripNanos() {
        CheckPair selected = nomination.selected();
        return selected == null ? -1 : selected.smoothedRttNanos;
    }

    /** How often something was let fall for this reason. */
    public long dropped(DropReason reason) {
        return session.dropped(reason);
    }

    private void merged(RemoteEndpoint endpoint) {
        session.checks.reorder(session.role);
        CheckPair selected = nomination.selected();
        if (selected != null && selected.remote == endpoint) {
            nomination.announce();
        }
    }

    /** What each verb ends with: send what may be sent, choose what can be chosen, say what has changed. */
    private void settle(long now) {
        if (isOver()) {
            return;
        }
        // Its pair may have made room for another.
        lastPath = null;
        if (started) {
            runChecks(now);
            nomination.consider(now, allLocalKnown && allRemoteKnown);
        }
        IceTransportState next = nextState(now);
        if (next == IceTransportState.FAILED) {
            end(next);
        } else if (next != state) {
            if (next == IceTransportState.CHECKING) {
                session.lastResponseNanos = now;
            }
            enter(next);
        }
    }

    /** RFC 8445 §6.1.4.2. */
    private void runChecks(long now) {
        for (CheckPair pair = session.checks.nextTriggered(); pair != null; pair = session.checks.nextTriggered()) {
            session.sendCheck(pair, now);
        }
        while (mayCheck()) {
            CheckPair pair = session.checks.bestWaiting();
            if (pair == null || !pacer.tryTake(now)) {
                return;
            }
            session.sendCheck(pair, now);
        }
    }

    /** Ordinary checks go on until a pair is selected. */
    private boolean mayCheck() {
        return started && nomination.selected() == null;
    }

    private IceTransportState nextState(long now) {
        if (nomination.selected() != null) {
            return connectedState(now);
        }
        boolean peerKnown = peerNoted || !session.checks.pairs().isEmpty();
        if (!started || !peerKnown) {
            return IceTransportState.NEW;
        }
        // RFC 8863 §4: checks of ours that nobody answers are no reason to give up early, the peer's may still come.
        boolean nothingLeft = allLocalKnown && allRemoteKnown && session.checks.isAllRefused();
        boolean patienceOver = state == IceTransportState.CHECKING && now - session.lastResponseNanos >= failedNanos;
        return nothingLeft || patienceOver ? IceTransportState.FAILED : IceTransportState.CHECKING;
    }

    private IceTransportState connectedState(long now) {
        if (now >= consent.expiresAt()) {
            return IceTransportState.FAILED;
        }
        if (consent.isSilent()) {
            return IceTransportState.DISCONNECTED;
        }
        return allLocalKnown && allRemoteKnown ? IceTransportState.COMPLETED : IceTransportState.CONNECTED;
    }

    private void end(IceTransportState last) {
        session.transactions.clear();
        session.checks.clear();
        session.outgoing.clear();
        consent.stop();
        lastPath = null;
        enter(last);
    }

    private void enter(IceTransportState next) {
        state = next;
        session.events.add(new IceEvent.StateChanged(next));
    }

    private boolean isOver() {
        return state == IceTransportState.FAILED || state == IceTransportState.CLOSED;
    }
}
