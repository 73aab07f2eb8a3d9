package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.IceRole;
import org.jspecify.annotations.Nullable;

/** Which valid pair is used: chosen by the controlling agent, followed by the controlled one (RFC 8445 §8.1.1). */
final class Nomination {

    private static final long MIN_WAIT_NANOS = 5_000_000;
    private static final long MAX_DIRECT_WAIT_NANOS = 100_000_000;
    private static final long INDIRECT_WAIT_NANOS = 300_000_000;

    private final Session session;
    private final Consent consent;
    private final long freshNanos;
    private @Nullable CheckPair selected;
    private @Nullable Transaction nominating;
    private long firstValidNanos = Long.MAX_VALUE;
    private long decisionNanos = Long.MAX_VALUE;

    Nomination(Session session, Consent consent) {
        this.session = session;
        this.consent = consent;
        freshNanos = 2 * session.options.consentInterval().toNanos();
    }

    @Nullable
    CheckPair selected() {
        return selected;
    }

    /** When a choice that was put off is due. */
    long nextTimeout() {
        return decisionNanos;
    }

    void succeeded(CheckPair pair, Transaction by, long now) {
        firstValidNanos = Math.min(firstValidNanos, now);
        if (by == nominating) {
            nominating = null;
            select(pair, now);
        } else if (pair.nominatedByPeer && session.role == IceRole.CONTROLLED) {
            follow(pair, now);
        } else if (!consent.isWatching()) {
            consent.watch(pair, now);
        }
    }

    void failed(Transaction transaction) {
        if (transaction == nominating) {
            nominating = null;
        }
    }

    void roleSwitched() {
        Transaction abandoned = nominating;
        if (abandoned != null) {
            session.transactions.end(abandoned);
            nominating = null;
        }
    }

    /** USE-CANDIDATE came in (RFC 8445 §7.3.1.5); an aggressive peer sets it in each of its checks. */
    void nominatedByPeer(CheckPair pair, long value, long now) {
        boolean newer = value > pair.nomination;
        pair.nominatedByPeer = true;
        pair.nomination = Math.max(pair.nomination, value);
        if (pair == selected && !newer) {
            return;
        }
        if (pair.isValid() && now - pair.lastResponseNanos <= freshNanos) {
            follow(pair, now);
        } else if (pair.check == null) {
            // What answered long ago may not answer now: followed when it has.
            session.checks.trigger(pair);
        }
    }

    /** The controlling agent nominates the best valid pair, at once if nothing better can still turn up. */
    void consider(long now, boolean allCandidatesKnown) {
        decisionNanos = Long.MAX_VALUE;
        if (session.role != IceRole.CONTROLLING || selected != null || nominating != null) {
            return;
        }
        CheckPair best = session.checks.bestSucceeded();
        if (best == null) {
            return;
        }
        boolean settled = !session.checks.isBetterPending(best) && (best.isDirect() || allCandidatesKnown);
        long due = settled ? now : firstValidNanos + patience(best);
        if (now >= due) {
            nominating = session.send(best, Transaction.Purpose.NOMINATION, now);
        } else {
            decisionNanos = due;
        }
    }

    /** What answers in a millisecond has no better rival that takes long; a relay may well have one. */
    private static long patience(CheckPair pair) {
        return pair.isDirect()
                ? Math.min(Math.max(MIN_WAIT_NANOS, 3 * pair.smoothedRttNanos), MAX_DIRECT_WAIT_NANOS)
                : INDIRECT_WAIT_NANOS;
    }

    /**
     * Of several nominated pairs the best is used (RFC 5245 §8.1.1.2), unless the peer says by renomination that it wants
     * another, or the one in use does not answer.
     */
    private void follow(CheckPair pair, long now) {
        CheckPair current = selected;
        if (current == null || consent.isUnanswered() || isPreferred(pair, current)) {
            select(pair, now);
        }
    }

    private static boolean isPreferred(CheckPair pair, CheckPair to) {
        return pair.nomination == to.nomination ? pair.priority > to.priority : pair.nomination > to.nomination;
    }

    private void select(CheckPair pair, long now) {
        if (pair == selected) {
            return;
        }
        selected = pair;
        consent.watch(pair, now);
        stopLesserChecks(pair);
        announce();
    }

    void announce() {
        CheckPair pair = selected;
        if (pair != null) {
            session.events.add(new IceEvent.PairSelected(pair.candidates(), pair.base.socketId(), pair.remote.address));
        }
    }

    /** RFC 8445 §8.1.2. */
    private void stopLesserChecks(CheckPair chosen) {
        for (CheckPair pair : session.checks.pairs()) {
            Transaction check = pair.check;
            if (check != null && pair.priority < chosen.priority) {
                session.transactions.end(check);
                pair.check = null;
                pair.state = CheckPair.State.WAITING;
            }
        }
    }
}
