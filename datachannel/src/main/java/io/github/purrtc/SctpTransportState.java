package io.github.purrtc;

/** How far the association has come: webrtc-pc §6.1.1, {@code RTCSctpTransportState}. */
public enum SctpTransportState {
    /** It is being set up. */
    CONNECTING("connecting"),

    /** Messages can be sent. */
    CONNECTED("connected"),

    /** It ended, by whichever side. */
    CLOSED("closed");

    private final String value;

    SctpTransportState(String value) {
        this.value = value;
    }

    /** The W3C's name of the state. */
    @Override
    public String toString() {
        return value;
    }
}
