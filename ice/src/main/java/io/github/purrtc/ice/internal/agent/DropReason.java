package io.github.purrtc.ice.internal.agent;

/** Why something that came from the peer, or in its name, was let fall. */
public enum DropReason {
    /** A datagram that is no STUN message. */
    MALFORMED,
    /** A STUN message of no use here: another method, no FINGERPRINT, a socket that is not ours. */
    UNEXPECTED,
    /** A request without the right USERNAME and MESSAGE-INTEGRITY, or a response without the right MESSAGE-INTEGRITY. */
    UNAUTHENTIC,
    /** A request that was not looked at because too many before it were not authentic. */
    FLOOD,
    /** A response to no request of ours. */
    UNKNOWN_TRANSACTION,
    /** An authentic response from another address than the request went to (RFC 8445 §7.2.5.2.1). */
    ASYMMETRIC,
    /** A remote candidate that no check may be sent to. */
    CANDIDATE_REFUSED,
    /** A remote candidate of a kind or a generation that is not in use, a second one, or one too many. */
    CANDIDATE_IGNORED
}
