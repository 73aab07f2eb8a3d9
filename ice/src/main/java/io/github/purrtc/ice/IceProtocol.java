package io.github.purrtc.ice;

/** The transport protocol of a candidate. */
public enum IceProtocol {
    /** RFC 8445. */
    UDP("udp"),
    /** RFC 6544. */
    TCP("tcp");

    private final String token;

    IceProtocol(String token) {
        this.token = token;
    }

    /** The protocol's word in a candidate line, in lower case. */
    public String token() {
        return token;
    }
}
