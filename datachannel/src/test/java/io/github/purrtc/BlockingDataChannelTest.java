package io.github.purrtc;

import io.github.purrtc.testing.Await;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    void emptyMessagesDoNotWaitWithoutEnd() throws Exception {
        int messages = 20_000;
        try (PeerPair pair = new PeerPair()) {
            Ends ends = Ends.of(pair);
            for (int i = 0; i < messages; i++) {
                ends.a.send("");
            }
            Await.until("the reader to stop", () -> ends.z.channel().holdsMessages());
            for (int i = 0; i < messages; i++) {
                assertEquals("", ends.z.receive().text());
            }
            Await.until("the reader to go on", () -> !ends.z.channel().holdsMessages());
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

    /** Begins a call on a thread of its own, and waits until it waits. */
    private static CallThread begin(Callable<?> call) {
        CallThread thread = new CallThread(call);
        thread.start();
        Await.until(
                "waiting",
                () -> thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
        return thread;
    }

    private static final class CallThread extends Thread {
        private final Callable<?> call;
        private final CompletableFuture<Object> outcome = new CompletableFuture<>();
        private final CompletableFuture<Boolean> interruptedAfterwards = new CompletableFuture<>();

        CallThread(Callable<?> call) {
            this.call = call;
        }

        @Override
        public void run() {
            try {
                outcome.complete(call.call());
            } catch (Exception e) {
                outcome.completeExceptionally(e);
            }
            interruptedAfterwards.complete(isInterrupted());
        }

        Throwable failure() {
            return assertThrows(ExecutionException.class, () -> outcome.get(PeerPair.LIMIT_SECONDS, TimeUnit.SECONDS))
                    .getCause();
        }
    }

    @Test
    void openingEndsWithItsTimeout() {
        try (PeerConnection connection = new PeerConnection()) {
            BlockingDataChannel channel = new BlockingDataChannel(connection.createDataChannel("lonely"));
            channel.timeout(Duration.ofMillis(1));
            assertThrows(SocketTimeoutException.class, channel::awaitOpen);
            assertThrows(SocketTimeoutException.class, () -> channel.send("nobody"));
        }
    }

    @Test
    void aThreadThatIsInterruptedWaitsNoLonger() throws Exception {
        try (PeerPair pair = new PeerPair()) {
            Ends ends = Ends.of(pair);
            CallThread receiving = begin(ends.z::receive);
            receiving.interrupt();
            assertInstanceOf(InterruptedIOException.class, receiving.failure());
            assertTrue(PeerPair.get(receiving.interruptedAfterwards));
            ends.a.send("later");
            assertEquals("later", ends.z.receive().text());
        }
    }

    @Test
    void closingEndsAllWaiting() throws Exception {
        try (PeerPair pair = new PeerPair()) {
            Ends ends = Ends.of(pair);
            CallThread receiving = begin(ends.z::receive);
            CallThread reading = begin(() -> ends.z.read(ByteBuffer.allocate(1)));
            ends.a.close();
            assertNull(receiving.outcome.get(PeerPair.LIMIT_SECONDS, TimeUnit.SECONDS));
            assertEquals(-1, reading.outcome.get(PeerPair.LIMIT_SECONDS, TimeUnit.SECONDS));
        }
    }

    @Test
    void aLostConnectionEndsWaitingWithItsCause() throws Exception {
        try (PeerPair pair = new PeerPair()) {
            Ends ends = Ends.of(pair);
            CallThread receiving = begin(ends.z::receive);
            pair.a.close();
            RtcException cause =
                    assertInstanceOf(RtcException.class, receiving.failure().getCause());
            assertEquals(
                    RtcErrorDetail.SCTP_FAILURE, cause.details().orElseThrow().errorDetail());
        }
    }

    @Test
    void whoWaitsForRoomIsToldOfTheEnd() throws Exception {
        try (PeerPair pair = new PeerPair()) {
            Ends ends = Ends.of(pair);
            ends.z.channel().pause();
            CallThread sending = begin(() -> {
                while (true) {
                    ends.a.send(DataChannelMessage.binary(ByteBuffer.allocate(60_000)));
                }
            });
            ends.a.close();
            assertInstanceOf(ClosedChannelException.class, sending.failure());
        }
    }

    @Test
    void roomIsWaitedForNoLongerThanTheTimeout() throws Exception {
        try (PeerPair pair = new PeerPair()) {
            Ends ends = Ends.of(pair);
            ends.z.channel().pause();
            ends.a.timeout(Duration.ofMillis(200));
            assertThrows(SocketTimeoutException.class, () -> {
                while (true) {
                    ends.a.send(DataChannelMessage.binary(ByteBuffer.allocate(60_000)));
                }
            });
        }
    }

    /** More threads wait at once than there are to carry them: none may keep its carrier. */
    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void virtualThreadsLetGoOfTheirCarriers() throws Exception {
        int channels = 100;
        ExecutorService threads = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        try (PeerPair pair = new PeerPair()) {
            pair.z.onDataChannel(channel -> {
                BlockingDataChannel echo = new BlockingDataChannel(channel).timeout(LIMIT);
                threads.submit(() -> {
                    for (DataChannelMessage next = echo.receive(); next != null; next = echo.receive()) {
                        echo.send(next);
                    }
                    return null;
                });
            });
            List<Future<String>> echoes = new ArrayList<>();
            CountDownLatch allOpen = new CountDownLatch(channels);
            for (int i = 0; i < channels; i++) {
                String text = "channel " + i;
                BlockingDataChannel channel = new BlockingDataChannel(pair.a.createDataChannel(text)).timeout(LIMIT);
                echoes.add(threads.submit(() -> {
                    channel.awaitOpen();
                    allOpen.countDown();
                    PeerPair.await(allOpen, "all channels open");
                    channel.send(text);
                    return channel.receive().text();
                }));
            }
            pair.connect();
            for (int i = 0; i < channels; i++) {
                assertEquals("channel " + i, echoes.get(i).get(PeerPair.LIMIT_SECONDS, TimeUnit.SECONDS));
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
