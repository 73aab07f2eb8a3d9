package io.github.purrtc.sctp;

/** Why an association ended without a graceful shutdown. */
public enum AbortOrigin {
    /** {@link SctpAssociation#abort} was called. */
    LOCAL,
    /** The peer sent an ABORT. */
    PEER,
    /** The peer could not be reached: RFC 9260 §8.1, or no answer to INIT, COOKIE ECHO or SHUTDOWN. */
    TOO_MANY_RETRIES,
    /** The peer broke the rules, or filled memory. */
    PROTOCOL_VIOLATION
}
