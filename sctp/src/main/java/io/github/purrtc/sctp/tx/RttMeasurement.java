package io.github.purrtc.sctp.tx;

/** Times one chunk a round trip: RFC 9260 §6.3.1 C4, C5. */
final class RttMeasurement {
    private static final long NONE = -1;

    private final RetransmissionTimeout timeout;
    private long tsn = NONE;
    private long sentAtNanos;

    RttMeasurement(RetransmissionTimeout timeout) {
        this.timeout = timeout;
    }

    void onSent(long sentTsn, long nowNanos) {
        if (tsn == NONE) {
            tsn = sentTsn;
            sentAtNanos = nowNanos;
        }
    }

    /** C5, Karn's rule: what was sent twice says nothing. */
    void onRetransmitted(long sentTsn) {
        if (tsn == sentTsn) {
            tsn = NONE;
        }
    }

    /** Of what is behind that TSN nothing is heard for a while, though it may have arrived. */
    void onReportedUpTo(long lastTsn) {
        if (tsn > lastTsn) {
            tsn = NONE;
        }
    }

    /** Its packet, sent once, has arrived. */
    void onReceipt(long receiptedTsn, long nowNanos) {
        if (tsn == receiptedTsn) {
            timeout.observe(nowNanos - sentAtNanos);
            tsn = NONE;
        }
    }

    void cancel() {
        tsn = NONE;
    }

    void onAcked(long cumulative, long highestNewlyAcked, long nowNanos) {
        if (tsn == NONE) {
            return;
        }
        if (cumulative >= tsn) {
            timeout.observe(nowNanos - sentAtNanos);
            tsn = NONE;
        } else if (highestNewlyAcked >= tsn) {
            // What a gap holds up says nothing about the path.
            tsn = NONE;
        }
    }
}
