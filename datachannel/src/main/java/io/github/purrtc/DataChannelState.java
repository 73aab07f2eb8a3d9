package io.github.purrtc;

/** The state of a data channel: webrtc-pc §6.2. */
public enum DataChannelState {
    /** The transport below is not there yet. */
    CONNECTING("connecting"),

    /** Messages can be sent. */
    OPEN("open"),

    /** What is queued is still being delivered. */
    CLOSING("closing"),

    /** The channel is gone. */
    CLOSED("closed");

    private final String value;

    DataChannelState(String value) {
        this.value = value;
    }

    /** The W3C's name of the state. */
    @Override
    public String toString() {
        return value;
    }
}
