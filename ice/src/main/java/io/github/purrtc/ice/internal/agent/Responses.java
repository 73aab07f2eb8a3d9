package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.internal.stun.Stun;
import io.github.purrtc.ice.internal.stun.StunClass;
import io.github.purrtc.ice.internal.stun.StunMessage;

import java.net.InetSocketAddress;

/** The answers to our checks (RFC 8445 §7.2.5). */
final class Responses {

    private final Session session;
    private final Nomination nomination;
    private final Consent consent;

    Responses(Session session, Nomination nomination, Consent consent) {
        this.session = session;
        this.nomination = nomination;
        this.consent = consent;
    }

    /**
     * A response counts only if it answers a request of ours, is authentic, and came back by the path that the request
     * took. Any other is let fall and the request goes on waiting: a forger must not be able to end it.
     */
    void receive(int socketId, InetSocketAddress source, StunMessage response, long now) {
        Transaction transaction = session.transactions.find(response.id());
        if (transaction == null) {
            session.drop(DropReason.UNKNOWN_TRANSACTION);
        } else if (!session.credentials.isAuthenticResponse(response)) {
            session.drop(DropReason.UNAUTHENTIC);
        } else if (!isSymmetric(transaction.pair, socketId, source)) {
            session.drop(DropReason.ASYMMETRIC);
        } else if (response.hasUnknownRequired()) {
            session.drop(DropReason.UNEXPECTED);
        } else if (response.messageClass() == StunClass.SUCCESS) {
            succeeded(transaction, response, now);
        } else {
            refused(transaction, response);
        }
    }

    /** No answer came to a check that was sent as often as it may be. */
    void timedOut(Transaction transaction) {
        CheckPair pair = transaction.pair;
        if (!transaction.purpose.isSentOnce()) {
            fail(pair, transaction);
        }
    }

    private void succeeded(Transaction transaction, StunMessage response, long now) {
        InetSocketAddress seen = response.mappedAddress();
        if (seen == null) {
            session.drop(DropReason.UNEXPECTED);
            return;
        }
        session.transactions.end(transaction);
        CheckPair pair = transaction.pair;
        pair.statistics.responsesReceived++;
        if (transaction.sent == 1) {
            pair.measured(now - transaction.firstSentNanos);
        }
        abandonCheck(pair);
        boolean first = !pair.isValid();
        pair.state = CheckPair.State.SUCCEEDED;
        pair.mapped = session.locals.mapped(pair.base, seen);
        pair.lastResponseNanos = now;
        pair.lastHeardNanos = now;
        session.lastResponseNanos = now;
        if (first) {
            session.events.add(new IceEvent.PathValidated(pair.base.socketId(), pair.remote.address));
        }
        consent.answered(pair, now);
        nomination.succeeded(pair, transaction, now);
    }

    /** RFC 8445 §7.2.5.1. */
    private void refused(Transaction transaction, StunMessage response) {
        if (response.errorCode() < 0) {
            session.drop(DropReason.UNEXPECTED);
            return;
        }
        session.transactions.end(transaction);
        CheckPair pair = transaction.pair;
        pair.statistics.responsesReceived++;
        if (response.errorCode() != Stun.ERROR_ROLE_CONFLICT) {
            if (!transaction.purpose.isSentOnce()) {
                fail(pair, transaction);
                pair.refused = true;
            }
            return;
        }
        if (transaction.role == session.role) {
            session.switchRole(session.role.opposite());
            // RFC 8445 §16.1: else two equal numbers would conflict for ever.
            session.tieBreaker = session.random.nextLong();
            nomination.roleSwitched();
        }
        nomination.failed(transaction);
        if (transaction == pair.check) {
            pair.check = null;
            session.checks.trigger(pair);
        }
    }

    private void fail(CheckPair pair, Transaction transaction) {
        nomination.failed(transaction);
        if (transaction == pair.check || transaction.purpose == Transaction.Purpose.NOMINATION) {
            pair.check = null;
            pair.state = CheckPair.State.FAILED;
        }
    }

    private void abandonCheck(CheckPair pair) {
        Transaction check = pair.check;
        if (check != null) {
            session.transactions.end(check);
            pair.check = null;
        }
    }

    private static boolean isSymmetric(CheckPair pair, int socketId, InetSocketAddress source) {
        return pair.base.socketId() == socketId && pair.remote.address.equals(source);
    }
}
