package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.Candidate;
import io.github.purrtc.ice.CandidatePair;
import io.github.purrtc.ice.CandidateType;
import io.github.purrtc.ice.IceRole;
import org.jspecify.annotations.Nullable;

/**
 * One of our sockets and one remote address: a pair of the check list and, once its check has succeeded, of the valid
 * list (RFC 8445 §6.1.2, §7.2.5.3.2). Frozen pairs do not exist: with one stream and one component each foundation has
 * one pair, so that there is nothing to hold back.
 */
final class CheckPair {

    enum State {
        WAITING,
        IN_PROGRESS,
        SUCCEEDED,
        FAILED
    }

    final LocalEndpoint base;
    final RemoteEndpoint remote;
    long priority;
    State state = State.WAITING;

    /** The check that is under way, null in every state but IN_PROGRESS. */
    @Nullable
    Transaction check;

    /** The local candidate of the valid pair, which is peer-reflexive behind a NAT. */
    @Nullable
    Candidate mapped;

    boolean triggered;

    /** There is no connection to send checks by, and none is to be made from here. */
    boolean disconnected;

    boolean heard;
    boolean refused;
    boolean nominated;
    long nomination = -1;
    long smoothedRttNanos = -1;
    int measurements;
    final PairStatistics statistics = new PairStatistics();
    long lastResponseNanos;
    long lastHeardNanos;

    CheckPair(LocalEndpoint base, RemoteEndpoint remote) {
        this.base = base;
        this.remote = remote;
    }

    void computePriority(IceRole role) {
        long local = base.candidate().priority();
        long other = remote.candidate.priority();
        priority = role == IceRole.CONTROLLING
                ? CandidateRules.pairPriority(local, other)
                : CandidateRules.pairPriority(other, local);
    }

    boolean isValid() {
        return mapped != null;
    }

    boolean isPending() {
        return state == State.WAITING || state == State.IN_PROGRESS;
    }

    PathState pathState() {
        if (isValid()) {
            return PathState.VALID;
        }
        return heard ? PathState.AUTHENTICATED : PathState.UNKNOWN;
    }

    /** Whether no NAT and no relay is known to be on the way. */
    boolean isDirect() {
        CandidateType remoteType = remote.candidate.type();
        return mapped != null
                && mapped.type() == CandidateType.HOST
                && (remoteType == CandidateType.HOST || remoteType == CandidateType.PEER_REFLEXIVE);
    }

    boolean isRelayed() {
        return base.candidate().type() == CandidateType.RELAYED || remote.candidate.type() == CandidateType.RELAYED;
    }

    /** How much lies on the way that a direct path would not have: known by now of a valid pair, else hoped of the others. */
    int detour() {
        int relays = (base.candidate().type() == CandidateType.RELAYED ? 1 : 0)
                + (remote.candidate.type() == CandidateType.RELAYED ? 1 : 0);
        boolean direct = isValid() ? isDirect() : remote.candidate.type() == CandidateType.HOST;
        return relays > 0 ? 1 + relays : direct ? 0 : 1;
    }

    CandidatePair candidates() {
        return new CandidatePair(mapped != null ? mapped : base.candidate(), remote.candidate);
    }

    /** RFC 6298 §2, the mean only. */
    void measured(long rttNanos) {
        measurements++;
        statistics.measured(rttNanos);
        smoothedRttNanos = smoothedRttNanos < 0 ? rttNanos : smoothedRttNanos + (rttNanos - smoothedRttNanos) / 8;
    }
}
