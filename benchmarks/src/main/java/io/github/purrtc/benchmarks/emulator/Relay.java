package io.github.purrtc.benchmarks.emulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands between two peers as a NAT in front of each would: for an address of one peer it has an address of its own, which the other
 * peer is told instead. All datagrams of one direction share one path. One thread; thread-safe.
 */
public final class Relay implements AutoCloseable {
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;
    private static final int MAX_DATAGRAM_BYTES = 65_536;
    private static final long MILLISECOND_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long IDLE_MILLIS = 1_000;

    private final Selector selector;
    private final Map<End, Path> pathsTo = new EnumMap<>(End.class);
    private final Map<InetSocketAddress, InetSocketAddress> fronts = new HashMap<>();
    private final ConcurrentLinkedQueue<Front> added = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<UnderWay> underWay = new PriorityQueue<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
    private final long[] arrivals = new long[Path.MAX_ARRIVALS];
    private final Delays lateness = new Delays();
    private final Thread thread;
    private long order;
    private volatile boolean closed;
    private volatile Traffic traffic = new Traffic(0, 0, 0);
    private volatile Map<End, Carried> carried = Map.of();

    /** How many datagrams came through, were lost on the way, and found the queue full, in both directions together. */
    public record Traffic(long passed, long lost, long overflown) {}

    /**
     * What one direction had let through at a moment: between two of them no more than its rate allows.
     *
     * @param nanos of {@link System#nanoTime}
     * @param bytes of UDP payload that had left the queue
     * @param greatestDatagramBytes of the longest datagram
     */
    public record Carried(long nanos, long bytes, int greatestDatagramBytes) {}

    private Relay(Selector selector, Conditions toA, Conditions toZ, long seed) {
        this.selector = selector;
        long startNanos = System.nanoTime();
        pathsTo.put(End.A, new Path(toA, new SplittableRandom(seed), startNanos));
        pathsTo.put(End.Z, new Path(toZ, new SplittableRandom(~seed), startNanos));
        count();
        thread = new Thread(this::run, "emulator");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Opens one that stands for nobody yet.
     *
     * @param seed decides what is lost, delayed, reordered and doubled
     */
    public static Relay open(Conditions toA, Conditions toZ, long seed) throws IOException {
        return new Relay(Selector.open(), toA, toZ, seed);
    }

    /**
     * The relay's address in whose place the owner's is reached; the same one for the same address. It is on the interface of the
     * target where that is on this machine.
     */
    public synchronized InetSocketAddress standFor(End owner, InetSocketAddress target) throws IOException {
        InetSocketAddress known = fronts.get(target);
        return known == null ? standFor(owner, target, new InetSocketAddress(local(target), 0)) : known;
    }

    /** The relay's address for the owner's, chosen by the caller. */
    public synchronized InetSocketAddress standFor(End owner, InetSocketAddress target, InetSocketAddress listen)
            throws IOException {
        DatagramChannel channel = open(listen);
        InetSocketAddress address = (InetSocketAddress) channel.getLocalAddress();
        added.add(new Front(owner, target, channel));
        fronts.put(target, address);
        selector.wakeup();
        return address;
    }

    public Traffic traffic() {
        return traffic;
    }

    /** What the path towards that end has let through; all that has arrived there is in it. */
    public Carried carried(End towards) {
        return Objects.requireNonNull(carried.get(towards));
    }

    /** How long datagrams towards that end waited before the bottleneck. */
    public Delays queueDelays(End towards) {
        return pathTo(towards).queueDelays();
    }

    /** How much later than they should datagrams were sent on: this machine's doing, not the path's. */
    public Delays lateness() {
        return lateness;
    }

    /** Forgets how long datagrams waited and were late so far. */
    public void forgetDelays() {
        lateness.reset();
        pathsTo.values().forEach(path -> path.queueDelays().reset());
    }

    /** What came through and how it fared, as JSON. */
    public ObjectNode report() {
        Traffic counted = traffic;
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("passed", counted.passed)
                .put("lost", counted.lost)
                .put("overflown", counted.overflown);
        node.set("queue_to_a", queueDelays(End.A).json());
        node.set("queue_to_z", queueDelays(End.Z).json());
        node.set("late", lateness.json());
        return node;
    }

    private Path pathTo(End towards) {
        return Objects.requireNonNull(pathsTo.get(towards));
    }

    private static InetAddress local(InetSocketAddress target) throws IOException {
        InetAddress address = target.getAddress();
        if (address == null) {
            throw new IOException("no address: " + target);
        }
        return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null
                ? address
                : InetAddress.getLocalHost();
    }

    private static DatagramChannel open(InetSocketAddress address) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER_BYTES);
            channel.bind(address);
            channel.configureBlocking(false);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** What a socket is for. */
    private interface Receiver {
        void receive(SocketAddress source) throws IOException;
    }

    /** Where others reach the owner. */
    private final class Front implements Receiver {
        final End owner;
        final InetSocketAddress target;
        final DatagramChannel channel;
        private final Map<SocketAddress, DatagramChannel> backs = new HashMap<>();

        Front(End owner, InetSocketAddress target, DatagramChannel channel) {
            this.owner = owner;
            this.target = target;
            this.channel = channel;
        }

        @Override
        public void receive(SocketAddress source) throws IOException {
            DatagramChannel back = backs.get(source);
            if (back == null) {
                back = open(new InetSocketAddress(local(target), 0));
                backs.put(source, back);
                Receiver answers = sender -> forward(owner.other(), channel, source);
                back.register(selector, SelectionKey.OP_READ, answers);
            }
            forward(owner, back, target);
        }
    }

    private static final class UnderWay implements Comparable<UnderWay> {
        final long arrivalNanos;
        private final long order;
        final DatagramChannel from;
        final SocketAddress to;
        final byte[] payload;

        UnderWay(long arrivalNanos, long order, DatagramChannel from, SocketAddress to, byte[] payload) {
            this.arrivalNanos = arrivalNanos;
            this.order = order;
            this.from = from;
            this.to = to;
            this.payload = payload;
        }

        @Override
        public int compareTo(UnderWay other) {
            int byTime = Long.compare(arrivalNanos - other.arrivalNanos, 0);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private void forward(End towards, DatagramChannel from, SocketAddress to) {
        long nowNanos = System.nanoTime();
        int times = pathTo(towards).send(buffer.remaining(), nowNanos, arrivals);
        if (times > 0) {
            byte[] payload = new byte[buffer.remaining()];
            buffer.get(payload);
            for (int i = 0; i < times; i++) {
                underWay.add(new UnderWay(arrivals[i], order++, from, to, payload));
            }
        }
    }

    private void run() {
        try (selector) {
            while (!closed) {
                deliver();
                await();
                register();
                for (SelectionKey key : selector.selectedKeys()) {
                    read(key);
                }
                selector.selectedKeys().clear();
                count();
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @SuppressWarnings("EmptyCatch") // Nobody is there any more, as on any network.
    private void deliver() {
        long nowNanos = System.nanoTime();
        for (UnderWay next = underWay.peek();
                next != null && next.arrivalNanos - nowNanos <= 0;
                next = underWay.peek()) {
            underWay.remove();
            lateness.add(nowNanos - next.arrivalNanos);
            try {
                next.from.send(ByteBuffer.wrap(next.payload), next.to);
            } catch (IOException e) {
                // Nobody is there any more, as on any network.
            }
        }
    }

    /** Until something comes or is due; selectors count in milliseconds, so that the last one is slept otherwise. */
    private void await() throws IOException {
        UnderWay next = underWay.peek();
        if (next == null) {
            selector.select(IDLE_MILLIS);
            return;
        }
        long nanos = next.arrivalNanos - System.nanoTime();
        if (nanos >= MILLISECOND_NANOS) {
            selector.select(nanos / MILLISECOND_NANOS);
        } else if (selector.selectNow() == 0 && nanos > 0) {
            LockSupport.parkNanos(nanos);
        }
    }

    private void register() throws ClosedChannelException {
        for (Front front = added.poll(); front != null; front = added.poll()) {
            front.channel.register(selector, SelectionKey.OP_READ, front);
        }
    }

    private void read(SelectionKey key) throws IOException {
        DatagramChannel channel = (DatagramChannel) key.channel();
        Receiver receiver = (Receiver) key.attachment();
        while (true) {
            buffer.clear();
            SocketAddress source;
            try {
                source = channel.receive(buffer);
            } catch (java.net.PortUnreachableException e) {
                continue;
            }
            if (source == null) {
                return;
            }
            buffer.flip();
            receiver.receive(source);
        }
    }

    private void count() {
        long passed = 0;
        long lost = 0;
        long overflown = 0;
        for (Path path : pathsTo.values()) {
            passed += path.passed();
            lost += path.lost();
            overflown += path.overflown();
        }
        traffic = new Traffic(passed, lost, overflown);
        long nowNanos = System.nanoTime();
        carried = Map.of(End.A, carried(End.A, nowNanos), End.Z, carried(End.Z, nowNanos));
    }

    private Carried carried(End towards, long nowNanos) {
        Path path = pathTo(towards);
        return new Carried(nowNanos, path.carriedBytes(nowNanos), path.greatestBytes());
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
