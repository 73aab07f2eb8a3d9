package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.Candidate;
import io.github.purrtc.ice.IceParameters;
import io.github.purrtc.ice.IceRole;
import io.github.purrtc.ice.IceTransportState;
import io.github.purrtc.ice.internal.stun.StunClass;
import io.github.purrtc.ice.internal.stun.StunMessage;
import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;

/**
 * Everything from one pair of credentials to the next: checks, nomination and consent. An ICE restart begins another one beside it
 * (RFC 8445 §9).
 */
final class Generation {

    /** What a peer has that is not out for a flood. */
    private static final int FEW_PAIRS = 16;

    /** However alive the peer is: somebody who carries descriptions by hand needs no longer. */
    private static final long MAX_CHECKING_NANOS = 3_600_000_000_000L;

    final Session session;
    private final IceParameters local;
    private final Consent consent;
    private final Nomination nomination;
    private final Upkeep upkeep;
    private final InboundChecks inboundChecks;
    private final Responses responses;
    private final Pacer pacer;
    private final long failedNanos;

    private IceTransportState state = IceTransportState.NEW;
    private boolean started;
    private boolean triedAgain;
    private boolean peerNoted;
    private boolean allRemoteKnown;
    private long checkingSinceNanos;

    Generation(IceParameters local, AgentCommons commons) {
        this.local = local;
        session = new Session(local, commons);
        consent = new Consent(session);
        nomination = new Nomination(session, consent);
        upkeep = new Upkeep(session, nomination, consent);
        inboundChecks = new InboundChecks(session, nomination, consent);
        responses = new Responses(session, nomination, consent);
        pacer = new Pacer(commons.options.checkInterval().toNanos());
        failedNanos = commons.options.failedTimeout().toNanos();
    }

    IceParameters local() {
        return local;
    }

    IceTransportState state() {
        return state;
    }

    boolean isStarted() {
        return started;
    }

    @Nullable
    CheckPair selected() {
        return nomination.selected();
    }

    void start(IceRole initialRole, IceParameters remote, long now) {
        started = true;
        session.role = initialRole;
        // RFC 8445 §6.1.1: towards a lite agent the full one is controlling. Two lite ones would never check: then we
        // do.
        session.lite = local.lite() && !remote.lite();
        IceRole forced = session.lite ? IceRole.CONTROLLED : remote.lite() ? IceRole.CONTROLLING : initialRole;
        if (forced != initialRole) {
            session.switchRole(forced);
        }
        session.credentials.remote(remote);
        session.lastResponseNanos = now;
        inboundChecks.started(now);
    }

    void addLocal(LocalEndpoint endpoint) {
        if (!session.mayUse(endpoint.socketId())) {
            return;
        }
        for (RemoteEndpoint remote : session.remotes.endpoints()) {
            session.checks.form(endpoint, remote, session.role);
        }
    }

    /** The socket is gone, and with it what was reached by it. */
    void removeLocal(int socketId) {
        session.checks.remove(socketId).forEach(this::abandon);
    }

    /** The pair fails at once, and what has come early by it is no hint any more. */
    void connectionLost(int socketId, InetSocketAddress remote) {
        inboundChecks.forget(socketId, remote);
        CheckPair pair = session.checks.find(socketId, remote);
        if (pair != null) {
            session.checks.disconnect(pair);
            abandon(pair);
        }
    }

    private void abandon(CheckPair pair) {
        session.transactions.endAll(pair);
        nomination.removed(pair);
        consent.removed(pair);
    }

    void addRemote(Candidate candidate) {
        addRemote(candidate, candidate.socketAddress());
    }

    /** @param address null if it is not known */
    void addRemote(Candidate candidate, @Nullable InetSocketAddress address) {
        RemoteCandidates.Outcome outcome = session.remotes.add(candidate, address);
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
        for (LocalEndpoint endpoint : session.locals.endpoints()) {
            if (session.mayUse(endpoint.socketId())) {
                session.checks.form(endpoint, remote, session.role);
            }
        }
    }

    private void merged(RemoteEndpoint endpoint) {
        session.checks.reorder(session.role);
        CheckPair selected = nomination.selected();
        if (selected != null && selected.remote == endpoint) {
            nomination.announce();
        }
    }

    void endOfRemote() {
        allRemoteKnown = true;
        peerNoted = true;
    }

    void receive(int socketId, InetSocketAddress source, StunMessage message, long now) {
        if (message.messageClass() == StunClass.REQUEST) {
            inboundChecks.receive(socketId, source, message, now);
        } else {
            responses.receive(socketId, source, message, now);
        }
    }

    boolean isEarlyPath(int socketId, InetSocketAddress source) {
        return inboundChecks.isEarlyPath(socketId, source);
    }

    void onTimeout(long now) {
        session.transactions.onTimeout(now).forEach(responses::timedOut);
        consent.onTimeout(now);
        upkeep.onTimeout(now);
    }

    long nextTimeout() {
        if (isOver()) {
            return Long.MAX_VALUE;
        }
        long next = Math.min(session.transactions.nextTimeout(), consent.nextTimeout());
        next = Math.min(next, Math.min(nomination.nextTimeout(), upkeep.nextTimeout()));
        if (state == IceTransportState.CHECKING || nomination.isPairLost()) {
            next = Math.min(next, Math.min(session.lastResponseNanos + failedNanos, mustEndAt()));
        }
        if (nomination.selected() != null) {
            next = Math.min(next, consent.expiresAt());
        }
        return nextOrdinary() != null ? Math.min(next, pacer.availableNanos()) : next;
    }

    private long mustEndAt() {
        return checkingSinceNanos + MAX_CHECKING_NANOS;
    }

    /** Sends what may be sent, chooses what can be chosen, and gives the state that this leads to. */
    IceTransportState settle(long now) {
        if (isOver()) {
            return state;
        }
        if (started) {
            upkeep.settle(now);
            runChecks(now);
            nomination.consider(now, allCandidatesKnown());
        }
        IceTransportState next = nextState(now);
        if (next == IceTransportState.FAILED) {
            end();
        } else if (next != state && nomination.selected() == null) {
            checkingSinceNanos = now;
            session.lastResponseNanos = nomination.isPairLost() ? session.lastResponseNanos : now;
        }
        state = next;
        return state;
    }

    /** RFC 8445 §6.1.4.2. */
    private void runChecks(long now) {
        if (session.lite) {
            return;
        }
        for (CheckPair pair = session.checks.nextTriggered(); pair != null; pair = session.checks.nextTriggered()) {
            session.sendCheck(pair, now);
        }
        tryAgain();
        for (CheckPair pair = nextOrdinary(); pair != null && pacer.tryTake(now); pair = nextOrdinary()) {
            session.sendCheck(pair, now);
        }
    }

    /**
     * Behind a NAT that has to be opened from inside nothing is heard of the peer before one of our seven requests has passed. With 30 % lost none
     * does once in 4,600 times: so a check that has failed is begun once more, if there are so few that the packets stay far
     * below those of a full check list.
     */
    private void tryAgain() {
        CheckList checks = session.checks;
        boolean hopeless = state == IceTransportState.CHECKING && checks.isAllUnreliableFailed();
        if (hopeless && !triedAgain && checks.pairs().size() <= FEW_PAIRS && !checks.isAllRefused()) {
            triedAgain = true;
            checks.retry(null);
        }
    }

    /** Once a pair is selected only better ones are checked, unless it does not answer. */
    private @Nullable CheckPair nextOrdinary() {
        CheckPair best = started && !session.lite ? session.checks.bestWaiting() : null;
        CheckPair selected = nomination.selected();
        boolean worthIt =
                best != null && (selected == null || upkeep.isRetrying() || best.priority > selected.priority);
        return worthIt ? best : null;
    }

    private boolean allCandidatesKnown() {
        return session.allLocalKnown() && allRemoteKnown;
    }

    private IceTransportState nextState(long now) {
        if (nomination.selected() != null) {
            return connectedState(now);
        }
        boolean peerKnown = peerNoted || !session.checks.pairs().isEmpty();
        if (!started || !(peerKnown || nomination.isPairLost())) {
            return IceTransportState.NEW;
        }
        if (isNothingLeft()) {
            return IceTransportState.FAILED;
        }
        boolean waited = state == IceTransportState.CHECKING || state == IceTransportState.DISCONNECTED;
        boolean patienceOver = waited && (now - session.lastResponseNanos >= failedNanos || now >= mustEndAt());
        if (patienceOver) {
            return IceTransportState.FAILED;
        }
        return nomination.isPairLost() ? IceTransportState.DISCONNECTED : IceTransportState.CHECKING;
    }

    /**
     * RFC 8863 §4: checks of ours that nobody answers are no reason to give up early, the peer's may still come. That is over once
     * a pair has been in use, but where the peer may connect anew.
     */
    private boolean isNothingLeft() {
        return (session.allLocalKnown() && !session.locals.hasBase(session.number))
                || (allCandidatesKnown() && session.checks.isAllRefused())
                || (allCandidatesKnown()
                        && nomination.isPairLost()
                        && session.checks.isAllFailed()
                        && !session.locals.hasPassive(session.number));
    }

    private IceTransportState connectedState(long now) {
        if (now >= consent.expiresAt()) {
            return IceTransportState.FAILED;
        }
        if (consent.isSilent()) {
            return IceTransportState.DISCONNECTED;
        }
        CheckPair selected = nomination.selected();
        boolean finished = selected != null && !session.checks.isBetterPending(selected);
        return allCandidatesKnown() && finished ? IceTransportState.COMPLETED : IceTransportState.CONNECTED;
    }

    /** Nothing of it is used any more. */
    void end() {
        retire();
        session.checks.clear();
        state = IceTransportState.FAILED;
    }

    /** Sends and decides nothing more, but answers a peer that has not moved on yet. */
    void retire() {
        session.transactions.clear();
        inboundChecks.onlyAnswer();
        consent.stop();
    }

    boolean isOver() {
        return state == IceTransportState.FAILED;
    }
}
