package io.github.purrtc.sctp.rx;

/** A reset of the peer's streams (none named: all) that waits for the TSNs before it: RFC 6525 §5.2.2. */
@SuppressWarnings("ArrayRecordComponent")
record DeferredReset(long lastTsn, int[] streamIds) {
    boolean holdsBack(long tsn, int streamId) {
        if (tsn <= lastTsn) {
            return false;
        }
        for (int reset : streamIds) {
            if (reset == streamId) {
                return true;
            }
        }
        return streamIds.length == 0;
    }
}
