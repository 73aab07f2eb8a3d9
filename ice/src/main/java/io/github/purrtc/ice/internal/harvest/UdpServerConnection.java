package io.github.purrtc.ice.internal.harvest;

import io.github.purrtc.ice.internal.net.DatagramListener;
import io.github.purrtc.ice.internal.net.UdpSocket;
import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.Function;

/** A socket of its own, towards one server: a new one is a new 5-tuple. */
final class UdpServerConnection implements ServerConnection {
    private final InetSocketAddress server;
    private final @Nullable UdpSocket socket;

    /** @param opener gives null where no socket is to be had */
    UdpServerConnection(
            Function<DatagramListener, @Nullable UdpSocket> opener, InetSocketAddress server, Listener listener) {
        this.server = server;
        this.socket = opener.apply(new Inbound(server, listener));
    }

    boolean isOpen() {
        return socket != null;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) {
        if (socket != null) {
            socket.write(buffer, offset, length, server);
        }
    }

    @Override
    public void flush() {
        if (socket != null) {
            socket.flush();
        }
    }

    @Override
    public boolean isWritable() {
        return socket == null || socket.isWritable();
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.close();
        }
    }

    /** Only the server's datagrams are its messages. */
    private record Inbound(InetSocketAddress server, Listener listener) implements DatagramListener {
        @Override
        public void onDatagram(InetSocketAddress source, ByteBuffer datagram) {
            if (source.equals(server)) {
                listener.onMessage(datagram);
            }
        }

        @Override
        public void onEndOfBurst() {
            listener.onEndOfBurst();
        }

        @Override
        public void onWritable() {
            listener.onWritable();
        }
    }
}
