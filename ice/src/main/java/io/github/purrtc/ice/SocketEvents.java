package io.github.purrtc.ice;

import io.github.purrtc.ice.internal.net.DatagramListener;
import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/** What one socket receives: a server's answer, or else something for the transport, if there is one. */
final class SocketEvents implements DatagramListener {
    private final int socketId;
    private final AskedServers servers;
    private final Supplier<IceGatherer.@Nullable Receiver> transport;

    SocketEvents(int socketId, AskedServers servers, Supplier<IceGatherer.@Nullable Receiver> transport) {
        this.socketId = socketId;
        this.servers = servers;
        this.transport = transport;
    }

    @Override
    public void onDatagram(InetSocketAddress source, ByteBuffer datagram) {
        IceGatherer.Receiver receiver = transport.get();
        if (!servers.receive(socketId, source, datagram) && receiver != null) {
            receiver.onDatagram(socketId, source, datagram);
        }
    }

    @Override
    public void onEndOfBurst() {
        IceGatherer.Receiver receiver = transport.get();
        if (receiver != null) {
            receiver.onEndOfBurst(socketId);
        }
    }

    @Override
    public void onWritable() {
        IceGatherer.Receiver receiver = transport.get();
        if (receiver != null) {
            receiver.onWritable(socketId);
        }
    }

    @Override
    public void onDisconnected(InetSocketAddress remote) {
        IceGatherer.Receiver receiver = transport.get();
        if (receiver != null) {
            receiver.onDisconnected(socketId, remote);
        }
    }
}
