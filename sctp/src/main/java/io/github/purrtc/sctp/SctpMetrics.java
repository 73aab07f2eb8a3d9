package io.github.purrtc.sctp;

/**
 * A moment's figures of an association; sizes in bytes of user data, counts since its beginning.
 *
 * @param peerWindow what the peer last said it can take
 * @param malformedPackets packets and chunks that were dropped because RFC 9260 does not know such
 * @param droppedPackets packets that were dropped for their port or verification tag or for coming out of the blue
 */
public record SctpMetrics(
        long cwnd,
        long ssthresh,
        long srttNanos,
        long rtoNanos,
        long inFlightBytes,
        long peerWindow,
        long bufferedBytes,
        long unsentBytes,
        long heldBytes,
        long packetsSent,
        long packetsReceived,
        long bytesSent,
        long bytesReceived,
        long messagesReceived,
        long retransmissions,
        long fastRecoveries,
        long timeouts,
        long malformedPackets,
        long droppedPackets) {}
