package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.CandidatePair;
import io.github.purrtc.ice.IceRole;
import io.github.purrtc.ice.IceTransportState;

import java.net.InetSocketAddress;

/** What happened inside the agent, in order. */
public sealed interface IceEvent {

    record StateChanged(IceTransportState state) implements IceEvent {}

    /**
     * Data goes by this path from now on. Comes again for the same path if the peer signals a candidate that so far was
     * known as peer-reflexive only.
     */
    record PairSelected(CandidatePair pair, int socketId, InetSocketAddress remoteAddress) implements IceEvent {}

    /** The selected pair's socket or its peer is gone: no data goes anywhere until another is selected. */
    record PairLost() implements IceEvent {}

    /** After a restart: the peer has had time to stop using this user name fragment of ours. */
    record FragmentForgotten(String usernameFragment) implements IceEvent {}

    /** A socket that {@link IceAgent#leaveSocket} was called for is of no use to the peer any more. */
    record SocketForgotten(int socketId) implements IceEvent {}

    /** A path became {@link PathState#VALID}: what was held back from it may be delivered. */
    record PathValidated(int socketId, InetSocketAddress remoteAddress) implements IceEvent {}

    /** A role conflict was resolved by taking this role (RFC 8445 §7.3.1.1). */
    record RoleChanged(IceRole role) implements IceEvent {}
}
