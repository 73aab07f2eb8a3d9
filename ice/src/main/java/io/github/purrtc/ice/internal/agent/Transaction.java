package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.IceRole;
import io.github.purrtc.ice.internal.stun.TransactionId;

/** A Binding request of ours that has not been answered (RFC 8489 §6.2.1). */
final class Transaction {

    enum Purpose {
        CHECK,
        NOMINATION,
        /** RFC 7675 §5.1: a consent check is not sent again, the next one has an id of its own. */
        CONSENT,
        /** Whether a pair that is not in use works, and how fast: asked once, and again another time. */
        PROBE;

        boolean isSentOnce() {
            return this == CONSENT || this == PROBE;
        }
    }

    final TransactionId id;
    final CheckPair pair;
    final Purpose purpose;
    final IceRole role;
    final byte[] request;

    long firstSentNanos;
    long lastSentNanos;
    long rtoNanos;
    long deadlineNanos;

    /** How often, as far as retransmission is concerned; 1 tells that a response can be timed (RFC 6298 §3). */
    int sent;

    Transaction(TransactionId id, CheckPair pair, Purpose purpose, IceRole role, byte[] request) {
        this.id = id;
        this.pair = pair;
        this.purpose = purpose;
        this.role = role;
        this.request = request;
    }
}
