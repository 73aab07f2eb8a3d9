package io.github.purrtc.examples;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.purrtc.PeerConnection;
import org.jspecify.annotations.Nullable;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What the echo server knows of one page: which connection it has, if any.
 *
 * <p>Thread-safe. Whatever the page sends that makes no sense is answered with an error, and nothing else happens.
 */
final class EchoSession {
    private static final int MAX_GREETING_CHARS = 200;

    private final Supplier<PeerConnection> connections;
    private final Narrator narrator;
    private final PageLink page;
    private final Rooms rooms;
    private @Nullable EchoCall call;
    private Rooms.@Nullable Seat seat;
    private CompletableFuture<Void> lastEnd = CompletableFuture.completedFuture(null);

    EchoSession(String name, Supplier<PeerConnection> connections, Rooms rooms, Story story, PageLink page) {
        this.connections = connections;
        this.rooms = rooms;
        this.page = page;
        narrator = new Narrator(story, name);
    }

    /** A message of the page. */
    void receive(String text) {
        try {
            receive(Signal.parse(text));
        } catch (IllegalArgumentException e) {
            refuse(Failures.describe(e));
        }
    }

    private void receive(Signal signal) {
        Rooms.Seat taken = seat();
        if (taken != null) {
            receiveInRoom(taken, signal);
        } else if (signal instanceof Signal.Join join) {
            join(join.room());
        } else if (signal instanceof Signal.Greeting greeting) {
            narrator.tell("Greeting: " + abbreviate(greeting.message()));
        } else if (signal instanceof Signal.Call) {
            call();
        } else if (signal instanceof Signal.Answer answer) {
            requireCall().answer(answer.sdp());
        } else if (signal instanceof Signal.Trickle trickle) {
            requireCall().candidate(trickle.candidate());
        } else if (signal instanceof Signal.HangUp) {
            narrator.tell("Hang up");
            hangUp();
        } else if (signal instanceof Signal.Failure failure) {
            narrator.tell("The page reports: " + failure.message());
        } else {
            throw new IllegalArgumentException("the server makes the offers");
        }
    }

    private void receiveInRoom(Rooms.Seat taken, Signal signal) {
        if (signal instanceof Signal.Offer || signal instanceof Signal.Answer || signal instanceof Signal.Trickle) {
            taken.relay(signal);
        } else if (signal instanceof Signal.HangUp) {
            narrator.tell("Leaves the room");
            hangUp();
        } else {
            throw new IllegalArgumentException("in a room there are offers, answers, candidates and endi");
        }
    }

    private synchronized Rooms.@Nullable Seat seat() {
        return seat;
    }

    private synchronized void join(String room) {
        if (call != null && call.isUnderWay()) {
            throw new IllegalArgumentException("there is a call already: hang up first");
        }
        seat = rooms.join(room, page);
        narrator.tell("Enters a room");
    }

    /** Tells the page, and the console, that something it asked for cannot be done. */
    void refuse(String reason) {
        narrator.tell("Refused: " + reason);
        page.send(new Signal.Failure(reason));
    }

    private synchronized void call() {
        if (call != null && call.isUnderWay()) {
            throw new IllegalArgumentException("there is a call already: hang up first");
        }
        call = EchoCall.start(connections, narrator, page);
    }

    private synchronized EchoCall requireCall() {
        if (call == null || !call.isUnderWay()) {
            throw new IllegalArgumentException("there is no call");
        }
        return call;
    }

    /** Leaves the room, and ends the connection, if there is one, so that the page sees it. */
    synchronized void hangUp() {
        if (seat != null) {
            seat.leave();
            seat = null;
        }
        if (call != null) {
            call.hangUp();
            lastEnd = call.end();
            call = null;
        }
    }

    /** Hangs up and closes the WebSocket; complete when it is closed. */
    synchronized CompletableFuture<Void> sayGoodbye() {
        hangUp();
        return lastEnd.thenCompose(nothing -> page.close());
    }

    private static String abbreviate(JsonNode message) {
        String text = message.isTextual() ? message.textValue() : message.toString();
        return text.length() <= MAX_GREETING_CHARS ? text : text.substring(0, MAX_GREETING_CHARS) + "…";
    }
}
