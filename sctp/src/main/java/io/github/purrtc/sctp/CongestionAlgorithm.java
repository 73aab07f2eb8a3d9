package io.github.purrtc.sctp;

/** How the congestion window grows and shrinks. */
public enum CongestionAlgorithm {
    /** RFC 9260 §7.2: it grows by one packet a round trip. */
    NEW_RENO,
    /**
     * CUBIC, <a href="https://www.rfc-editor.org/rfc/rfc9438">RFC 9438</a>: it grows with time, whatever the round trip, and so fills long
     * and fast paths.
     */
    CUBIC,
    /**
     * After <a href="https://datatracker.ietf.org/doc/draft-ietf-ccwg-bbr/">BBR</a>: it measures the path's bandwidth and round-trip time and sends
     * at that rate. Losses that are the path's own cost it little, and it leaves no queue standing. Where the round trip is shorter than a
     * millisecond it is NewReno.
     */
    BBR
}
