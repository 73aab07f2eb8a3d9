package io.github.purrtc.ice.internal.net;

import java.net.InetSocketAddress;

/** What the host candidates of one connection are served by: a UDP socket of its own, or its share of a common port. */
public interface HostSocket extends LocalSocket {
    InetSocketAddress localAddress();
}
