package io.github.purrtc.ice.internal.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SelectStrategyFactory;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;

import java.net.InetSocketAddress;

/** What the sockets of a network are made of, and what they can do. */
public abstract sealed class SocketKind permits NioSocketKind, EpollSocketKind {
    /** The JDK's sockets. */
    public static SocketKind nio(int maxDatagramBytes) {
        return new NioSocketKind(maxDatagramBytes);
    }

    /**
     * Netty's epoll sockets.
     *
     * @throws IllegalStateException if they cannot be had here
     */
    public static SocketKind epoll(int maxDatagramBytes) {
        try {
            return EpollSocketKind.probe(maxDatagramBytes);
        } catch (LinkageError | RuntimeException e) {
            throw new IllegalStateException("epoll cannot be had: " + e.getMessage(), e);
        }
    }

    /** Epoll if it can be had, else NIO. */
    public static SocketKind best(int maxDatagramBytes) {
        try {
            return EpollSocketKind.probe(maxDatagramBytes);
        } catch (LinkageError | RuntimeException e) {
            return nio(maxDatagramBytes);
        }
    }

    /** For people: {@code nio}, {@code epoll}, {@code epoll (GSO, GRO)}. */
    public abstract String name();

    /**
     * What makes loops of this kind.
     *
     * @param waiting what a loop does when there is nothing to do
     */
    public abstract IoHandlerFactory ioHandlers(SelectStrategyFactory waiting);

    /** Whether one packet can carry many datagrams of one size (UDP_SEGMENT). */
    abstract boolean segmentsSends();

    /** A packet that the kernel cuts into datagrams of that length (the last may be shorter). */
    DatagramPacket segmentedPacket(ByteBuf datagrams, int segmentBytes, InetSocketAddress destination) {
        throw new UnsupportedOperationException(name());
    }

    /** Whether the error says that segmented packets cannot be sent here after all. */
    boolean refusesSegmentation(Throwable error) {
        return false;
    }

    /** Whether the sockets of several loops can have one port. */
    public abstract boolean sharesPorts();

    /** Before it is bound. */
    abstract void sharePort(Channel channel);

    /** From now on an IP packet that is too long for the path is lost, not fragmented; does nothing where that cannot be had. */
    abstract void forbidFragmentation(DatagramChannel channel);

    /** Undoes {@link #forbidFragmentation}. */
    abstract void allowFragmentation(DatagramChannel channel);

    abstract DatagramChannel newChannel(SocketProtocolFamily family);

    abstract SocketChannel newStreamChannel();

    /** Takes TCP connections in. */
    abstract ServerSocketChannel newListeningChannel();

    /** The buffers that all sockets of one loop receive into. */
    abstract ReceiveBuffers newReceiveBuffers();
}
