package io.github.purrtc.ice.internal.net;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A passive TCP candidate (RFC 6544 §4.1): the connections to a port whose first check named this one's username fragment. To
 * be used on its loop, but where said otherwise.
 */
final class TcpShare implements HostSocket {
    private static final int MOST_LINKS = 32;

    /** Whoever knows the fragment can connect; without the password only a few, and not for long. */
    private static final int MOST_UNAUTHENTICATED = 8;

    private static final long AUTHENTICATION_SECONDS = 5;

    private final EventLoop eventLoop;
    private final TcpPort port;
    private final DatagramListener listener;
    private final List<FragmentKey> fragments = new ArrayList<>(1);
    private final TcpLinks links = new TcpLinks();
    private boolean closed;

    TcpShare(EventLoop eventLoop, TcpPort port, DatagramListener listener) {
        this.eventLoop = eventLoop;
        this.port = port;
        this.listener = listener;
    }

    /** From any thread. */
    EventLoop eventLoop() {
        return eventLoop;
    }

    @Override
    public InetSocketAddress localAddress() {
        return port.address();
    }

    @Override
    public void addFragment(String fragment) {
        tryAddFragment(fragment);
    }

    /** False if another connection has that fragment. */
    boolean tryAddFragment(String fragment) {
        FragmentKey key = FragmentKey.of(fragment);
        if (closed || !port.add(key, this)) {
            return false;
        }
        fragments.add(key);
        return true;
    }

    @Override
    public void removeFragment(String fragment) {
        FragmentKey key = FragmentKey.of(fragment);
        if (fragments.remove(key)) {
            port.remove(key, this);
        }
    }

    /**
     * Takes a connection, and the frames that came before it could.
     *
     * @param inbound the handler of the channel, which is registered with this loop
     */
    @SuppressWarnings("FutureReturnValueIgnored") // what fails on a connection closes it
    void adopt(Channel channel, TcpInbound inbound, InetSocketAddress remote, List<ByteBuffer> early) {
        if (closed || links.size() >= MOST_LINKS || !channel.isActive()) {
            channel.close();
            return;
        }
        TcpLink link = new TcpLink(channel, remote, listener, links::remove);
        inbound.handTo(link);
        links.put(link);
        links.keepUnauthenticated(MOST_UNAUTHENTICATED);
        eventLoop.schedule(() -> closeIfUnauthenticated(link), AUTHENTICATION_SECONDS, TimeUnit.SECONDS);
        early.forEach(link::onFrame);
        link.onEndOfBurst();
    }

    private static void closeIfUnauthenticated(TcpLink link) {
        if (!link.isAuthenticated()) {
            link.close();
        }
    }

    @Override
    public void write(byte[] buffer, int offset, int length, InetSocketAddress destination) {
        TcpLink link = links.get(destination);
        if (link != null) {
            links.write(link, buffer, offset, length);
        }
    }

    @Override
    public void onAuthenticated(InetSocketAddress remote) {
        TcpLink link = links.get(remote);
        if (link != null) {
            link.authenticated();
        }
    }

    @Override
    public void onValidated(InetSocketAddress remote) {
        onAuthenticated(remote);
    }

    @Override
    public void flush() {
        links.flush();
    }

    @Override
    public boolean isWritable() {
        return links.areWritable();
    }

    /** Leaves nothing at the port. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            fragments.forEach(fragment -> port.remove(fragment, this));
            fragments.clear();
            links.close();
            port.onShareClosed();
        }
    }
}
