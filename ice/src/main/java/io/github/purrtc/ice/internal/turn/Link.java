package io.github.purrtc.ice.internal.turn;

/** What lies between the client and its server. */
public enum Link {
    /** UDP: requests are sent again, and a message is a datagram. */
    DATAGRAMS,
    /** TCP or TLS over it: nothing is lost, and messages are multiples of four bytes (RFC 8656 §12.5). */
    STREAM
}
