package io.github.purrtc.sctp.tx;

/**
 * Undoes a timeout for which nothing was lost: F-RTO in its form with SACK (<a href="https://www.rfc-editor.org/rfc/rfc5682">RFC 5682</a>
 * §3), which needs no timestamps. What was not sent again since the timer expired, and is acknowledged, was on its way all the time.
 */
final class SpuriousTimeout {
    private static final long NONE = -1;

    private final OutstandingData outstanding;
    private final CongestionControl congestion;
    /** The highest TSN sent when T3-rtx expired last; NONE when there is nothing to undo. */
    private long exit = NONE;

    private long expiredAtNanos;

    SpuriousTimeout(OutstandingData outstanding, CongestionControl congestion) {
        this.outstanding = outstanding;
        this.congestion = congestion;
    }

    /** Before the congestion control hears of it. */
    void onTimeout(long nowNanos) {
        if (exit == NONE) {
            congestion.saveForUndo();
        }
        exit = outstanding.nextTsn() - 1;
        expiredAtNanos = nowNanos;
    }

    /**
     * Whether the SACK tells that. One that acknowledges everything may answer the retransmission of the one packet that was lost, while
     * the SACKs of the others were lost as well; unless it is faster than the path.
     */
    boolean isToldBy(SackOutcome outcome, long minRttNanos, long nowNanos) {
        if (exit == NONE) {
            return false;
        }
        boolean all = outstanding.cumulativeTsnAck() >= exit;
        boolean told = outcome.ackedThoughLost && (!all || nowNanos - expiredAtNanos < minRttNanos);
        if (all && !told) {
            exit = NONE;
        }
        return told;
    }

    void undo() {
        exit = NONE;
        outstanding.unmarkLost();
        congestion.undoTimeouts();
    }
}
