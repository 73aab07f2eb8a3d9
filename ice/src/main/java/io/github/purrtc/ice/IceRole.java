package io.github.purrtc.ice;

/** Which of the two agents chooses the pair (RFC 8445 §6.1.1). */
public enum IceRole {
    /** Nominates pairs. */
    CONTROLLING,
    /** Takes the pair that the peer nominates. */
    CONTROLLED;

    /** The peer's role. */
    public IceRole opposite() {
        return this == CONTROLLING ? CONTROLLED : CONTROLLING;
    }
}
