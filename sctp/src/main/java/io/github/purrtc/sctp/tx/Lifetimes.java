package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.internal.Deadline;
import org.jspecify.annotations.Nullable;

/** The messages whose lifetime is limited and that are not cut to their end, or not begun: RFC 3758 §4.1. */
final class Lifetimes {
    private final IndexedHeap<Expiry> expiring = new IndexedHeap<>();

    /** Limits the lifetime of a message if its options say so. */
    void begin(OutgoingMessage message, long nowNanos) {
        if (message.options.lifetimeNanos() >= 0) {
            Expiry expiry = new Expiry(message, Deadline.after(nowNanos, message.options.lifetimeNanos()));
            message.expiry = expiry;
            expiring.put(expiry, expiry.atNanos);
        }
    }

    /** The message is to be sent from its beginning. */
    void renew(OutgoingMessage message) {
        if (message.expiry != null) {
            expiring.put(message.expiry, message.expiry.atNanos);
        }
    }

    void end(OutgoingMessage message) {
        if (message.expiry != null) {
            expiring.remove(message.expiry);
        }
    }

    /** When the next one is over. */
    long nextNanos() {
        return expiring.firstKey();
    }

    /** One whose lifetime is over, or null. */
    @Nullable
    OutgoingMessage poll(long nowNanos) {
        Expiry first = expiring.first();
        if (first == null || nowNanos < first.atNanos) {
            return null;
        }
        expiring.remove(first);
        return first.message;
    }

    void clear() {
        expiring.clear();
    }
}
