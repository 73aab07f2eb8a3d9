package io.github.purrtc.sctp.fuzz;

/** Where a live association stands when the hostile input begins. */
enum StartingState {
    CLOSED,
    COOKIE_WAIT,
    COOKIE_ECHOED,
    ESTABLISHED,
    ESTABLISHED_WITH_OUTSTANDING_DATA,
    ESTABLISHED_WITH_A_GAP,
    ESTABLISHED_WITH_A_FULL_WINDOW,
    ESTABLISHED_WITH_A_RESET_IN_FLIGHT,
    SHUTDOWN_PENDING,
    SHUTDOWN_SENT,
    SHUTDOWN_RECEIVED,
    SHUTDOWN_ACK_SENT
}
