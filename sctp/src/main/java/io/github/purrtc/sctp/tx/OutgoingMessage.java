package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.SctpSendOptions;
import io.github.purrtc.sctp.internal.Deadline;
import io.github.purrtc.sctp.packet.DataFlags;
import io.github.purrtc.sctp.packet.DataFormat;
import io.github.purrtc.sctp.packet.PacketWriter;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/** A user message on its way out. Its fragments are cut from the user's buffer as they are sent; nothing is copied before. */
final class OutgoingMessage extends IndexedHeap.Entry {
    /** {@link #maxRetransmits} of a message that is retransmitted until it is acknowledged. */
    static final int UNLIMITED = -1;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    final OutboundStream stream;
    /** Messages are numbered in the order in which they were accepted. */
    final long number;

    final int payloadOffset;
    final int length;
    final int payloadProtocolId;
    final boolean unordered;
    final int maxRetransmits;
    final long expiresAtNanos;
    /** Whether its bytes count in the stream's buffered amount. */
    final boolean accounted;
    /** What its sender wants to hear of it by; 0: nothing. */
    final long lifecycleId;

    private ByteBuffer payload;

    /** The Stream Sequence Number, or the Message Identifier of I-DATA: given with the first TSN. */
    int sequenceNumber;
    /** How many fragments have a TSN. */
    int fragments;
    /** How many bytes have a TSN. */
    int cut;
    /** The TSNs of the fragments; meaningful once {@link #cut} is positive. */
    long firstTsn;

    long lastTsn;
    /** How many bytes are acknowledged or abandoned. */
    int released;

    boolean abandoned;
    boolean toldAsSent;

    @Nullable
    OutgoingMessage next;

    OutgoingMessage(
            OutboundStream stream,
            ByteBuffer payload,
            int payloadProtocolId,
            SctpSendOptions options,
            long expiresAtNanos,
            long number) {
        this.stream = stream;
        this.payload = payload;
        this.payloadOffset = payload.position();
        this.length = payload.remaining();
        this.payloadProtocolId = payloadProtocolId;
        this.expiresAtNanos = expiresAtNanos;
        this.number = number;
        unordered = options.unordered();
        maxRetransmits = options.maxRetransmits();
        accounted = options.accounted();
        lifecycleId = options.lifecycleId();
    }

    int uncut() {
        return length - cut;
    }

    boolean isReliable() {
        return maxRetransmits == UNLIMITED && expiresAtNanos == Deadline.NEVER;
    }

    /** Whether RFC 3758 §3.5 A or RFC 7496 §3.1 lets the sender give up after this many transmissions of one fragment. */
    boolean isExhausted(int transmissions, long nowNanos) {
        return nowNanos >= expiresAtNanos || (maxRetransmits != UNLIMITED && transmissions > maxRetransmits);
    }

    /** It will never be sent: its bytes need not be kept. */
    void forgetPayload() {
        payload = NOTHING;
    }

    /** Adds a fragment as a DATA or I-DATA chunk. */
    void write(
            PacketWriter packet, DataFormat format, long tsn, int fsn, int offset, int fragmentLength, int extraFlags) {
        int flags = extraFlags | (unordered ? DataFlags.UNORDERED : 0);
        if (offset == 0) {
            flags |= DataFlags.BEGINNING;
        }
        if (offset + fragmentLength == length) {
            flags |= DataFlags.END;
        }
        int at = payloadOffset + offset;
        int streamId = stream.streamId;
        if (format == DataFormat.DATA) {
            packet.addData(flags, (int) tsn, streamId, sequenceNumber, payloadProtocolId, payload, at, fragmentLength);
        } else {
            int ppidOrFsn = offset == 0 ? payloadProtocolId : fsn;
            packet.addIData(flags, (int) tsn, streamId, sequenceNumber, ppidOrFsn, payload, at, fragmentLength);
        }
    }
}
