package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.packet.DataFlags;
import io.github.purrtc.sctp.packet.DataFormat;
import io.github.purrtc.sctp.packet.PacketWriter;

/** Fills packets with user data: a probe, what is due again, and what is new, in this order (RFC 9260 §6.1). */
final class DataWriter {
    /** A part of a large message shorter than this is not worth a chunk of its own. */
    private static final int MIN_FRAGMENT = 32;

    /** With more that is due again at a time, nothing is sent twice. */
    private static final int MOST_SENT_TWICE = 64;

    private static final long NONE = -1;

    private final SendQueue queue;
    private final OutstandingData outstanding;
    private final SendAllowance allowance;
    private final Abandonment abandonment;
    private final LossRecovery recovery;
    private final CongestionControl congestion;
    private final RetransmissionTimeout timeout;
    private final RetransmissionTimer t3;
    private final RttMeasurement rtt;
    private final DataFormat format;
    private final Receipts receipts;
    private final int packetPayload;
    private final int basePacketSize;

    private final SackRequests sackRequests;
    private long lastSentAtNanos;

    DataWriter(
            SendQueue queue,
            OutstandingData outstanding,
            SendAllowance allowance,
            Abandonment abandonment,
            LossRecovery recovery,
            CongestionControl congestion,
            RetransmissionTimeout timeout,
            RetransmissionTimer t3,
            RttMeasurement rtt,
            Receipts receipts,
            DataFormat format,
            int packetPayload) {
        this.queue = queue;
        this.outstanding = outstanding;
        this.allowance = allowance;
        this.abandonment = abandonment;
        this.recovery = recovery;
        this.congestion = congestion;
        this.timeout = timeout;
        this.t3 = t3;
        this.rtt = rtt;
        this.receipts = receipts;
        this.format = format;
        this.packetPayload = packetPayload;
        basePacketSize = format.packetOfPayload(packetPayload);
        sackRequests = new SackRequests(queue, allowance, congestion);
    }

    int basePacketSize() {
        return basePacketSize;
    }

    void wantImmediateSacks() {
        sackRequests.wantAlways();
    }

    /** Adds what may be sent now to the packet; false when that is nothing. */
    boolean write(PacketWriter packet, long nowNanos) {
        // A probe must not be held back by what would not fit beside it.
        boolean withReceipt = receipts.areWanted() && !recovery.isProbeDue() && packet.fits(Receipts.CHUNK_LENGTH);
        return (withReceipt && writeWithReceipt(packet, nowNanos)) || writeData(packet, nowNanos);
    }

    private boolean writeWithReceipt(PacketWriter packet, long nowNanos) {
        int before = packet.length();
        receipts.begin(packet);
        boolean written = writeData(packet, nowNanos);
        receipts.end(packet);
        if (!written) {
            packet.cutTo(before);
        }
        return written;
    }

    private boolean writeData(PacketWriter packet, long nowNanos) {
        int before = packet.length();
        long sentBefore = sentBytes();
        if (recovery.isProbeDue()) {
            sendProbe(packet, nowNanos);
        }
        if (mayBegin(nowNanos) && retransmit(packet, nowNanos)) {
            sendNew(packet, nowNanos);
        }
        if (packet.length() == before) {
            return false;
        }
        allowance.pacer().onSent(sentBytes() - sentBefore);
        recovery.onPacketSent();
        lastSentAtNanos = nowNanos;
        return true;
    }

    /** Whether the pace allows a packet now; what is due at once is never held back. */
    private boolean mayBegin(long nowNanos) {
        if (outstanding.inFlightBytes() == 0) {
            allowance.pacer().restart(nowNanos);
        }
        return recovery.isFastRetransmit()
                || !(outstanding.hasToRetransmit() || queue.hasUnsent())
                || allowance.isPaceOpen(nowNanos);
    }

    /** User data, whatever it is sent for. */
    private long sentBytes() {
        SendStatistics sent = queue.statistics();
        return sent.userBytesSent + sent.retransmittedBytes;
    }

    /** RFC 8985 §7.3 */
    private void sendProbe(PacketWriter packet, long nowNanos) {
        long tsn = recovery.takeProbe();
        if (tsn == NONE) {
            return;
        }
        OutgoingMessage message = outstanding.message(tsn);
        int length = outstanding.length(tsn);
        boolean exhausted = abandonment.isExhausted(message, outstanding.transmissions(tsn), nowNanos);
        if (exhausted || !packet.fits(format.headerLength() + length)) {
            return;
        }
        int flags = DataFlags.IMMEDIATE;
        message.write(packet, format, tsn, outstanding.fsn(tsn), outstanding.offset(tsn), length, flags);
        outstanding.onProbed(tsn, nowNanos);
        countRetransmission(length);
        recovery.onProbeSent(tsn, nowNanos);
        rtt.onRetransmitted(tsn);
        t3.restart(nowNanos);
    }

    private void countRetransmission(int length) {
        queue.statistics().retransmittedChunks++;
        queue.statistics().retransmittedBytes += length;
    }

    /** §6.1 C: retransmissions go first; false when new data has to wait for them. */
    private boolean retransmit(PacketWriter packet, long nowNanos) {
        while (outstanding.hasToRetransmit()) {
            long tsn = outstanding.nextToRetransmit();
            OutgoingMessage message = outstanding.message(tsn);
            if (abandonment.isExhausted(message, outstanding.transmissions(tsn), nowNanos)) {
                abandonment.abandon(message);
                continue;
            }
            int length = outstanding.length(tsn);
            if (!fitsAgain(packet, length, outstanding.transmissions(tsn))) {
                return false;
            }
            if (allowance.isProbingWindow && outstanding.inFlightBytes() > 0) {
                return false;
            }
            // §7.2.4 step 3: one packet regardless of cwnd.
            if (!recovery.isFastRetransmit() && allowance.fillsCwnd()) {
                allowance.isCwndFull = true;
                return false;
            }
            writeChunk(packet, message, tsn, outstanding.offset(tsn), length);
            outstanding.onRetransmitted(tsn, nowNanos);
            askForReceipt(tsn);
            countRetransmission(length);
            onRetransmission(tsn, nowNanos);
            if (mustArrive(tsn)) {
                // In a packet of its own.
                outstanding.sendTwice(tsn);
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a chunk that was sent so often goes into this packet. What was lost twice may have been lost for the length of its packet, and
     * shorter ones that arrive hide that from {@link LargePacketWatch}: it goes in one of the base size.
     */
    private boolean fitsAgain(PacketWriter packet, int length, int transmissions) {
        if (transmissions > 1) {
            if (packet.length() > basePacketSize) {
                return false;
            }
            packet.limitTo(basePacketSize);
        }
        return packet.fits(format.headerLength() + length);
    }

    /**
     * Whether what was just sent again goes out twice: on a path that loses much, what is lost again holds the peer's window for another round
     * trip, and with it all that comes behind. Not where much is lost at once, which may be a full queue.
     */
    private boolean mustArrive(long tsn) {
        return receipts.areWanted()
                && outstanding.message(tsn).isReliable()
                && outstanding.transmissions(tsn) % 2 == 0
                && outstanding.toRetransmit() < MOST_SENT_TWICE
                && allowance.isPeerWindowShort();
    }

    private void onRetransmission(long tsn, long nowNanos) {
        rtt.onRetransmitted(tsn);
        if (tsn == outstanding.cumulativeTsnAck() + 1) {
            // §6.3.2 R4
            t3.restart(nowNanos);
        }
    }

    private void sendNew(PacketWriter packet, long nowNanos) {
        abandonment.dropExpired(nowNanos);
        if (outstanding.isEmpty()) {
            allowance.allowBurst();
        }
        OutgoingMessage message;
        while ((message = abandonment.next(nowNanos)) != null) {
            int length = nextLength(packet, message);
            if (length == 0) {
                return;
            }
            if (allowance.fillsCwnd() || outstanding.isFull()) {
                allowance.isCwndFull = true;
                return;
            }
            if (allowance.fillsBurst()) {
                break;
            }
            if (!allowance.fitsPeerWindow(length) && !outstanding.isIdle()) {
                // §6.1 A; with nothing in flight, one chunk goes out as a probe.
                break;
            }
            send(packet, message, length, nowNanos);
        }
        allowance.isCwndFull = false;
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
        askForReceipt(tsn);
        writeChunk(packet, message, tsn, message.cut, length);
        queue.onCut(message, length);
        queue.statistics().userBytesSent += length;
        rtt.onSent(tsn, nowNanos);
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
        int flags = sackRequests.isDueFor(message, offset, length) ? DataFlags.IMMEDIATE : 0;
        message.write(packet, format, tsn, outstanding.fsn(tsn), offset, length, flags);
    }

    private void askForReceipt(long tsn) {
        if (receipts.covers(tsn, outstanding.transmissions(tsn))) {
            outstanding.setWithReceipt(tsn);
        }
    }

    /** §7.2.1 */
    private void decayIdle(long nowNanos) {
        long timeouts = lastSentAtNanos == 0 ? 0 : (nowNanos - lastSentAtNanos) / timeout.rtoNanos();
        if (timeouts > 0) {
            congestion.onIdle(timeouts);
        }
    }
}
