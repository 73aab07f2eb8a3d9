package io.github.purrtc.ice.internal.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;

import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Takes TCP connections in at one loop's listening socket, and keeps them until their first frame has told whom they are for:
 * not for long, and not many; of too many the oldest go, as those who mean it say at once what they want.
 */
final class TcpAcceptor extends ChannelInboundHandlerAdapter {
    static final int MOST_PENDING = 256;
    static final long PENDING_SECONDS = 5;

    private final EventLoop eventLoop;
    private final TcpPort port;
    private final FragmentKey probe = FragmentKey.probe();
    private final Set<TcpPending> pending = new LinkedHashSet<>();

    TcpAcceptor(EventLoop eventLoop, TcpPort port) {
        this.eventLoop = eventLoop;
        this.port = port;
    }

    TcpPort port() {
        return port;
    }

    FragmentKey probe() {
        return probe;
    }

    int pending() {
        return pending.size();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // what fails on a connection closes it
    public void channelRead(ChannelHandlerContext context, Object message) {
        Channel channel = (Channel) message;
        if (!(channel.remoteAddress() instanceof InetSocketAddress remote)) {
            channel.unsafe().closeForcibly();
            return;
        }
        LoopTcp.configure(channel);
        TcpPending waiting = new TcpPending(this, channel, remote);
        pending.add(waiting);
        if (pending.size() > MOST_PENDING) {
            Iterator<TcpPending> oldest = pending.iterator();
            oldest.next().close();
        }
        eventLoop.register(channel);
        eventLoop.schedule(waiting::expire, PENDING_SECONDS, TimeUnit.SECONDS);
    }

    void remove(TcpPending waiting) {
        pending.remove(waiting);
    }

    /** Out of file descriptors, say: those that are there go on. */
    @Override
    @SuppressWarnings("deprecation") // of the method in ChannelHandler, not in ChannelInboundHandler
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        org.slf4j.LoggerFactory.getLogger(TcpAcceptor.class).debug("A connection could not be accepted", cause);
    }
}
