package io.github.purrtc.sctp.tx;

/** What was sent since the beginning, over restarts of the peer and to the end of the association. */
public final class SendStatistics {
    long messagesAccepted;
    long userBytesSent;
    long lostChunks;
    long retransmittedChunks;
    long retransmittedBytes;
    long fastRecoveries;
    long timeouts;

    public long messagesAccepted() {
        return messagesAccepted;
    }

    /** User data sent for the first time. */
    public long userBytesSent() {
        return userBytesSent;
    }

    /** Chunks taken for lost, after missing reports or a timeout. */
    public long lostChunks() {
        return lostChunks;
    }

    public long retransmittedChunks() {
        return retransmittedChunks;
    }

    public long retransmittedBytes() {
        return retransmittedBytes;
    }

    public long fastRecoveries() {
        return fastRecoveries;
    }

    /** Expirations of T3-rtx. */
    public long timeouts() {
        return timeouts;
    }
}
