package io.github.purrtc.examples;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class RoomsTest {
    private final Rooms rooms = new Rooms();

    @Test
    void twoMeetAndHearEachOther() {
        Link a = new Link();
        Link z = new Link();
        Rooms.Seat seatOfA = rooms.join("cats", a);
        assertEquals(List.of(), a.heard);
        Rooms.Seat seatOfZ = rooms.join("cats", z);
        seatOfA.relay(new Signal.Offer("purr"));
        seatOfZ.relay(new Signal.Answer("meow"));
        assertEquals(List.of(new Signal.Met(true), new Signal.Answer("meow")), a.heard);
        assertEquals(List.of(new Signal.Met(false), new Signal.Offer("purr")), z.heard);
    }

    @Test
    void whoStaysMeetsTheNext() {
        Link a = new Link();
        Link z = new Link();
        Link next = new Link();
        Rooms.Seat seatOfA = rooms.join("cats", a);
        rooms.join("cats", z);
        seatOfA.leave();
        seatOfA.leave();
        rooms.join("cats", next);
        assertEquals(List.of(new Signal.Met(false), new Signal.Left(), new Signal.Met(true)), z.heard);
        assertEquals(List.of(new Signal.Met(false)), next.heard);
    }

    @Test
    void aRoomHasTwoSeats() {
        rooms.join("cats", new Link());
        rooms.join("cats", new Link());
        assertThrows(IllegalArgumentException.class, () -> rooms.join("cats", new Link()));
        rooms.join("dogs", new Link());
    }

    @Test
    void nobodyHearsWhatIsSaidAlone() {
        Rooms.Seat seat = rooms.join("cats", new Link());
        assertThrows(IllegalArgumentException.class, () -> seat.relay(new Signal.Offer("purr")));
    }

    @Test
    void codesAreRandomAndHaveAForm() {
        assertNotEquals(RoomCode.random(), RoomCode.random());
        RoomCode.require(RoomCode.random());
        for (String code : List.of("", "cat", "c".repeat(65), "cat noise", "../cats")) {
            assertThrows(IllegalArgumentException.class, () -> RoomCode.require(code));
        }
    }

    private static final class Link implements PageLink {
        private final List<Signal> heard = new ArrayList<>();

        @Override
        public void send(Signal signal) {
            heard.add(signal);
        }

        @Override
        public CompletableFuture<Void> close() {
            return CompletableFuture.completedFuture(null);
        }
    }
}
