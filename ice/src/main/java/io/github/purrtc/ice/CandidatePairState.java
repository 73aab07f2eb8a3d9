package io.github.purrtc.ice;

/** How far the checks of a pair are (RFC 8445 §6.1.2.6). None is ever frozen: there is one stream with one component. */
public enum CandidatePairState {
    /** To be checked. */
    WAITING,
    /** A check is under way. */
    IN_PROGRESS,
    /** A check was answered. */
    SUCCEEDED,
    /** A check was not answered, or refused. */
    FAILED
}
