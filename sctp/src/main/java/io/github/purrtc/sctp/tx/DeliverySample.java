package io.github.purrtc.sctp.tx;

/** What a SACK tells of the path: filled anew by {@link DeliveryRate} for each. All sizes are bytes of user data. */
public final class DeliverySample {
    long nowNanos;
    /** Bytes acknowledged for the first time, and found lost, with this SACK. */
    long ackedBytes;

    long lostBytes;
    /** What is in flight now. */
    long inFlightBytes;
    /** All that was acknowledged since the beginning. */
    long deliveredBytes;
    /** Whether a chunk tells the rest of this. */
    boolean isValid;
    /** What was delivered when the latest chunk that has arrived was sent. */
    long priorDeliveredBytes;
    /** Bytes a second between then and now; 0 where that was too short to tell. */
    double bytesPerSecond;
    /** The same without what may have arrived long before. */
    double leastBytesPerSecond;
    /** Whether the application, not the path, was what held the sender back then. */
    boolean isAppLimited;
    /** Its round-trip time; 0 where it was sent more than once, or its SACK may have been late. */
    long rttNanos;
}
