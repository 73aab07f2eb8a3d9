package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.StreamScheduling;

/** Whose turn it is among the streams that have something to send: the one with the lowest turn (RFC 8260 §3). */
interface StreamScheduler {
    static StreamScheduler of(StreamScheduling scheduling) {
        return switch (scheduling) {
            case FIRST_COME_FIRST_SERVED -> new FirstComeScheduler();
            case ROUND_ROBIN -> new RoundRobinScheduler();
            case WEIGHTED_FAIR -> new WeightedFairScheduler();
        };
    }

    /** The stream has something to send, and had nothing before. */
    void onJoined(OutboundStream stream);

    /** So many bytes of the stream were sent. */
    void onServed(OutboundStream stream, int bytes);

    /**
     * When it is the stream's turn.
     *
     * @param message the one it sends next
     * @param bytes what is sent of it before another stream may follow
     */
    long turn(OutboundStream stream, OutgoingMessage message, int bytes);
}
