package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.Candidate;
import io.github.purrtc.ice.IceOptions;
import io.github.purrtc.ice.IceRole;
import io.github.purrtc.ice.internal.stun.TransactionId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

/** How often an address that never answers is asked, and when. */
class TransactionsTest {
    private final Queue<OutgoingStun> outgoing = new ArrayDeque<>();
    private final Transactions transactions = new Transactions(IceOptions.defaults(), outgoing);
    private final InetSocketAddress remote = new InetSocketAddress("192.0.2.1", 2_000);

    private CheckPair pair(String protocol) {
        String tcpType = protocol.equals("tcp") ? " tcptype " : "";
        Candidate local = Candidate.parse(
                "1 1 " + protocol + " 5 10.0.0.1 1000 typ host" + (tcpType.isEmpty() ? "" : tcpType + "active"));
        Candidate other = Candidate.parse(
                "1 1 " + protocol + " 5 192.0.2.1 2000 typ host" + (tcpType.isEmpty() ? "" : tcpType + "passive"));
        return new CheckPair(
                new LocalEndpoint(local, 1, new InetSocketAddress("10.0.0.1", 1_000)),
                new RemoteEndpoint(remote, other));
    }

    private static Transaction check(CheckPair pair) {
        return transaction(pair, Transaction.Purpose.CHECK);
    }

    private static Transaction transaction(CheckPair pair, Transaction.Purpose purpose) {
        return new Transaction(new TransactionId(1, 2), pair, purpose, IceRole.CONTROLLING, new byte[20]);
    }

    /** Waits in virtual time until it is given up. @return the milliseconds between one sending and the next, or the end */
    private List<Long> waits(Transaction transaction) {
        List<Long> waits = new ArrayList<>();
        long now = -TimeUnit.SECONDS.toNanos(1);
        transactions.begin(transaction, now);
        boolean ended = false;
        while (!ended) {
            assertEquals(remote, outgoing.remove().destination());
            long next = transactions.nextTimeout();
            assertEquals(List.of(), transactions.onTimeout(next - 1));
            ended = !transactions.onTimeout(next).isEmpty();
            waits.add(TimeUnit.NANOSECONDS.toMillis(next - now));
            now = next;
        }
        assertNull(outgoing.poll());
        assertNull(transactions.find(transaction.id));
        assertEquals(Long.MAX_VALUE, transactions.nextTimeout());
        return waits;
    }

    @Test
    @DisplayName("an address that was never heard of gets seven checks, each after twice the time")
    void anUnknownAddress() {
        assertEquals(List.of(100L, 200L, 400L, 800L, 1_600L, 3_200L, 6_400L), waits(check(pair("udp"))));
    }

    @Test
    @DisplayName("a peer that was heard gets 25, 400 ms apart at most")
    void aPeerThatWasHeard() {
        CheckPair pair = pair("udp");
        pair.heard = true;
        List<Long> waits = waits(check(pair));
        assertEquals(25, waits.size());
        assertEquals(List.of(100L, 200L, 400L, 400L), waits.subList(0, 4));
        assertEquals(400, waits.get(24));
    }

    @Test
    @DisplayName("a far peer is given three round trips, also where that is more than 400 ms; a near one 50 ms")
    void roundTrips() {
        CheckPair far = pair("udp");
        far.heard = true;
        far.measured(TimeUnit.MILLISECONDS.toNanos(500));
        assertEquals(List.of(1_500L, 1_500L), waits(check(far)).subList(0, 2));
        CheckPair near = pair("udp");
        near.measured(TimeUnit.MILLISECONDS.toNanos(1));
        assertEquals(List.of(50L, 100L), waits(check(near)).subList(0, 2));
    }

    @Test
    @DisplayName("over TCP it is tried again every five seconds, for 39.5 s")
    void reliable() {
        List<Long> waits = waits(check(pair("tcp")));
        assertEquals(List.of(1_000L, 2_000L, 4_000L, 5_000L), waits.subList(0, 4));
        assertEquals(39_500, waits.stream().mapToLong(wait -> wait).sum());
        assertEquals(5_000, waits.stream().mapToLong(wait -> wait).max().orElseThrow());
    }

    @Test
    @DisplayName("consent is asked for once, and the answer waited for until the next: 5 s, over TCP 30")
    void consent() {
        for (Transaction.Purpose purpose : List.of(Transaction.Purpose.CONSENT, Transaction.Purpose.PROBE)) {
            assertEquals(List.of(5_000L), waits(transaction(pair("udp"), purpose)));
            assertEquals(List.of(30_000L), waits(transaction(pair("tcp"), purpose)));
        }
    }

    private int sentUntilTheEnd() {
        while (transactions.nextTimeout() != Long.MAX_VALUE) {
            transactions.onTimeout(transactions.nextTimeout());
        }
        return outgoing.size();
    }

    @Test
    @DisplayName("when the peer is heard meanwhile, a check goes out again soon, and as often as if it were the second")
    void hastened() {
        CheckPair pair = pair("udp");
        Transaction check = check(pair);
        transactions.begin(check, 0);
        for (int i = 0; i < 4; i++) {
            transactions.onTimeout(transactions.nextTimeout());
        }
        assertEquals(5, outgoing.size());
        pair.heard = true;
        transactions.hasten(check, check.lastSentNanos + millis(1));
        assertEquals(check.lastSentNanos + millis(20), transactions.nextTimeout());
        transactions.onTimeout(transactions.nextTimeout());
        assertEquals(check.lastSentNanos + millis(200), transactions.nextTimeout());
        transactions.hasten(check, check.lastSentNanos + millis(150));
        assertEquals(check.lastSentNanos + millis(150), transactions.nextTimeout(), "at once");
        assertEquals(6 + 23, sentUntilTheEnd());
    }

    @Test
    @DisplayName("a check that was sent once can still be timed after that; over TCP there is no haste")
    void hastenedAtFirst() {
        Transaction check = check(pair("udp"));
        transactions.begin(check, 0);
        transactions.hasten(check, millis(30));
        assertEquals(1, check.sent);
        assertEquals(millis(30), transactions.nextTimeout());
        transactions.end(check);
        Transaction reliable = check(pair("tcp"));
        transactions.begin(reliable, 0);
        transactions.hasten(reliable, 1);
        assertEquals(millis(1_000), transactions.nextTimeout());
    }

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    @DisplayName("what is asked of a pair ends with it")
    void endsWithThePair() {
        CheckPair gone = pair("udp");
        CheckPair stays = pair("udp");
        Transaction first = check(gone);
        Transaction second = new Transaction(
                new TransactionId(3, 4), stays, Transaction.Purpose.CHECK, IceRole.CONTROLLED, new byte[20]);
        transactions.begin(first, 0);
        transactions.begin(second, 0);
        transactions.endAll(gone);
        assertNull(transactions.find(first.id));
        assertSame(second, transactions.find(second.id));
        transactions.clear();
        assertNull(transactions.find(second.id));
    }
}
