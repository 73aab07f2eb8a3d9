package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.AbortChunk;
import io.github.purrtc.sctp.packet.Bytes;
import io.github.purrtc.sctp.packet.ErrorCause;
import io.github.purrtc.sctp.packet.ErrorChunk;
import io.github.purrtc.sctp.packet.OutOfResourceCause;
import io.github.purrtc.sctp.packet.ProtocolViolationCause;
import io.github.purrtc.sctp.rx.ReassemblyQueue;
import io.github.purrtc.sctp.tx.SendQueue;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;

/** What the concerns of the association share: its state, its queues, and the ways it ends. */
final class Association {
    private record IncomingReset(SctpEvent.IncomingStreamsReset event, long afterMessages) {}

    private static final int MAX_WAITING_EVENTS = 1024;

    final SctpOptions options;
    final RandomGenerator random;
    final CookieJar cookies;
    final SendQueue sendQueue;
    final Outbox outbox = new Outbox();
    final ArrayDeque<SctpEvent> events = new ArrayDeque<>(0);
    /** The streams whose messages are handed out in parts. */
    final BitSet partStreams = new BitSet();

    private @Nullable PacketObserver packetObserver;

    State state = new State.Closed();
    /** As others have measured it before; negative if nobody has. */
    long roundTripNanos = -1;

    long malformedPackets;
    long droppedPackets;
    long userBytesReceived;
    long duplicateChunks;

    private final ArrayDeque<IncomingReset> incomingResets = new ArrayDeque<>(0);
    /** What the peer had sent when the association ended; it can still be taken. */
    private @Nullable ReassemblyQueue leftover;

    Association(SctpOptions options, RandomGenerator random) {
        this.options = options;
        this.random = random;
        cookies = new CookieJar(random);
        sendQueue = new SendQueue(options.sendBufferLimit(), options.scheduling(), events::add);
    }

    @Nullable
    Tcb tcb() {
        return state instanceof State.Open open ? open.tcb() : null;
    }

    boolean isEnded() {
        return state instanceof State.Ended;
    }

    /** A verification tag: never 0 (RFC 9260 §5.3.1). */
    static int newTag(RandomGenerator random) {
        int tag = random.nextInt();
        while (tag == 0) {
            tag = random.nextInt();
        }
        return tag;
    }

    void observePackets(@Nullable PacketObserver observer) {
        packetObserver = observer;
    }

    /** Shows a packet to who wants to see it, whose failures are not the association's. */
    void observe(PacketObserver.Direction direction, ByteBuffer packet, int from, int to, long nowNanos) {
        if (packetObserver != null) {
            try {
                packetObserver.onPacket(
                        direction, packet.asReadOnlyBuffer().limit(to).position(from), nowNanos);
            } catch (RuntimeException e) {
                packetObserver = null;
            }
        }
    }

    void onMalformed() {
        malformedPackets++;
    }

    void onDropped() {
        droppedPackets++;
    }

    void sendError(Tcb tcb, ErrorCause cause) {
        outbox.add(new ErrorChunk(List.of(cause)), tcb.peerTag());
    }

    /** The peer broke the rules: RFC 9260 §3.3.10.13. */
    void violation(String reason) {
        abort(AbortOrigin.PROTOCOL_VIOLATION, new ProtocolViolationCause(Bytes.utf8(reason)), reason);
    }

    /** The peer could not be reached: RFC 9260 §8.1. It is told all the same, as it may only be deaf on one side. */
    void unreachable(String reason) {
        abort(AbortOrigin.TOO_MANY_RETRIES, new OutOfResourceCause(), reason);
    }

    /** Ends the association with an ABORT to the peer if its tag is known. */
    void abort(AbortOrigin origin, ErrorCause cause, String reason) {
        Tcb tcb = tcb();
        outbox.clear();
        if (tcb != null) {
            outbox.add(new AbortChunk(false, List.of(cause)), tcb.peerTag());
        }
        int code = origin == AbortOrigin.TOO_MANY_RETRIES ? 0 : cause.type();
        end(new SctpEvent.Aborted(origin, code, reason));
    }

    /** Ends the association; nothing is sent any more but what waits in the outbox. */
    void end(SctpEvent last) {
        Tcb tcb = tcb();
        if (tcb != null) {
            leftover = tcb.receiver.reassembly();
            tcb.receiver.releaseWindow();
        }
        state = new State.Ended();
        sendQueue.clear();
        events.add(last);
    }

    /** A peer may report more than anybody reads. */
    void addPeerError(SctpEvent.PeerError event) {
        if (events.size() < MAX_WAITING_EVENTS && !isEnded()) {
            events.add(event);
        }
    }

    /** As often as the peer likes, with 65,535 streams at most: the last one counts. */
    void addStreamsAdded(int outboundStreams, int inboundStreams) {
        if (events.peekLast() instanceof SctpEvent.StreamsAdded) {
            events.removeLast();
        }
        events.add(new SctpEvent.StreamsAdded(outboundStreams, inboundStreams));
    }

    void addIncomingReset(int[] streamIds, long afterMessages) {
        incomingResets.add(new IncomingReset(new SctpEvent.IncomingStreamsReset(streamIds), afterMessages));
    }

    /** The next event: what concerns a reset waits until the messages before it were taken. */
    @Nullable
    SctpEvent poll() {
        IncomingReset reset = incomingResets.peek();
        ReassemblyQueue received = received();
        if (reset != null && (received == null || received.takenCount() >= reset.afterMessages)) {
            incomingResets.remove();
            return reset.event;
        }
        int low = sendQueue.pollLow();
        if (low >= 0) {
            return new SctpEvent.BufferedAmountLow(low);
        }
        SctpEvent next = events.peek();
        boolean last = next instanceof SctpEvent.Closed || next instanceof SctpEvent.Aborted;
        // Nothing may come after the last event.
        return last && reset != null ? null : events.poll();
    }

    /** Gives the next message to the receiver, false if there is none, or the event of a reset comes before it. */
    boolean nextMessage(SctpMessage.Receiver receiver) {
        Tcb tcb = tcb();
        ReassemblyQueue received = received();
        IncomingReset reset = incomingResets.peek();
        if (received == null || (reset != null && received.takenCount() >= reset.afterMessages)) {
            return false;
        }
        return tcb != null ? tcb.receiver.take(receiver) : received.take(receiver);
    }

    /** Where the peer's messages wait; null before there was an association. */
    @Nullable
    ReassemblyQueue received() {
        Tcb tcb = tcb();
        return tcb != null ? tcb.receiver.reassembly() : leftover;
    }
}
