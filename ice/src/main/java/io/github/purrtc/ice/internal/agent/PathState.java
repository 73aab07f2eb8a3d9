package io.github.purrtc.ice.internal.agent;

/** What is known of a path (one of our sockets and a remote address): how far what comes over it is to be trusted. */
public enum PathState {
    /** Nothing: a datagram that is not STUN is dropped. */
    UNKNOWN,
    /** The peer has sent an authentic check over it; our own has not been answered yet. */
    AUTHENTICATED,
    /** Our own check over it was answered: data may come. */
    VALID
}
