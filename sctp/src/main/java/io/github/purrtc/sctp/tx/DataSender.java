package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.packet.DataFormat;
import io.github.purrtc.sctp.packet.PacketWriter;
import io.github.purrtc.sctp.packet.SackView;
import io.github.purrtc.sctp.packet.Serial;

import java.nio.ByteBuffer;

/**
 * Sends user data as far as the peer's window and the path allow (RFC 9260 §6.1, §7.2), retransmits it (§6.3, §7.2.4), and gives up what
 * may be given up (RFC 3758 §3.5).
 *
 * <p>§6.1 D asks for a limit to the packets sent at once (Max.Burst) because a long idle time or one SACK for many packets would else
 * send a windowful at a time. It is kept where it is set; else a burst is what the layers below are made for, and what cwnd holds: after
 * idleness it has decayed (§7.2.1).
 */
public final class DataSender {
    /** What a SACK did. */
    public enum SackResult {
        /** It was not sound, and changed nothing. */
        INVALID,
        /** It was older than what is known. */
        OLD,
        /** It acknowledged nothing new. */
        NO_PROGRESS,
        PROGRESS
    }

    private final SendQueue queue;
    private final OutstandingData outstanding;
    private final Acknowledgements acknowledgements;
    private final CongestionControl congestion;
    private final RetransmissionTimeout timeout;
    private final RetransmissionTimer t3;
    private final RttMeasurement rtt;
    private final ForwardTsn forwardTsn;
    private final Abandonment abandonment;
    private final LossRecovery recovery;
    private final SendAllowance allowance;
    private final Receipts receipts;
    private final DataWriter writer;
    private final LargePacketWatch largePackets;
    private final int packetPayload;

    private boolean sackSinceTimeout;
    private boolean timedOut;
    /** Whether the peer's last step followed a FORWARD TSN alone. */
    private boolean wentOnWithoutData;

    private long lostBytesBefore;

    /**
     * @param initialTsn the own first TSN, unwrapped
     * @param packetPayload the user data that fits in a packet of the base size
     * @param maxBurstPackets Max.Burst; 0: without limit
     * @param partialReliability whether the peer understands FORWARD TSN
     */
    public DataSender(
            SendQueue queue,
            long initialTsn,
            long peerWindow,
            int packetPayload,
            int maxBurstPackets,
            CongestionControl congestion,
            RetransmissionTimeout timeout,
            boolean partialReliability,
            DataFormat format,
            Receipts receipts) {
        this.queue = queue;
        this.congestion = congestion;
        this.timeout = timeout;
        this.packetPayload = packetPayload;
        this.receipts = receipts;
        outstanding = new OutstandingData(queue, initialTsn);
        acknowledgements = new Acknowledgements(outstanding);
        t3 = new RetransmissionTimer(outstanding, timeout);
        rtt = new RttMeasurement(timeout);
        forwardTsn = new ForwardTsn(outstanding, format);
        abandonment = new Abandonment(queue, outstanding, forwardTsn, rtt, partialReliability);
        recovery = new LossRecovery(queue.statistics(), outstanding, acknowledgements, congestion, timeout, receipts);
        allowance = new SendAllowance(outstanding, congestion, timeout, packetPayload, maxBurstPackets);
        allowance.peerWindow = peerWindow;
        writer = new DataWriter(
                queue,
                outstanding,
                allowance,
                abandonment,
                recovery,
                congestion,
                timeout,
                t3,
                rtt,
                receipts,
                format,
                packetPayload);
        largePackets = new LargePacketWatch(outstanding, writer.basePacketSize());
    }

    /** Nothing was sent for long: what would be needed to send much again is let go of. */
    public void onIdle() {
        outstanding.onIdle();
        acknowledgements.onIdle();
    }

    /** Adds what may be sent now to the packet; false when that is nothing. */
    public boolean write(PacketWriter packet, long nowNanos) {
        long firstNewTsn = outstanding.nextTsn();
        if (!writer.write(packet, nowNanos)) {
            return false;
        }
        largePackets.onSent(packet.length(), firstNewTsn);
        t3.arm(nowNanos);
        recovery.scheduleProbe(packetPayload, t3.deadlineNanos(), nowNanos);
        return true;
    }

    /** Adds a FORWARD TSN if one is due and fits. */
    public boolean writeForwardTsn(PacketWriter packet, long nowNanos) {
        if (!forwardTsn.write(packet)) {
            return false;
        }
        t3.arm(nowNanos);
        return true;
    }

    public SackResult handleSack(SackView sack, long nowNanos) {
        long before = outstanding.cumulativeTsnAck();
        long cumulative = Serial.unwrap32(before, sack.cumulativeTsnAck());
        if (cumulative < before) {
            // §6.2.1 D i: out of order.
            return SackResult.OLD;
        }
        boolean recovering = recovery.isRecovering();
        SackOutcome outcome = acknowledgements.handleSack(cumulative, sack, recovering);
        if (outcome == null) {
            return SackResult.INVALID;
        }
        sackSinceTimeout = true;
        boolean tellsNothing = outcome.bytesAcked == 0 && cumulative == before && sack.duplicateTsnCount() == 0;
        receipts.onSack(sack.gapAckBlockCount(), tellsNothing, timeout.srttNanos(), nowNanos);
        allowance.peerWindow = sack.aRwnd();
        recovery.findLosses(outcome, sack, nowNanos);
        SackResult result = onAcked(outcome, before, recovering, nowNanos);
        measure(outcome, nowNanos);
        largePackets.look();
        allowance.allowBurst();
        if (allowance.isProbingWindow && !allowance.isWindowClosed()) {
            resume(nowNanos);
        }
        if (result == SackResult.PROGRESS) {
            recovery.scheduleProbe(packetPayload, t3.deadlineNanos(), nowNanos);
        }
        return result;
    }

    /** Takes in a receipt, at that place of the buffer; false when it is not one of this association. */
    public boolean handleReceipt(ByteBuffer buffer, int offset, long nowNanos) {
        if (!receipts.read(buffer, offset, outstanding.cumulativeTsnAck())) {
            return false;
        }
        SackOutcome outcome =
                acknowledgements.handleReceipt(receipts.firstTsn(), receipts.chunks(), receipts.transmission());
        if (outcome != null) {
            if (outcome.originalTsn >= 0 && !outcome.isOriginalLate) {
                rtt.onReceipt(outcome.originalTsn, nowNanos);
            }
            recovery.findLosses(outcome, nowNanos);
            onAcked(outcome, outstanding.cumulativeTsnAck(), recovery.isRecovering(), nowNanos);
            measure(outcome, nowNanos);
            allowance.allowBurst();
        }
        return true;
    }

    private void measure(SackOutcome outcome, long nowNanos) {
        long lost = outstanding.lostBytes() - lostBytesBefore;
        lostBytesBefore = outstanding.lostBytes();
        DeliverySample sample =
                outstanding.rate().onSack(outcome, lost, outstanding.inFlightBytes(), recovery.minRttNanos(), nowNanos);
        congestion.onSample(sample, allowance.isCwndFull);
        allowance.setPace(nowNanos);
    }

    /** The window is open again: the probe that found it closed was dropped, and its timer has backed off for no reason of the path. */
    private void resume(long nowNanos) {
        allowance.isProbingWindow = false;
        timeout.onProgress();
        retransmitAll(nowNanos);
        t3.restart(nowNanos);
    }

    /** RFC 9260 §9.2: the Cumulative TSN Ack of a SHUTDOWN; false when it cannot be. */
    public SackResult handleCumulativeAck(int cumulativeTsnAck, long nowNanos) {
        long before = outstanding.cumulativeTsnAck();
        long cumulative = Serial.unwrap32(before, cumulativeTsnAck);
        if (cumulative < before) {
            return SackResult.OLD;
        }
        SackOutcome outcome = acknowledgements.handleCumulativeAck(cumulative);
        return outcome == null ? SackResult.INVALID : onAcked(outcome, before, recovery.isRecovering(), nowNanos);
    }

    private SackResult onAcked(SackOutcome outcome, long before, boolean recovering, long nowNanos) {
        long cumulative = outstanding.cumulativeTsnAck();
        boolean advanced = cumulative > before;
        rtt.onAcked(cumulative, outcome.highestNewlyAcked, nowNanos);
        if (!receipts.areWanted()) {
            rtt.onReportedUpTo(acknowledgements.reportedUpTo());
        }
        if (advanced) {
            timeout.onProgress();
            congestion.onCumulativeAck(
                    outcome.bytesAcked, allowance.isCwndFull, recovering, nowNanos, timeout.srttNanos());
            // §6.3.2 R3 restarts it for data: a peer that went on for a FORWARD TSN acknowledged none, and may need
            // several.
            boolean isData = outcome.bytesAcked > 0 || outstanding.inFlightBytes() == 0;
            if (isData || !wentOnWithoutData) {
                t3.restart(nowNanos);
            }
            wentOnWithoutData = !isData;
        }
        t3.shorten(nowNanos);
        if (recovering) {
            recovery.onCumulativeAck(cumulative);
        }
        if (outcome.lossFound) {
            onLoss(nowNanos);
        }
        if (outstanding.isEmpty()) {
            congestion.onAllAcked();
        }
        forwardTsn.onAcked();
        boolean isProgress = advanced || outcome.bytesAcked > 0;
        timedOut &= !isProgress;
        return isProgress ? SackResult.PROGRESS : SackResult.NO_PROGRESS;
    }

    private void onLoss(long nowNanos) {
        recovery.onLoss();
        abandonment.abandonExhausted(nowNanos);
    }

    /** What became of T3-rtx at this time. */
    public enum Timeout {
        NOT_EXPIRED,
        /** It expired, and that counts against the peer (§8.1). */
        EXPIRED,
        /** It expired while the peer answers but has no room (§6.1 A): a probe, no failure. */
        EXPIRED_PROBING
    }

    /** §6.3.3 */
    public Timeout onTimeout(long nowNanos) {
        abandonment.dropExpired(nowNanos);
        allowance.pacer().onTimeout(nowNanos);
        if (!t3.expire(nowNanos)) {
            if (recovery.onTimers(nowNanos)) {
                onLoss(nowNanos);
            }
            return Timeout.NOT_EXPIRED;
        }
        boolean isProbing = sackSinceTimeout && allowance.isWindowClosed();
        allowance.isProbingWindow = isProbing;
        sackSinceTimeout = false;
        queue.statistics().timeouts++;
        if (!isProbing) {
            // A probe that found no room says nothing about the path.
            recovery.onTimeout(nowNanos);
            timedOut = true;
        }
        lostBytesBefore = outstanding.lostBytes();
        timeout.backOff();
        recovery.endRecovery();
        retransmitAll(nowNanos);
        allowance.setPace(nowNanos);
        allowance.allowBurst();
        t3.arm(nowNanos);
        return isProbing ? Timeout.EXPIRED_PROBING : Timeout.EXPIRED;
    }

    /** Whether T3-rtx has expired, not for want of room at the peer, and nothing was acknowledged since. */
    public boolean isTimedOut() {
        return timedOut;
    }

    /** Counts all that is in flight as lost. */
    public void retransmitAll(long nowNanos) {
        rtt.cancel();
        recovery.forget(nowNanos);
        acknowledgements.forgetReceipts();
        outstanding.markAllForRetransmission();
        abandonment.abandonExhausted(nowNanos);
        forwardTsn.repeat();
    }

    /** The peer lost its state, or never had one: what is outstanding goes back to the queue, and stream sequence numbers begin anew. */
    public void requeueAll() {
        outstanding.requeueAll();
        stopTimer();
    }

    /** Stops T3-rtx, and what is to come before it, where other timers guard what is outstanding. */
    public void stopTimer() {
        t3.stop();
        recovery.forget(0);
        allowance.pacer().stop();
    }

    /** The timeout may be another: something else than data was answered. */
    public void onTimeoutChanged(long nowNanos) {
        t3.shorten(nowNanos);
    }

    /** Starts T3-rtx anew if anything is outstanding. */
    public void restartT3(long nowNanos) {
        t3.restart(nowNanos);
    }

    public long deadlineNanos() {
        long next = Math.min(t3.deadlineNanos(), recovery.deadlineNanos());
        return Math.min(next, Math.min(allowance.pacer().deadlineNanos(), abandonment.deadlineNanos()));
    }

    /** RFC 7053 §4: from now on the peer is asked not to delay its SACKs. */
    public void wantImmediateSacks() {
        writer.wantImmediateSacks();
    }

    /**
     * Gives up the message that is open on the stream.
     *
     * @return false, and nothing done, if it has begun and the peer does not know FORWARD TSN: it cannot be told
     */
    public boolean abandonOpen(int streamId) {
        return abandonment.abandonOpen(streamId);
    }

    /** Gives up all messages that are open, for no part of them is accepted any more. */
    public void abandonAllOpen() {
        abandonment.abandonAllOpen();
    }

    /** Whether all that was accepted for sending is acknowledged or abandoned, and the peer knows. */
    public boolean isDone() {
        return outstanding.isEmpty() && !queue.hasUnsent();
    }

    /** Whether one packet after the other was lost that was larger than the base size. */
    public boolean losesLargePackets() {
        return largePackets.areLost();
    }

    /** Whether something was lost, or looks like it, and is to be sent again now. */
    public boolean hasToRetransmit() {
        return outstanding.hasToRetransmit() || recovery.isProbeDue();
    }

    /** Whether any TSN waits for the peer's acknowledgement. */
    public boolean hasOutstanding() {
        return !outstanding.isEmpty();
    }

    /** The TSN that the next new chunk will get. */
    public long nextTsn() {
        return outstanding.nextTsn();
    }

    public long inFlightBytes() {
        return outstanding.inFlightBytes();
    }

    public long peerWindow() {
        return allowance.peerWindow;
    }

    public void setPeerWindow(long bytes) {
        allowance.peerWindow = bytes;
    }

    public CongestionControl congestion() {
        return congestion;
    }
}
