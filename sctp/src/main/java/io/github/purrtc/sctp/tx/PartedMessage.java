package io.github.purrtc.sctp.tx;

import org.jspecify.annotations.Nullable;

/**
 * What the parts of one message have in common whose bytes come piece by piece. Each part is queued, sent, acknowledged and let go of by
 * itself; that they are one message shows in their flags and numbers on the wire, and in that they are given up together.
 */
final class PartedMessage {
    final int payloadProtocolId;
    /** The part that was accepted last. */
    OutgoingMessage last;
    /** The first part that is not cut to its end; those behind it in its stream follow. */
    @Nullable
    OutgoingMessage firstQueued;

    int sequenceNumber;
    int fragments;
    long firstTsn;
    long lastTsn;
    /** The bytes of all parts so far. */
    long length;
    /** Whether the last part was accepted. */
    boolean complete;
    /** Whether a part is acknowledged for good, and with it the means to send the message anew. */
    boolean partGone;

    boolean abandoned;
    /** Whether it began while a reset of its stream was under way, and belongs behind that. */
    boolean held;

    PartedMessage(OutgoingMessage first) {
        payloadProtocolId = first.payloadProtocolId;
        last = first;
    }

    boolean hasBegun() {
        return fragments > 0;
    }

    /** Whether part of it is not cut, or is still to come. */
    boolean isUnfinished() {
        return !complete || firstQueued != null;
    }

    /** A part of it is cut to its end. */
    void onCutToEnd(OutgoingMessage part) {
        OutgoingMessage following = part.next;
        firstQueued = following != null && following.parted == this ? following : null;
    }
}
