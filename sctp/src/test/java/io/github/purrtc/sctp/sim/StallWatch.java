package io.github.purrtc.sctp.sim;

/**
 * Says when the data stalls that one side has for the other.
 *
 * <p>Data stalls when some was accepted for sending that is neither acknowledged nor given up, and for more than three times the
 * retransmission timeout, as it was at its longest in that time and no less than the path's round trip, nothing gets on though the path loses nothing that could help. The time counts from the latest of
 *
 * <ul>
 *   <li>the last time that something got on,
 *   <li>the data's coming where none waited, and the reader's taking something where the receive window was full,
 *   <li>the last try for whose end the sender is not to blame: a packet with such data, or with an acknowledgement of it, that the path lost
 *       by chance, in a burst or in an outage, or let others overtake; or an acknowledgement that met a queue full of what flows its way.
 * </ul>
 *
 * <p>That is looked at twice. Something gets on when a byte arrives that is new; then all packets of data are tries. And where the receiver has
 * something behind a gap, something gets on when the first TSN that it lacks does arrive; then only packets with that TSN are tries, or
 * with one before it, of which the sender does not know that it has arrived; and as other data does get on then, one that a full queue drops
 * is a try as well.
 *
 * <p>Else what a full queue drops, or a path that has become too narrow for it, is the sender's own doing and excuses nothing; nor does a
 * lost heartbeat or probe. So a path that is dead for an hour is no stall as long as the sender keeps trying, once in three timeouts at
 * least, and the first try that gets through and is answered gets the data on. There is no other allowance, not for the end of an outage either: the
 * next try comes within three timeouts of the last that was lost.
 */
final class StallWatch {
    static final int RTOS = 3;

    private final String name;
    private long progress;
    private long sinceNanos;
    private boolean waits;
    private long rtoNanos;
    private double worstRtos;

    StallWatch(String name) {
        this.name = name;
    }

    /** The longest time that nothing got on, in RTOs. */
    double worstRtos() {
        return worstRtos;
    }

    /** The path lost a try. */
    void onLost(long nowNanos) {
        sinceNanos = nowNanos;
    }

    /** Before anything happens at this moment: whatever is done now comes too late for what should have been done before. */
    void check(long nowNanos) {
        if (!waits) {
            sinceNanos = nowNanos;
            return;
        }
        long stallNanos = nowNanos - sinceNanos;
        worstRtos = Math.max(worstRtos, (double) stallNanos / rtoNanos);
        if (stallNanos > RTOS * rtoNanos) {
            throw new AssertionError(
                    name + ": nothing got on for " + stallNanos / 1e9 + " s, RTO " + rtoNanos / 1e9 + " s");
        }
    }

    /**
     * When all that happens at this moment has happened.
     *
     * @param nowWaiting whether there is data, and room for it
     * @param nowProgress another number when something got on
     */
    void note(boolean nowWaiting, long nowProgress, long nowRtoNanos, long nowNanos) {
        if (nowProgress != progress) {
            progress = nowProgress;
            sinceNanos = nowNanos;
        }
        boolean hasBegunAnew = sinceNanos == nowNanos || !waits;
        rtoNanos = hasBegunAnew ? nowRtoNanos : Math.max(rtoNanos, nowRtoNanos);
        waits = nowWaiting;
    }
}
