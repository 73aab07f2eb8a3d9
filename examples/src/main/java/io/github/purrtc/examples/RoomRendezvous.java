package io.github.purrtc.examples;

import io.github.purrtc.IceCandidate;
import io.github.purrtc.SdpType;
import io.github.purrtc.SessionDescription;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** Both ends know the code of a room at the echo server, which hands on what each says to the other. */
final class RoomRendezvous implements Rendezvous {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
    private static final int MAX_MESSAGE_CHARS = 128 * 1024;
    private static final int MAX_WAITING = 100;

    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>(MAX_WAITING);
    private final Queue<IceCandidate> early = new ArrayDeque<>();
    private @Nullable Consumer<IceCandidate> candidateListener;
    private @Nullable WebSocket socket;

    private final URI server;
    private final String code;

    private RoomRendezvous(URI server, String code) {
        this.server = server;
        this.code = code;
    }

    /** The server's page, which enters the room when it is opened there. */
    URI page() {
        String scheme = "wss".equals(server.getScheme()) ? "https" : "http";
        return URI.create(scheme + "://" + server.getAuthority() + "/#" + code);
    }

    /**
     * Enters the room.
     *
     * @param server {@code ws://host:port/connect}
     * @throws IOException if the server cannot be reached
     */
    static RoomRendezvous enter(URI server, String code) throws IOException, InterruptedException {
        RoomRendezvous rendezvous = new RoomRendezvous(server, RoomCode.require(code));
        try {
            WebSocket socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .connectTimeout(CONNECT_LIMIT)
                    .buildAsync(server, rendezvous.new Listener())
                    .get();
            rendezvous.socket = socket;
            rendezvous.say(new Signal.Join(code));
            return rendezvous;
        } catch (ExecutionException e) {
            throw new IOException("no echo server at " + server + " (" + Failures.describe(e) + ")", e);
        }
    }

    @Override
    public boolean meet() throws IOException, InterruptedException {
        while (true) {
            if (next() instanceof Signal.Met met) {
                return met.offering();
            }
        }
    }

    @Override
    public void send(SessionDescription description) throws IOException, InterruptedException {
        say(
                description.type() == SdpType.OFFER
                        ? new Signal.Offer(description.sdp())
                        : new Signal.Answer(description.sdp()));
    }

    @Override
    public SessionDescription receive() throws IOException, InterruptedException {
        while (true) {
            Signal signal = next();
            if (signal instanceof Signal.Offer offer) {
                return new SessionDescription(SdpType.OFFER, offer.sdp());
            } else if (signal instanceof Signal.Answer answer) {
                return new SessionDescription(SdpType.ANSWER, answer.sdp());
            } else if (signal instanceof Signal.Left) {
                throw new IOException("the other end has left the room");
            }
        }
    }

    @Override
    public synchronized void onCandidate(Consumer<IceCandidate> listener) {
        candidateListener = listener;
        early.forEach(listener);
        early.clear();
    }

    @Override
    public void close() {
        WebSocket open = socket;
        if (open != null) {
            open.abort();
        }
    }

    private Signal next() throws IOException, InterruptedException {
        Signal signal = signals.take();
        if (signal instanceof Signal.Failure failure) {
            throw new IOException(failure.message());
        }
        return signal;
    }

    private void say(Signal signal) throws IOException, InterruptedException {
        WebSocket open = socket;
        if (open == null) {
            throw new IOException("the room was not entered");
        }
        try {
            open.sendText(signal.toJson(), true).get();
        } catch (ExecutionException e) {
            throw new IOException("the echo server is gone (" + Failures.describe(e) + ")", e);
        }
    }

    private synchronized void onCandidate(IceCandidate candidate) {
        Consumer<IceCandidate> listener = candidateListener;
        if (listener != null) {
            listener.accept(candidate);
        } else if (early.size() < MAX_WAITING) {
            early.add(candidate);
        }
    }

    /** What does not fit is a misbehaving server's. */
    private void hear(Signal signal) {
        if (signal instanceof Signal.Trickle trickle) {
            IceCandidate candidate = trickle.candidate();
            if (candidate != null) {
                onCandidate(candidate);
            }
        } else if (!signals.offer(signal)) {
            close();
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (text.length() > MAX_MESSAGE_CHARS) {
                hear(new Signal.Failure("the echo server says too much"));
                from.abort();
                return null;
            }
            if (last) {
                String message = text.toString();
                text.setLength(0);
                try {
                    hear(Signal.parse(message));
                } catch (IllegalArgumentException e) {
                    hear(new Signal.Failure("the echo server says something odd: " + e.getMessage()));
                }
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            hear(new Signal.Failure("the echo server has closed the connection"));
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            hear(new Signal.Failure("the echo server is gone (" + Failures.describe(error) + ")"));
        }
    }
}
