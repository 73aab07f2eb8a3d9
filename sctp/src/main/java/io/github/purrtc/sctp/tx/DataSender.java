package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.internal.Deadline;
import io.github.purrtc.sctp.packet.DataFlags;
import io.github.purrtc.sctp.packet.DataFormat;
import io.github.purrtc.sctp.packet.PacketWriter;
import io.github.purrtc.sctp.packet.SackView;
import io.github.purrtc.sctp.packet.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Sends user data as far as the peer's window and the path allow (RFC 9260 §6.1, §7.2), retransmits it (§6.3, §7.2.4), and gives up what
 * may be given up (RFC 3758 §3.5).
 *
 * <p>§6.1 D asks for a limit to the packets sent at once (Max.Burst) because a long idle time or one SACK for many packets would else
 * send a windowful at a time. It is kept where it is set; else a burst is what the layers below are made for, and what cwnd holds: after
 * idleness it has decayed (§7.2.1).
 */
public final class DataSender {
    private static final long NONE = -1;
    /** A part of a large message shorter than this is not worth a chunk of its own. */
    private static final int MIN_FRAGMENT = 32;
    /** On a shorter path a burst is longer than the round trip. */
    private static final long LEAST_PACED_RTT_NANOS = 1_000_000;

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
    private final CongestionControl congestion;
    private final RetransmissionTimeout timeout;
    private final ForwardTsn forwardTsn;
    private final boolean partialReliability;
    private final int packetPayload;
    private final long maxBurstBytes;
    private final int basePacketSize;
    private final DataFormat format;
    private final Deadline t3 = new Deadline();
    private final RttMeasurement rtt;
    private final SlowStartExit slowStartExit = new SlowStartExit();
    private final LargePacketWatch largePackets;
    private final Rack rack = new Rack();
    private final Pacer pacer;
    private final TailLossProbe probe = new TailLossProbe();
    private final SpuriousTimeout spuriousTimeout;

    private long peerWindow;
    /** What may be in flight before the next occasion to send (§6.1 D). */
    private long burstLimit = Long.MAX_VALUE;

    private boolean cwndFull;
    private boolean sackSinceTimeout;
    /** Whether what is in flight is a probe of a closed window (§6.1 A). */
    private boolean probing;

    private boolean fastRetransmit;
    private long fastRecoveryExit = NONE;
    /** The highest TSN sent when T3-rtx expired last: for losses up to it the window was cut. */
    private long timeoutExit = NONE;

    private long lastSentAtNanos;
    private long lostBytesBefore;
    private boolean immediateSackWanted;

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
            DataFormat format) {
        this.queue = queue;
        this.peerWindow = peerWindow;
        this.packetPayload = packetPayload;
        maxBurstBytes = maxBurstPackets == 0 ? Long.MAX_VALUE : (long) maxBurstPackets * packetPayload;
        this.congestion = congestion;
        this.timeout = timeout;
        rtt = new RttMeasurement(timeout);
        this.partialReliability = partialReliability;
        outstanding = new OutstandingData(queue, initialTsn);
        this.format = format;
        basePacketSize = format.packetOfPayload(packetPayload);
        largePackets = new LargePacketWatch(outstanding, basePacketSize);
        forwardTsn = new ForwardTsn(outstanding, format);
        pacer = new Pacer(packetPayload);
        spuriousTimeout = new SpuriousTimeout(outstanding, congestion);
    }

    /** Adds what may be sent now to the packet; false when that is nothing. */
    public boolean write(PacketWriter packet, long nowNanos) {
        int before = packet.length();
        long firstNewTsn = outstanding.nextTsn();
        long sentBefore = sentBytes();
        if (probe.isDue()) {
            sendProbe(packet, nowNanos);
        }
        if (mayBegin(nowNanos) && retransmit(packet, nowNanos)) {
            sendNew(packet, nowNanos);
        }
        if (packet.length() == before) {
            return false;
        }
        pacer.onSent(sentBytes() - sentBefore);
        largePackets.onSent(packet.length(), firstNewTsn);
        fastRetransmit = false;
        lastSentAtNanos = nowNanos;
        armT3(nowNanos);
        scheduleProbe(nowNanos);
        return true;
    }

    /** Whether the pace allows a packet now; what is due at once is never held back. */
    private boolean mayBegin(long nowNanos) {
        if (outstanding.inFlightBytes() == 0) {
            pacer.restart(nowNanos);
        }
        if (fastRetransmit || !(outstanding.hasToRetransmit() || queue.hasUnsent()) || pacer.isOpen(nowNanos)) {
            return true;
        }
        // It is the path that holds the sender back.
        cwndFull = true;
        return false;
    }

    /** User data, whatever it is sent for. */
    private long sentBytes() {
        SendStatistics sent = queue.statistics();
        return sent.userBytesSent + sent.retransmittedBytes;
    }

    private void setPace(long nowNanos) {
        long rttNanos = timeout.srttNanos();
        pacer.setRate(rttNanos < LEAST_PACED_RTT_NANOS ? 0 : congestion.pacingRate(rttNanos), nowNanos);
    }

    /** RFC 8985 §7.2: while nothing tells of a loss. */
    private void scheduleProbe(long nowNanos) {
        if (isRecovering()
                || outstanding.hasToRetransmit()
                || outstanding.hasGaps()
                || outstanding.inFlightBytes() == 0) {
            probe.stop();
            return;
        }
        boolean onePacket = outstanding.inFlightBytes() <= packetPayload;
        long rttNanos = Math.max(timeout.srttNanos(), rack.rttNanos());
        probe.schedule(nowNanos, rttNanos, onePacket, t3.atNanos());
    }

    private boolean isRecovering() {
        return fastRecoveryExit != NONE;
    }

    /** RFC 8985 §7.3 */
    private void sendProbe(PacketWriter packet, long nowNanos) {
        probe.onNothingToSend();
        long tsn = outstanding.lastInFlight();
        if (tsn == NONE) {
            return;
        }
        OutgoingMessage message = outstanding.message(tsn);
        int length = outstanding.length(tsn);
        boolean exhausted = isExhausted(message, outstanding.transmissions(tsn), nowNanos);
        if (exhausted || !packet.fits(format.headerLength() + length)) {
            return;
        }
        int flags = DataFlags.IMMEDIATE;
        message.write(packet, format, tsn, outstanding.fsn(tsn), outstanding.offset(tsn), length, flags);
        outstanding.onProbed(tsn, nowNanos);
        countRetransmission(length);
        probe.onSent(tsn, nowNanos);
        rtt.onRetransmitted(tsn);
        restartT3(nowNanos);
    }

    private void countRetransmission(int length) {
        queue.statistics().retransmittedChunks++;
        queue.statistics().retransmittedBytes += length;
    }

    /** Adds a FORWARD TSN if one is due and fits. */
    public boolean writeForwardTsn(PacketWriter packet, long nowNanos) {
        if (!forwardTsn.write(packet)) {
            return false;
        }
        armT3(nowNanos);
        return true;
    }

    public SackResult handleSack(SackView sack, long nowNanos) {
        long cumulative = Serial.unwrap32(outstanding.cumulativeTsnAck(), sack.cumulativeTsnAck());
        long before = outstanding.cumulativeTsnAck();
        if (cumulative < before) {
            // §6.2.1 D i: out of order.
            return SackResult.OLD;
        }
        boolean recovering = isRecovering();
        SackOutcome outcome = outstanding.handleSack(cumulative, sack, recovering);
        if (outcome == null) {
            return SackResult.INVALID;
        }
        sackSinceTimeout = true;
        peerWindow = sack.aRwnd();
        findLosses(outcome, sack, nowNanos);
        SackResult result = onAcked(outcome, before, recovering, nowNanos);
        measure(outcome, nowNanos);
        largePackets.look();
        allowBurst();
        if (probing && peerWindow >= packetPayload) {
            resume(nowNanos);
        }
        if (result == SackResult.PROGRESS) {
            scheduleProbe(nowNanos);
        }
        return result;
    }

    private void findLosses(SackOutcome outcome, SackView sack, long nowNanos) {
        if (spuriousTimeout.isToldBy(outcome, rack.minRttNanos(), nowNanos)) {
            spuriousTimeout.undo();
            timeoutExit = NONE;
        }
        rack.onAcked(outcome, nowNanos);
        outstanding.setReordering(rack.reorderingSeen());
        if (sack.duplicateTsnCount() > 0) {
            rack.onDuplicates(outstanding.cumulativeTsnAck(), outstanding.nextTsn());
        }
        if (probe.hasRepaired(outstanding, sack, rack.minRttNanos(), nowNanos) && !isRecovering()) {
            queue.statistics().fastRecoveries++;
            congestion.onLoss();
        }
        findOverdue(nowNanos);
    }

    private void measure(SackOutcome outcome, long nowNanos) {
        long lost = outstanding.lostBytes() - lostBytesBefore;
        lostBytesBefore = outstanding.lostBytes();
        DeliverySample sample =
                outstanding.rate().onSack(outcome, lost, outstanding.inFlightBytes(), rack.minRttNanos(), nowNanos);
        congestion.onSample(sample, cwndFull);
        setPace(nowNanos);
    }

    private void findOverdue(long nowNanos) {
        rack.arm(nowNanos, outstanding.markOverdue(rack, rack.allowedNanos(timeout.srttNanos()), nowNanos));
    }

    /** A time has come that RACK or the tail loss probe waited for. */
    private void onRecoveryTimers(long nowNanos) {
        if (rack.expire(nowNanos)) {
            SackOutcome outcome = outstanding.withoutSack();
            findOverdue(nowNanos);
            if (outcome.lossFound) {
                onLoss(nowNanos);
            }
        }
        probe.expire(nowNanos);
    }

    /** The window is open again: the probe that found it closed was dropped, and its timer has backed off for no reason of the path. */
    private void resume(long nowNanos) {
        probing = false;
        timeout.onProgress();
        retransmitAll(nowNanos);
        restartT3(nowNanos);
    }

    /** RFC 9260 §9.2: the Cumulative TSN Ack of a SHUTDOWN; false when it cannot be. */
    public SackResult handleCumulativeAck(int cumulativeTsnAck, long nowNanos) {
        long before = outstanding.cumulativeTsnAck();
        long cumulative = Serial.unwrap32(before, cumulativeTsnAck);
        if (cumulative < before) {
            return SackResult.OLD;
        }
        SackOutcome outcome = outstanding.handleCumulativeAck(cumulative);
        return outcome == null ? SackResult.INVALID : onAcked(outcome, before, isRecovering(), nowNanos);
    }

    private SackResult onAcked(SackOutcome outcome, long before, boolean recovering, long nowNanos) {
        long cumulative = outstanding.cumulativeTsnAck();
        boolean advanced = cumulative > before;
        rtt.onAcked(cumulative, outcome.highestNewlyAcked, nowNanos);
        if (advanced) {
            timeout.onProgress();
            watchSlowStart(cumulative, nowNanos);
            congestion.onCumulativeAck(outcome.bytesAcked, cwndFull, recovering, nowNanos, timeout.srttNanos());
            restartT3(nowNanos);
        }
        if (recovering && cumulative >= fastRecoveryExit) {
            fastRecoveryExit = NONE;
            rack.onRecoveryEnded();
        }
        if (outcome.lossFound) {
            onLoss(nowNanos);
        }
        if (outstanding.isEmpty()) {
            congestion.onAllAcked();
        }
        forwardTsn.onAcked();
        return advanced || outcome.bytesAcked > 0 ? SackResult.PROGRESS : SackResult.NO_PROGRESS;
    }

    /** Until the first loss; then ssthresh is known. */
    private void watchSlowStart(long cumulative, long nowNanos) {
        if (congestion.ssthresh() == Long.MAX_VALUE
                && outstanding.transmissions(cumulative) == 1
                && slowStartExit.isDue(nowNanos - outstanding.sentAtNanos(cumulative))) {
            congestion.endSlowStart();
        }
    }

    /** §7.2.4 */
    private void onLoss(long nowNanos) {
        fastRetransmit = true;
        // RFC 6582 §4: what was outstanding at a timeout has had its cut. Reports of it that come late would else hold
        // the window
        // down for as long as all of it takes.
        if (!isRecovering() && outstanding.cumulativeTsnAck() >= timeoutExit) {
            queue.statistics().fastRecoveries++;
            fastRecoveryExit = outstanding.nextTsn() - 1;
            congestion.onLoss();
        }
        abandonExhausted(nowNanos);
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
        dropExpired(nowNanos);
        pacer.onTimeout(nowNanos);
        if (!t3.expire(nowNanos)) {
            onRecoveryTimers(nowNanos);
            return Timeout.NOT_EXPIRED;
        }
        probing = sackSinceTimeout && peerWindow < packetPayload;
        sackSinceTimeout = false;
        queue.statistics().timeouts++;
        if (!probing) {
            // A probe that found no room says nothing about the path.
            spuriousTimeout.onTimeout(nowNanos);
            congestion.onTimeout();
            timeoutExit = outstanding.nextTsn() - 1;
        }
        lostBytesBefore = outstanding.lostBytes();
        timeout.backOff();
        fastRecoveryExit = NONE;
        retransmitAll(nowNanos);
        setPace(nowNanos);
        allowBurst();
        t3.arm(nowNanos, timeout.rtoNanos());
        return probing ? Timeout.EXPIRED_PROBING : Timeout.EXPIRED;
    }

    /** §6.1 D */
    private void allowBurst() {
        long inFlight = outstanding.inFlightBytes();
        burstLimit = maxBurstBytes > Long.MAX_VALUE - inFlight ? Long.MAX_VALUE : inFlight + maxBurstBytes;
    }

    /** Counts all that is in flight as lost. */
    public void retransmitAll(long nowNanos) {
        rtt.cancel();
        rack.arm(nowNanos, 0);
        probe.forget();
        outstanding.markAllForRetransmission();
        abandonExhausted(nowNanos);
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
        rack.arm(0, 0);
        probe.forget();
        pacer.stop();
    }

    /** Starts T3-rtx anew if anything is outstanding. */
    public void restartT3(long nowNanos) {
        t3.stop();
        armT3(nowNanos);
    }

    public long deadlineNanos() {
        long next = Math.min(t3.atNanos(), Math.min(rack.deadlineNanos(), probe.deadlineNanos()));
        next = Math.min(next, pacer.deadlineNanos());
        return partialReliability ? Math.min(next, queue.nextExpiryNanos()) : next;
    }

    /** RFC 7053 §4: from now on the peer is asked not to delay its SACKs. */
    public void wantImmediateSacks() {
        immediateSackWanted = true;
    }

    /** Whether all that was accepted for sending is acknowledged or abandoned, and the peer knows. */
    public boolean isDone() {
        return outstanding.isEmpty() && !queue.hasUnsent();
    }

    /** Whether one packet after the other was lost that was larger than the base size. */
    public boolean losesLargePackets() {
        return largePackets.areLost();
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
        return peerWindow;
    }

    public void setPeerWindow(long bytes) {
        peerWindow = bytes;
    }

    public CongestionControl congestion() {
        return congestion;
    }

    /** §6.1 C: retransmissions go first; false when new data has to wait for them. */
    private boolean retransmit(PacketWriter packet, long nowNanos) {
        while (outstanding.hasToRetransmit()) {
            long tsn = outstanding.nextToRetransmit();
            OutgoingMessage message = outstanding.message(tsn);
            if (isExhausted(message, outstanding.transmissions(tsn), nowNanos)) {
                abandon(message);
                continue;
            }
            int length = outstanding.length(tsn);
            if (!packet.fits(format.headerLength() + length)) {
                return false;
            }
            if (probing && outstanding.inFlightBytes() > 0) {
                return false;
            }
            // §7.2.4 step 3: one packet regardless of cwnd.
            if (!fastRetransmit && outstanding.inFlightBytes() >= congestion.cwnd()) {
                cwndFull = true;
                return false;
            }
            writeChunk(packet, message, tsn, outstanding.offset(tsn), length);
            outstanding.onRetransmitted(tsn, nowNanos);
            countRetransmission(length);
            onRetransmission(tsn, nowNanos);
        }
        return true;
    }

    private void onRetransmission(long tsn, long nowNanos) {
        rtt.onRetransmitted(tsn);
        if (tsn == outstanding.cumulativeTsnAck() + 1) {
            // §6.3.2 R4
            restartT3(nowNanos);
        }
    }

    private void sendNew(PacketWriter packet, long nowNanos) {
        dropExpired(nowNanos);
        if (outstanding.isEmpty()) {
            allowBurst();
        }
        OutgoingMessage message;
        while ((message = nextMessage(nowNanos)) != null) {
            int length = nextLength(packet, message);
            if (length == 0) {
                return;
            }
            if (outstanding.inFlightBytes() >= congestion.cwnd() || outstanding.isFull()) {
                cwndFull = true;
                return;
            }
            if (outstanding.inFlightBytes() >= burstLimit) {
                break;
            }
            if (length > peerWindow - outstanding.inFlightBytes() && !outstanding.isIdle()) {
                // §6.1 A; with nothing in flight, one chunk goes out as a probe.
                break;
            }
            send(packet, message, length, nowNanos);
        }
        cwndFull = false;
        if (!queue.hasUnsent()) {
            outstanding.rate().onAppLimited(outstanding.inFlightBytes());
        }
    }

    private void send(PacketWriter packet, OutgoingMessage message, int length, long nowNanos) {
        if (outstanding.isEmpty()) {
            decayIdle(nowNanos);
        }
        if (message.cut == 0 && message.begins && (!message.unordered() || format == DataFormat.I_DATA)) {
            message.setSequenceNumber(message.stream.takeNumber(message.unordered()));
        }
        long tsn = outstanding.add(message, message.cut, length);
        outstanding.setSentAt(tsn, nowNanos);
        writeChunk(packet, message, tsn, message.cut, length);
        queue.onCut(message, length);
        queue.statistics().userBytesSent += length;
        rtt.onSent(tsn, nowNanos);
    }

    /** The message to cut from; what has begun and is behind its lifetime is given up. */
    private @Nullable OutgoingMessage nextMessage(long nowNanos) {
        OutgoingMessage message = queue.next();
        while (message != null && isExhausted(message, 0, nowNanos)) {
            abandon(message);
            message = queue.next();
        }
        return message;
    }

    /**
     * How much of the message goes into this packet. What fits a packet of its own is not split (§6.9); what is larger fills packets to
     * their end, so that they are of one size and the layers below can send them as one burst.
     *
     * <p>No chunk is larger than a packet of the base size has room for: it keeps its length with its TSN (§6.9), and must get through
     * whatever becomes of the path.
     */
    private int nextLength(PacketWriter packet, OutgoingMessage message) {
        int room = packet.remaining() - format.headerLength();
        int uncut = message.uncut();
        if (uncut <= Math.min(room, packetPayload)) {
            return uncut;
        }
        boolean ownPacket = message.cut == 0 && uncut <= packetPayload;
        return ownPacket || room < leastFragment(packet) ? 0 : Math.min(room, packetPayload);
    }

    /** More chunks cost more than the end of a large packet is worth. */
    private int leastFragment(PacketWriter packet) {
        return packet.length() + packet.remaining() > basePacketSize ? packetPayload / 2 : MIN_FRAGMENT;
    }

    private void writeChunk(PacketWriter packet, OutgoingMessage message, long tsn, int offset, int length) {
        // RFC 7053 §4: where the sender cannot go on before it hears from the peer.
        boolean immediate = immediateSackWanted || outstanding.inFlightBytes() >= congestion.cwnd();
        int flags = immediate ? DataFlags.IMMEDIATE : 0;
        message.write(packet, format, tsn, outstanding.fsn(tsn), offset, length, flags);
    }

    /** §7.2.1 */
    private void decayIdle(long nowNanos) {
        long timeouts = lastSentAtNanos == 0 ? 0 : (nowNanos - lastSentAtNanos) / timeout.rtoNanos();
        if (timeouts > 0) {
            congestion.onIdle(timeouts);
        }
    }

    private boolean isExhausted(OutgoingMessage message, int transmissions, long nowNanos) {
        return partialReliability && !message.isReliable() && message.isExhausted(transmissions, nowNanos);
    }

    /** What was not begun in its lifetime, or was begun and is not complete, is given up. */
    private void dropExpired(long nowNanos) {
        if (!partialReliability) {
            return;
        }
        for (OutgoingMessage expired = queue.pollExpired(nowNanos);
                expired != null;
                expired = queue.pollExpired(nowNanos)) {
            if (expired.hasBegun()) {
                abandon(expired);
            } else {
                queue.giveUp(expired);
            }
        }
    }

    /**
     * Gives up the message that is open on the stream.
     *
     * @return false, and nothing done, if it has begun and the peer does not know FORWARD TSN: it cannot be told
     */
    public boolean abandonOpen(int streamId) {
        if (queue.abandonUnbegunOpen(streamId)) {
            return true;
        }
        OutgoingMessage part = queue.openPart(streamId);
        if (part == null || !partialReliability) {
            return false;
        }
        abandon(part);
        queue.endOpen(streamId);
        return true;
    }

    /** Gives up all messages that are open, for no part of them is accepted any more. */
    public void abandonAllOpen() {
        for (int streamId : queue.usedStreams()) {
            OutgoingMessage part = queue.openPart(streamId);
            if (part != null && !abandonOpen(streamId)) {
                // What was sent of it goes its way, and is of no use.
                queue.giveUp(part);
                queue.endOpen(streamId);
            }
        }
    }

    private void abandonExhausted(long nowNanos) {
        if (!partialReliability) {
            return;
        }
        outstanding.forEachToRetransmit((tsn, message) -> {
            if (isExhausted(message, outstanding.transmissions(tsn), nowNanos)) {
                abandon(message);
            }
        });
    }

    private void abandon(OutgoingMessage message) {
        outstanding.abandon(message);
        rtt.cancel();
        forwardTsn.onAbandoned();
    }

    private void armT3(long nowNanos) {
        if (!t3.isArmed() && !outstanding.isEmpty()) {
            t3.arm(nowNanos, timeout.rtoNanos());
        }
    }
}
