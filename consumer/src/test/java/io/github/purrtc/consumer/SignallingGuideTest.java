package io.github.purrtc.consumer;

import io.github.purrtc.DataChannel;
import io.github.purrtc.PeerConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The server of the guide's page on signalling, with a page of ours that says what the browser's would. */
class SignallingGuideTest {
    private static final Path PAGE = Path.of("..", "docs", "guide", "signalling.md");
    private static final Pattern LISTENING = Pattern.compile("Listening on .*:(\\d+)");
    private static final int LIMIT_SECONDS = 60;

    @Test
    void theServerAnswersItsPage(@TempDir Path folder) throws Exception {
        Files.writeString(
                folder.resolve("SignallingServer.java"), JavaBlocks.in(PAGE).get(0));
        Files.writeString(folder.resolve("page.html"), html());
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        JavaBlocks.classPath(),
                        "SignallingServer.java",
                        "0")
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output = server.inputReader()) {
            String address = "127.0.0.1:" + port(output);
            assertEquals(html(), get("http://" + address + "/"));
            assertEquals("meow", echoed("ws://" + address + "/signalling"));
        } finally {
            server.destroyForcibly();
        }
    }

    private static String html() throws Exception {
        Matcher html = Pattern.compile("```html\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        assertTrue(html.find(), "there is a page for the browser");
        return html.group(1);
    }

    private static String port(BufferedReader output) throws Exception {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher listening = LISTENING.matcher(line);
            if (listening.find()) {
                return listening.group(1);
            }
        }
        throw new AssertionError("the server ended");
    }

    private static String get(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static String echoed(String url) throws Exception {
        CompletableFuture<String> echo = new CompletableFuture<>();
        try (PeerConnection connection = new PeerConnection();
                PageSocket socket = PageSocket.open(URI.create(url), connection)) {
            DataChannel channel = connection.createDataChannel("cat-noises");
            channel.onOpen(() -> channel.send("meow"));
            channel.onMessage(message -> echo.complete(message.text()));
            connection
                    .createOffer()
                    .thenCompose(offer -> {
                        socket.send("offer\n" + offer.sdp());
                        return connection.setLocalDescription(offer);
                    })
                    .toCompletableFuture()
                    .get(LIMIT_SECONDS, TimeUnit.SECONDS);
            return echo.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        }
    }
}
