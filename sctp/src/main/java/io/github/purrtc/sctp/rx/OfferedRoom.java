package io.github.purrtc.sctp.rx;

/**
 * What of the room that was advertised is not used yet: it is set aside for the peer (RFC 9260 §6.2), also where what is held comes to count
 * more than it did. Unfinished messages count as half of the window at most, but in full when they are whole and wait for an earlier one.
 *
 * <p>What is taken in beyond it, because it makes room, is counted, so that it stays bounded.
 */
final class OfferedRoom {
    private long bytes;
    /** The window is a limit for what pieces cost beside their bytes, too. */
    private long overhead;

    private long excess;

    OfferedRoom(long window) {
        onAdvertised(window);
    }

    /** A SACK goes out. What earlier ones offered stays: that one may be lost, or overtaken. */
    void onAdvertised(long window) {
        bytes = Math.max(bytes, window);
        overhead = Math.max(overhead, window);
    }

    /** Nothing is on its way, and the window is smaller than it was. */
    void onShrunk(long window) {
        bytes = Math.min(bytes, window);
        overhead = Math.min(overhead, window);
    }

    boolean holds(int length) {
        return length <= bytes && ReassemblyQueue.OVERHEAD <= overhead;
    }

    /** A chunk of user data was taken in. */
    void onUsed(int length) {
        bytes = Math.max(0, bytes - length);
        overhead = Math.max(0, overhead - ReassemblyQueue.OVERHEAD);
    }

    /** The bytes that were taken in though there was no room, and are held still. */
    long excess() {
        return excess;
    }

    void onExceeded(int length) {
        excess += Math.max(length, ReassemblyQueue.OVERHEAD);
    }

    /** So many bytes count no longer as held. */
    void onFreed(long freed) {
        excess = Math.max(0, excess - Math.max(0, freed));
    }

    /** There is room in the window. */
    void endExcess() {
        excess = 0;
    }
}
