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

    private record Early(LocalEndpoint base, InetSocketAddress source, StunMessage request) {}

    private final Session session;
    private final Nomination nomination;
    private final Consent consent;

    /** Checks that came before the peer's description; null once that is there. */
    private @Nullable List<Early> early = new ArrayList<>();

    private long windowStartNanos;
    private int failuresInWindow;

    InboundChecks(Session session, Nomination nomination, Consent consent) {
        this.session = session;
        this.nomination = nomination;
        this.consent = consent;
    }

    void receive(int socketId, InetSocketAddress source, StunMessage request, long now) {
        LocalEndpoint base = session.locals.base(socketId);
        if (base == null || request.priority() < 0) {
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
        } else if (resolveConflict(request) == Conflict.PEER_MUST_SWITCH) {
            session.reply(socketId, source, session.credentials.roleConflict(request));
            return;
        }
        session.reply(socketId, source, session.credentials.success(request, source));
        if (waiting == null) {
            accept(base, source, request, now);
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

    boolean isEarlyPath(int socketId, InetSocketAddress source) {
        return early != null
                && early.stream().anyMatch(check -> check.base.socketId() == socketId && check.source.equals(source));
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
                waiting.set(i, check.request.useCandidate() ? check : other);
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

    private void accept(LocalEndpoint base, InetSocketAddress source, StunMessage request, long now) {
        RemoteEndpoint remote = session.remotes.findOrDiscover(source, request.priority());
        CheckPair pair = remote == null ? null : session.checks.findOrDiscover(base, remote, session.role);
        if (pair == null) {
            session.drop(DropReason.CANDIDATE_IGNORED);
            return;
        }
        pair.heard = true;
        pair.lastHeardNanos = now;
        consent.heard(pair);
        trigger(pair, now);
        if (request.useCandidate() && session.role == IceRole.CONTROLLED) {
            nomination.nominatedByPeer(pair, request.nomination(), now);
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
