package io.github.purrtc;

/** The state of the transports, ICE and DTLS taken together: webrtc-pc §4.3.3. */
public enum PeerConnectionState {
    /** No transport has started. */
    NEW("new"),

    /** Transports are being established. */
    CONNECTING("connecting"),

    /** Data can flow. */
    CONNECTED("connected"),

    /** The peer does not answer for the moment. */
    DISCONNECTED("disconnected"),

    /** A transport has failed. */
    FAILED("failed"),

    /** The connection was closed. */
    CLOSED("closed");

    private final String value;

    PeerConnectionState(String value) {
        this.value = value;
    }

    /** The W3C's name of the state. */
    @Override
    public String toString() {
        return value;
    }
}
