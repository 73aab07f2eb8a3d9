package io.github.purrtc.consumer;

import io.github.purrtc.IceCandidate;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.SdpType;
import io.github.purrtc.SessionDescription;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A page's WebSocket: candidates go out by it, and what comes in is for the connection. */
final class PageSocket implements WebSocket.Listener, AutoCloseable {
    private final PeerConnection connection;
    private final StringBuilder text = new StringBuilder();
    private final CompletableFuture<WebSocket> socket;
    private CompletionStage<WebSocket> sent;

    private PageSocket(URI uri, PeerConnection connection) {
        this.connection = connection;
        socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(uri, this);
        sent = socket;
    }

    static PageSocket open(URI uri, PeerConnection connection) {
        PageSocket opened = new PageSocket(uri, connection);
        connection.onIceCandidate(candidate -> {
            if (candidate != null) {
                opened.send("candidate\n" + candidate.sdpMid() + "\n" + candidate.candidate());
            }
        });
        return opened;
    }

    /** One after the other, as a WebSocket of the JDK wants it. */
    synchronized void send(String message) {
        sent = sent.thenCompose(open -> open.sendText(message, true));
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            receive(text.toString());
            text.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    private void receive(String message) {
        String[] parts = message.split("\n", 2);
        if (parts[0].equals("answer")) {
            connection.setRemoteDescription(new SessionDescription(SdpType.ANSWER, parts[1]));
        } else {
            String[] place = parts[1].split("\n", 2);
            connection.addIceCandidate(new IceCandidate(place[1], place[0], null, null));
        }
    }

    @Override
    public void close() {
        socket.join().abort();
    }
}
