package io.github.purrtc;

import io.github.purrtc.dtls.DtlsRole;
import io.github.purrtc.ice.NetworkLoop;
import io.github.purrtc.testing.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** How the driver shares the loop and obeys its socket: two of them on one loop, over paths that carry what they are told to. */
class SctpDriverTest {
    private static final int PAYLOAD = 1_000;
    /** Within the initial window, and what may go out at once when nothing is under way. */
    private static final int MESSAGES = 8;

    private static final int RECORD_OVERHEAD = 37;
    /** Room for one message in a packet, not for two. */
    private static final Configuration CONFIGURATION = Configuration.builder()
            .pathMtuDiscovery(false)
            .maxDatagramSize(1_200)
            .build();

    private final NetworkLoop loop = WebRtc.shared().nextLoop();
    private final End a = new End(DtlsRole.CLIENT);
    private final End z = new End(DtlsRole.SERVER);

    @AfterEach
    void end() {
        onLoop(() -> {
            a.driver.end(RtcException.sctpFailure("the test is over"));
            z.driver.end(RtcException.sctpFailure("the test is over"));
        });
    }

    @Test
    @DisplayName("what the driver's own flush makes room for goes out with it, not with the next SACK")
    void goesOnWhereItsFlushMadeRoom() {
        connect();
        int[] sent = new int[1];
        onLoop(() -> {
            a.path.mostWaiting = MESSAGES / 2;
            a.send(MESSAGES);
            // The pump follows what the loop is doing now.
            loop.execute(() -> sent[0] = a.path.sent.size());
        });
        onLoop(() -> assertEquals(MESSAGES, sent[0], "packets in one turn"));
    }

    @Test
    @DisplayName("a socket that takes little at a time does not keep the loop from others")
    void leavesTheLoopToOthers() {
        connect();
        int[] sent = new int[1];
        onLoop(() -> {
            a.path.mostWaiting = 1;
            a.send(MESSAGES);
            loop.execute(() -> sent[0] = a.path.sent.size());
        });
        Await.until("all sent", () -> onLoop(() -> a.path.sent.size() >= MESSAGES));
        assertTrue(sent[0] > 0 && sent[0] < MESSAGES, () -> sent[0] + " packets in one turn");
    }

    @Test
    @DisplayName("a full socket is left alone until it tells that it has room")
    void waitsForAFullSocket() {
        connect();
        onLoop(() -> {
            a.path.mostWaiting = 1;
            a.path.isStuck = true;
            a.send(MESSAGES);
        });
        onLoop(() -> assertEquals(0, a.path.sent.size()));
        onLoop(() -> {
            assertEquals(1, a.path.flushes, "flushes");
            a.path.isStuck = false;
            a.path.mostWaiting = Integer.MAX_VALUE;
            a.path.flush();
        });
        onLoop(() -> assertTrue(a.path.sent.size() >= MESSAGES, () -> a.path.sent.size() + " packets"));
    }

    private void connect() {
        onLoop(() -> {
            a.driver.connect(null);
            z.driver.connect(null);
        });
        Await.until(
                "connected",
                () -> onLoop(() -> {
                    a.path.deliverTo(z);
                    z.path.deliverTo(a);
                    return a.channel.readyState() == DataChannelState.OPEN
                            && z.channel.readyState() == DataChannelState.OPEN;
                }));
        // Whatever the last packets had as their answers.
        Await.until("quiet", () -> onLoop(() -> !(a.path.deliverTo(z) | z.path.deliverTo(a))));
        onLoop(() -> a.path.flushes = 0);
    }

    private void onLoop(Runnable task) {
        PeerPair.get(CompletableFuture.runAsync(task, loop));
    }

    private <T> T onLoop(Supplier<T> task) {
        return PeerPair.get(CompletableFuture.supplyAsync(task, loop));
    }

    private final class End {
        final Path path = new Path();
        final DataChannel channel;
        final SctpDriver driver;

        End(DtlsRole role) {
            AssociationSettings settings = new AssociationSettings(role, 5_000, 5_000, Long.MAX_VALUE, RECORD_OVERHEAD);
            DataChannels channels = new DataChannels(loop, new StreamIds(), incoming -> {});
            driver = new SctpDriver(
                    loop, path, channels, CONFIGURATION, settings, new ConnectionMemory(BufferMemory.shared()));
            path.driver = driver;
            channel = channels.create(
                    "purr", DataChannelOptions.builder().negotiated(0).build());
            onLoop(() -> channels.add(channel));
        }

        void send(int messages) {
            for (int i = 0; i < messages; i++) {
                channel.send(new byte[PAYLOAD]);
            }
        }
    }

    /** A socket with a high and a low mark: it is full when that many packets wait, and has room again when none does. */
    private static final class Path implements PacketPath {
        final Queue<byte[]> sent = new ArrayDeque<>();
        private final Queue<byte[]> waiting = new ArrayDeque<>();
        private SctpDriver driver;
        private int mostWaiting = Integer.MAX_VALUE;
        /** Whether the system takes nothing. */
        private boolean isStuck;

        private boolean full;
        private int flushes;

        @Override
        public boolean isWritable() {
            return !full;
        }

        @Override
        public void write(byte[] buffer, int offset, int length) {
            waiting.add(Arrays.copyOfRange(buffer, offset, offset + length));
            full = waiting.size() >= mostWaiting;
        }

        @Override
        public void flush() {
            flushes++;
            if (isStuck) {
                return;
            }
            sent.addAll(waiting);
            waiting.clear();
            if (full) {
                full = false;
                driver.onWritable();
            }
        }

        @Override
        public void flushUnfragmented() {
            flush();
        }

        @Override
        public long roundTripNanos() {
            return -1;
        }

        /** Whether there was anything. */
        boolean deliverTo(End peer) {
            boolean any = !sent.isEmpty();
            for (byte[] packet = sent.poll(); packet != null; packet = sent.poll()) {
                peer.driver.receive(ByteBuffer.wrap(packet));
            }
            if (any) {
                peer.driver.endOfBurst();
            }
            return any;
        }
    }
}
