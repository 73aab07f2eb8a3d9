package io.github.purrtc.examples;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/** Where two programs or pages meet that know the same code: what one says there, the other hears. Thread-safe. */
final class Rooms {
    private final Map<String, Room> rooms = new HashMap<>();

    private static final class Room {
        private @Nullable Seat first;
        private @Nullable Seat second;
    }

    /** One of the two in a room. */
    final class Seat {
        private final String code;
        private final PageLink link;

        private Seat(String code, PageLink link) {
            this.code = code;
            this.link = link;
        }

        /** @throws IllegalArgumentException if nobody else is there */
        void relay(Signal signal) {
            Seat other = other(this);
            if (other == null) {
                throw new IllegalArgumentException("nobody else is in the room");
            }
            other.link.send(signal);
        }

        /** Lets the other know, who waits for somebody else from now on. */
        void leave() {
            Rooms.this.leave(this);
        }
    }

    /**
     * Takes a seat; when it is the second, both hear that they have met, and the first is to make the offer.
     *
     * @throws IllegalArgumentException if the code is none, or the room is full
     */
    synchronized Seat join(String code, PageLink link) {
        RoomCode.require(code);
        Room room = rooms.computeIfAbsent(code, unused -> new Room());
        Seat seat = new Seat(code, link);
        Seat waiting = room.first;
        if (waiting == null) {
            room.first = seat;
        } else if (room.second == null) {
            room.second = seat;
            waiting.link.send(new Signal.Met(true));
            link.send(new Signal.Met(false));
        } else {
            throw new IllegalArgumentException("two are in the room already");
        }
        return seat;
    }

    private synchronized @Nullable Seat other(Seat seat) {
        Room room = rooms.get(seat.code);
        if (room == null) {
            return null;
        }
        return room.first == seat ? room.second : room.first;
    }

    private synchronized void leave(Seat seat) {
        Room room = rooms.get(seat.code);
        if (room == null || (room.first != seat && room.second != seat)) {
            return;
        }
        Seat staying = room.first == seat ? room.second : room.first;
        room.first = staying;
        room.second = null;
        if (staying == null) {
            rooms.remove(seat.code);
        } else {
            staying.link.send(new Signal.Left());
        }
    }
}
