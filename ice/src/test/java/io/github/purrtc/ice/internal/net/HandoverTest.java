package io.github.purrtc.ice.internal.net;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** To a loop that does nothing until it is told to. */
class HandoverTest {
    private static final int MOST_UNDER_WAY = 64;
    private static final int BATCH_DATAGRAMS = 512;
    private static final int BATCH_BYTES = 65_536;
    private static final InetSocketAddress SOURCE = Loops.loopback(4_000);

    private final EmbeddedChannel loop = new EmbeddedChannel();
    private final SharedPort port = new SharedPort(Loops.loopback(9), null);
    private final PortReceiver receiver = new PortReceiver(loop.eventLoop(), port);
    private final Handover handover = new Handover(receiver);
    private final List<Integer> received = new ArrayList<>();
    private final Set<byte[]> buffers = Collections.newSetFromMap(new IdentityHashMap<>());
    private int bursts;
    private final PortShare share = new PortShare(port, receiver, new DatagramListener() {
        @Override
        public void onDatagram(InetSocketAddress source, ByteBuffer datagram) {
            assertEquals(SOURCE, source);
            received.add(datagram.getInt());
            buffers.add(datagram.array());
        }

        @Override
        public void onEndOfBurst() {
            bursts++;
        }

        @Override
        public void onWritable() {}
    });

    private void add(int number, int length) {
        handover.add(share, SOURCE, ByteBuffer.allocate(length).putInt(0, number));
    }

    private static List<Integer> numbers(int from, int to) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = from; i < to; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    @Test
    @DisplayName("what a loop is behind with is bounded, the oldest kept, and what else comes counted")
    void aLoopThatIsBehind() {
        int most = MOST_UNDER_WAY * BATCH_DATAGRAMS;
        for (int i = 0; i < most + 1_000; i++) {
            add(i, 100);
        }
        assertEquals(most, handover.datagrams());
        assertEquals(1_000, handover.dropped());
        loop.runPendingTasks();
        assertEquals(numbers(0, most), received);
        assertEquals(MOST_UNDER_WAY, bursts);
        add(most, 100);
        handover.endOfBurst();
        loop.runPendingTasks();
        assertEquals(most, received.get(most), "it has caught up");
    }

    @Test
    @DisplayName("a burst is one batch of 64 KiB, a longer one several")
    void batches() {
        for (int i = 0; i < 3; i++) {
            add(i, BATCH_BYTES / 2);
        }
        handover.endOfBurst();
        handover.endOfBurst();
        loop.runPendingTasks();
        assertEquals(numbers(0, 3), received);
        assertEquals(2, bursts);
        add(3, BATCH_BYTES);
        add(4, 4);
        handover.endOfBurst();
        loop.runPendingTasks();
        assertEquals(numbers(0, 5), received);
        assertEquals(4, bursts);
    }

    @Test
    @DisplayName("of the buffers of a loop that was behind two are kept")
    void buffers() {
        for (int round = 1; round <= 2; round++) {
            for (int i = 0; i < MOST_UNDER_WAY; i++) {
                add(i, BATCH_BYTES);
            }
            handover.endOfBurst();
            loop.runPendingTasks();
            assertEquals(round * MOST_UNDER_WAY - (round - 1) * 2, buffers.size());
        }
    }
}
