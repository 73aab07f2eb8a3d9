package io.github.purrtc.sctp.sim;

/**
 * What a direction of the simulated network does to packets.
 *
 * @param loss the probability that a packet is lost, on its own
 * @param burstStart the probability that with a packet a burst of losses begins
 * @param burstStop the probability that with a packet it ends
 * @param duplication the probability that a packet arrives twice
 * @param reordering the probability that a packet is late by up to ten times the delay
 * @param corruption the probability that some bits of a packet are flipped
 * @param delayNanos of every packet
 * @param jitterNanos the most that is added to the delay at random
 * @param bytesPerSecond the rate of the path, 0 for no limit
 * @param queueBytes what waits for a slow path at most; more is dropped
 * @param mtu longer packets are dropped
 */
record LinkConditions(
        double loss,
        double burstStart,
        double burstStop,
        double duplication,
        double reordering,
        double corruption,
        long delayNanos,
        long jitterNanos,
        long bytesPerSecond,
        int queueBytes,
        int mtu) {

    /** The same path when nothing goes wrong any more. */
    LinkConditions healed() {
        return new LinkConditions(0, 0, 1, 0, 0, 0, delayNanos, 0, bytesPerSecond, queueBytes, mtu);
    }

    LinkConditions withMtu(int bytes) {
        return new LinkConditions(
                loss,
                burstStart,
                burstStop,
                duplication,
                reordering,
                corruption,
                delayNanos,
                jitterNanos,
                bytesPerSecond,
                queueBytes,
                bytes);
    }
}
