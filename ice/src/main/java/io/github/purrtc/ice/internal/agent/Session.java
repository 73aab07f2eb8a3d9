package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.IceOptions;
import io.github.purrtc.ice.IceParameters;
import io.github.purrtc.ice.IceRole;
import io.github.purrtc.ice.internal.stun.StunClass;
import io.github.purrtc.ice.internal.stun.StunEncoder;
import io.github.purrtc.ice.internal.stun.TransactionId;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.random.RandomGenerator;

/** What the parts of one generation share: its credentials and all that was learned with them. */
final class Session {

    final IceOptions options;
    final RandomGenerator random;
    final Credentials credentials;
    final LocalCandidates locals;
    final RemoteCandidates remotes = new RemoteCandidates();
    final CheckList checks = new CheckList();
    final ArrayDeque<IceEvent> events;
    final Transactions transactions;
    IceRole role = IceRole.CONTROLLED;
    long tieBreaker;

    /** Whether no earlier generation had a pair in use when it was started: then any that works is better than none. */
    boolean isFirst = true;

    /** RFC 8445 §2.5: we answer checks and send none. */
    boolean lite;

    /** When the peer last answered one of our checks; before that, when checking began. */
    long lastResponseNanos;

    /** The place of the generation among all of its agent. */
    final long number;

    private final AgentCommons commons;
    private long nominations;

    Session(IceParameters local, AgentCommons commons) {
        this.commons = commons;
        options = commons.options;
        random = commons.random;
        locals = commons.locals;
        events = commons.events;
        credentials = new Credentials(local);
        transactions = new Transactions(options, commons.outgoing);
        tieBreaker = random.nextLong();
        number = commons.generations++;
    }

    /** RFC 8445 §7.2.2. */
    Transaction send(CheckPair pair, Transaction.Purpose purpose, long now) {
        TransactionId id = TransactionId.random(random);
        StunEncoder request = new StunEncoder(StunClass.REQUEST, id)
                .priority(CandidateRules.peerReflexivePriority(pair.base.candidate()))
                .role(role, tieBreaker);
        if (purpose == Transaction.Purpose.NOMINATION) {
            request.useCandidate();
            if (credentials.isRenominationKnownToPeer()) {
                request.nomination(++nominations);
            }
        }
        Transaction transaction = new Transaction(id, pair, purpose, role, credentials.finishRequest(request));
        transactions.begin(transaction, now);
        pair.statistics.requested(purpose);
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
        commons.outgoing.add(new OutgoingStun(socketId, destination, response));
    }

    void switchRole(IceRole newRole) {
        role = newRole;
        checks.reorder(newRole);
        events.add(new IceEvent.RoleChanged(newRole));
    }

    /** Whether that socket of ours is not one that only generations before use. */
    boolean mayUse(int socketId) {
        return locals.isFor(number, socketId);
    }

    boolean allLocalKnown() {
        return commons.allLocalKnown;
    }

    void drop(DropReason reason) {
        commons.drop(reason);
    }
}
