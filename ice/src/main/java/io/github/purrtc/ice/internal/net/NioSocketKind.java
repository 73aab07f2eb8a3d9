package io.github.purrtc.ice.internal.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SelectStrategyFactory;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.spi.SelectorProvider;

/** Sockets of the JDK: one system call a datagram. */
final class NioSocketKind extends SocketKind {
    private static final ChannelOption<Boolean> REUSE_PORT = NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT);

    private final int maxDatagramBytes;

    NioSocketKind(int maxDatagramBytes) {
        this.maxDatagramBytes = maxDatagramBytes;
    }

    @Override
    public String name() {
        return "nio";
    }

    @Override
    public IoHandlerFactory ioHandlers(SelectStrategyFactory waiting) {
        return NioIoHandler.newFactory(SelectorProvider.provider(), waiting);
    }

    @Override
    boolean segmentsSends() {
        return false;
    }

    @Override
    public boolean sharesPorts() {
        NioDatagramChannel channel = new NioDatagramChannel(SocketProtocolFamily.INET);
        try {
            return channel.config().getOption(REUSE_PORT) != null;
        } finally {
            channel.unsafe().closeForcibly();
        }
    }

    @Override
    void forbidFragmentation(DatagramChannel channel) {
        setDontFragment(channel, true);
    }

    @Override
    void allowFragmentation(DatagramChannel channel) {
        setDontFragment(channel, false);
    }

    private static void setDontFragment(DatagramChannel channel, boolean dontFragment) {
        ChannelOption<Boolean> option = DontFragment.OPTION;
        if (option != null) {
            channel.config().setOption(option, dontFragment);
        }
    }

    @Override
    void sharePort(Channel channel) {
        channel.config().setOption(REUSE_PORT, true);
    }

    @Override
    DatagramChannel newChannel(SocketProtocolFamily family) {
        return new NioDatagramChannel(family);
    }

    @Override
    SocketChannel newStreamChannel() {
        return new NioSocketChannel();
    }

    @Override
    ServerSocketChannel newListeningChannel() {
        return new NioServerSocketChannel();
    }

    @Override
    ReceiveBuffers newReceiveBuffers() {
        return new ReceiveBuffers(ReceiveBuffers.MOST_DATAGRAMS, maxDatagramBytes, 1);
    }

    /** The JDK's IP_DONTFRAGMENT, which came with JDK 19. */
    private static final class DontFragment {
        static final @Nullable ChannelOption<Boolean> OPTION = find();

        @SuppressWarnings("unchecked") // the option of that name is a Boolean
        private static @Nullable ChannelOption<Boolean> find() {
            try (java.nio.channels.DatagramChannel probe = java.nio.channels.DatagramChannel.open()) {
                for (SocketOption<?> option : probe.supportedOptions()) {
                    if (option.name().equals("IP_DONTFRAGMENT")) {
                        return NioChannelOption.of((SocketOption<Boolean>) option);
                    }
                }
                return null;
            } catch (IOException e) {
                return null;
            }
        }
    }
}
