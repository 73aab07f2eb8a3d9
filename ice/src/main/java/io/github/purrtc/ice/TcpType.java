package io.github.purrtc.ice;

/** How a TCP candidate makes its connection (RFC 6544 §4.5). */
public enum TcpType {
    /** Connects to the peer. */
    ACTIVE("active"),
    /** Has a port that the peer connects to. */
    PASSIVE("passive"),
    /** Both connect to each other; not supported here. */
    SIMULTANEOUS_OPEN("so");

    private final String token;

    TcpType(String token) {
        this.token = token;
    }

    /** The word that stands for this type after {@code tcptype}. */
    public String token() {
        return token;
    }
}
