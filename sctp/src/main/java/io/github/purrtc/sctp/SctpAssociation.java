package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.Bytes;
import io.github.purrtc.sctp.packet.HeartbeatChunk;
import io.github.purrtc.sctp.packet.UserInitiatedAbortCause;
import io.github.purrtc.sctp.rx.ReassemblyQueue;
import io.github.purrtc.sctp.tx.DataSender;
import io.github.purrtc.sctp.tx.SendQueue;
import io.github.purrtc.sctp.tx.SendStatistics;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * One SCTP association: RFC 9260 with RFC 3758, RFC 6525, RFC 7053 and RFC 8260, over DTLS (RFC 8261).
 *
 * <p>It is deterministic: it has no socket, thread, clock or randomness of its own. The one who drives it calls a verb, and after each one
 * {@link #poll} and {@link #nextMessage} until null, {@link #transmit} until false, and then waits until {@link #nextTimeout} or the next
 * packet. {@code nowNanos} is the time of any clock that never goes back.
 *
 * <p>Not thread-safe: one thread at a time.
 */
public final class SctpAssociation {
    /** What a message costs in the send buffer besides its bytes. */
    public static final int MESSAGE_OVERHEAD = SendQueue.OVERHEAD;

    private final Association association;
    private final Handshake handshake;
    private final Shutdown shutdown;
    private final DataTransfer dataTransfer;
    private final PacketReceiver receiver;
    private final PacketSender sender;
    private @Nullable SctpMessage taken;

    /** @param random where tags, initial TSNs, nonces and the cookie's key come from: a secure one, but in tests */
    public SctpAssociation(SctpOptions options, RandomGenerator random) {
        association = new Association(options, random);
        handshake = new Handshake(association);
        shutdown = new Shutdown(association);
        dataTransfer = new DataTransfer(association, shutdown);
        receiver = new PacketReceiver(association, handshake, dataTransfer, shutdown);
        sender = new PacketSender(association);
    }

    /** Shows each packet from now on to {@code observer}, such as a {@link PcapngLog}; null: to nobody, which costs nothing. */
    public void setPacketObserver(@Nullable PacketObserver observer) {
        association.observePackets(observer);
    }

    /**
     * Tells what is known of the round trip before the association has measured anything: its first timeouts are made of that in place of
     * {@link SctpOptions#rtoInitialNanos}. To be called before {@link #connect} and before the peer's packets.
     *
     * @param nanos negative if it is not known
     */
    public void expectRoundTrip(long nanos) {
        association.roundTripNanos = nanos;
    }

    /** Sends an INIT, if the peer was not first. Both sides may call it; one that does not still answers the other. */
    public void connect(long nowNanos) {
        handshake.connect(nowNanos);
    }

    /**
     * Is up at once, with what both sides have told each other by signalling (draft-hancke-tsvwg-snap); to be called on both when packets get
     * through to the peer. Does nothing if the association has begun otherwise.
     *
     * @param own made with the options of this association
     */
    public void connect(SignalledInit own, SignalledInit peer, long nowNanos) {
        handshake.connect(own, peer, nowNanos);
        advance(nowNanos);
    }

    /** Takes in one packet, from position to limit; its content is used during the call only. Never throws for what is in it. */
    public void receive(ByteBuffer packet, long nowNanos) {
        receiver.receive(packet, nowNanos);
        advance(nowNanos);
    }

    /** The packets that arrived together are all in: what they have in common, the SACK, is decided now. */
    public void endOfBurst(long nowNanos) {
        Tcb tcb = association.tcb();
        if (tcb != null) {
            tcb.receiver.endOfBurst(tcb.timeout.srttNanos(), tcb.sender.isTimedOut(), nowNanos);
        }
    }

    /**
     * Writes the next packet at the buffer's position, which is then behind it.
     *
     * @param out big-endian, with room for {@link SctpOptions#maxPacketSize()} bytes
     * @return false, and nothing written, if there is nothing to send now
     */
    public boolean transmit(ByteBuffer out, long nowNanos) {
        return sender.transmit(out, nowNanos);
    }

    /**
     * Whether the packet that {@link #transmit} wrote last probes the path's MTU. It is to arrive as one IP packet or not at all: where IP
     * fragmentation can be forbidden, it is for this packet (RFC 8899 §3, item 2).
     */
    public boolean wroteProbe() {
        return sender.wroteProbe();
    }

    /** Packets take another path from now on: what is known of its MTU counts no longer. */
    public void onPathChange() {
        Tcb tcb = association.tcb();
        if (tcb != null) {
            tcb.pathMtu.reset();
        }
    }

    /** The time has come that {@link #nextTimeout} told; at any other time it does nothing. */
    public void onTimeout(long nowNanos) {
        handshake.onTimeout(nowNanos);
        shutdown.onTimeout(nowNanos);
        Tcb tcb = association.tcb();
        if (tcb == null) {
            return;
        }
        tcb.receiver.schedule().onTimeout(nowNanos);
        if (!(association.state instanceof State.CookieEchoed)) {
            dataTransfer.onTimeout(tcb, nowNanos);
            tcb.streamReset.onTimeout(association, tcb, nowNanos);
            HeartbeatChunk heartbeat = tcb.heartbeat.onTimeout(nowNanos, isIdle(tcb), tcb.errors);
            if (heartbeat != null) {
                association.outbox.add(heartbeat, tcb.peerTag());
                association.sendQueue.onIdle();
                tcb.sender.onIdle();
                tcb.receiver.onIdle();
            }
            tcb.pathMtu.onTimeout(nowNanos);
        }
        if (tcb.errors.isExceeded()) {
            association.unreachable("the peer does not answer");
        }
        advance(nowNanos);
    }

    /** When {@link #onTimeout} is to be called, at the latest; {@link Long#MAX_VALUE} when nothing is waited for. */
    public long nextTimeout() {
        long next = association.state.deadlineNanos();
        Tcb tcb = association.tcb();
        if (tcb == null) {
            return next;
        }
        next = Math.min(next, tcb.receiver.schedule().deadlineNanos());
        if (association.state instanceof State.CookieEchoed) {
            return next;
        }
        next = Math.min(next, tcb.sender.deadlineNanos());
        next = Math.min(next, tcb.streamReset.deadlineNanos());
        next = Math.min(next, tcb.pathMtu.deadlineNanos());
        return Math.min(next, tcb.heartbeat.deadlineNanos());
    }

    /**
     * Accepts a message for sending. From position to limit the buffer's content belongs to the association until it is acknowledged or
     * abandoned; nothing is copied.
     *
     * @throws IllegalArgumentException if the message is empty or the stream identifier is not from 0 to 65,534
     * @throws IllegalStateException if a message is open on the stream, of which {@link #sendPart} was given the last part not yet
     */
    public SendStatus send(
            int streamId, int payloadProtocolId, ByteBuffer payload, SctpSendOptions options, long nowNanos) {
        SendStatus status = check(streamId, payload, 0);
        if (status == SendStatus.QUEUED) {
            association.sendQueue.add(streamId, payloadProtocolId, payload, options, nowNanos);
        }
        return status;
    }

    /**
     * Accepts a part of a message whose bytes come piece by piece, and which may be of any size: its parts leave as they come, and those that
     * are acknowledged are let go of. The first part opens the message, the last one completes it; in between nothing else can be sent on
     * that stream. Where the peer does not interleave (RFC 8260), nothing on the other streams is sent either once the message
     * has begun, however long the next part takes (RFC 9260 §6.9): have it at hand, or limit the message's lifetime.
     *
     * <p>The message is given up, and {@link SendStatus#ABANDONED} said once, when its lifetime or its retransmissions are used up, when the peer
     * restarts the association after parts of it were acknowledged, and by {@link #abandonMessage} and {@link #shutdown}. A reset of
     * the stream waits for its end.
     *
     * @param payload the part; as for {@link #send}
     * @param last whether it completes the message
     * @param payloadProtocolId of the message; looked at in its first part
     * @param options of the message; looked at in its first part
     * @throws IllegalArgumentException if the part is empty or the stream identifier is not from 0 to 65,534
     */
    public SendStatus sendPart(
            int streamId,
            int payloadProtocolId,
            ByteBuffer payload,
            boolean last,
            SctpSendOptions options,
            long nowNanos) {
        SendStatus status = check(streamId, payload, association.sendQueue.openLength(streamId));
        if (status == SendStatus.CLOSED || status == SendStatus.MESSAGE_TOO_LARGE) {
            return status;
        }
        if (association.sendQueue.isOpenAbandoned(streamId)) {
            association.sendQueue.endOpen(streamId);
            return SendStatus.ABANDONED;
        }
        if (status == SendStatus.QUEUED) {
            association.sendQueue.addPart(streamId, payloadProtocolId, payload, last, options, nowNanos);
        }
        return status;
    }

    /**
     * Gives up the message that is open on the stream, if there is one: no more parts of it come. Where it has begun and the peer does not know
     * FORWARD TSN (RFC 3758), that cannot be said, and the association is aborted.
     */
    public void abandonMessage(int streamId, long nowNanos) {
        requireStream(streamId);
        Tcb tcb = association.tcb();
        boolean abandoned =
                tcb == null ? association.sendQueue.abandonUnbegunOpen(streamId) : tcb.sender.abandonOpen(streamId);
        if (abandoned) {
            advance(nowNanos);
        } else {
            abort("a message cannot be completed", nowNanos);
        }
    }

    private SendStatus check(int streamId, ByteBuffer payload, long openLength) {
        requireStream(streamId);
        if (!payload.hasRemaining()) {
            throw new IllegalArgumentException("SCTP has no empty messages (RFC 9260 §3.3.1)");
        }
        if (!acceptsMessages() || streamId >= association.sendQueue.streamCount()) {
            return SendStatus.CLOSED;
        }
        if (openLength + payload.remaining() > association.options.maxOutboundMessageSize()) {
            return SendStatus.MESSAGE_TOO_LARGE;
        }
        return association.sendQueue.accepts(payload.remaining()) ? SendStatus.QUEUED : SendStatus.BUFFER_FULL;
    }

    /**
     * Resets streams that are sent on (RFC 6525), once what was accepted on them is acknowledged or abandoned. Messages sent from now on
     * wait for it. Answered by {@link SctpEvent.OutgoingStreamsReset} or {@link SctpEvent.OutgoingResetFailed}.
     */
    public void resetStreams(int[] streamIds, long nowNanos) {
        for (int streamId : streamIds) {
            requireStream(streamId);
        }
        Tcb tcb = association.tcb();
        if (tcb == null || association.state instanceof State.CookieEchoed) {
            throw new IllegalStateException("streams can be reset when connected, not in " + association.state.name());
        }
        for (int streamId : streamIds) {
            tcb.streamReset.request(association, streamId);
        }
        advance(nowNanos);
    }

    /**
     * Ends the association when all that was accepted is delivered; {@link SctpEvent.Closed} tells when. Messages of which parts are still
     * to come are given up.
     */
    public void shutdown(long nowNanos) {
        shutdown.begin(nowNanos);
        advance(nowNanos);
    }

    /** Ends the association at once, and tells the peer why. */
    public void abort(String reason, long nowNanos) {
        if (!association.isEnded()) {
            association.abort(AbortOrigin.LOCAL, new UserInitiatedAbortCause(reasonBytes(reason)), reason);
        }
    }

    /** What happened next, or null. */
    public @Nullable SctpEvent poll() {
        return association.poll();
    }

    /**
     * Whether messages on the stream come in parts instead of as a whole; at first they do not. Then they may be of any size, whatever
     * {@link SctpOptions#maxInboundMessageSize} says: {@link #nextMessage} hands out what is there of them, and the receive window follows
     * what was not taken. Messages that arrive whole come whole all the same. A message that has begun comes in parts from now
     * on, and one that came in parts so far does so to its end.
     */
    public void setReceiveInParts(int streamId, boolean inParts) {
        requireStream(streamId);
        association.partStreams.set(streamId, inParts);
        ReassemblyQueue received = association.received();
        if (inParts && received != null) {
            received.handOutInParts(streamId);
        }
    }

    /**
     * The next message of the peer, or a part of one ({@link #setReceiveInParts}); null when there is none, or when a {@link SctpEvent.IncomingStreamsReset} comes before it: after such
     * an event ask again. What is not taken counts against the window that the peer may fill.
     */
    public @Nullable SctpMessage nextMessage() {
        taken = null;
        association.nextMessage(this::keep);
        SctpMessage message = taken;
        taken = null;
        return message;
    }

    private void keep(
            int streamId,
            int payloadProtocolId,
            boolean unordered,
            ByteBuffer payload,
            SctpMessage.@Nullable Part part) {
        taken = new SctpMessage(streamId, payloadProtocolId, unordered, payload, part);
    }

    /**
     * Gives what {@link #nextMessage()} would return to the receiver, without an object for it; false if there is nothing. The receiver
     * may call the association.
     */
    public boolean nextMessage(SctpMessage.Receiver receiver) {
        return association.nextMessage(receiver);
    }

    /** The state of the association: RFC 9260 §4. */
    public SctpState state() {
        return association.state.name();
    }

    /**
     * The streams that there are to send on; 0 before the peer's parameters are known, which on the side that connects is a round trip before
     * {@link SctpEvent.Connected}: what is sent then goes with the COOKIE ECHO (RFC 9260 §5.1 C).
     */
    public int outboundStreams() {
        Tcb tcb = association.tcb();
        return tcb == null ? 0 : tcb.outboundStreams;
    }

    /** The streams that the peer may send on; 0 before its parameters are known. */
    public int inboundStreams() {
        Tcb tcb = association.tcb();
        return tcb == null ? 0 : tcb.inboundStreams;
    }

    /** Bytes accepted on the stream that are neither acknowledged nor abandoned. */
    public long bufferedAmount(int streamId) {
        return association.sendQueue.accountedBytes(streamId);
    }

    /** What counts against {@link SctpOptions#sendBufferLimit}: the messages' bytes, and {@link #MESSAGE_OVERHEAD} for each. */
    public long sendBufferUsed() {
        return association.sendQueue.used();
    }

    /** What the path is taken to have room for, in bytes of user data; 0 where no association is up. */
    public long congestionWindow() {
        Tcb tcb = association.tcb();
        return tcb == null ? 0 : tcb.sender.congestion().cwnd();
    }

    /** {@link SctpEvent.BufferedAmountLow} tells when the stream's buffered amount falls from above to this or below; at first it is 0. */
    public void setBufferedAmountLowThreshold(int streamId, long bytes) {
        requireStream(streamId);
        association.sendQueue.setLowThreshold(streamId, bytes);
    }

    /**
     * A stream's share against other streams', for {@link StreamScheduling#WEIGHTED_FAIR}: twice the priority, twice the bytes. At first it is
     * 256; RFC 8831 §6.4 has 128, 256, 512 and 1024. May be changed at any time, and stays.
     *
     * @param priority from 0, which is less than all others but not nothing, to 65,535
     */
    public void setPriority(int streamId, int priority) {
        requireStream(streamId);
        if (priority < 0 || priority > 65_535) {
            throw new IllegalArgumentException("a priority is from 0 to 65535: " + priority);
        }
        association.sendQueue.setPriority(streamId, priority);
    }

    /** What was counted and measured so far. */
    public SctpMetrics metrics() {
        Tcb tcb = association.tcb();
        DataSender data = tcb == null ? null : tcb.sender;
        ReassemblyQueue received = association.received();
        SendStatistics sent = association.sendQueue.statistics();
        return new SctpMetrics(
                data == null ? 0 : data.congestion().cwnd(),
                data == null ? 0 : data.congestion().ssthresh(),
                tcb == null ? 0 : tcb.timeout.srttNanos(),
                tcb == null ? 0 : tcb.timeout.rtoNanos(),
                tcb == null ? 0 : tcb.pathMtu.current(),
                data == null ? 0 : data.inFlightBytes(),
                data == null ? 0 : data.peerWindow(),
                association.sendQueue.bufferedBytes(),
                association.sendQueue.unsentBytes(),
                received == null ? 0 : received.heldBytes(),
                sender.packets(),
                receiver.packets(),
                sender.bytes(),
                receiver.bytes(),
                sent.userBytesSent(),
                association.userBytesReceived,
                sent.messagesAccepted(),
                received == null ? 0 : received.messageCount(),
                sent.lostChunks(),
                sent.retransmittedChunks(),
                sent.retransmittedBytes(),
                association.duplicateChunks,
                sent.fastRecoveries(),
                sent.timeouts(),
                association.malformedPackets,
                association.droppedPackets);
    }

    /** What may have become possible by what just happened. */
    private void advance(long nowNanos) {
        Tcb tcb = association.tcb();
        if (tcb != null) {
            tcb.streamReset.advance(association, tcb, nowNanos);
            shutdown.advance(nowNanos);
        }
    }

    private boolean acceptsMessages() {
        return switch (association.state.name()) {
            case COOKIE_WAIT, COOKIE_ECHOED, ESTABLISHED -> true;
            case CLOSED -> !association.isEnded();
            default -> false;
        };
    }

    private static boolean isIdle(Tcb tcb) {
        return !tcb.sender.hasOutstanding();
    }

    /** No more of the reason than any packet has room for. */
    private static Bytes reasonBytes(String reason) {
        byte[] text = Bytes.utf8(reason).toArray();
        return Bytes.copyOf(ByteBuffer.wrap(text), 0, Math.min(text.length, 256));
    }

    private static void requireStream(int streamId) {
        if (streamId < 0 || streamId > 65_534) {
            throw new IllegalArgumentException("a stream identifier is from 0 to 65534: " + streamId);
        }
    }
}
