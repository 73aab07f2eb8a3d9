package io.github.purrtc.ice.internal.harvest;

import io.github.purrtc.ice.IpVersion;
import io.github.purrtc.ice.LoopTimer;
import io.github.purrtc.ice.NetworkLoop;
import io.github.purrtc.ice.internal.net.DatagramListener;
import io.github.purrtc.ice.internal.turn.TurnClient;
import io.github.purrtc.ice.internal.turn.TurnEvent;
import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** One allocation, driven: the client, its connection to the server, and its timer. To be used on its loop. */
final class TurnRelay implements ServerHarvest.RelaySocket {
    private static final int USUAL_DATAGRAM_BYTES = 1_500;
    private static final int MOST_DATAGRAM_BYTES = 65_535 - TurnClient.MOST_OVERHEAD;

    /** Told on the loop; after the last event the relay is closed. */
    interface Listener {
        void onEvent(TurnRelay relay, TurnEvent event);
    }

    private final NetworkLoop loop;
    private final TurnClient client;
    private final IpVersion version;
    private final Listener listener;
    private final LoopTimer timer;
    private byte[] frame = new byte[USUAL_DATAGRAM_BYTES + TurnClient.MOST_OVERHEAD];
    private @Nullable ServerConnection connection;
    private @Nullable DatagramListener receiver;
    private boolean inBurst;
    private boolean closed;

    /** @param version of the relayed address */
    TurnRelay(NetworkLoop loop, TurnClient client, IpVersion version, Listener listener) {
        this.loop = loop;
        this.client = client;
        this.version = version;
        this.listener = listener;
        this.timer = loop.newTimer(this::onTimeout);
    }

    /** What the connection is to tell. */
    ServerConnection.Listener events() {
        return new Events();
    }

    /** The connection by which the server is reached; it is closed with the relay. */
    void connection(ServerConnection value) {
        connection = value;
    }

    @Override
    public void start(DatagramListener value) {
        receiver = value;
    }

    @Override
    public void write(byte[] buffer, int offset, int length, InetSocketAddress destination) {
        ServerConnection open = connection;
        if (closed || open == null || length <= 0 || length > MOST_DATAGRAM_BYTES) {
            return;
        }
        if (frame.length < length + TurnClient.MOST_OVERHEAD) {
            frame = new byte[length + TurnClient.MOST_OVERHEAD];
        }
        int framed = client.frame(buffer, offset, length, destination, frame, loop.nanoTime());
        if (transmit(open)) {
            timer.arm(client.nextTimeout());
        }
        if (framed > 0) {
            open.write(frame, 0, framed);
        }
    }

    @Override
    public void flush() {
        if (connection != null) {
            connection.flush();
        }
    }

    @Override
    public boolean isWritable(InetSocketAddress destination) {
        return connection == null || connection.isWritable();
    }

    /** Gives the allocation back; the connection lives until the server has heard of it. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        receiver = null;
        client.release(loop.nanoTime());
        settle();
    }

    private void onTimeout() {
        client.onTimeout(loop.nanoTime());
        settle();
    }

    /** What the client has to send and to tell; then when to come back. */
    private void settle() {
        ServerConnection open = connection;
        if (open != null && transmit(open)) {
            open.flush();
        }
        TurnEvent event = client.poll();
        while (event != null) {
            handle(event);
            event = client.poll();
        }
        if (connection != null) {
            timer.arm(client.nextTimeout());
        }
    }

    private boolean transmit(ServerConnection open) {
        boolean any = false;
        byte[] message = client.transmit();
        while (message != null) {
            open.write(message, 0, message.length);
            any = true;
            message = client.transmit();
        }
        return any;
    }

    private void handle(TurnEvent event) {
        if (!(event instanceof TurnEvent.Allocated)) {
            closed = true;
            disconnect();
        }
        listener.onEvent(this, event);
    }

    private void disconnect() {
        timer.cancel();
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    private void end(String reason) {
        closed = true;
        disconnect();
        listener.onEvent(this, new TurnEvent.Failed(TurnEvent.UNREACHABLE, reason));
    }

    private final class Events implements ServerConnection.Listener {
        @Override
        public void onConnected() {
            if (!closed) {
                client.allocate(version, loop.nanoTime());
                settle();
            }
        }

        @Override
        public void onMessage(ByteBuffer message) {
            InetSocketAddress source = client.receive(message, loop.nanoTime());
            if (source == null) {
                settle();
            } else if (receiver != null) {
                inBurst = true;
                receiver.onDatagram(source, client.payload());
            }
        }

        @Override
        public void onEndOfBurst() {
            if (inBurst && receiver != null) {
                inBurst = false;
                receiver.onEndOfBurst();
            }
        }

        @Override
        public void onWritable() {
            if (receiver != null) {
                receiver.onWritable();
            }
        }

        @Override
        public void onFailure(String reason) {
            connection = null;
            if (!closed) {
                end(reason);
            }
        }
    }
}
