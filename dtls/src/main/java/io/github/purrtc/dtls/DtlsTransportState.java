package io.github.purrtc.dtls;

/** The states of W3C's {@code RTCDtlsTransportState}. */
public enum DtlsTransportState {
    /** Not started. */
    NEW,
    /** The handshake is under way. */
    CONNECTING,
    /** The handshake is done and the peer's certificate has one of the fingerprints given. */
    CONNECTED,
    /** Closed by either side's close_notify. */
    CLOSED,
    /** Ended by an error, of which the listener was told. */
    FAILED
}
