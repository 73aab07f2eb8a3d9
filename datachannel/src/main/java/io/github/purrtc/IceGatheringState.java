package io.github.purrtc;

/** How far the gathering of local candidates has come: webrtc-pc §4.3.2. */
public enum IceGatheringState {
    /** Nothing was gathered yet. */
    NEW("new"),

    /** Candidates are being gathered. */
    GATHERING("gathering"),

    /** All candidates are known. */
    COMPLETE("complete");

    private final String value;

    IceGatheringState(String value) {
        this.value = value;
    }

    /** The W3C's name of the state. */
    @Override
    public String toString() {
        return value;
    }
}
