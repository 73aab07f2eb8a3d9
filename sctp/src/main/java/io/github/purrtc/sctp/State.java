package io.github.purrtc.sctp;

import io.github.purrtc.sctp.internal.Deadline;
import io.github.purrtc.sctp.internal.RetryTimer;
import io.github.purrtc.sctp.packet.CookieEchoChunk;
import io.github.purrtc.sctp.packet.InitChunk;

/** The state of the association (RFC 9260 §4). Each variant owns what exists only in it: to leave a state is to stop its timers. */
sealed interface State {
    SctpState name();

    /** When the state's own timer expires. */
    default long deadlineNanos() {
        return Deadline.NEVER;
    }

    /** Nothing was sent, and nothing is known of the peer. */
    record Closed() implements State {
        @Override
        public SctpState name() {
            return SctpState.CLOSED;
        }
    }

    /** The association is over, for good. */
    record Ended() implements State {
        @Override
        public SctpState name() {
            return SctpState.CLOSED;
        }
    }

    record CookieWait(InitChunk init, RetryTimer t1Init) implements State {
        @Override
        public SctpState name() {
            return SctpState.COOKIE_WAIT;
        }

        @Override
        public long deadlineNanos() {
            return t1Init.deadlineNanos();
        }
    }

    /** A state in which both sides' parameters are known. */
    sealed interface Open extends State {
        Tcb tcb();
    }

    record CookieEchoed(Tcb tcb, InitChunk init, CookieEchoChunk cookieEcho, RetryTimer t1Cookie) implements Open {
        @Override
        public SctpState name() {
            return SctpState.COOKIE_ECHOED;
        }

        @Override
        public long deadlineNanos() {
            return t1Cookie.deadlineNanos();
        }
    }

    record Established(Tcb tcb) implements Open {
        @Override
        public SctpState name() {
            return SctpState.ESTABLISHED;
        }
    }

    /**
     * The user asked for the end, and data is still to be acknowledged.
     *
     * @param t5Guard T5-shutdown-guard: a peer that never takes the data must not keep the association up
     */
    record ShutdownPending(Tcb tcb, Deadline t5Guard) implements Open {
        @Override
        public SctpState name() {
            return SctpState.SHUTDOWN_PENDING;
        }

        @Override
        public long deadlineNanos() {
            return t5Guard.atNanos();
        }
    }

    record ShutdownSent(Tcb tcb, RetryTimer t2Shutdown, Deadline t5Guard) implements Open {
        @Override
        public SctpState name() {
            return SctpState.SHUTDOWN_SENT;
        }

        @Override
        public long deadlineNanos() {
            return Math.min(t2Shutdown.deadlineNanos(), t5Guard.atNanos());
        }
    }

    record ShutdownReceived(Tcb tcb) implements Open {
        @Override
        public SctpState name() {
            return SctpState.SHUTDOWN_RECEIVED;
        }
    }

    record ShutdownAckSent(Tcb tcb, RetryTimer t2Shutdown, Deadline t5Guard) implements Open {
        @Override
        public SctpState name() {
            return SctpState.SHUTDOWN_ACK_SENT;
        }

        @Override
        public long deadlineNanos() {
            return Math.min(t2Shutdown.deadlineNanos(), t5Guard.atNanos());
        }
    }
}
