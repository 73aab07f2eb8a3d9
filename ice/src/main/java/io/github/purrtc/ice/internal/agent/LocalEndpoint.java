package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.Candidate;
import io.github.purrtc.ice.CandidateType;
import io.github.purrtc.ice.IceProtocol;
import io.github.purrtc.ice.TcpType;

import java.net.InetSocketAddress;

/**
 * A local candidate and the socket that serves it.
 *
 * @param address the candidate's own address, which for a host candidate is the socket's
 */
record LocalEndpoint(Candidate candidate, int socketId, InetSocketAddress address) {

    /** Whether checks are sent from it: a reflexive candidate is always replaced by its base (RFC 8445 §6.1.2.4). */
    boolean isBase() {
        return candidate.type() == CandidateType.HOST || candidate.type() == CandidateType.RELAYED;
    }

    /** Whether what is sent from it is repeated below, until it arrives or the connection ends. */
    boolean isReliable() {
        return candidate.protocol() == IceProtocol.TCP;
    }

    /** Whether a check can be sent over that protocol before anything came in (RFC 6544 §6.2: a passive one waits). */
    boolean canConnect(IceProtocol protocol) {
        return candidate.protocol() == protocol && candidate.tcpType() != TcpType.PASSIVE;
    }
}
