package io.github.purrtc;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** A channel for threads that wait. */
class BlockingDataChannelTest {
    private static final Duration LIMIT = Duration.ofSeconds(PeerPair.LIMIT_SECONDS);

    /** The two ends of one channel. */
    private record Ends(BlockingDataChannel a, BlockingDataChannel z) {
        static Ends of(PeerPair pair) throws Exception {
            BlockingQueue<BlockingDataChannel> incoming = new LinkedBlockingQueue<>();
            pair.z.onDataChannel(channel -> incoming.add(new BlockingDataChannel(channel).timeout(LIMIT)));
            BlockingDataChannel a = new BlockingDataChannel(pair.a.createDataChannel("waiting")).timeout(LIMIT);
            pair.connect();
            a.awaitOpen();
            BlockingDataChannel z = incoming.poll(PeerPair.LIMIT_SECONDS, TimeUnit.SECONDS);
            assertNotNull(z);
            return new Ends(a, z);
        }
    }

    @Test
    void messagesGoBothWaysAndEndWithTheChannel() throws Exception {
        try (PeerPair pair = new PeerPair()) {
            Ends ends = Ends.of(pair);
            ends.a.send("meow");
            assertEquals("meow", ends.z.receive().text());
            ends.z.send(DataChannelMessage.binary(ByteBuffer.allocate(3)));
            assertEquals(3, ends.a.receive().size());
            ends.a.send("last");
            ends.a.close();
            assertEquals("last", ends.z.receive().text());
            assertNull(ends.z.receive());
            assertThrows(IOException.class, () -> ends.z.send("too late"));
        }
    }

    @Test
    void bytesAreReadAcrossMessages() throws Exception {
        try (PeerPair pair = new PeerPair()) {
            Ends ends = Ends.of(pair);
            assertEquals(5, ends.a.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5})));
            assertEquals(2, ends.a.write(ByteBuffer.wrap(new byte[] {6, 7})));
            ends.a.close();
            ByteBuffer three = ByteBuffer.allocate(3);
            assertEquals(3, ends.z.read(three));
            assertEquals(2, ends.z.read(three.clear()));
            assertEquals(4, three.get(0));
            assertEquals(2, ends.z.read(three.clear()));
            assertEquals(6, three.get(0));
            assertEquals(-1, ends.z.read(three.clear()));
        }
    }

    @Test
    void waitingEndsWithItsTimeout() throws Exception {
        try (PeerPair pair = new PeerPair()) {
            Ends ends = Ends.of(pair);
            ends.z.timeout(Duration.ofMillis(1));
            assertThrows(SocketTimeoutException.class, ends.z::receive);
        }
    }

    @Test
    void aChannelThatNeverOpensSaysSo() {
        try (PeerConnection connection = new PeerConnection()) {
            BlockingDataChannel channel =
                    new BlockingDataChannel(connection.createDataChannel("lonely")).timeout(LIMIT);
            channel.close();
            assertThrows(ClosedChannelException.class, channel::awaitOpen);
        }
    }

    @Test
    void aSlowReaderStopsAFastWriter() throws Exception {
        int messages = 200;
        try (PeerPair pair = new PeerPair()) {
            Ends ends = Ends.of(pair);
            CompletableFuture<Void> written = CompletableFuture.runAsync(() -> {
                try {
                    for (int i = 0; i < messages; i++) {
                        ends.a.send(DataChannelMessage.binary(
                                ByteBuffer.allocate(100_000).putInt(0, i)));
                    }
                    ends.a.close();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            for (int i = 0; i < messages; i++) {
                DataChannelMessage message = ends.z.receive();
                assertEquals(i, message.data().getInt(0));
            }
            assertNull(ends.z.receive());
            PeerPair.get(written);
        }
    }
}
