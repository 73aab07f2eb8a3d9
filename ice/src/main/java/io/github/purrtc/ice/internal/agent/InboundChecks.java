package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.IceRole;
import io.github.purrtc.ice.internal.stun.StunMessage;
import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** The peer's checks: authenticated, answered, and taken as a hint for a check of our own (RFC 8445 §7.3). */
final class InboundChecks {

    private static final int MAX_EARLY = 32;

    /** HMACs that may fail per second before unknown senders are not listened to for the rest of it. */
    private static final int MAX_FAILURES_PER_SECOND = 2000;

    private static final long SECOND_NANOS = 1_000_000_000;

    private record Early(LocalEndpoint base, InetSocketAddress source, StunMessage request) {
        boolean isBy(int socketId, InetSocketAddress from) {
            return base.socketId() == socketId && source.equals(from);
        }
    }

    private final Session session;
    private final Nomination nomination;
    private final Consent consent;

    /** Checks that came before the peer's description; null once that is there. */
    private @Nullable List<Early> early = new ArrayList<>();

    private boolean onlyAnswering;
    private long windowStartNanos;
    private int failuresInWindow;

    InboundChecks(Session session, Nomination nomination, Consent consent) {
        this.session = session;
        this.nomination = nomination;
        this.consent = consent;
    }

    void receive(int socketId, InetSocketAddress source, StunMessage request, long now) {
        LocalEndpoint base = session.locals.base(socketId);
        if (base == null || !session.mayUse(socketId) || request.priority() < 0) {
            session.drop(DropReason.UNEXPECTED);
            return;
        }
        if (!isAuthentic(socketId, source, request, now)) {
            return;
        }
        if (request.hasUnknownRequired()) {
            session.reply(socketId, source, session.credentials.unknownAttributes(request));
            return;
        }
        List<Early> waiting = early;
        if (waiting != null) {
            remember(waiting, new Early(base, source, request));
        } else if (!onlyAnswering && resolveConflict(request) == Conflict.PEER_MUST_SWITCH) {
            session.reply(socketId, source, session.credentials.roleConflict(request));
            return;
        }
        session.reply(socketId, source, session.credentials.success(request, source));
        if (waiting == null && !onlyAnswering) {
            CheckPair pair = accept(base, source, request, now);
            if (pair != null) {
                pair.statistics.responsesSent++;
            }
        }
    }

    /** The peer's credentials and our role are known: what came early counts now. */
    void started(long now) {
        List<Early> waiting = early;
        early = null;
        if (waiting == null) {
            return;
        }
        for (Early check : waiting) {
            if (!session.credentials.hasRightName(check.request)) {
                session.drop(DropReason.UNAUTHENTIC);
            } else {
                resolveConflict(check.request);
                accept(check.base, check.source, check.request, now);
            }
        }
    }

    /** Another generation has taken over; a peer that has not seen that yet still needs its answers. */
    void onlyAnswer() {
        onlyAnswering = true;
    }

    boolean isEarlyPath(int socketId, InetSocketAddress source) {
        return early != null && early.stream().anyMatch(check -> check.isBy(socketId, source));
    }

    /** That path is no more. */
    void forget(int socketId, InetSocketAddress source) {
        if (early != null) {
            early.removeIf(check -> check.isBy(socketId, source));
        }
    }

    private boolean isAuthentic(int socketId, InetSocketAddress source, StunMessage request, long now) {
        if (!session.credentials.hasRightName(request)) {
            session.drop(DropReason.UNAUTHENTIC);
            return false;
        }
        if (now - windowStartNanos >= SECOND_NANOS) {
            windowStartNanos = now;
            failuresInWindow = 0;
        }
        if (failuresInWindow >= MAX_FAILURES_PER_SECOND && !isKnown(socketId, source)) {
            session.drop(DropReason.FLOOD);
            return false;
        }
        if (!session.credentials.isAuthenticRequest(request)) {
            failuresInWindow++;
            session.drop(DropReason.UNAUTHENTIC);
            return false;
        }
        return true;
    }

    private boolean isKnown(int socketId, InetSocketAddress source) {
        return session.checks.find(socketId, source) != null || isEarlyPath(socketId, source);
    }

    private static void remember(List<Early> waiting, Early check) {
        for (int i = 0; i < waiting.size(); i++) {
            Early other = waiting.get(i);
            if (other.base.equals(check.base) && other.source.equals(check.source)) {
                waiting.set(i, nominates(check.request) ? check : other);
                return;
            }
        }
        if (waiting.size() < MAX_EARLY) {
            waiting.add(check);
        }
    }

    private enum Conflict {
        NONE,
        PEER_MUST_SWITCH
    }

    /** RFC 8445 §7.3.1.1. */
    private Conflict resolveConflict(StunMessage request) {
        if (request.role() != session.role) {
            return Conflict.NONE;
        }
        boolean ourTieBreakerWins = Long.compareUnsigned(session.tieBreaker, request.tieBreaker()) >= 0;
        if (ourTieBreakerWins == (session.role == IceRole.CONTROLLING)) {
            return Conflict.PEER_MUST_SWITCH;
        }
        session.switchRole(session.role.opposite());
        nomination.roleSwitched();
        return Conflict.NONE;
    }

    private @Nullable CheckPair accept(LocalEndpoint base, InetSocketAddress source, StunMessage request, long now) {
        RemoteEndpoint remote = session.remotes.findOrDiscover(base.candidate().protocol(), source, request.priority());
        CheckPair pair = remote == null ? null : session.checks.findOrDiscover(base, remote, session.role);
        if (pair == null) {
            session.drop(DropReason.CANDIDATE_IGNORED);
            return null;
        }
        pair.statistics.requestsReceived++;
        pair.heard = true;
        pair.lastHeardNanos = now;
        if (session.lite) {
            believe(pair, now);
        } else {
            trigger(pair, now);
        }
        consent.heard(pair);
        if (nominates(request) && session.role == IceRole.CONTROLLED) {
            nomination.nominatedByPeer(pair, request.nomination(), now);
        }
        return pair;
    }

    /** Peers with renomination leave USE-CANDIDATE out, or not. */
    private static boolean nominates(StunMessage request) {
        return request.useCandidate() || request.nomination() > 0;
    }

    /** A lite agent sends no checks: what comes by an authentic one is its valid list (RFC 8445 §7.3.2). */
    private void believe(CheckPair pair, long now) {
        pair.lastResponseNanos = now;
        session.lastResponseNanos = now;
        if (!pair.isValid()) {
            pair.mapped = pair.base.candidate();
            pair.state = CheckPair.State.SUCCEEDED;
            session.events.add(new IceEvent.PathValidated(pair.base.socketId(), pair.remote.address));
        }
        if (!consent.isWatching()) {
            consent.watch(pair, now);
        }
    }

    /** RFC 8445 §7.3.1.4. */
    private void trigger(CheckPair pair, long now) {
        Transaction check = pair.check;
        if (check != null) {
            session.transactions.hasten(check, now);
        } else if (pair.state != CheckPair.State.SUCCEEDED) {
            session.checks.trigger(pair);
        }
    }
}
