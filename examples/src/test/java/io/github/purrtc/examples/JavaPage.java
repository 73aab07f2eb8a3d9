package io.github.purrtc.examples;

import io.github.purrtc.Configuration;
import io.github.purrtc.DataChannel;
import io.github.purrtc.DataChannelMessage;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.SdpType;
import io.github.purrtc.SessionDescription;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

/** The page's side of the echo server's protocol, without a browser: a WebSocket of the JDK's, a peer connection of ours. */
final class JavaPage implements AutoCloseable {
    static final int LIMIT_SECONDS = 20;

    private final WebSocket socket;
    private final BlockingQueue<String> signals = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> offered = new CompletableFuture<>();
    private final CompletableFuture<Void> answered = new CompletableFuture<>();
    private CompletableFuture<WebSocket> sent;
    final CompletableFuture<Integer> socketClosed = new CompletableFuture<>();

    final PeerConnection connection =
            new PeerConnection(Configuration.builder().includeLoopback(true).build());
    final CompletableFuture<DataChannel> channel = new CompletableFuture<>();
    final CompletableFuture<Void> channelClosed = new CompletableFuture<>();
    final BlockingQueue<DataChannelMessage> echoes = new LinkedBlockingQueue<>();

    private final Candidates candidates;

    /** Whether the server is told where the page is. */
    private enum Candidates {
        TOLD,
        /** All that the server can learn is where the page's checks come from. */
        HIDDEN
    }

    private JavaPage(URI signalling, Candidates candidates) throws Exception {
        this.candidates = candidates;
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(signalling, new Receiver())
                .get(LIMIT_SECONDS, TimeUnit.SECONDS);
        sent = CompletableFuture.completedFuture(socket);
        connection
                .onIceCandidate(candidate -> {
                    if (candidates == Candidates.TOLD) {
                        answered.thenRun(() -> send(new Signal.Trickle(candidate)));
                    }
                })
                .onDataChannel(opened -> {
                    opened.onMessage(echoes::add).onClose(() -> channelClosed.complete(null));
                    channel.complete(opened);
                });
    }

    static JavaPage open(URI signalling) throws Exception {
        return new JavaPage(signalling, Candidates.TOLD);
    }

    /** One that the server's packets cannot reach but by answering its own. */
    static JavaPage openHidden(URI signalling) throws Exception {
        return new JavaPage(signalling, Candidates.HIDDEN);
    }

    /** The JDK's WebSocket takes one message at a time. */
    synchronized void sendText(String text) {
        sent = sent.thenCompose(ready -> ready.sendText(text, true));
    }

    void send(Signal signal) {
        sendText(signal.toJson());
    }

    WebSocket socket() {
        return socket;
    }

    /** The next signal of that kind; others before it are passed over, errors are not. */
    <T extends Signal> T await(Class<T> kind) throws Exception {
        while (true) {
            String text = signals.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            assertNotNull(text, "no " + kind.getSimpleName() + " in " + LIMIT_SECONDS + " seconds");
            Signal signal = Signal.parse(text);
            if (kind.isInstance(signal) || signal instanceof Signal.Failure) {
                return assertInstanceOf(kind, signal);
            }
        }
    }

    String awaitError() throws Exception {
        return await(Signal.Failure.class).message();
    }

    /** Calls, answers, and waits for the server's channel. */
    DataChannel connect() throws Exception {
        send(new Signal.Call());
        String offer = await(Signal.Offer.class).sdp();
        connection
                .setRemoteDescription(new SessionDescription(SdpType.OFFER, offer))
                .thenCompose(nothing -> connection.setLocalDescription())
                .toCompletableFuture()
                .get(LIMIT_SECONDS, TimeUnit.SECONDS);
        offered.complete(null);
        SessionDescription answer = connection.localDescription();
        assertNotNull(answer);
        String sdp = answer.sdp();
        send(new Signal.Answer(
                candidates == Candidates.TOLD ? sdp : sdp.replaceAll("a=(candidate|end-of-c)[^\r]*\r\n", "")));
        answered.complete(null);
        try {
            return channel.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(
                    "no channel: ICE is " + connection.iceConnectionState() + ", the connection "
                            + connection.connectionState() + ", the signalling " + connection.signalingState(),
                    e);
        }
    }

    DataChannelMessage awaitEcho() throws Exception {
        DataChannelMessage echo = echoes.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        assertNotNull(echo, "nothing came back in " + LIMIT_SECONDS + " seconds");
        return echo;
    }

    @Override
    public void close() {
        connection.close();
        socket.abort();
    }

    private final class Receiver implements WebSocket.Listener {
        private final StringBuilder parts = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            parts.append(data);
            if (last) {
                receive(parts.toString());
                parts.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        private void receive(String text) {
            if (Signal.parse(text) instanceof Signal.Trickle trickle) {
                offered.thenCompose(nothing -> connection.addIceCandidate(trickle.candidate()));
            } else {
                signals.add(text);
            }
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            socketClosed.complete(statusCode);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            socketClosed.completeExceptionally(error);
        }
    }
}
