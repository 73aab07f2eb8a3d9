package io.github.purrtc.sctp.rx;

/**
 * For how many packets one SACK may stand, and how long the first of them may wait: where the rate is high and no longer grows, as many as
 * leave {@value #SACKS_PER_ROUND} SACKs a round trip. Everywhere else it is RFC 9260 §6.2's every second packet: at low rates, while a
 * sender looks for the path's rate and has to hear of it, on paths so short that a read of the socket is as long, and where the round trip
 * is not known.
 */
final class SackThinning {
    /** RFC 9260 §6.2 */
    static final int EVERY_SECOND = 2;

    /**
     * A sender that looks at round trips wants eight samples in each (RFC 9406 §4.3); with eight SACKs paths that lose packets were less full,
     * with sixteen they are as full as with one for every second packet.
     */
    private static final int SACKS_PER_ROUND = 16;

    /** No more than half of what our sender lets one SACK count for in slow start. */
    static final int MOST_PACKETS = 64;

    /** What waits longest, in parts of a round trip: twice the time between SACKs, so that packets trigger them and not the timer. */
    private static final int ROUND_PARTS = 8;

    static final long MOST_NANOS = 10_000_000;
    private static final long LEAST_ROUND_NANOS = 1_000_000;

    /** By more than this part of itself a rate grows in slow start, and when a sender probes for more. */
    private static final int STEADY_PART = 8;

    private boolean roundBegan;
    private long roundBeganAtNanos;
    private long roundPackets;
    private long lastRoundPackets;
    private long roundNanos;

    private int mostPackets = EVERY_SECOND;

    /**
     * So many packets with DATA came together.
     *
     * @param rttNanos 0 if it is unknown
     */
    void endOfBurst(int packets, long rttNanos, long nowNanos) {
        roundPackets += packets;
        long elapsed = nowNanos - roundBeganAtNanos;
        if (roundBegan && elapsed < rttNanos) {
            return;
        }
        roundNanos = rttNanos;
        if (roundBegan && elapsed > 0) {
            follow((long) ((double) roundPackets * roundNanos / elapsed));
        }
        roundBegan = true;
        roundBeganAtNanos = nowNanos;
        roundPackets = 0;
    }

    private void follow(long packets) {
        boolean grows = packets > lastRoundPackets + lastRoundPackets / STEADY_PART;
        boolean isShort = roundNanos < LEAST_ROUND_NANOS;
        long most = Math.min(packets / SACKS_PER_ROUND, MOST_PACKETS);
        mostPackets = grows || isShort ? EVERY_SECOND : (int) Math.max(most, EVERY_SECOND);
        lastRoundPackets = packets;
    }

    boolean isOn() {
        return mostPackets > EVERY_SECOND;
    }

    /** With so many packets a SACK is due. */
    int mostPackets() {
        return mostPackets;
    }

    /** How long a packet may wait, where by itself it might as long as {@code delayNanos}. */
    long mostNanos(long delayNanos) {
        return isOn() ? Math.min(delayNanos, Math.min(roundNanos / ROUND_PARTS, MOST_NANOS)) : delayNanos;
    }
}
