package io.github.purrtc.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** An agent as its driver sees it: it is told what to do, and what it says is kept until it is asked for. Thread-safe. */
final class Peer implements AutoCloseable {
    /** How long a loaded machine may take for what is done at once. */
    static final Duration LIMIT = Duration.ofSeconds(45);

    /** In each event: {@link System#nanoTime} when it was said. */
    static final String HEARD = "heardNanos";

    private static final String CANNOT = "cannot: ";

    private final String name;
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final List<JsonNode> heard = new ArrayList<>();
    private @Nullable Consumer<JsonNode> candidates;
    private @Nullable Link link;
    private boolean ended;
    private volatile Duration limit = LIMIT;

    Peer(String name) {
        this.name = name;
    }

    void attach(Link to) {
        link = to;
    }

    /** How long it is waited for where nothing else is said. */
    Duration limit() {
        return limit;
    }

    void setLimit(Duration value) {
        limit = value;
    }

    String name() {
        return name;
    }

    /** A line that the agent says. */
    void hear(JsonNode line) {
        if (line.has("reply")) {
            CompletableFuture<JsonNode> answer = asked.remove(line.path("reply").asInt());
            if (answer != null) {
                complete(answer, line);
            }
            return;
        }
        ((ObjectNode) line).put(HEARD, System.nanoTime());
        Consumer<JsonNode> taker;
        synchronized (this) {
            taker = line.path("event").asText().equals("candidate") ? candidates : null;
            if (taker == null) {
                heard.add(line);
                notifyAll();
            }
        }
        if (taker != null) {
            taker.accept(line);
        }
    }

    private void complete(CompletableFuture<JsonNode> answer, JsonNode line) {
        String error = line.path("error").asText("");
        if (!line.has("error")) {
            answer.complete(line.path("result"));
        } else if (error.contains(CANNOT)) {
            answer.completeExceptionally(new CannotException(error.substring(error.indexOf(CANNOT) + CANNOT.length())));
        } else {
            answer.completeExceptionally(new IOException(name + ": " + error));
        }
    }

    /** The agent is gone. */
    void end() {
        synchronized (this) {
            ended = true;
            notifyAll();
        }
        asked.values().forEach(answer -> answer.completeExceptionally(new IOException(name + " has ended")));
    }

    /** Whom its candidates are for, those that were said before first. */
    void onCandidate(Consumer<JsonNode> listener) {
        List<JsonNode> before = new ArrayList<>();
        synchronized (this) {
            candidates = listener;
            for (Iterator<JsonNode> lines = heard.iterator(); lines.hasNext(); ) {
                JsonNode line = lines.next();
                if (line.path("event").asText().equals("candidate")) {
                    before.add(line);
                    lines.remove();
                }
            }
        }
        before.forEach(listener);
    }

    CompletableFuture<JsonNode> start(String command, @Nullable Object... options) {
        int request = requests.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        asked.put(request, answer);
        Link to = link;
        if (to == null) {
            throw new IllegalStateException(name + " has no link");
        }
        to.send(Json.of(options).put("request", request).put("command", command).toString());
        return answer;
    }

    /** Tells it to do that and waits until it is done. */
    JsonNode ask(String command, @Nullable Object... options) throws IOException, InterruptedException {
        return get(start(command, options), limit, name + " to " + command);
    }

    /** @throws CannotException if the peer has no way to do it */
    static JsonNode get(CompletableFuture<JsonNode> answer, Duration limit, String what)
            throws IOException, InterruptedException {
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CannotException cannot) {
                throw cannot;
            }
            throw new IOException(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new IOException("waited " + limit.toSeconds() + " s for " + what, e);
        }
    }

    JsonNode await(String event, Predicate<JsonNode> which) throws IOException, InterruptedException {
        return await(event, which, limit);
    }

    /** The first such event that was not yet taken; it is taken then. */
    synchronized JsonNode await(String event, Predicate<JsonNode> which, Duration limit)
            throws IOException, InterruptedException {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        while (true) {
            for (Iterator<JsonNode> lines = heard.iterator(); lines.hasNext(); ) {
                JsonNode line = lines.next();
                if (line.path("event").asText().equals(event) && which.test(line)) {
                    lines.remove();
                    return line;
                }
            }
            long millis = (deadlineNanos - System.nanoTime()) / 1_000_000;
            if (millis <= 0 || ended) {
                throw new IOException(ended ? name + " has ended" : missing(event, limit));
            }
            wait(millis);
        }
    }

    private String missing(String event, Duration limit) {
        return "waited " + limit.toSeconds() + " s for " + name + " to say " + event + "; it said "
                + heard.stream().map(Peer::brief).toList();
    }

    private static String brief(JsonNode line) {
        String text = line.toString();
        return text.length() > 120 ? text.substring(0, 120) + "…" : text;
    }

    /** What was said and not taken is of no interest any more. */
    synchronized void forget() {
        heard.clear();
        candidates = null;
    }

    @Override
    public void close() {
        Link to = link;
        if (to != null) {
            to.kill();
        }
    }
}
