package io.github.purrtc.examples;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** The way of one client's packets to one node and back. */
final class RouterFlow {
    private final InetSocketAddress client;
    private final String node;
    private final DatagramChannel channel;
    private long clientHeardNanos;
    private long nodeHeardNanos;
    private boolean answered;

    private RouterFlow(InetSocketAddress client, String node, DatagramChannel channel, long nowNanos) {
        this.client = client;
        this.node = node;
        this.channel = channel;
        clientHeardNanos = nowNanos;
        nodeHeardNanos = nowNanos;
    }

    static RouterFlow open(InetSocketAddress client, String node, InetSocketAddress nodeAddress, long nowNanos)
            throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.connect(nodeAddress);
            channel.configureBlocking(false);
            return new RouterFlow(client, node, channel, nowNanos);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    void register(Selector selector) throws IOException {
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    InetSocketAddress client() {
        return client;
    }

    String node() {
        return node;
    }

    /** Whether the node has answered: it knows the password of what the client asked for. */
    boolean isAnswered() {
        return answered;
    }

    long clientHeardNanos() {
        return clientHeardNanos;
    }

    long nodeHeardNanos() {
        return nodeHeardNanos;
    }

    void toNode(ByteBuffer datagram, long nowNanos) {
        clientHeardNanos = nowNanos;
        try {
            channel.write(datagram);
        } catch (IOException e) {
            // as lost as on any other way; that the node is gone is seen where its packets are read
        }
    }

    /** Reads one datagram of the node; false if there is none. */
    boolean fromNode(ByteBuffer datagram) throws IOException {
        return channel.read(datagram) > 0;
    }

    void answered(long nowNanos) {
        answered = true;
        nodeHeardNanos = nowNanos;
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // it has no more to send or to receive
        }
    }
}
