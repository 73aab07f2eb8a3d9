package io.github.purrtc.sctp;

/** How the congestion window grows and shrinks. */
public enum CongestionAlgorithm {
    /** RFC 9260 §7.2: it grows by one packet a round trip. */
    NEW_RENO,
    /**
     * CUBIC, <a href="https://www.rfc-editor.org/rfc/rfc9438">RFC 9438</a>: it grows with time, whatever the round trip, and so fills long
     * and fast paths.
     */
    CUBIC
}
