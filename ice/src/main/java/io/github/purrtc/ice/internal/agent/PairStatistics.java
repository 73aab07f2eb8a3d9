package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.CandidatePairState;
import io.github.purrtc.ice.CandidatePairStats;
import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** What is counted of one pair (RTCIceCandidatePairStats of webrtc-stats). */
final class PairStatistics {

    long requestsSent;
    long requestsReceived;
    long responsesSent;
    long responsesReceived;
    long consentRequestsSent;
    long totalRoundTripNanos;
    long currentRoundTripNanos = -1;
    long packetsSent;
    long packetsReceived;
    long bytesSent;
    long bytesReceived;
    long lastSentNanos = Long.MIN_VALUE;
    long lastReceivedNanos = Long.MIN_VALUE;

    void requested(Transaction.Purpose purpose) {
        requestsSent++;
        if (purpose == Transaction.Purpose.CONSENT) {
            consentRequestsSent++;
        }
    }

    void measured(long rttNanos) {
        totalRoundTripNanos += rttNanos;
        currentRoundTripNanos = rttNanos;
    }

    void sent(int bytes) {
        packetsSent++;
        bytesSent += bytes;
    }

    void received(int bytes) {
        packetsReceived++;
        bytesReceived += bytes;
    }

    CandidatePairStats of(CheckPair pair, boolean selected, long nowNanos, Instant now) {
        return new CandidatePairStats(
                pair.candidates(),
                CandidatePairState.valueOf(pair.state.name()),
                pair.priority,
                pair.nominated,
                selected,
                packetsSent,
                packetsReceived,
                bytesSent,
                bytesReceived,
                instant(lastSentNanos, nowNanos, now),
                instant(lastReceivedNanos, nowNanos, now),
                totalRoundTripNanos,
                currentRoundTripNanos,
                requestsSent,
                requestsReceived,
                responsesSent,
                responsesReceived,
                consentRequestsSent);
    }

    private static @Nullable Instant instant(long nanos, long nowNanos, Instant now) {
        return nanos == Long.MIN_VALUE ? null : now.minusNanos(nowNanos - nanos);
    }
}
