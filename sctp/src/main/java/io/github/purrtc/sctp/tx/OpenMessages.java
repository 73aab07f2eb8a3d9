package io.github.purrtc.sctp.tx;

import java.util.ArrayList;

/**
 * The messages that have begun and are not cut to their end. A peer has to hold them all: if together they filled its memory none of them
 * could ever be finished. So, the largest apart, only so many are under way at a time.
 */
final class OpenMessages {
    private final ArrayList<OutgoingMessage> messages = new ArrayList<>();
    private long limit;
    private long bytes;
    private int largest;

    void setLimit(long limit) {
        this.limit = limit;
    }

    boolean mayBegin(int length) {
        return bytes + length - Math.max(largest, length) <= limit;
    }

    void add(OutgoingMessage message) {
        messages.add(message);
        bytes += message.length;
        largest = Math.max(largest, message.length);
    }

    /** The message is cut to its end or given up; false if it was not among them. */
    boolean remove(OutgoingMessage message) {
        if (messages.isEmpty() || !messages.remove(message)) {
            return false;
        }
        bytes -= message.length;
        if (message.length == largest) {
            largest = 0;
            for (OutgoingMessage open : messages) {
                largest = Math.max(largest, open.length);
            }
        }
        return true;
    }

    void clear() {
        messages.clear();
        bytes = 0;
        largest = 0;
    }
}
