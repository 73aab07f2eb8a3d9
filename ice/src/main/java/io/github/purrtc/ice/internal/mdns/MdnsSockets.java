package io.github.purrtc.ice.internal.mdns;

import io.github.purrtc.ice.internal.net.LoopSockets;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A socket in the group of multicast DNS for each interface and IP version. What cannot be opened is left out. */
final class MdnsSockets {
    private static final Logger LOG = LoggerFactory.getLogger(MdnsSockets.class);
    private static final int PORT = 5_353;
    private static final InetSocketAddress IPV4_GROUP = group(new byte[] {(byte) 224, 0, 0, (byte) 251});
    private static final InetSocketAddress IPV6_GROUP =
            group(new byte[] {(byte) 0xFF, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xFB});

    /** How long what was seen of the interfaces is taken to hold. */
    private static final long VALID_NANOS = TimeUnit.SECONDS.toNanos(10);

    private record Link(String interfaceName, InetSocketAddress group) {}

    private final LoopSockets sockets;
    private final Consumer<MdnsMessage> receiver;
    private final Map<Link, DatagramChannel> channels = new HashMap<>();
    private long validUntilNanos;
    private boolean used;

    MdnsSockets(LoopSockets sockets, Consumer<MdnsMessage> receiver) {
        this.sockets = sockets;
        this.receiver = receiver;
    }

    private static InetSocketAddress group(byte[] address) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), PORT);
        } catch (IOException e) {
            throw new IllegalStateException("4 or 16 bytes are an address", e);
        }
    }

    /** Opens sockets on interfaces that are new; false if there are none at all. */
    boolean open(long now) {
        if (!used || now - validUntilNanos > 0) {
            used = true;
            validUntilNanos = now + VALID_NANOS;
            channels.values().removeIf(channel -> !channel.isOpen());
            try {
                for (NetworkInterface each :
                        NetworkInterface.networkInterfaces().toList()) {
                    if (each.isUp() && each.supportsMulticast()) {
                        open(each);
                    }
                }
            } catch (IOException e) {
                LOG.debug("No multicast DNS: {}", e.getMessage());
            }
        }
        return !channels.isEmpty();
    }

    private void open(NetworkInterface networkInterface) {
        List<InetAddress> addresses = networkInterface.inetAddresses().toList();
        if (addresses.stream().anyMatch(Inet4Address.class::isInstance)) {
            open(networkInterface, IPV4_GROUP);
        }
        if (!addresses.stream().allMatch(Inet4Address.class::isInstance)) {
            open(networkInterface, IPV6_GROUP);
        }
    }

    private void open(NetworkInterface networkInterface, InetSocketAddress group) {
        Link link = new Link(networkInterface.getName(), group);
        if (channels.containsKey(link)) {
            return;
        }
        try {
            channels.put(link, sockets.openMulticast(networkInterface, group, new Inbound()));
        } catch (IOException e) {
            LOG.debug("No multicast DNS on {}: {}", networkInterface.getName(), e.getMessage());
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what is not sent is asked again, or not found
    void send(byte[] message) {
        channels.forEach((link, channel) ->
                channel.writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(message), link.group)));
    }

    @ChannelHandler.Sharable
    private final class Inbound extends SimpleChannelInboundHandler<DatagramPacket> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
            // RFC 6762 §6: what does not come from the port is not of the protocol.
            MdnsMessage message = packet.sender().getPort() == PORT ? MdnsMessage.decode(packet.content()) : null;
            if (message != null) {
                receiver.accept(message);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            LOG.debug("Multicast DNS: {}", cause.getMessage());
        }
    }
}
