package io.github.purrtc.sctp.rx;

import io.github.purrtc.sctp.SctpMessage;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/** Messages, and parts of messages, that only wait to be taken. */
final class ReadyMessages {
    private final ArrayDeque<SctpMessage> ready = new ArrayDeque<>();
    private long heldBytes;
    private long readyCount;
    private long takenCount;
    private long messageCount;

    /** What a message costs that is held. */
    static long cost(SctpMessage message) {
        return (long) message.payload().capacity() + ReassemblyQueue.OVERHEAD;
    }

    void add(SctpMessage message) {
        ready.add(message);
        heldBytes += cost(message);
        readyCount++;
        SctpMessage.Part part = message.part();
        if (part == null || part.mark() == SctpMessage.Mark.LAST) {
            messageCount++;
        }
    }

    /** The next one in order; what is taken no longer counts as held. */
    @Nullable
    SctpMessage take() {
        SctpMessage message = ready.poll();
        if (message != null) {
            takenCount++;
            heldBytes -= cost(message);
        }
        return message;
    }

    /** Begins with what is in the other one. */
    void adopt(ReadyMessages previous) {
        ready.addAll(previous.ready);
        heldBytes = previous.heldBytes;
        readyCount = previous.readyCount;
        takenCount = previous.takenCount;
        messageCount = previous.messageCount;
    }

    boolean isEmpty() {
        return ready.isEmpty();
    }

    long heldBytes() {
        return heldBytes;
    }

    /** How many there were so far, whether taken or not. */
    long readyCount() {
        return readyCount;
    }

    /** How many of them were taken. */
    long takenCount() {
        return takenCount;
    }

    /** How many messages are complete with them. */
    long messageCount() {
        return messageCount;
    }
}
