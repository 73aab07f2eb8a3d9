package io.github.purrtc.sctp;

/**
 * Whose turn it is when several streams have something to send (RFC 8260 §3). With a peer that cannot interleave, a message that has begun is
 * finished first.
 */
public enum StreamScheduling {
    /** In the order in which messages were accepted (§3.1). */
    FIRST_COME_FIRST_SERVED,
    /** One stream after the other (§3.2). */
    ROUND_ROBIN,
    /** Bytes in the proportion of the streams' priorities (§3.6); see {@link SctpAssociation#setPriority}. */
    WEIGHTED_FAIR
}
