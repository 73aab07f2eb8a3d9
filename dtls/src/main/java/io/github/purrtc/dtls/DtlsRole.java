package io.github.purrtc.dtls;

/** Who speaks first (RFC 8842 §5): {@code a=setup:active} is the client, {@code a=setup:passive} the server. */
public enum DtlsRole {
    /** Begins the handshake. */
    CLIENT,
    /** Waits for the client. */
    SERVER
}
