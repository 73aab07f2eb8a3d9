package io.github.purrtc.sctp.tx;

import org.jspecify.annotations.Nullable;

/** Gives up what need not arrive: RFC 3758 §3.5, RFC 7496. Only for a peer that can be told. */
final class Abandonment {
    private final SendQueue queue;
    private final OutstandingData outstanding;
    private final ForwardTsn forwardTsn;
    private final RttMeasurement rtt;
    private final boolean partialReliability;

    /** @param partialReliability whether the peer understands FORWARD TSN */
    Abandonment(
            SendQueue queue,
            OutstandingData outstanding,
            ForwardTsn forwardTsn,
            RttMeasurement rtt,
            boolean partialReliability) {
        this.queue = queue;
        this.outstanding = outstanding;
        this.forwardTsn = forwardTsn;
        this.rtt = rtt;
        this.partialReliability = partialReliability;
    }

    /** When a message in the queue expires. */
    long deadlineNanos() {
        return partialReliability ? queue.nextExpiryNanos() : Long.MAX_VALUE;
    }

    boolean isExhausted(OutgoingMessage message, int transmissions, long nowNanos) {
        return partialReliability && !message.isReliable() && message.isExhausted(transmissions, nowNanos);
    }

    /** The message to cut from; what has begun and is behind its lifetime is given up. */
    @Nullable
    OutgoingMessage next(long nowNanos) {
        OutgoingMessage message = queue.next();
        while (message != null && isExhausted(message, 0, nowNanos)) {
            abandon(message);
            message = queue.next();
        }
        return message;
    }

    /** What was not begun in its lifetime, or was begun and is not complete, is given up. */
    void dropExpired(long nowNanos) {
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

    /** Gives up those of the messages due again that may not be sent again. */
    void abandonExhausted(long nowNanos) {
        if (!partialReliability) {
            return;
        }
        outstanding.forEachToRetransmit((tsn, message) -> {
            if (isExhausted(message, outstanding.transmissions(tsn), nowNanos)) {
                abandon(message);
            }
        });
    }

    /** See {@link DataSender#abandonOpen}. */
    boolean abandonOpen(int streamId) {
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

    /** See {@link DataSender#abandonAllOpen}. */
    void abandonAllOpen() {
        for (int streamId : queue.usedStreams()) {
            OutgoingMessage part = queue.openPart(streamId);
            if (part != null && !abandonOpen(streamId)) {
                // What was sent of it goes its way, and is of no use.
                queue.giveUp(part);
                queue.endOpen(streamId);
            }
        }
    }

    void abandon(OutgoingMessage message) {
        outstanding.abandon(message);
        rtt.cancel();
        forwardTsn.onAbandoned();
    }
}
