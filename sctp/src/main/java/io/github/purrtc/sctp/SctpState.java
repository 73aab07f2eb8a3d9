package io.github.purrtc.sctp;

/** The states of an association, RFC 9260 §4. */
public enum SctpState {
    /** There is no association. */
    CLOSED,
    /** INIT was sent, INIT ACK is awaited. */
    COOKIE_WAIT,
    /** COOKIE ECHO was sent, COOKIE ACK is awaited. */
    COOKIE_ECHOED,
    /** Data can flow. */
    ESTABLISHED,
    /** The user wants the end; what was sent is awaited to be acknowledged. */
    SHUTDOWN_PENDING,
    /** SHUTDOWN was sent, SHUTDOWN ACK is awaited. */
    SHUTDOWN_SENT,
    /** The peer wants the end; what was sent is awaited to be acknowledged. */
    SHUTDOWN_RECEIVED,
    /** SHUTDOWN ACK was sent, SHUTDOWN COMPLETE is awaited. */
    SHUTDOWN_ACK_SENT
}
