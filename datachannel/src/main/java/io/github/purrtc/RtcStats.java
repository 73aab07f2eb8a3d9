package io.github.purrtc;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * What is known of one part of a connection at one moment: the dictionaries of webrtc-stats that exist for data. The components have the
 * standard's names and units (bytes, packets, seconds); one that is null is not known (yet). Counters only grow.
 */
public sealed interface RtcStats {
    /** The same for the same object in each report of a connection. */
    String id();

    /** When this was so. */
    Instant timestamp();

    /** The standard's name of the dictionary, {@code candidate-pair} say: webrtc-stats §8.1. */
    String type();

    /** webrtc-stats §8.10, {@code RTCPeerConnectionStats}. */
    record PeerConnection(String id, Instant timestamp, long dataChannelsOpened, long dataChannelsClosed)
            implements RtcStats {
        @Override
        public String type() {
            return "peer-connection";
        }
    }

    /**
     * webrtc-stats §8.11, {@code RTCTransportStats}.
     *
     * @param iceRole {@code controlling}, {@code controlled} or {@code unknown}
     * @param dtlsRole {@code client}, {@code server} or {@code unknown}
     * @param tlsVersion the version on the wire in hexadecimal, {@code FEFD} for DTLS 1.2
     */
    record Transport(
            String id,
            Instant timestamp,
            long packetsSent,
            long packetsReceived,
            long bytesSent,
            long bytesReceived,
            String iceRole,
            @Nullable String iceLocalUsernameFragment,
            String iceState,
            String dtlsState,
            String dtlsRole,
            @Nullable String tlsVersion,
            @Nullable String dtlsCipher,
            @Nullable String selectedCandidatePairId,
            long selectedCandidatePairChanges,
            @Nullable String localCertificateId,
            @Nullable String remoteCertificateId)
            implements RtcStats {
        @Override
        public String type() {
            return "transport";
        }
    }

    /**
     * webrtc-stats §8.13, {@code RTCIceCandidatePairStats}.
     *
     * @param totalRoundTripTime in seconds, over all responses whose request was sent once
     * @param currentRoundTripTime in seconds
     */
    record CandidatePair(
            String id,
            Instant timestamp,
            String transportId,
            String localCandidateId,
            String remoteCandidateId,
            String state,
            boolean nominated,
            long packetsSent,
            long packetsReceived,
            long bytesSent,
            long bytesReceived,
            @Nullable Instant lastPacketSentTimestamp,
            @Nullable Instant lastPacketReceivedTimestamp,
            double totalRoundTripTime,
            @Nullable Double currentRoundTripTime,
            long requestsSent,
            long requestsReceived,
            long responsesSent,
            long responsesReceived,
            long consentRequestsSent)
            implements RtcStats {
        @Override
        public String type() {
            return "candidate-pair";
        }
    }

    /**
     * webrtc-stats §8.12, {@code RTCIceCandidateStats}.
     *
     * @param type {@code local-candidate} or {@code remote-candidate}
     * @param address null for one of the peer's that it did not signal (peer-reflexive)
     */
    record IceCandidate(
            String id,
            Instant timestamp,
            String type,
            String transportId,
            @Nullable String address,
            int port,
            String protocol,
            String candidateType,
            long priority,
            String foundation,
            @Nullable String relatedAddress,
            @Nullable Integer relatedPort,
            @Nullable String usernameFragment,
            @Nullable String tcpType)
            implements RtcStats {}

    /**
     * webrtc-stats §8.14, {@code RTCCertificateStats}.
     *
     * @param fingerprint of SHA-256, in hexadecimal with colons
     * @param base64Certificate the certificate's DER
     */
    record Certificate(
            String id, Instant timestamp, String fingerprint, String fingerprintAlgorithm, String base64Certificate)
            implements RtcStats {
        @Override
        public String type() {
            return "certificate";
        }
    }

    /** webrtc-stats §8.9, {@code RTCDataChannelStats}. */
    record DataChannel(
            String id,
            Instant timestamp,
            String label,
            String protocol,
            @Nullable Integer dataChannelIdentifier,
            String state,
            long messagesSent,
            long bytesSent,
            long messagesReceived,
            long bytesReceived)
            implements RtcStats {
        @Override
        public String type() {
            return "data-channel";
        }
    }
}
