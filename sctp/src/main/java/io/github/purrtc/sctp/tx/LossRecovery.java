package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.packet.SackView;
import io.github.purrtc.sctp.packet.Serial;

/** Finds what is lost, by reports, by time and by probes, and tells the congestion control once for each recovery (RFC 9260 §7.2.4). */
final class LossRecovery {
    private static final long NONE = -1;

    private final SendStatistics statistics;
    private final OutstandingData outstanding;
    private final Acknowledgements acknowledgements;
    private final CongestionControl congestion;
    private final RetransmissionTimeout timeout;
    private final Receipts receipts;
    private final OverdueSearch overdue;
    private final Rack rack = new Rack();
    private final TailLossProbe probe = new TailLossProbe();
    private final SpuriousTimeout spuriousTimeout;

    private boolean fastRetransmit;
    private long fastRecoveryExit = NONE;
    /** The highest TSN sent when T3-rtx expired last: for losses up to it the window was cut. */
    private long timeoutExit = NONE;

    LossRecovery(
            SendStatistics statistics,
            OutstandingData outstanding,
            Acknowledgements acknowledgements,
            CongestionControl congestion,
            RetransmissionTimeout timeout,
            Receipts receipts) {
        this.statistics = statistics;
        this.outstanding = outstanding;
        this.acknowledgements = acknowledgements;
        this.congestion = congestion;
        this.timeout = timeout;
        this.receipts = receipts;
        overdue = new OverdueSearch(outstanding, acknowledgements, rack);
        spuriousTimeout = new SpuriousTimeout(outstanding, congestion);
    }

    long deadlineNanos() {
        return Math.min(rack.deadlineNanos(), probe.deadlineNanos());
    }

    long minRttNanos() {
        return rack.minRttNanos();
    }

    boolean isRecovering() {
        return fastRecoveryExit != NONE;
    }

    /** §7.2.4 step 3: whether one packet may go out regardless of cwnd. */
    boolean isFastRetransmit() {
        return fastRetransmit;
    }

    void onPacketSent() {
        fastRetransmit = false;
    }

    /** A SACK was taken in. */
    void findLosses(SackOutcome outcome, SackView sack, long nowNanos) {
        onArrivals(outcome, nowNanos);
        if (tellsOfSpurious(sack)) {
            rack.onSpurious(outstanding.cumulativeTsnAck(), outstanding.nextTsn());
        }
        if (probe.hasRepaired(outstanding, sack, rack.minRttNanos(), nowNanos) && !isRecovering()) {
            statistics.fastRecoveries++;
            congestion.onLoss();
        }
        findOverdue(nowNanos);
    }

    /** Whether something arrived twice because it was sent twice: what a path itself doubles was sent once. */
    private boolean tellsOfSpurious(SackView sack) {
        for (int i = 0; i < sack.duplicateTsnCount(); i++) {
            if (outstanding.wasSentAgain(Serial.unwrap32(outstanding.cumulativeTsnAck(), sack.duplicateTsn(i)))) {
                return true;
            }
        }
        return false;
    }

    /** A receipt was taken in. */
    void findLosses(SackOutcome outcome, long nowNanos) {
        onArrivals(outcome, nowNanos);
        findOverdue(nowNanos);
    }

    private void onArrivals(SackOutcome outcome, long nowNanos) {
        if (spuriousTimeout.isToldBy(outcome, rack.minRttNanos(), nowNanos)) {
            spuriousTimeout.undo();
            if (outcome.originalTsn != NONE) {
                // The path has become longer than the timeout: it would expire again, and C5 would let nobody measure
                // it.
                timeout.observe(nowNanos - outcome.originalSentAtNanos);
            }
            timeoutExit = NONE;
        }
        rack.onAcked(outcome, nowNanos);
        acknowledgements.setReordering(rack.reorderingSeen());
    }

    private void findOverdue(long nowNanos) {
        rack.arm(nowNanos, overdue.markLost(rack.allowedNanos(timeout.srttNanos(), receipts.areWanted()), nowNanos));
    }

    /** The Cumulative TSN Ack is known anew. */
    void onCumulativeAck(long cumulative) {
        if (isRecovering() && cumulative >= fastRecoveryExit) {
            fastRecoveryExit = NONE;
            rack.onRecoveryEnded();
        }
    }

    /** §7.2.4 */
    void onLoss() {
        fastRetransmit = true;
        // RFC 6582 §4: what was outstanding at a timeout has had its cut. Late reports of it would else hold the
        // window down for as long as all of it takes.
        if (!isRecovering() && outstanding.cumulativeTsnAck() >= timeoutExit) {
            statistics.fastRecoveries++;
            fastRecoveryExit = outstanding.nextTsn() - 1;
            congestion.onLoss();
        }
    }

    /** A time has come that RACK or the tail loss probe may have waited for; whether a loss is known by that. */
    boolean onTimers(long nowNanos) {
        boolean lossFound = false;
        if (rack.expire(nowNanos)) {
            SackOutcome outcome = acknowledgements.withoutSack();
            findOverdue(nowNanos);
            lossFound = outcome.lossFound;
        }
        probe.expire(nowNanos);
        return lossFound;
    }

    /** T3-rtx expired, for a loss as it seems. */
    void onTimeout(long nowNanos) {
        spuriousTimeout.onTimeout(nowNanos);
        congestion.onTimeout();
        timeoutExit = outstanding.nextTsn() - 1;
    }

    void endRecovery() {
        fastRecoveryExit = NONE;
    }

    /** All that is in flight counts as lost, or is guarded by another timer: nothing is to be found out about it. */
    void forget(long nowNanos) {
        rack.arm(nowNanos, 0);
        probe.forget();
    }

    /** RFC 8985 §7.2: while nothing tells of a loss. */
    void scheduleProbe(int packetPayload, long t3AtNanos, long nowNanos) {
        if (isRecovering()
                || outstanding.hasToRetransmit()
                || acknowledgements.hasGaps()
                || outstanding.inFlightBytes() == 0) {
            probe.stop();
            return;
        }
        boolean onePacket = outstanding.inFlightBytes() <= packetPayload;
        long rttNanos = Math.max(timeout.srttNanos(), rack.rttNanos());
        probe.schedule(nowNanos, rttNanos, onePacket, t3AtNanos);
    }

    boolean isProbeDue() {
        return probe.isDue();
    }

    /** RFC 8985 §7.3: the TSN to probe with; -1 for none. */
    long takeProbe() {
        probe.onNothingToSend();
        return outstanding.lastInFlight();
    }

    void onProbeSent(long tsn, long nowNanos) {
        probe.onSent(tsn, nowNanos);
    }
}
