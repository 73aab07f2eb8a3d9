package io.github.purrtc.peers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.purrtc.testing.ChromiumProgram;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.fail;

/**
 * A headless Chromium with the page of peers ({@code peer.js}), which takes calls by long polls of a server on loopback and posts what
 * happens there. Calls begin in their order, and events come in theirs, on one thread.
 */
final class Browser implements AutoCloseable {
    private static final long START_LIMIT_SECONDS = 60;
    private static final long STOP_LIMIT_SECONDS = 10;
    private static final long POLL_SECONDS = 20;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Path profile;
    private final Process process;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
    private final AtomicInteger lastNumber = new AtomicInteger();
    private final Map<String, CompletableFuture<String>> results = new ConcurrentHashMap<>();
    private final Map<String, Consumer<Map<String, String>>> listeners = new ConcurrentHashMap<>();

    private Browser(Path chromium, String... switches) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::onPage);
        server.createContext("/calls", this::onPoll);
        server.createContext("/events", this::onEvents);
        server.start();
        profile = ChromiumProgram.newProfile();
        List<String> command = new ArrayList<>(List.of(chromium.toString()));
        command.addAll(ChromiumProgram.arguments(profile));
        // Addresses instead of names of multicast DNS save each connection a look-up; the browser tests of the examples
        // have the names.
        command.add("--disable-features=WebRtcHideLocalIpsWithMdns");
        command.addAll(List.of(switches));
        command.add("http://localhost:" + server.getAddress().getPort() + "/peer.html");
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("output").toFile())
                .start();
    }

    /**
     * Opens it; where there is none, the test is skipped, or fails where CI is {@code true}.
     *
     * @param switches more of the command line's
     */
    static Browser open(String... switches) throws Exception {
        Browser browser = new Browser(ChromiumProgram.require(), switches);
        if (!browser.ready.await(START_LIMIT_SECONDS, TimeUnit.SECONDS)) {
            String output = Files.readString(browser.profile.resolve("output"));
            browser.close();
            fail("Chromium did not open the page: " + output);
        }
        return browser;
    }

    /** A name that nothing else in the page has. */
    String newName() {
        return String.valueOf(lastNumber.incrementAndGet());
    }

    /** What happens to that peer or channel is told from now on. */
    void listen(String name, Consumer<Map<String, String>> onEvent) {
        listeners.put(name, onEvent);
    }

    /** Calls a function of the page; an exception there is a failure here. */
    CompletableFuture<String> call(String function, Object... arguments) {
        String number = newName();
        CompletableFuture<String> result = new CompletableFuture<>();
        results.put(number, result);
        StringBuilder line = new StringBuilder("call=" + number + "&function=" + function);
        for (Object argument : arguments) {
            line.append("&argument=").append(URLEncoder.encode(String.valueOf(argument), UTF_8));
        }
        calls.add(line.toString());
        return result;
    }

    private void onPage(HttpExchange exchange) throws IOException {
        String name = exchange.getRequestURI().getPath().substring(1);
        boolean script = name.endsWith(".js");
        try (InputStream page = Browser.class.getResourceAsStream(script ? "peer.js" : "peer.html")) {
            exchange.getResponseHeaders().add("Content-Type", script ? "text/javascript" : "text/html");
            answer(exchange, Objects.requireNonNull(page).readAllBytes());
        }
    }

    private void onPoll(HttpExchange exchange) throws IOException {
        List<String> next = new ArrayList<>();
        try {
            String first = calls.poll(POLL_SECONDS, TimeUnit.SECONDS);
            if (first != null) {
                next.add(first);
                calls.drainTo(next);
            }
        } catch (InterruptedException e) {
            // The server ends.
            Thread.currentThread().interrupt();
        }
        answer(exchange, String.join("\n", next).getBytes(UTF_8));
    }

    private void onEvents(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        body.lines().map(Browser::fields).forEach(this::onEvent);
        answer(exchange, new byte[0]);
    }

    private static void answer(HttpExchange exchange, byte[] body) throws IOException {
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static Map<String, String> fields(String query) {
        Map<String, String> fields = new HashMap<>();
        for (String field : query.split("&")) {
            int equals = field.indexOf('=');
            fields.put(decode(field.substring(0, equals)), decode(field.substring(equals + 1)));
        }
        return fields;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, UTF_8);
    }

    private void onEvent(Map<String, String> event) {
        String kind = event.get("kind");
        if (kind.equals("ready")) {
            ready.countDown();
        } else if (kind.equals("result")) {
            CompletableFuture<String> result = results.remove(event.get("call"));
            if (event.containsKey("fault")) {
                result.completeExceptionally(new AssertionError(event.get("fault")));
            } else {
                result.complete(event.get("value"));
            }
        } else {
            listeners
                    .get(
                            event.containsKey("channel") && !kind.equals("datachannel")
                                    ? event.get("channel")
                                    : event.get("peer"))
                    .accept(event);
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            process.onExit().get(STOP_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        server.stop(0);
        threads.shutdownNow();
        ChromiumProgram.delete(profile);
    }
}
