package io.github.purrtc.ice;

/** The state of an {@link IceGatherer}, as ORTC names them. */
public enum IceGathererState {
    NEW,
    GATHERING,
    COMPLETE,
    CLOSED
}
