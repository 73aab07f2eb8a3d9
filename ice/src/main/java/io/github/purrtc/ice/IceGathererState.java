package io.github.purrtc.ice;

/** The state of an {@link IceGatherer}, as ORTC names them. */
public enum IceGathererState {
    /** Gathering has not begun. */
    NEW,
    /** Candidates are being found. */
    GATHERING,
    /** All candidates were found. */
    COMPLETE,
    /** Its sockets are closed. */
    CLOSED
}
