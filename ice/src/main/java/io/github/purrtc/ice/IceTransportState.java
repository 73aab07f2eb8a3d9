package io.github.purrtc.ice;

/** The states of an ICE transport, as {@code RTCIceTransportState} of webrtc-pc §5.6.3 has them. */
public enum IceTransportState {
    /** Not started, or started and no remote candidate is known yet. */
    NEW,
    /** Candidate pairs are being checked; none is selected. */
    CHECKING,
    /** A pair is selected; candidates may still come. */
    CONNECTED,
    /** A pair is selected, and both sides have said that no candidate follows. */
    COMPLETED,
    /** The selected pair's peer has stopped answering; it may come back. */
    DISCONNECTED,
    /** No pair works, or consent to send (RFC 7675) has expired. Nothing is sent any more. */
    FAILED,
    /** Stopped by its user. */
    CLOSED
}
