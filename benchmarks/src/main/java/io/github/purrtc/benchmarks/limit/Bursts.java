package io.github.purrtc.benchmarks.limit;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;

import java.net.InetAddress;
import java.net.InetSocketAddress;

final class Bursts extends UdpThroughput {
    /** As many as fit in what the kernel takes at once. */
    private static final int DATAGRAMS = 54;

    private static final int COALESCED_BYTES = 65_536;
    private static final int BURSTS_A_TURN = 16;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, EpollIoHandler.newFactory());
    private final ByteBuf burst =
            Unpooled.directBuffer(DATAGRAMS * DATAGRAM_BYTES).writeZero(DATAGRAMS * DATAGRAM_BYTES);
    private final EpollDatagramChannel receiver;
    private final EpollDatagramChannel sender;

    Bursts() throws InterruptedException {
        receiver = bind(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                DatagramPacket packet = (DatagramPacket) message;
                countReceived(packet.content().readableBytes());
                packet.release();
            }
        });
        sender = bind(new ChannelInboundHandlerAdapter());
    }

    private EpollDatagramChannel bind(ChannelInboundHandlerAdapter handler) throws InterruptedException {
        return (EpollDatagramChannel) new Bootstrap()
                .group(loops)
                .channel(EpollDatagramChannel.class)
                .option(EpollChannelOption.UDP_GRO, true)
                .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, COALESCED_BYTES)
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(COALESCED_BYTES))
                .handler(handler)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
    }

    @Override
    public void start() {
        sender.eventLoop().execute(this::send);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a burst that was not sent is not received
    private void send() {
        InetSocketAddress destination = receiver.localAddress();
        for (int i = 0; i < BURSTS_A_TURN && sender.isWritable(); i++) {
            sender.write(
                    new SegmentedDatagramPacket(burst.retainedDuplicate(), DATAGRAM_BYTES, destination),
                    sender.voidPromise());
            countSent(burst.readableBytes());
        }
        sender.flush();
        if (sender.isOpen()) {
            sender.eventLoop().execute(this::send);
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the threads end by themselves
    public void close() {
        sender.close().syncUninterruptibly();
        receiver.close().syncUninterruptibly();
        loops.shutdownGracefully();
    }
}
