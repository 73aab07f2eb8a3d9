package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.IceOptions;
import io.github.purrtc.ice.internal.stun.TransactionId;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** Our requests that wait for a response, and when they are sent again (RFC 8489 §6.2.1, RFC 8445 §14.3). */
final class Transactions {

    /** Rc: what an address gets at most that has never been heard of. */
    private static final int MAX_SENT = 7;

    /** Where the peer was heard nobody else is bothered, so a lossy path is tried more often and more evenly. */
    private static final int MAX_SENT_TO_PEER = 25;

    private static final long MAX_RTO_TO_PEER_NANOS = 400_000_000;

    private static final long MIN_RTO_NANOS = 50_000_000;

    /** Ti: how long an answer by TCP is waited for (RFC 8489 §6.2.2), which repeats what is lost, at times late. */
    private static final long RELIABLE_LIFE_NANOS = 39_500_000_000L;

    /** TCP needs no repetition, but a connection that has no room drops what is written. */
    private static final long RELIABLE_RTO_NANOS = 1_000_000_000;

    private static final long MAX_RELIABLE_RTO_NANOS = 5_000_000_000L;

    private final Map<TransactionId, Transaction> pending = new LinkedHashMap<>();
    private final Queue<OutgoingStun> outgoing;
    private final long initialRtoNanos;
    private final long checkIntervalNanos;
    private final long consentLifeNanos;
    private final long reliableConsentLifeNanos;

    Transactions(IceOptions options, Queue<OutgoingStun> outgoing) {
        this.outgoing = outgoing;
        initialRtoNanos = options.initialRto().toNanos();
        checkIntervalNanos = options.checkInterval().toNanos();
        consentLifeNanos = options.consentInterval().toNanos();
        reliableConsentLifeNanos = options.failedTimeout().toNanos();
    }

    void begin(Transaction transaction, long now) {
        pending.put(transaction.id, transaction);
        transaction.firstSentNanos = now;
        transaction.rtoNanos = initialRto(transaction.pair);
        send(transaction, now);
        if (transaction.purpose.isSentOnce()) {
            transaction.deadlineNanos = now + (isReliable(transaction) ? reliableConsentLifeNanos : consentLifeNanos);
        }
    }

    @Nullable
    Transaction find(TransactionId id) {
        return pending.get(id);
    }

    void end(Transaction transaction) {
        pending.remove(transaction.id);
    }

    /** Ends those of a pair that is no more. */
    void endAll(CheckPair pair) {
        pending.values().removeIf(transaction -> transaction.pair == pair);
    }

    void clear() {
        pending.clear();
    }

    /** The peer was just heard on this path, so what was lost before would get through now: no need to wait long. */
    void hasten(Transaction transaction, long now) {
        if (isReliable(transaction)) {
            return;
        }
        transaction.rtoNanos = initialRto(transaction.pair);
        transaction.sent = Math.min(transaction.sent, 2);
        long soon = Math.max(now, transaction.lastSentNanos + checkIntervalNanos);
        transaction.deadlineNanos = Math.min(transaction.deadlineNanos, soon);
    }

    /** Sends again what is due; gives back what has been sent often enough, ended. */
    List<Transaction> onTimeout(long now) {
        List<Transaction> expired = new ArrayList<>(0);
        for (Transaction transaction : pending.values()) {
            if (transaction.deadlineNanos > now) {
                continue;
            }
            if (isExhausted(transaction, now)) {
                expired.add(transaction);
            } else {
                transaction.rtoNanos = backedOff(transaction);
                send(transaction, now);
            }
        }
        expired.forEach(this::end);
        return expired;
    }

    long nextTimeout() {
        long next = Long.MAX_VALUE;
        for (Transaction transaction : pending.values()) {
            next = Math.min(next, transaction.deadlineNanos);
        }
        return next;
    }

    private void send(Transaction transaction, long now) {
        transaction.sent++;
        transaction.lastSentNanos = now;
        transaction.deadlineNanos = now + transaction.rtoNanos;
        if (isReliable(transaction)) {
            transaction.deadlineNanos =
                    Math.min(transaction.deadlineNanos, transaction.firstSentNanos + RELIABLE_LIFE_NANOS);
        }
        CheckPair pair = transaction.pair;
        outgoing.add(new OutgoingStun(pair.base.socketId(), pair.remote.address, transaction.request));
    }

    private static boolean isReliable(Transaction transaction) {
        return transaction.pair.base.isReliable();
    }

    private static boolean isExhausted(Transaction transaction, long now) {
        if (transaction.purpose.isSentOnce()) {
            return true;
        }
        if (isReliable(transaction)) {
            return now - transaction.firstSentNanos >= RELIABLE_LIFE_NANOS;
        }
        int most = transaction.pair.pathState() == PathState.UNKNOWN ? MAX_SENT : MAX_SENT_TO_PEER;
        return transaction.sent >= most;
    }

    private long backedOff(Transaction transaction) {
        CheckPair pair = transaction.pair;
        long doubled = 2 * transaction.rtoNanos;
        if (pair.base.isReliable()) {
            return Math.min(doubled, MAX_RELIABLE_RTO_NANOS);
        }
        return pair.pathState() == PathState.UNKNOWN
                ? doubled
                : Math.min(doubled, Math.max(MAX_RTO_TO_PEER_NANOS, initialRto(pair)));
    }

    private long initialRto(CheckPair pair) {
        if (pair.base.isReliable()) {
            return RELIABLE_RTO_NANOS;
        }
        return pair.smoothedRttNanos < 0 ? initialRtoNanos : Math.max(MIN_RTO_NANOS, 3 * pair.smoothedRttNanos);
    }
}
