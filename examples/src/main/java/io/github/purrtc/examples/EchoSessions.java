package io.github.purrtc.examples;

import io.github.purrtc.PeerConnection;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The pages that are open. Thread-safe. */
final class EchoSessions implements AutoCloseable {
    /** Each page costs a socket and a connection; beyond this, new ones are turned away. */
    private static final int MAX_SESSIONS = 1_000;

    private static final long CLOSE_LIMIT_MILLIS = 3_000;

    private final Supplier<PeerConnection> connections;
    private final Rooms rooms = new Rooms();
    private final Story story;
    private final AtomicInteger opened = new AtomicInteger();
    private final Set<EchoSession> sessions = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;

    EchoSessions(Supplier<PeerConnection> connections, Story story) {
        this.connections = connections;
        this.story = story;
    }

    /** A session for a page that has just come; null if there are too many already. */
    @Nullable
    EchoSession open(PageLink page) {
        if (closing || sessions.size() >= MAX_SESSIONS) {
            return null;
        }
        EchoSession session = new EchoSession(name(opened.getAndIncrement()), connections, rooms, story, page);
        sessions.add(session);
        return session;
    }

    /** The page is gone. */
    void close(EchoSession session) {
        sessions.remove(session);
        session.hangUp();
    }

    /** Hangs up on every page and waits, for some seconds at most, until they know. */
    @Override
    public void close() {
        closing = true;
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (EchoSession session : sessions) {
            ends.add(session.sayGoodbye());
        }
        try {
            CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new))
                    .get(CLOSE_LIMIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            story.tell("Not every page could be told: " + Failures.describe(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A to Z, then A1 to Z1, and so on. */
    static String name(int index) {
        char letter = (char) ('A' + index % 26);
        int round = index / 26;
        return round == 0 ? String.valueOf(letter) : letter + Integer.toString(round);
    }
}
