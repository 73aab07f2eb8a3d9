package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.Candidate;

import java.net.InetSocketAddress;

/** A remote transport address; what is known of its candidate gets better when the peer signals it. */
final class RemoteEndpoint {

    final InetSocketAddress address;
    Candidate candidate;

    RemoteEndpoint(InetSocketAddress address, Candidate candidate) {
        this.address = address;
        this.candidate = candidate;
    }
}
