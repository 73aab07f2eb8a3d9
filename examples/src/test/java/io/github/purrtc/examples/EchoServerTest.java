package io.github.purrtc.examples;

import io.github.purrtc.DataChannel;
import io.github.purrtc.DataChannelMessage;
import io.github.purrtc.DataChannelOptions;
import io.github.purrtc.sdp.SdpDialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class EchoServerTest {
    @ParameterizedTest
    @EnumSource(SdpDialect.class)
    void echoesWhatAPageOfJavaSends(SdpDialect dialect) throws Exception {
        try (TestServer server = TestServer.start(dialect);
                JavaPage page = JavaPage.open(server.signalling())) {
            DataChannel channel = page.connect();
            assertEquals("cat-noises", channel.label());
            assertTrue(channel.ordered());
            assertEchoes(page, channel);
            assertTellsTheStory(server.end());
        }
    }

    private static void assertEchoes(JavaPage page, DataChannel channel) throws Exception {
        channel.send("Hello, cat!");
        channel.send("");
        channel.send(new byte[0]);
        byte[] random = new byte[256 * 1024];
        new Random(7).nextBytes(random);
        channel.send(random);
        DataChannelMessage text = page.awaitEcho();
        assertTrue(text.isText());
        assertEquals("Hello, cat!", text.text());
        DataChannelMessage emptyText = page.awaitEcho();
        assertTrue(emptyText.isText());
        assertEquals(0, emptyText.size());
        DataChannelMessage emptyBinary = page.awaitEcho();
        assertEquals(false, emptyBinary.isText());
        assertEquals(0, emptyBinary.size());
        assertArrayEquals(random, page.awaitEcho().bytes());
    }

    private static void assertTellsTheStory(String console) {
        List<String> lines =
                console.lines().map(line -> line.replaceAll("^\\[\\d{9}] ", "")).toList();
        for (String line : List.of(
                "(A) Negotiation needed",
                "(A) ICE gatherer state: gathering",
                "(A) ICE gatherer last local candidate",
                "Local Description:",
                "(A) Signaling state change: have-local-offer",
                "(A) Signaling state change: stable",
                "(A) ICE transport state: checking",
                "(A) ICE transport state: completed",
                "(A) Peer connection state change: connecting",
                "(A) Peer connection state change: connected",
                "(A) Data channel open: cat-noises",
                "(A) Incoming message for data channel cat-noises: 11 bytes",
                "(A) Sending 11 bytes",
                "(A) Data channel buffered amount low: cat-noises",
                "(A) Data channel closed: cat-noises")) {
            assertTrue(lines.contains(line), () -> "\"" + line + "\" is missing in\n" + console);
        }
        assertTrue(
                lines.stream().anyMatch(line -> line.startsWith("(A) ICE candidate: foundation=")),
                () -> "no candidate in\n" + console);
        assertTrue(
                lines.stream()
                        .anyMatch(line -> line.startsWith("{\"type\":\"offer\",\"sdp\":\"v=0\\r\\no=sdpartanic-")),
                () -> "no description in\n" + console);
    }

    @Test
    void echoesOnThePagesOwnChannels() throws Exception {
        try (TestServer server = TestServer.start();
                JavaPage page = JavaPage.open(server.signalling())) {
            page.connect();
            for (String label : List.of("dog-noises", "bear-noises")) {
                CompletableFuture<String> echo = new CompletableFuture<>();
                DataChannel channel = page.connection.createDataChannel(
                        label, DataChannelOptions.builder().ordered(false).build());
                channel.onMessage(message -> echo.complete(message.text())).onOpen(() -> channel.send("from " + label));
                assertEquals("from " + label, echo.get(JavaPage.LIMIT_SECONDS, TimeUnit.SECONDS));
            }
        }
    }

    @Test
    void callsAgainAfterHangingUp() throws Exception {
        try (TestServer server = TestServer.start();
                JavaPage page = JavaPage.open(server.signalling())) {
            page.connect();
            page.send(new Signal.HangUp());
            page.channelClosed.get(JavaPage.LIMIT_SECONDS, TimeUnit.SECONDS);
            page.send(new Signal.Call());
            assertTrue(page.await(Signal.Offer.class).sdp().startsWith("v=0\r\n"));
        }
    }

    @Test
    void hangsUpOnEveryPageWhenItEnds() throws Exception {
        try (TestServer server = TestServer.start();
                JavaPage connected = JavaPage.open(server.signalling());
                JavaPage idle = JavaPage.open(server.signalling())) {
            connected.connect();
            server.end();
            connected.channelClosed.get(JavaPage.LIMIT_SECONDS, TimeUnit.SECONDS);
            assertEquals(1001, connected.socketClosed.get(JavaPage.LIMIT_SECONDS, TimeUnit.SECONDS));
            assertEquals(1001, idle.socketClosed.get(JavaPage.LIMIT_SECONDS, TimeUnit.SECONDS));
        }
    }

    /** A page that sends and does not read for a while: the server's memory must not grow with what it sends. */
    @Test
    void holdsBackAPageThatDoesNotRead() throws Exception {
        int messages = 600;
        int size = 64 * 1024;
        try (TestServer server = TestServer.start();
                JavaPage page = JavaPage.open(server.signalling())) {
            DataChannel channel = page.connect();
            channel.pause();
            List<DataChannelMessage> unsent = new ArrayList<>();
            for (int i = 0; i < messages; i++) {
                unsent.add(DataChannelMessage.binary(
                        ByteBuffer.allocate(size).putInt(0, i).putInt(size - 4, i)));
            }
            SlowSender sender = new SlowSender(channel, unsent);
            sender.fill();
            // The server's side of the way back fills up, then the way there does, then this side has to stop.
            sender.stalled.get(JavaPage.LIMIT_SECONDS, TimeUnit.SECONDS);
            channel.resume();
            for (int i = 0; i < messages; i++) {
                ByteBuffer echo = page.awaitEcho().data();
                assertEquals(size, echo.remaining());
                assertEquals(i, echo.getInt(echo.position()));
                assertEquals(i, echo.getInt(echo.limit() - 4));
            }
        }
    }

    /** Sends what it can; tells when the other side has taken nothing for a while. */
    private static final class SlowSender {
        private static final long MARK = 4 * 1024 * 1024;
        private static final long STALL_MILLIS = 700;

        private final DataChannel channel;
        private final List<DataChannelMessage> unsent;
        private int next;
        private volatile long lastProgressNanos = System.nanoTime();
        final CompletableFuture<Void> stalled = new CompletableFuture<>();

        SlowSender(DataChannel channel, List<DataChannelMessage> unsent) {
            this.channel = channel;
            this.unsent = unsent;
            channel.setBufferedAmountLowThreshold(MARK / 2);
            channel.onBufferedAmountLow(this::fill);
            watch();
        }

        synchronized void fill() {
            lastProgressNanos = System.nanoTime();
            while (next < unsent.size() && channel.bufferedAmount() < MARK) {
                channel.send(unsent.get(next++));
            }
        }

        private void watch() {
            CompletableFuture.delayedExecutor(STALL_MILLIS / 4, TimeUnit.MILLISECONDS)
                    .execute(() -> {
                        if (System.nanoTime() - lastProgressNanos > TimeUnit.MILLISECONDS.toNanos(STALL_MILLIS)) {
                            synchronized (this) {
                                if (next == unsent.size()) {
                                    stalled.completeExceptionally(new AssertionError("everything was taken"));
                                }
                            }
                            stalled.complete(null);
                        } else {
                            watch();
                        }
                    });
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "purr                                                    | not JSON",
                "[1]                                                     | not a JSON object",
                "{\"type\":\"purr\"}                                     | unknown type \"purr\"",
                "{\"type\":\"answer\",\"sdp\":\"v=0\"}                   | there is no call",
                "{\"type\":\"candidate\",\"candidate\":null}             | there is no call",
                "{\"type\":\"offer\",\"sdp\":\"v=0\"}                    | the server makes the offers",
            })
    void answersNonsenseWithAnErrorAndGoesOn(String text, String error) throws Exception {
        try (TestServer server = TestServer.start();
                JavaPage page = JavaPage.open(server.signalling())) {
            page.sendText(text);
            String message = page.awaitError();
            assertTrue(message.startsWith(error), message);
            DataChannel channel = page.connect();
            channel.send("still there?");
            assertEquals("still there?", page.awaitEcho().text());
        }
    }

    @Test
    void aSecondCallAndWrongDescriptionsBreakNothing() throws Exception {
        try (TestServer server = TestServer.start();
                JavaPage page = JavaPage.open(server.signalling())) {
            DataChannel channel = page.connect();
            page.send(new Signal.Call());
            assertEquals("there is a call already: hang up first", page.awaitError());
            page.send(new Signal.Answer("v=0"));
            assertTrue(page.awaitError().startsWith("The answer was refused: "));
            page.sendText("{\"type\":\"candidate\",\"candidate\":{\"candidate\":\"purr\",\"sdpMLineIndex\":0}}");
            assertTrue(page.awaitError().startsWith("The candidate was refused: "));
            channel.send("still there?");
            assertEquals("still there?", page.awaitEcho().text());
        }
    }

    @Test
    void aBadAnswerMayBeFollowedByAGoodOne() throws Exception {
        try (TestServer server = TestServer.start();
                JavaPage page = JavaPage.open(server.signalling())) {
            page.send(new Signal.HangUp());
            page.send(new Signal.Call());
            assertNotNull(page.await(Signal.Offer.class));
            page.send(new Signal.Answer("v=0\r\nwhat?"));
            assertTrue(page.awaitError().startsWith("The answer was refused: "));
            page.send(new Signal.HangUp());
            DataChannel channel = page.connect();
            channel.send("at last");
            assertEquals("at last", page.awaitEcho().text());
        }
    }

    @Test
    void refusesBinaryMessages() throws Exception {
        try (TestServer server = TestServer.start();
                JavaPage page = JavaPage.open(server.signalling())) {
            page.socket().sendBinary(ByteBuffer.allocate(3), true).get(JavaPage.LIMIT_SECONDS, TimeUnit.SECONDS);
            assertEquals("messages must be text", page.awaitError());
        }
    }

    @Test
    void closesTheSocketOfAPageThatSendsTooMuchAtOnce() throws Exception {
        try (TestServer server = TestServer.start();
                JavaPage page = JavaPage.open(server.signalling());
                JavaPage other = JavaPage.open(server.signalling())) {
            page.socket().sendText("x".repeat(200_000), true);
            assertEquals(1009, page.socketClosed.get(JavaPage.LIMIT_SECONDS, TimeUnit.SECONDS));
            LinkedBlockingQueue<DataChannelMessage> echoes = new LinkedBlockingQueue<>();
            other.connect().onMessage(echoes::add).send("me too?");
            DataChannelMessage echo = echoes.poll(JavaPage.LIMIT_SECONDS, TimeUnit.SECONDS);
            assertNotNull(echo);
            assertEquals("me too?", echo.text());
        }
    }
}
