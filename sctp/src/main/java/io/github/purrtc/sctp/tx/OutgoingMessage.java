package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.internal.Deadline;
import io.github.purrtc.sctp.packet.DataFlags;
import io.github.purrtc.sctp.packet.PacketWriter;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/** A user message on its way out. Its fragments are cut from the user's buffer as they are sent; nothing is copied before. */
final class OutgoingMessage {
    /** {@link #maxRetransmits} of a message that is retransmitted until it is acknowledged. */
    static final int UNLIMITED = -1;

    final OutboundStream stream;
    final ByteBuffer payload;
    final int payloadOffset;
    final int length;
    final int payloadProtocolId;
    final boolean unordered;
    final int maxRetransmits;
    final long expiresAtNanos;
    /** Whether its bytes count in the stream's buffered amount. */
    final boolean accounted;

    /** The stream sequence number, given with the first TSN. */
    int ssn;
    /** How many bytes have a TSN. */
    int cut;
    /** The TSNs of the fragments; meaningful once {@link #cut} is positive. */
    long firstTsn;

    long lastTsn;
    /** How many bytes are acknowledged or abandoned. */
    int released;

    boolean abandoned;

    @Nullable
    OutgoingMessage next;

    OutgoingMessage(
            OutboundStream stream,
            ByteBuffer payload,
            int payloadProtocolId,
            boolean unordered,
            int maxRetransmits,
            long expiresAtNanos,
            boolean accounted) {
        this.stream = stream;
        this.payload = payload;
        this.payloadOffset = payload.position();
        this.length = payload.remaining();
        this.payloadProtocolId = payloadProtocolId;
        this.unordered = unordered;
        this.maxRetransmits = maxRetransmits;
        this.expiresAtNanos = expiresAtNanos;
        this.accounted = accounted;
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

    /** Adds a fragment as a DATA chunk. */
    void write(PacketWriter packet, long tsn, int offset, int fragmentLength, int extraFlags) {
        int flags = extraFlags | (unordered ? DataFlags.UNORDERED : 0);
        if (offset == 0) {
            flags |= DataFlags.BEGINNING;
        }
        if (offset + fragmentLength == length) {
            flags |= DataFlags.END;
        }
        packet.addData(
                flags,
                (int) tsn,
                stream.streamId,
                ssn,
                payloadProtocolId,
                payload,
                payloadOffset + offset,
                fragmentLength);
    }
}
