package io.github.purrtc;

/** What an association has below it. To be used on the loop. */
interface PacketPath {
    /** Whether packets may be written; if not, {@link SctpDriver#onWritable} tells when, if need be during a {@link #flush}. */
    boolean isWritable();

    /** Adds a packet to the burst. */
    void write(byte[] buffer, int offset, int length);

    /** Sends the burst. */
    void flush();

    /** Sends the burst as IP packets that are not to be fragmented. */
    void flushUnfragmented();

    /** The smoothed round trip time in nanoseconds, or -1 if there is none. */
    long roundTripNanos();
}
