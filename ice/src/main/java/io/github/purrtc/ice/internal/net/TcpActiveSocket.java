package io.github.purrtc.ice.internal.net;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;

/**
 * An active TCP candidate (RFC 6544 §4.1): connects to whatever is written to, from a port of its own each time. A connection
 * that is lost is made anew by what is written next. To be used on its loop.
 */
final class TcpActiveSocket extends TcpSocket {
    /** As many as a check list has pairs. */
    private static final int MOST_LINKS = 100;

    private final EventLoop eventLoop;
    private final SocketKind kind;
    private final InetSocketAddress local;

    TcpActiveSocket(EventLoop eventLoop, SocketKind kind, InetSocketAddress local, DatagramListener listener) {
        super(listener);
        this.eventLoop = eventLoop;
        this.kind = kind;
        this.local = local;
    }

    /** The address, and port 9, which says that nothing listens there (RFC 6544 §4.5). */
    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public void write(byte[] buffer, int offset, int length, InetSocketAddress destination) {
        TcpLink link = closed ? null : links.get(destination);
        if (link == null) {
            link = connect(destination);
        }
        if (link != null) {
            links.write(link, buffer, offset, length);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what fails closes the channel, and so the link
    private @Nullable TcpLink connect(InetSocketAddress destination) {
        if (closed || links.size() >= MOST_LINKS) {
            return null;
        }
        Channel channel = kind.newStreamChannel();
        LoopTcp.configure(channel);
        TcpLink link = new TcpLink(channel, destination, listener, this::onClosed);
        channel.pipeline().addLast(new TcpInbound(link));
        links.put(link);
        eventLoop.register(channel).addListener(registered -> {
            if (registered.isSuccess()) {
                channel.connect(destination, new InetSocketAddress(local.getAddress(), 0))
                        .addListener(connected -> {
                            if (!connected.isSuccess()) {
                                link.close();
                            }
                        });
            } else {
                link.close();
            }
        });
        return links.get(destination);
    }

    @Override
    public void close() {
        closed = true;
        links.close();
    }
}
