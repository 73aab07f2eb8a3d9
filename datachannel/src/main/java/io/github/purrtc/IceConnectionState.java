package io.github.purrtc;

/** The state of the connectivity checks: webrtc-pc §4.3.4. */
public enum IceConnectionState {
    /** Waiting for candidates of the peer. */
    NEW("new"),

    /** Candidate pairs are being checked, none works yet. */
    CHECKING("checking"),

    /** A pair works; others are still being checked. */
    CONNECTED("connected"),

    /** The checks are done and a pair is selected. */
    COMPLETED("completed"),

    /** The peer does not answer for the moment. */
    DISCONNECTED("disconnected"),

    /** No pair works, or the peer has not answered for long. */
    FAILED("failed"),

    /** The connection was closed. */
    CLOSED("closed");

    private final String value;

    IceConnectionState(String value) {
        this.value = value;
    }

    /** The W3C's name of the state. */
    @Override
    public String toString() {
        return value;
    }
}
