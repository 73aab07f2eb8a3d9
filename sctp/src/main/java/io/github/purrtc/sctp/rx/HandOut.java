package io.github.purrtc.sctp.rx;

import io.github.purrtc.sctp.SctpMessage;
import io.github.purrtc.sctp.SctpMessage.Mark;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Hands out one message in parts. */
final class HandOut {
    /** A part that has so many bytes is complete; a smaller one goes when it is asked for. */
    static final int PART_SIZE = 1 << 16;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Receiver receiver;
    private final int streamId;
    private final boolean unordered;
    private long number;

    /** Who takes parts, and numbers the messages of which there are any. */
    static final class Receiver {
        private final Consumer<SctpMessage> sink;
        private long messages;
        private int lastSize;

        Receiver(Consumer<SctpMessage> sink) {
            this.sink = sink;
        }

        /** Goes on with the numbers of the other one. */
        void continueFrom(Receiver other) {
            messages = other.messages;
        }
    }

    HandOut(Receiver receiver, int streamId, boolean unordered) {
        this.receiver = receiver;
        this.streamId = streamId;
        this.unordered = unordered;
    }

    /** Whether a part was handed out. */
    boolean hasBegun() {
        return number != 0;
    }

    /** What to set aside for a part: as much as the last one had. */
    int expectedSize(int firstFragment) {
        return Math.max(firstFragment, Math.min(PART_SIZE, Math.max(4 * firstFragment, receiver.lastSize)));
    }

    /** Hands out a part that is not the last. */
    void part(int ppid, ByteBuffer payload) {
        boolean first = number == 0;
        if (first) {
            number = ++receiver.messages;
        }
        receiver.lastSize = payload.remaining();
        receiver.sink.accept(message(ppid, payload, first ? Mark.FIRST : Mark.MIDDLE));
    }

    /** What the rest of the message is; null: all of it, for no part was handed out. */
    SctpMessage.@Nullable Part rest() {
        return hasBegun() ? new SctpMessage.Part(number, Mark.LAST) : null;
    }

    /** No more of the message comes. */
    void abandon(int ppid) {
        if (hasBegun()) {
            receiver.sink.accept(message(ppid, NOTHING, Mark.ABANDONED));
        }
    }

    private SctpMessage message(int ppid, ByteBuffer payload, Mark mark) {
        return new SctpMessage(streamId, ppid, unordered, payload, new SctpMessage.Part(number, mark));
    }
}
