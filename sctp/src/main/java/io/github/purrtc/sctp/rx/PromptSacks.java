package io.github.purrtc.sctp.rx;

import io.github.purrtc.sctp.packet.DataFlags;
import io.github.purrtc.sctp.packet.DataView;

/** Which DATA is acknowledged at once: RFC 9260 §6.7, RFC 7053 §5.2, and what a sender may be waiting for. */
final class PromptSacks {
    /** RFC 9260 §7.2.4: a sender that counts reports wants so many of each hole. */
    private static final int REPORTS = 3;

    /** A sender that fills the window is to hear of it this often before it is full. */
    private static final int WINDOW_PARTS = 4;

    private int reportsLeft;
    private long unreportedBytes;

    /**
     * DATA that was not there yet was taken in.
     *
     * @param tsn unwrapped
     * @param highestBefore the highest TSN before it
     * @param hadGap whether anything was missing below that
     * @param thinned whether SACKs are far apart, and one for each packet behind a hole is too many
     */
    boolean isDueFor(DataView data, long tsn, long highestBefore, boolean hadGap, boolean thinned, long windowBytes) {
        unreportedBytes += data.payloadLength();
        boolean opensGap = tsn > highestBefore + 1;
        if (opensGap) {
            reportsLeft = REPORTS;
        }
        if (data.has(DataFlags.IMMEDIATE) || opensGap || tsn < highestBefore) {
            return true;
        }
        if (thinned) {
            return (hadGap && reportsLeft > 0) || unreportedBytes >= windowBytes / WINDOW_PARTS;
        }
        // The end of a message of several packets may be all that comes: it is not held back for a second packet.
        return hadGap || (data.has(DataFlags.END) && !data.has(DataFlags.BEGINNING));
    }

    void onSackSent(boolean hasGap) {
        unreportedBytes = 0;
        if (hasGap && reportsLeft > 0) {
            reportsLeft--;
        }
    }
}
