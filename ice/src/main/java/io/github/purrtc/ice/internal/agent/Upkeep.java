package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.IceRole;

import java.util.List;

/**
 * What goes on beside a selected pair. A controlling agent now and then asks whether a pair that could be better works by
 * now; where none could be, nothing is sent. When the selected pair does not answer, both agents check all the others anew.
 */
final class Upkeep {

    /** Time enough for a check to be sent as often as it may be, on a path that works at all. */
    private static final long RETRY_INTERVAL_NANOS = 5_000_000_000L;

    private final Session session;
    private final Nomination nomination;
    private final Consent consent;
    private final long probeIntervalNanos;
    private long nextProbeNanos = Long.MAX_VALUE;
    private long nextRetryNanos = Long.MAX_VALUE;
    private int turn;

    Upkeep(Session session, Nomination nomination, Consent consent) {
        this.session = session;
        this.nomination = nomination;
        this.consent = consent;
        probeIntervalNanos = session.options.consentInterval().toNanos();
    }

    void onTimeout(long now) {
        if (now >= nextProbeNanos) {
            nextProbeNanos = now + probeIntervalNanos;
            probeInTurn(now);
        }
        if (now >= nextRetryNanos) {
            nextRetryNanos = now + RETRY_INTERVAL_NANOS;
            session.checks.retry(nomination.selected());
        }
    }

    /** After anything has happened: which of the two is to be done from now on. */
    void settle(long now) {
        CheckPair selected = nomination.selected();
        boolean probing = selected != null && session.role == IceRole.CONTROLLING && hasAlternative(selected);
        nextProbeNanos = due(probing, nextProbeNanos, now + probeIntervalNanos);
        boolean retrying = nomination.isPairLost() || (selected != null && consent.isDoubtful(now));
        nextRetryNanos = due(retrying, nextRetryNanos, now);
        if (now >= nextRetryNanos) {
            onTimeout(now);
        }
    }

    private static long due(boolean wanted, long planned, long otherwise) {
        if (!wanted) {
            return Long.MAX_VALUE;
        }
        return planned == Long.MAX_VALUE ? otherwise : planned;
    }

    boolean isRetrying() {
        return nextRetryNanos != Long.MAX_VALUE;
    }

    long nextTimeout() {
        return Math.min(nextProbeNanos, nextRetryNanos);
    }

    private boolean hasAlternative(CheckPair selected) {
        for (CheckPair pair : session.checks.pairs()) {
            if (isAlternative(pair, selected)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAlternative(CheckPair pair, CheckPair selected) {
        return pair != selected && pair.check == null && nomination.couldBeBetter(pair, selected);
    }

    private void probeInTurn(long now) {
        CheckPair selected = nomination.selected();
        List<CheckPair> pairs = session.checks.pairs();
        for (int i = 0; selected != null && i < pairs.size(); i++) {
            CheckPair pair = pairs.get(++turn % pairs.size());
            if (isAlternative(pair, selected)) {
                session.send(pair, Transaction.Purpose.PROBE, now);
                return;
            }
        }
    }
}
