package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.SctpSendOptions;
import io.github.purrtc.sctp.packet.DataFlags;
import io.github.purrtc.sctp.packet.DataFormat;
import io.github.purrtc.sctp.packet.PacketWriter;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * A user message on its way out, or a part of one whose bytes come piece by piece. Its fragments are cut from the user's bytes as they
 * are sent; nothing is copied before. The object is used again for another message when {@link MessagePool} says so.
 */
final class OutgoingMessage {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    OutboundStream stream;
    /** Messages are numbered in the order in which they were accepted. */
    long number;

    SctpSendOptions options;
    int payloadProtocolId;
    int length;

    private int payloadOffset;
    /** The user's bytes where they are in an array: then the buffer around it need not be kept. */
    private byte @Nullable [] array;
    /** The user's bytes where they are not. */
    private @Nullable ByteBuffer buffer;

    @Nullable
    Expiry expiry;
    /** What it shares with the other parts of its message; null: it is the message. */
    @Nullable
    PartedMessage parted;
    /** Whether its first byte is the message's first, and its last the message's last. */
    boolean begins = true;

    boolean ends = true;

    /** The Stream Sequence Number, or the Message Identifier of I-DATA: given with the first TSN. */
    private int sequenceNumber;
    /** How many fragments have a TSN. */
    private int fragments;
    /** How many bytes have a TSN. */
    int cut;
    /** The TSN of the first fragment, and how far behind it the last one's is; meaningful once {@link #cut} is positive. */
    long firstTsn;

    private int tsnSpan;
    /** How many bytes are acknowledged or abandoned. */
    int released;

    private boolean abandoned;
    boolean toldAsSent;

    @Nullable
    OutgoingMessage next;

    OutgoingMessage(
            OutboundStream stream, ByteBuffer payload, int payloadProtocolId, SctpSendOptions options, long number) {
        this.stream = stream;
        this.options = options;
        begin(stream, payload, payloadProtocolId, options, number);
    }

    /** Is another message from now on, of whose bytes nothing has been sent. The buffer itself is the caller's again. */
    @SuppressWarnings("ReferenceEquality") // the same, not like it
    void begin(OutboundStream stream, ByteBuffer payload, int payloadProtocolId, SctpSendOptions options, long number) {
        // A reference that is written into an old object costs more than one that is read: G1 remembers it.
        if (this.stream != stream) {
            this.stream = stream;
        }
        if (this.options != options) {
            this.options = options;
        }
        this.payloadProtocolId = payloadProtocolId;
        this.number = number;
        length = payload.remaining();
        if (payload.hasArray()) {
            array = payload.array();
            payloadOffset = payload.arrayOffset() + payload.position();
        } else {
            buffer = payload.duplicate();
            payloadOffset = payload.position();
        }
        fragments = 0;
        cut = 0;
        released = 0;
        toldAsSent = false;
    }

    /** What stands for the rest of a message that was given up before it was complete. */
    static OutgoingMessage restOf(PartedMessage parted, long number) {
        OutgoingMessage last = parted.last;
        OutgoingMessage rest =
                new OutgoingMessage(last.stream, NOTHING, parted.payloadProtocolId, last.options, number);
        rest.parted = parted;
        rest.begins = false;
        return rest;
    }

    int uncut() {
        return length - cut;
    }

    /** Whether any of the message has a TSN. */
    boolean hasBegun() {
        return parted == null ? cut > 0 : parted.hasBegun();
    }

    /** Whether more of the message is to be sent. */
    boolean isUnfinished() {
        return !ends || cut < length;
    }

    boolean unordered() {
        return options.unordered();
    }

    int sequenceNumber() {
        return parted == null ? sequenceNumber : parted.sequenceNumber;
    }

    void setSequenceNumber(int value) {
        sequenceNumber = value;
        if (parted != null) {
            parted.sequenceNumber = value;
        }
    }

    /** The Fragment Sequence Number of the next fragment. */
    int takeFragmentNumber() {
        return parted == null ? fragments++ : parted.fragments++;
    }

    /** The next fragment is the first again. */
    void resetFragments() {
        fragments = 0;
        if (parted != null) {
            parted.fragments = 0;
        }
    }

    /** A fragment of it was given that TSN. */
    void onTsn(long tsn) {
        if (cut == 0) {
            firstTsn = tsn;
        }
        tsnSpan = (int) (tsn - firstTsn);
        if (parted != null) {
            if (begins && cut == 0) {
                parted.firstTsn = tsn;
            }
            parted.lastTsn = tsn;
        }
    }

    /** Whether the message's first part is acknowledged for good, and cannot be sent again. */
    boolean isWithoutBeginning() {
        return parted != null && parted.partGone;
    }

    /** The TSN of the last fragment that has one. */
    long lastTsn() {
        return firstTsn + tsnSpan;
    }

    /** Whether it is the other one, or a part of the same message. */
    boolean isPartOf(OutgoingMessage other) {
        return this == other || (parted != null && parted == other.parted);
    }

    boolean isAbandoned() {
        return parted == null ? abandoned : parted.abandoned;
    }

    void setAbandoned() {
        abandoned = true;
        if (parted != null) {
            parted.abandoned = true;
        }
    }

    boolean isReliable() {
        return options.maxRetransmits() < 0 && expiry == null;
    }

    /** Whether RFC 3758 §3.5 A or RFC 7496 §3.1 lets the sender give up after this many transmissions of one fragment. */
    boolean isExhausted(int transmissions, long nowNanos) {
        return (expiry != null && nowNanos >= expiry.atNanos)
                || (options.maxRetransmits() >= 0 && transmissions > options.maxRetransmits());
    }

    /** Nothing of it will be sent any more: its bytes need not be kept. */
    void forgetPayload() {
        array = null;
        buffer = null;
    }

    /** Adds a fragment as a DATA or I-DATA chunk. */
    void write(
            PacketWriter packet, DataFormat format, long tsn, int fsn, int offset, int fragmentLength, int extraFlags) {
        boolean beginning = begins && offset == 0;
        int flags = extraFlags | (options.unordered() ? DataFlags.UNORDERED : 0);
        if (beginning) {
            flags |= DataFlags.BEGINNING;
        }
        if (ends && offset + fragmentLength == length) {
            flags |= DataFlags.END;
        }
        if (format == DataFormat.DATA) {
            packet.addData(flags, (int) tsn, stream.streamId, sequenceNumber(), payloadProtocolId, fragmentLength);
        } else {
            int ppidOrFsn = beginning ? payloadProtocolId : fsn;
            packet.addIData(flags, (int) tsn, stream.streamId, sequenceNumber(), ppidOrFsn, fragmentLength);
        }
        if (array != null) {
            packet.putUserData(array, payloadOffset + offset, fragmentLength);
        } else if (buffer != null) {
            packet.putUserData(buffer, payloadOffset + offset, fragmentLength);
        }
    }
}
