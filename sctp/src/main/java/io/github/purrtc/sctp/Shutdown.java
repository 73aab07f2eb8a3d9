package io.github.purrtc.sctp;

import io.github.purrtc.sctp.internal.Deadline;
import io.github.purrtc.sctp.internal.RetryTimer;
import io.github.purrtc.sctp.packet.Bytes;
import io.github.purrtc.sctp.packet.ProtocolViolationCause;
import io.github.purrtc.sctp.packet.ShutdownAckChunk;
import io.github.purrtc.sctp.packet.ShutdownChunk;
import io.github.purrtc.sctp.packet.ShutdownCompleteChunk;
import io.github.purrtc.sctp.packet.UserInitiatedAbortCause;
import io.github.purrtc.sctp.tx.DataSender;
import io.github.purrtc.sctp.tx.RetransmissionTimeout;

/** Ends the association gracefully: RFC 9260 §9.2. */
final class Shutdown {
    /** §9.2: "T5-shutdown-guard" is 5 times RTO.Max. */
    private static final int GUARD_FACTOR = 5;

    private final Association association;
    private final SctpOptions options;

    Shutdown(Association association) {
        this.association = association;
        options = association.options;
    }

    /** The user asks for it: what was accepted is delivered first. */
    void begin(long nowNanos) {
        State state = association.state;
        if (state instanceof State.Closed || state instanceof State.CookieWait) {
            association.outbox.clear();
            association.end(new SctpEvent.Closed());
        } else if (state instanceof State.CookieEchoed) {
            // There may be an association on the other side; there is none here that could be shut down.
            association.abort(
                    AbortOrigin.LOCAL,
                    new UserInitiatedAbortCause(Bytes.utf8("shutdown")),
                    "shutdown before connected");
        } else if (state instanceof State.Established established) {
            established.tcb().sender.abandonAllOpen();
            established.tcb().sender.wantImmediateSacks();
            association.state = new State.ShutdownPending(established.tcb(), guard(nowNanos));
        }
    }

    /** Goes on to the next state when all data is acknowledged. */
    void advance(long nowNanos) {
        State state = association.state;
        if (state instanceof State.ShutdownPending pending
                && pending.tcb().sender.isDone()) {
            association.state = new State.ShutdownSent(pending.tcb(), t2(pending.tcb(), nowNanos), pending.t5Guard());
            sendShutdown(pending.tcb());
        } else if (state instanceof State.ShutdownReceived received
                && received.tcb().sender.isDone()) {
            enterAckSent(received.tcb(), nowNanos);
        }
    }

    void onTimeout(long nowNanos) {
        State state = association.state;
        if (state instanceof State.ShutdownPending pending) {
            onGuard(pending.t5Guard(), nowNanos);
        } else if (state instanceof State.ShutdownSent sent && !onGuard(sent.t5Guard(), nowNanos)) {
            if (sent.t2Shutdown().expire(nowNanos) && !giveUp(sent.tcb(), sent.t2Shutdown())) {
                sendShutdown(sent.tcb());
            }
        } else if (state instanceof State.ShutdownAckSent sent && !onGuard(sent.t5Guard(), nowNanos)) {
            if (sent.t2Shutdown().expire(nowNanos) && !giveUp(sent.tcb(), sent.t2Shutdown())) {
                association.outbox.add(new ShutdownAckChunk(), sent.tcb().peerTag());
            }
        }
    }

    void handleShutdown(ShutdownChunk chunk, long nowNanos) {
        State state = association.state;
        if (state instanceof State.ShutdownAckSent sent) {
            association.outbox.add(new ShutdownAckChunk(), sent.tcb().peerTag());
            return;
        }
        if (!(state instanceof State.Open open) || state instanceof State.CookieEchoed) {
            association.onDropped();
            return;
        }
        Tcb tcb = open.tcb();
        DataSender.SackResult result = tcb.sender.handleCumulativeAck(chunk.cumulativeTsnAck(), nowNanos);
        if (result == DataSender.SackResult.INVALID) {
            association.onMalformed();
            return;
        }
        if (result == DataSender.SackResult.PROGRESS) {
            tcb.errors.clear();
        }
        if (state instanceof State.ShutdownSent) {
            // Both began at once.
            enterAckSent(tcb, nowNanos);
        } else {
            tcb.sender.abandonAllOpen();
            tcb.sender.wantImmediateSacks();
            association.state = new State.ShutdownReceived(tcb);
        }
    }

    void handleShutdownAck(int verificationTag) {
        State state = association.state;
        if (state instanceof State.ShutdownSent || state instanceof State.ShutdownAckSent) {
            association.outbox.clear();
            association.outbox.add(
                    new ShutdownCompleteChunk(false), ((State.Open) state).tcb().peerTag());
            association.end(new SctpEvent.Closed());
        } else if (state instanceof State.CookieWait || state instanceof State.CookieEchoed) {
            // §8.5.1 E: the peer is still closing what was before.
            association.outbox.add(new ShutdownCompleteChunk(true), verificationTag);
        } else {
            association.onDropped();
        }
    }

    void handleShutdownComplete() {
        if (association.state instanceof State.ShutdownAckSent) {
            association.outbox.clear();
            association.end(new SctpEvent.Closed());
        } else {
            association.onDropped();
        }
    }

    /** §9.2: in SHUTDOWN-SENT each packet with DATA is answered with another SHUTDOWN. */
    void onDataReceived(long nowNanos) {
        if (association.state instanceof State.ShutdownSent sent) {
            sent.tcb().receiver.schedule().request();
            sendShutdown(sent.tcb());
            sent.t2Shutdown().restart(nowNanos);
        }
    }

    private void sendShutdown(Tcb tcb) {
        association.outbox.add(new ShutdownChunk((int) tcb.receiver.cumulativeTsn()), tcb.peerTag());
    }

    private void enterAckSent(Tcb tcb, long nowNanos) {
        association.state = new State.ShutdownAckSent(tcb, t2(tcb, nowNanos), guard(nowNanos));
        association.outbox.add(new ShutdownAckChunk(), tcb.peerTag());
    }

    private RetryTimer t2(Tcb tcb, long nowNanos) {
        long timeout = tcb.timeout.rtoNanos();
        long most = RetransmissionTimeout.mostBackedOff(timeout, options.maxRtoBackoff(), options.rtoMaxNanos());
        return new RetryTimer(nowNanos, timeout, most, options.associationMaxRetransmits());
    }

    private Deadline guard(long nowNanos) {
        Deadline guard = new Deadline();
        guard.arm(nowNanos, GUARD_FACTOR * options.rtoMaxNanos());
        return guard;
    }

    private boolean onGuard(Deadline guard, long nowNanos) {
        if (guard.expire(nowNanos)) {
            String reason = "the shutdown did not end in time";
            association.abort(AbortOrigin.TOO_MANY_RETRIES, new ProtocolViolationCause(Bytes.utf8(reason)), reason);
            return true;
        }
        return false;
    }

    private boolean giveUp(Tcb tcb, RetryTimer t2) {
        tcb.errors.increment();
        if (t2.isExhausted() || tcb.errors.isExceeded()) {
            association.unreachable("no answer to the shutdown");
            return true;
        }
        return false;
    }
}
