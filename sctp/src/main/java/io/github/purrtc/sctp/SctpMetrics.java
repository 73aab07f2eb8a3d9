package io.github.purrtc.sctp;

/**
 * A moment's figures of an association. Counts run from its beginning, over restarts of the peer; where no association is up, what
 * describes the path is 0.
 *
 * @param cwnd the congestion window, in bytes of user data
 * @param ssthresh the slow start threshold, in bytes of user data; {@link Long#MAX_VALUE} before the first loss
 * @param srttNanos the smoothed round-trip time, 0 before the first measurement
 * @param rtoNanos the retransmission timeout as it is, backed off or not
 * @param pathMtu the largest packet that is used for data, as the path is known to carry it, in bytes
 * @param inFlightBytes user data sent that is neither acknowledged nor taken for lost
 * @param peerWindow what the peer last said it can take, in bytes
 * @param bufferedBytes user data accepted that is neither acknowledged nor abandoned
 * @param unsentBytes user data accepted that was never sent
 * @param heldBytes user data received and not yet taken, as it counts against the receive window: its bytes, or 128 for each part of it where
 *     that is more
 * @param packetsSent packets handed out by {@link SctpAssociation#transmit}
 * @param packetsReceived packets passed to {@link SctpAssociation#receive}, whatever they were
 * @param bytesSent the bytes of the packets sent
 * @param bytesReceived the bytes of the packets received
 * @param userBytesSent user data sent for the first time
 * @param userBytesReceived user data received for the first time
 * @param messagesAccepted messages accepted for sending
 * @param messagesReceived messages completed, whether taken or not
 * @param lostChunks DATA chunks taken for lost, after missing reports or a timeout
 * @param retransmissions DATA chunks sent again
 * @param retransmittedBytes the user data in them
 * @param duplicateChunks DATA chunks received again
 * @param fastRecoveries how often fast recovery began (RFC 9260 §7.2.4)
 * @param timeouts how often T3-rtx expired
 * @param malformedPackets packets and chunks that were dropped because RFC 9260 does not know such
 * @param droppedPackets packets that were dropped for their port or verification tag or for coming out of the blue
 */
public record SctpMetrics(
        long cwnd,
        long ssthresh,
        long srttNanos,
        long rtoNanos,
        int pathMtu,
        long inFlightBytes,
        long peerWindow,
        long bufferedBytes,
        long unsentBytes,
        long heldBytes,
        long packetsSent,
        long packetsReceived,
        long bytesSent,
        long bytesReceived,
        long userBytesSent,
        long userBytesReceived,
        long messagesAccepted,
        long messagesReceived,
        long lostChunks,
        long retransmissions,
        long retransmittedBytes,
        long duplicateChunks,
        long fastRecoveries,
        long timeouts,
        long malformedPackets,
        long droppedPackets) {}
