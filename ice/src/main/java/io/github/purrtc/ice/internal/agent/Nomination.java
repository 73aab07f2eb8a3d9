package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.IceRole;
import org.jspecify.annotations.Nullable;

/**
 * Which valid pair is used: chosen by the controlling agent, followed by the controlled one (RFC 8445 §8.1.1). The controlling
 * agent moves on when a better pair turns up, or the one in use does not answer.
 */
final class Nomination {

    private static final long MIN_WAIT_NANOS = 5_000_000;
    private static final long MAX_DIRECT_WAIT_NANOS = 100_000_000;
    private static final long INDIRECT_WAIT_NANOS = 300_000_000;

    /** For how long a controlled agent whose checks go both ways waits for a nomination before it helps itself. */
    private static final long UNNOMINATED_NANOS = 10_000_000_000L;

    /** What a pair must save at least of the round trip to be worth a move. */
    private static final long WORTHWHILE_NANOS = 10_000_000;

    /** How often the round trips of two pairs are measured before they are compared. */
    private static final int ENOUGH_MEASUREMENTS = 3;

    private final Session session;
    private final Consent consent;
    private final long freshNanos;
    private @Nullable CheckPair selected;
    private @Nullable Transaction nominating;
    private boolean pairLost;
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

    /** Whether there was a selected pair whose socket is gone. */
    boolean isPairLost() {
        return pairLost;
    }

    /** When a choice that was put off is due. */
    long nextTimeout() {
        return decisionNanos;
    }

    void succeeded(CheckPair pair, Transaction by, long now) {
        firstValidNanos = Math.min(firstValidNanos, now);
        if (by == nominating) {
            nominating = null;
            pair.nominated = true;
            select(pair);
            consent.watch(pair, now);
        } else if (pair.nominated && session.role == IceRole.CONTROLLED) {
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

    /** The socket of this pair is gone. */
    void removed(CheckPair pair) {
        Transaction underWay = nominating;
        if (underWay != null && underWay.pair == pair) {
            nominating = null;
        }
        if (pair == selected) {
            selected = null;
            pairLost = true;
            session.events.add(new IceEvent.PairLost());
        }
    }

    /** USE-CANDIDATE came in (RFC 8445 §7.3.1.5); an aggressive peer sets it in each of its checks. */
    void nominatedByPeer(CheckPair pair, long value, long now) {
        boolean newer = value > pair.nomination || !pair.nominated;
        pair.nominated = true;
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

    /** What can be decided now, or when. */
    void consider(long now, boolean allCandidatesKnown) {
        decisionNanos = Long.MAX_VALUE;
        if (session.role == IceRole.CONTROLLING) {
            considerAsControlling(now, allCandidatesKnown);
        } else {
            considerAsControlled(now);
        }
    }

    private void considerAsControlling(long now, boolean allCandidatesKnown) {
        CheckPair current = selected;
        if (nominating != null) {
            useBeforeItsAnswer(nominating.pair, now);
            return;
        }
        CheckPair best = current == null ? session.checks.bestSucceeded() : better(current, now);
        if (best == null) {
            return;
        }
        boolean settled = !session.checks.isBetterPending(best) && (best.isDirect() || allCandidatesKnown);
        long due = settled || current != null || pairLost ? now : firstValidNanos + patience(best);
        if (now >= due) {
            nominating = session.send(best, Transaction.Purpose.NOMINATION, now);
            useBeforeItsAnswer(best, now);
        } else {
            decisionNanos = due;
        }
    }

    /** RFC 8445 §12.1: the pair that is being nominated, as soon as it works both ways. The peer may be heard on it only then. */
    private void useBeforeItsAnswer(CheckPair pair, long now) {
        if (session.isFirst && pair.heard && pair.isValid()) {
            use(pair, now);
        }
    }

    /** What answers in a millisecond has no better rival that takes long; a relay may well have one. */
    private static long patience(CheckPair pair) {
        return pair.isDirect()
                ? Math.min(Math.max(MIN_WAIT_NANOS, 3 * pair.smoothedRttNanos), MAX_DIRECT_WAIT_NANOS)
                : INDIRECT_WAIT_NANOS;
    }

    /** The best pair that is worth leaving the selected one for, null if there is none. */
    private @Nullable CheckPair better(CheckPair current, long now) {
        boolean inDoubt = consent.isDoubtful(now);
        for (CheckPair pair : session.checks.pairs()) {
            if (pair != current && pair.state == CheckPair.State.SUCCEEDED) {
                boolean rescue = inDoubt && consent.isLivelier(pair);
                if (rescue || (couldBeBetter(pair, current) && isBetter(pair, current, now))) {
                    return pair;
                }
            }
        }
        return null;
    }

    /**
     * Whether this pair would be worth a move if it answered. A peer without renomination stays with the higher priority, so
     * that a lower one is of no use.
     */
    boolean couldBeBetter(CheckPair pair, CheckPair current) {
        boolean followed = session.credentials.isRenominationKnownToPeer() || pair.priority > current.priority;
        boolean couldBeFaster = pair.isValid() && current.smoothedRttNanos > WORTHWHILE_NANOS;
        return followed && (pair.detour() < current.detour() || (pair.detour() == current.detour() && couldBeFaster));
    }

    private boolean isBetter(CheckPair pair, CheckPair current, long now) {
        boolean fresh = now - pair.lastResponseNanos <= freshNanos;
        return fresh && (pair.detour() < current.detour() || isMuchFaster(pair, current));
    }

    private static boolean isMuchFaster(CheckPair pair, CheckPair current) {
        return pair.measurements >= ENOUGH_MEASUREMENTS
                && current.measurements >= ENOUGH_MEASUREMENTS
                && pair.smoothedRttNanos + WORTHWHILE_NANOS + current.smoothedRttNanos / 4 < current.smoothedRttNanos;
    }

    /**
     * RFC 8445 §12.1 lets data go by any valid pair while none is selected; so does a controlled agent here as soon as the checks go both ways
     * without a relay, a round trip before a nomination can come. A relay, or the pair in use of an earlier generation's place, it takes when
     * the peer does not nominate; and another whenever the pair in use is dead and the peer is heard by that.
     */
    private void considerAsControlled(long now) {
        if (selected != null) {
            CheckPair other = consent.isDoubtful(now) ? bestHeard(true) : null;
            if (other != null) {
                use(other, now);
            }
            return;
        }
        CheckPair best = bestHeard(false);
        boolean knownToWork = best != null && !best.isRelayed() && !session.lite;
        boolean atOnce = pairLost || (session.isFirst && knownToWork);
        long due = atOnce ? now : firstValidNanos + UNNOMINATED_NANOS;
        if (best != null && now >= due) {
            use(best, now);
        } else if (best != null) {
            decisionNanos = due;
        }
    }

    private @Nullable CheckPair bestHeard(boolean livelier) {
        for (CheckPair pair : session.checks.pairs()) {
            boolean bothWays = pair.state == CheckPair.State.SUCCEEDED && pair.heard;
            if (bothWays && pair != selected && (!livelier || consent.isLivelier(pair))) {
                return pair;
            }
        }
        return null;
    }

    /**
     * Of several nominated pairs the best is used (RFC 5245 §8.1.1.2), unless the peer says by renomination that it wants
     * another, or the one in use does not answer.
     */
    private void follow(CheckPair pair, long now) {
        CheckPair current = selected;
        if (current == null || consent.isUnanswered() || isPreferred(pair, current)) {
            use(pair, now);
        }
    }

    private static boolean isPreferred(CheckPair pair, CheckPair to) {
        if (!to.nominated) {
            return true;
        }
        return pair.nomination == to.nomination ? pair.priority > to.priority : pair.nomination > to.nomination;
    }

    private void use(CheckPair pair, long now) {
        if (pair != selected) {
            select(pair);
            consent.watch(pair, now);
        }
    }

    private void select(CheckPair pair) {
        if (pair == selected) {
            return;
        }
        selected = pair;
        pairLost = false;
        stopLesserChecks(pair);
        announce();
    }

    void announce() {
        CheckPair pair = selected;
        if (pair != null) {
            session.events.add(new IceEvent.PairSelected(pair.candidates(), pair.base.socketId(), pair.remote.address));
        }
    }

    /** RFC 8445 §8.1.2; those of a pair that the peer was heard on go on, as it may have chosen that one. */
    private void stopLesserChecks(CheckPair chosen) {
        for (CheckPair pair : session.checks.pairs()) {
            Transaction check = pair.check;
            if (check != null && !pair.heard && pair.priority < chosen.priority) {
                session.transactions.end(check);
                pair.check = null;
                pair.state = CheckPair.State.WAITING;
            }
        }
    }
}
