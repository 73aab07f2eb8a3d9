package io.github.purrtc.sctp.tx;

/** Notices by the round-trip time that the first slow start has filled the path. */
interface SlowStartWatch {
    /** Takes in what a SACK tells of the path. */
    void onSample(DeliverySample sample);

    /** By what the growth of slow start is divided. */
    int growthDivisor();

    /** Whether congestion avoidance begins. */
    boolean isOver();
}
