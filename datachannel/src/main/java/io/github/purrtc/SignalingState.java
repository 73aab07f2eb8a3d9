package io.github.purrtc;

/** How far offer and answer have come: webrtc-pc §4.3.1. */
public enum SignalingState {
    /** No exchange of offer and answer is under way. */
    STABLE("stable"),

    /** A local offer was set. */
    HAVE_LOCAL_OFFER("have-local-offer"),

    /** A remote offer was set. */
    HAVE_REMOTE_OFFER("have-remote-offer"),

    /** A remote offer and a local provisional answer were set. */
    HAVE_LOCAL_PRANSWER("have-local-pranswer"),

    /** A local offer and a remote provisional answer were set. */
    HAVE_REMOTE_PRANSWER("have-remote-pranswer"),

    /** The connection was closed. */
    CLOSED("closed");

    private final String value;

    SignalingState(String value) {
        this.value = value;
    }

    /** The W3C's name of the state. */
    @Override
    public String toString() {
        return value;
    }
}
