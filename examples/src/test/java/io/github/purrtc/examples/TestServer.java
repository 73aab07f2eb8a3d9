package io.github.purrtc.examples;

import io.github.purrtc.Configuration;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.sdp.SdpDialect;
import io.github.purrtc.testing.Await;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.util.regex.Pattern;

/** An echo server on a free port, inside this process, with its console in a string. */
final class TestServer implements AutoCloseable {
    private final StringWriter console = new StringWriter();
    private final Story story = new Story(console);
    private final EchoServer server;

    private TestServer(Configuration connections) throws IOException {
        server = EchoServer.start(new EchoOptions("127.0.0.1", 0, () -> new PeerConnection(connections)), story);
    }

    static TestServer start() throws IOException {
        return start(SdpDialect.CURRENT);
    }

    static TestServer start(SdpDialect dialect) throws IOException {
        return new TestServer(Configuration.builder()
                .sdpDialect(dialect)
                .includeLoopback(true)
                .build());
    }

    URI page() {
        return server.page();
    }

    URI signalling() {
        return URI.create("ws" + server.page().resolve("/connect").toString().substring("http".length()));
    }

    /** Waits until the console shows that. */
    void awaitTold(Pattern text) {
        Await.until(
                () -> "\"" + text + "\" in " + console,
                () -> text.matcher(console.toString()).find());
    }

    /** Ends the server; returns all that the console showed. */
    String end() {
        server.close();
        story.close();
        return console.toString();
    }

    @Override
    public void close() {
        String told = end();
        if (Boolean.getBoolean("purrtc.test.story")) {
            System.err.println(told);
        }
    }
}
