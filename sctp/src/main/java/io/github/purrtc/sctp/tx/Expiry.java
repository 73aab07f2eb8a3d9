package io.github.purrtc.sctp.tx;

/** When a message's lifetime is over: RFC 3758 §4.1. Only messages that have one have this. */
final class Expiry extends IndexedHeap.Entry {
    final long atNanos;
    /** The message; of one that is sent in parts, the part that came last. */
    OutgoingMessage message;

    Expiry(OutgoingMessage message, long atNanos) {
        this.message = message;
        this.atNanos = atNanos;
    }
}
