package io.github.purrtc.examples;

import io.github.purrtc.ice.StunUsername;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;

/**
 * Forwards the UDP packets of many connections between one public port and several nodes. Each client has a socket of its own
 * towards its node, so that the node's answers find their way back.
 */
final class UdpRouter implements AutoCloseable {
    private static final int MOST_DATAGRAM_BYTES = 65_535;
    private static final int BUFFER_BYTES = 4 << 20;

    /** What is read from one socket before the others have their turn. */
    private static final int MOST_OF_A_TURN = 64;

    private static final long CLEANING_MILLIS = 1_000;
    private static final long CLOSE_LIMIT_MILLIS = 3_000;

    private final DatagramChannel front;
    private final Selector selector;
    private final NodeTable nodes;
    private final RouterFlows flows;
    private final Story story;
    private final ByteBuffer datagram = ByteBuffer.allocateDirect(MOST_DATAGRAM_BYTES);
    private final Thread thread = new Thread(this::run, "router");

    private UdpRouter(DatagramChannel front, Selector selector, NodeTable nodes, int maxClients, Story story) {
        this.front = front;
        this.selector = selector;
        this.nodes = nodes;
        this.story = story;
        flows = new RouterFlows(maxClients);
    }

    /** @throws IOException if the address cannot be listened on */
    static UdpRouter start(InetSocketAddress listen, NodeTable nodes, int maxClients, Story story) throws IOException {
        DatagramChannel front = DatagramChannel.open();
        try {
            front.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
            front.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
            front.bind(listen);
            front.configureBlocking(false);
            Selector selector = Selector.open();
            front.register(selector, SelectionKey.OP_READ);
            UdpRouter router = new UdpRouter(front, selector, nodes, maxClients, story);
            router.thread.setDaemon(true);
            router.thread.start();
            return router;
        } catch (IOException e) {
            front.close();
            throw new IOException("cannot listen on " + listen + ": " + Failures.describe(e), e);
        }
    }

    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) front.getLocalAddress();
    }

    private void run() {
        long nextCleaningNanos = System.nanoTime();
        while (selector.isOpen()) {
            try {
                selector.select(this::read, CLEANING_MILLIS);
            } catch (IOException | ClosedSelectorException e) {
                return;
            }
            long now = System.nanoTime();
            if (now - nextCleaningNanos >= 0) {
                flows.removeIdle(now);
                nextCleaningNanos = now + TimeUnit.MILLISECONDS.toNanos(CLEANING_MILLIS);
            }
        }
    }

    private void read(SelectionKey key) {
        if (key.attachment() instanceof RouterFlow flow) {
            readNode(flow);
        } else {
            readClients();
        }
    }

    private void readClients() {
        try {
            for (int i = 0; i < MOST_OF_A_TURN; i++) {
                InetSocketAddress client = (InetSocketAddress) front.receive(datagram.clear());
                if (client == null) {
                    return;
                }
                datagram.flip();
                forward(client);
            }
        } catch (IOException e) {
            story.tell("The public port failed: " + Failures.describe(e));
        }
    }

    private void forward(InetSocketAddress client) {
        long now = System.nanoTime();
        String fragment = StunUsername.localFragment(datagram);
        RouterFlow flow;
        if (fragment == null) {
            flow = flows.ofClient(client);
        } else {
            String node = nodes.nameOf(fragment);
            flow = node == null ? null : flows.find(client, node);
            if (flow == null && node != null && flows.hasRoom(now)) {
                flow = open(client, node, now);
            }
        }
        if (flow != null) {
            flow.toNode(datagram, now);
        }
    }

    private @Nullable RouterFlow open(InetSocketAddress client, String node, long now) {
        try {
            RouterFlow flow = RouterFlow.open(client, node, nodes.address(node), now);
            flow.register(selector);
            flows.add(flow);
            return flow;
        } catch (IOException e) {
            story.tell("No way to node " + node + ": " + Failures.describe(e));
            return null;
        }
    }

    private void readNode(RouterFlow flow) {
        try {
            for (int i = 0; i < MOST_OF_A_TURN && flow.fromNode(datagram.clear()); i++) {
                flows.answered(flow, System.nanoTime());
                front.send(datagram.flip(), flow.client());
            }
        } catch (IOException e) {
            // the node is not there: when it is again, the client's next check finds it
            flows.remove(flow);
        }
    }

    @Override
    public void close() {
        try {
            selector.close();
            front.close();
            thread.join(CLOSE_LIMIT_MILLIS);
        } catch (IOException e) {
            story.tell("The public port was not closed: " + Failures.describe(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        flows.close();
    }
}
