package io.github.purrtc.ice.internal.agent;

import org.jspecify.annotations.Nullable;

/**
 * Consent freshness (RFC 7675) of the selected pair, and of the best valid one while none is selected. Its checks are the
 * keepalives too. When one is not answered at once others follow quickly, so that a lost packet is not taken for a lost
 * peer.
 */
final class Consent {

    private static final long MIN_PROBE_INTERVAL_NANOS = 200_000_000;
    private static final long SILENT_PROBE_INTERVAL_NANOS = 1_000_000_000;

    /** A peer whose process was stopped for a while, or ours, gets this long to answer before it counts as silent. */
    private static final long GRACE_NANOS = 750_000_000;

    /** Timers come late. RFC 7675 §5.1 has nothing sent when consent has expired, so it ends this part of its time early. */
    private static final int EARLY_END_PART = 100;

    private static final double JITTER = 0.2;

    /** Unanswered for so long, several probes one after the other: better look for another pair meanwhile. */
    private static final long DOUBT_NANOS = 1_000_000_000;

    private final Session session;
    private final long intervalNanos;
    private final long disconnectedNanos;
    private final long failedNanos;
    private @Nullable CheckPair pair;
    private long nextCheckNanos = Long.MAX_VALUE;
    private long unansweredSinceNanos = Long.MAX_VALUE;
    private boolean silent;

    Consent(Session session) {
        this.session = session;
        intervalNanos = session.options.consentInterval().toNanos();
        disconnectedNanos = session.options.disconnectedTimeout().toNanos();
        long allNanos = session.options.failedTimeout().toNanos();
        failedNanos = allNanos - allNanos / EARLY_END_PART;
    }

    /** The next check is due an interval after the last answer, however long ago that was. */
    void watch(CheckPair watched, long now) {
        pair = watched;
        answered(watched, Math.min(now, watched.lastResponseNanos));
    }

    boolean isWatching() {
        return pair != null;
    }

    void answered(CheckPair by, long now) {
        if (by == pair) {
            unansweredSinceNanos = Long.MAX_VALUE;
            silent = false;
            // RFC 7675 §5.1: 0.8 to 1.2 times the interval.
            double factor = 1 - JITTER + 2 * JITTER * session.random.nextDouble();
            nextCheckNanos = now + (long) (intervalNanos * factor);
        }
    }

    /**
     * An authentic request shows that the peer is there, though it is no consent; a lite agent, which asks for none, goes by it
     * (RFC 7675 §5.1).
     */
    void heard(CheckPair from) {
        if (from == pair) {
            silent = false;
            if (session.lite) {
                from.lastResponseNanos = from.lastHeardNanos;
            }
        }
    }

    void onTimeout(long now) {
        CheckPair watched = pair;
        if (watched == null) {
            return;
        }
        if (now >= nextCheckNanos && !session.lite) {
            session.send(watched, Transaction.Purpose.CONSENT, now);
            unansweredSinceNanos = Math.min(unansweredSinceNanos, now);
            nextCheckNanos = now + probeInterval(watched);
        }
        silent |= now >= silentAt(watched);
    }

    boolean isUnanswered() {
        return unansweredSinceNanos != Long.MAX_VALUE;
    }

    boolean isDoubtful(long now) {
        return isUnanswered() && now - unansweredSinceNanos >= DOUBT_NANOS;
    }

    /** Whether this pair has answered or was heard since the watched one does not answer. */
    boolean isLivelier(CheckPair other) {
        return other.lastResponseNanos > unansweredSinceNanos;
    }

    boolean isSilent() {
        return silent;
    }

    /** When consent ends if no answer comes. */
    long expiresAt() {
        return pair == null ? Long.MAX_VALUE : pair.lastResponseNanos + failedNanos;
    }

    /** When {@link #onTimeout} is due. */
    long nextTimeout() {
        CheckPair watched = pair;
        if (watched == null) {
            return Long.MAX_VALUE;
        }
        long next = session.lite ? Long.MAX_VALUE : nextCheckNanos;
        return silent ? next : Math.min(next, silentAt(watched));
    }

    void removed(CheckPair gone) {
        if (gone == pair) {
            stop();
        }
    }

    void stop() {
        pair = null;
        silent = false;
        unansweredSinceNanos = Long.MAX_VALUE;
    }

    private long silentAt(CheckPair watched) {
        if (session.lite) {
            // The peer's consent checks come up to 1.2 intervals apart.
            return watched.lastHeardNanos + (long) (intervalNanos * (1 + JITTER)) + disconnectedNanos / 2;
        }
        return isUnanswered()
                ? Math.max(watched.lastHeardNanos + disconnectedNanos, unansweredSinceNanos + graceNanos(watched))
                : Long.MAX_VALUE;
    }

    private long graceNanos(CheckPair watched) {
        return Math.max(GRACE_NANOS, Math.min(2 * watched.smoothedRttNanos, disconnectedNanos));
    }

    private long probeInterval(CheckPair watched) {
        // One round trip over TCP may have taken many seconds, the next may not.
        long patient = Math.min(3 * watched.smoothedRttNanos, intervalNanos);
        return silent ? SILENT_PROBE_INTERVAL_NANOS : Math.max(MIN_PROBE_INTERVAL_NANOS, patient);
    }
}
