package io.github.purrtc.ice.internal.net;

import java.net.InetSocketAddress;

/** A TCP candidate: what goes to an address goes by the connection with it. To be used on its loop. */
abstract class TcpSocket implements HostSocket {
    final TcpLinks links = new TcpLinks();
    final DatagramListener listener;
    boolean closed;

    TcpSocket(DatagramListener listener) {
        this.listener = listener;
    }

    final void onClosed(TcpLink link) {
        if (links.remove(link) && !closed) {
            listener.onDisconnected(link.remote());
        }
    }

    @Override
    public final void onAuthenticated(InetSocketAddress remote) {
        TcpLink link = links.get(remote);
        if (link != null) {
            link.authenticated();
        }
    }

    @Override
    public final void onValidated(InetSocketAddress remote) {
        onAuthenticated(remote);
    }

    @Override
    public final void flush() {
        links.flush();
    }

    @Override
    public final boolean isWritable(InetSocketAddress destination) {
        TcpLink link = links.get(destination);
        return link == null || link.isWritable();
    }
}
