package io.github.purrtc.ice.internal.net;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** The way of datagrams from the loop that read them to the one that they are for: batches, no more than so many. */
final class Handover {
    private static final int BATCH_BYTES = 65_536;
    private static final int BATCH_DATAGRAMS = 512;

    /** About as much as a kernel buffer holds; a loop that is that far behind loses what else comes. */
    private static final int MOST_UNDER_WAY = 64;

    private static final int MOST_KEPT = 2;

    private final PortReceiver to;
    private final Queue<Batch> free = new ConcurrentLinkedQueue<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private @Nullable Batch filling;
    private long datagrams;
    private long dropped;

    Handover(PortReceiver to) {
        this.to = to;
    }

    PortReceiver to() {
        return to;
    }

    long datagrams() {
        return datagrams;
    }

    long dropped() {
        return dropped;
    }

    void add(PortShare share, InetSocketAddress source, ByteBuffer datagram) {
        Batch batch = filling;
        if (batch != null && !batch.hasRoom(datagram.remaining())) {
            endOfBurst();
            batch = null;
        }
        if (batch == null) {
            if (underWay.get() >= MOST_UNDER_WAY) {
                dropped++;
                return;
            }
            @Nullable Batch used = free.poll();
            batch = used != null ? used : new Batch();
            filling = batch;
        }
        batch.add(share, source, datagram);
        datagrams++;
    }

    void endOfBurst() {
        Batch batch = filling;
        if (batch != null) {
            filling = null;
            underWay.incrementAndGet();
            if (!to.execute(batch)) {
                underWay.decrementAndGet();
            }
        }
    }

    private final class Batch implements Runnable {
        private final ByteBuffer bytes = ByteBuffer.allocate(BATCH_BYTES);
        private final PortShare[] shares = new PortShare[BATCH_DATAGRAMS];
        private final InetSocketAddress[] sources = new InetSocketAddress[BATCH_DATAGRAMS];
        private final int[] ends = new int[BATCH_DATAGRAMS];
        private int count;

        boolean hasRoom(int length) {
            return count < BATCH_DATAGRAMS && bytes.remaining() >= length;
        }

        void add(PortShare share, InetSocketAddress source, ByteBuffer datagram) {
            shares[count] = share;
            sources[count] = source;
            bytes.put(datagram);
            ends[count] = bytes.position();
            count++;
        }

        /** On the loop that they are for. */
        @Override
        public void run() {
            int start = 0;
            for (int i = 0; i < count; i++) {
                bytes.clear().limit(ends[i]).position(start);
                start = ends[i];
                to.deliver(shares[i], sources[i], bytes);
            }
            to.endDelivery();
            Arrays.fill(shares, 0, count, null);
            Arrays.fill(sources, 0, count, null);
            count = 0;
            bytes.clear();
            if (underWay.decrementAndGet() < MOST_KEPT) {
                free.add(this);
            }
        }
    }
}
