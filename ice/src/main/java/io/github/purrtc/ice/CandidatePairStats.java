package io.github.purrtc.ice;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * What happened on one pair (RTCIceCandidatePairStats of webrtc-stats §8.13). Packets and bytes are those of the payload, without
 * checks and without headers; a request that is sent again counts once.
 *
 * @param pair the local candidate is the one that the peer sees, as far as that is known
 * @param priority RFC 8445 §6.1.2.3
 * @param nominated whether the pair was nominated, by us or by the peer
 * @param selected whether packets are sent by this pair now
 * @param lastPacketSent null if there was none
 * @param lastPacketReceived null if there was none
 * @param totalRoundTripNanos the sum over the responses whose request was sent once only
 * @param currentRoundTripNanos the last of them, −1 if there was none
 * @param consentRequestsSent among the requests (RFC 7675)
 */
public record CandidatePairStats(
        CandidatePair pair,
        CandidatePairState state,
        long priority,
        boolean nominated,
        boolean selected,
        long packetsSent,
        long packetsReceived,
        long bytesSent,
        long bytesReceived,
        @Nullable Instant lastPacketSent,
        @Nullable Instant lastPacketReceived,
        long totalRoundTripNanos,
        long currentRoundTripNanos,
        long requestsSent,
        long requestsReceived,
        long responsesSent,
        long responsesReceived,
        long consentRequestsSent) {}
