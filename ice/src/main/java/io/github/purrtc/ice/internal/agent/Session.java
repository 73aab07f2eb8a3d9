package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.IceOptions;
import io.github.purrtc.ice.IceParameters;
import io.github.purrtc.ice.IceRole;
import io.github.purrtc.ice.internal.stun.StunClass;
import io.github.purrtc.ice.internal.stun.StunEncoder;
import io.github.purrtc.ice.internal.stun.TransactionId;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** What the parts of the agent share: one generation of credentials and all that was learned with it. */
final class Session {

    final IceOptions options;
    final RandomGenerator random;
    final Credentials credentials;
    final LocalCandidates locals = new LocalCandidates();
    final RemoteCandidates remotes = new RemoteCandidates();
    final CheckList checks = new CheckList();
    final ArrayDeque<OutgoingStun> outgoing = new ArrayDeque<>();
    final ArrayDeque<IceEvent> events = new ArrayDeque<>();
    final Transactions transactions;
    IceRole role = IceRole.CONTROLLED;
    long tieBreaker;

    /** When the peer last answered one of our checks; before that, when checking began. */
    long lastResponseNanos;

    private final Map<DropReason, Long> drops = new EnumMap<>(DropReason.class);

    Session(IceParameters local, IceOptions options, RandomGenerator random) {
        this.options = options;
        this.random = random;
        credentials = new Credentials(local);
        transactions = new Transactions(options, outgoing);
        tieBreaker = random.nextLong();
    }

    /** RFC 8445 §7.2.2. */
    Transaction send(CheckPair pair, Transaction.Purpose purpose, long now) {
        TransactionId id = TransactionId.random(random);
        StunEncoder request = new StunEncoder(StunClass.REQUEST, id)
                .priority(CandidateRules.peerReflexivePriority(pair.base.candidate()))
                .role(role, tieBreaker);
        if (purpose == Transaction.Purpose.NOMINATION) {
            request.useCandidate();
        }
        Transaction transaction = new Transaction(id, pair, purpose, role, credentials.finishRequest(request));
        transactions.begin(transaction, now);
        return transaction;
    }

    void sendCheck(CheckPair pair, long now) {
        Transaction previous = pair.check;
        if (previous != null) {
            transactions.end(previous);
        }
        pair.check = send(pair, Transaction.Purpose.CHECK, now);
        pair.state = CheckPair.State.IN_PROGRESS;
        pair.refused = false;
    }

    void reply(int socketId, InetSocketAddress destination, byte[] response) {
        outgoing.add(new OutgoingStun(socketId, destination, response));
    }

    void switchRole(IceRole newRole) {
        role = newRole;
        checks.reorder(newRole);
        events.add(new IceEvent.RoleChanged(newRole));
    }

    void drop(DropReason reason) {
        drops.merge(reason, 1L, Long::sum);
    }

    long dropped(DropReason reason) {
        return drops.getOrDefault(reason, 0L);
    }
}
