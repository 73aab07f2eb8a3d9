package io.github.purrtc.ice.internal.net;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A passive TCP candidate (RFC 6544 §4.1): the connections to a port whose first check named this one's username fragment. To
 * be used on its loop, but where said otherwise.
 */
final class TcpShare extends TcpSocket {
    private static final int MOST_LINKS = 32;

    /** Whoever knows the fragment can connect; without the password only a few, and not for long. */
    private static final int MOST_UNAUTHENTICATED = 8;

    private static final long AUTHENTICATION_SECONDS = 5;

    private final EventLoop eventLoop;
    private final TcpPort port;
    private final OwnFragments fragments;

    TcpShare(EventLoop eventLoop, TcpPort port, DatagramListener listener) {
        super(listener);
        this.eventLoop = eventLoop;
        this.port = port;
        this.fragments = new OwnFragments(new AtPort());
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
        return !closed && fragments.tryAdd(fragment);
    }

    @Override
    public void removeFragment(String fragment) {
        fragments.remove(fragment);
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
        TcpLink link = new TcpLink(channel, remote, listener, this::onClosed);
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

    /** Leaves nothing at the port. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            fragments.clear();
            links.close();
            port.onShareClosed();
        }
    }

    private final class AtPort implements OwnFragments.Table {
        @Override
        public boolean add(FragmentKey fragment) {
            return port.add(fragment, TcpShare.this);
        }

        @Override
        public void remove(FragmentKey fragment) {
            port.remove(fragment, TcpShare.this);
        }
    }
}
