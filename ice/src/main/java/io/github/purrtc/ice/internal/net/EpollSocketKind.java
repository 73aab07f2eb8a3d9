package io.github.purrtc.ice.internal.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SelectStrategyFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.Errors.NativeIoException;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.SegmentedDatagramPacket;
import io.netty.channel.unix.UnixChannelOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.Inet6Address;
import java.net.InetSocketAddress;

/** Sockets of Linux's epoll: many datagrams a system call, and many a packet where the kernel segments them. */
final class EpollSocketKind extends SocketKind {
    private static final Logger LOG = LoggerFactory.getLogger(EpollSocketKind.class);

    /** A packet of the kernel's receive offload is 65,535 bytes at most. */
    private static final int COALESCED_BYTES = 65_536;

    // <linux/in.h>, <linux/in6.h>
    private static final ChannelOption<Integer> IP_MTU_DISCOVER =
            new IntegerUnixChannelOption("IP_MTU_DISCOVER", 0, 10);
    private static final ChannelOption<Integer> IPV6_MTU_DISCOVER =
            new IntegerUnixChannelOption("IPV6_MTU_DISCOVER", 41, 23);

    // <linux/tcp.h>
    static final ChannelOption<Integer> TCP_THIN_LINEAR_TIMEOUTS =
            new IntegerUnixChannelOption("TCP_THIN_LINEAR_TIMEOUTS", 6, 16);

    /** Don't Fragment is set, and what the system takes the path to carry is not looked at. */
    private static final int PMTUDISC_PROBE = 3;

    /** The default: what the system takes to be too long for the path is fragmented. */
    private static final int PMTUDISC_WANT = 1;

    private static final int EIO = -5;
    private static final int EINVAL = -22;

    private final int maxDatagramBytes;
    private final boolean segmentsSends;
    private final boolean coalescesReceives;

    private EpollSocketKind(int maxDatagramBytes, boolean segmentsSends, boolean coalescesReceives) {
        this.maxDatagramBytes = maxDatagramBytes;
        this.segmentsSends = segmentsSends;
        this.coalescesReceives = coalescesReceives;
    }

    /** Finds out what can be had; throws if there is no epoll at all. */
    static EpollSocketKind probe(int maxDatagramBytes) {
        Epoll.ensureAvailability();
        return new EpollSocketKind(
                maxDatagramBytes, EpollDatagramChannel.isSegmentedDatagramPacketSupported(), kernelCoalesces());
    }

    private static boolean kernelCoalesces() {
        EpollDatagramChannel channel = new EpollDatagramChannel(SocketProtocolFamily.INET);
        try {
            return channel.config().setUdpGro(true).isUdpGro();
        } catch (ChannelException e) {
            return false;
        } finally {
            channel.unsafe().closeForcibly();
        }
    }

    @Override
    public String name() {
        if (segmentsSends) {
            return coalescesReceives ? "epoll (GSO, GRO)" : "epoll (GSO)";
        }
        return coalescesReceives ? "epoll (GRO)" : "epoll";
    }

    @Override
    public IoHandlerFactory ioHandlers(SelectStrategyFactory waiting) {
        return EpollIoHandler.newFactory(0, waiting);
    }

    @Override
    boolean segmentsSends() {
        return segmentsSends;
    }

    @Override
    DatagramPacket segmentedPacket(ByteBuf datagrams, int segmentBytes, InetSocketAddress destination) {
        return new SegmentedDatagramPacket(datagrams, segmentBytes, destination);
    }

    /** A device without checksum offload refuses segmented packets, and says so only when it gets one. */
    @Override
    boolean refusesSegmentation(Throwable error) {
        return error instanceof NativeIoException refused
                && (refused.expectedErr() == EIO || refused.expectedErr() == EINVAL);
    }

    @Override
    public boolean sharesPorts() {
        return true;
    }

    @Override
    void sharePort(Channel channel) {
        channel.config().setOption(UnixChannelOption.SO_REUSEPORT, true);
    }

    @Override
    void forbidFragmentation(DatagramChannel channel) {
        discoverMtu(channel, PMTUDISC_PROBE);
    }

    @Override
    void allowFragmentation(DatagramChannel channel) {
        discoverMtu(channel, PMTUDISC_WANT);
    }

    private static void discoverMtu(DatagramChannel channel, int how) {
        // A socket of IPv6 may send to addresses of IPv4, too.
        channel.config().setOption(IP_MTU_DISCOVER, how);
        if (channel.localAddress().getAddress() instanceof Inet6Address) {
            channel.config().setOption(IPV6_MTU_DISCOVER, how);
        }
    }

    @Override
    DatagramChannel newChannel(SocketProtocolFamily family) {
        EpollDatagramChannel channel = new EpollDatagramChannel(family);
        if (coalescesReceives) {
            channel.config().setOption(EpollChannelOption.UDP_GRO, true);
        }
        channel.config().setMaxDatagramPayloadSize(coalescesReceives ? COALESCED_BYTES : maxDatagramBytes);
        return channel;
    }

    @Override
    SocketChannel newStreamChannel() {
        EpollSocketChannel channel = new EpollSocketChannel();
        repeatSooner(channel);
        return channel;
    }

    /** The connections that come in are as it is. */
    @Override
    ServerSocketChannel newListeningChannel() {
        EpollServerSocketChannel channel = new EpollServerSocketChannel();
        repeatSooner(channel);
        return channel;
    }

    /**
     * With few packets on their way the timeout doubles after six retransmissions only: eight losses in a row, of which there are 7 in
     * 100,000 where 30 % are lost, take 3 s and not 50 s, when consent has long expired.
     */
    private static void repeatSooner(Channel channel) {
        try {
            channel.config().setOption(TCP_THIN_LINEAR_TIMEOUTS, 1);
        } catch (ChannelException e) {
            // Systems that only resemble Linux go without.
            LOG.debug("Thin TCP connections are not repeated sooner here", e);
        }
    }

    @Override
    ReceiveBuffers newReceiveBuffers() {
        // Netty learns the length of coalesced datagrams from recvmsg only, not from recvmmsg: one packet a call.
        return coalescesReceives
                ? new ReceiveBuffers(1, COALESCED_BYTES, 1)
                : new ReceiveBuffers(1, maxDatagramBytes, ReceiveBuffers.MOST_DATAGRAMS);
    }
}
