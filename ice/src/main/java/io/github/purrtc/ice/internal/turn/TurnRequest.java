package io.github.purrtc.ice.internal.turn;

import io.github.purrtc.ice.internal.stun.TransactionId;
import org.jspecify.annotations.Nullable;

/** One request, through all its attempts with newer nonces. */
final class TurnRequest {
    enum Kind {
        ALLOCATE(Turn.ALLOCATE),
        REFRESH(Turn.REFRESH),
        RELEASE(Turn.REFRESH),
        PERMISSION(Turn.CREATE_PERMISSION),
        CHANNEL(Turn.CHANNEL_BIND);

        final int method;

        Kind(int method) {
            this.method = method;
        }
    }

    final Kind kind;
    final @Nullable TurnPeer peer;
    TransactionId id = new TransactionId(0, 0);
    byte[] bytes = {};
    boolean authenticated;
    int challenges;
    int transmissions;
    long rtoNanos;
    long timeoutNanos;

    TurnRequest(Kind kind, @Nullable TurnPeer peer) {
        this.kind = kind;
        this.peer = peer;
    }
}
