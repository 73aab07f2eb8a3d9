package io.github.purrtc.ice.internal.agent;

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
}
