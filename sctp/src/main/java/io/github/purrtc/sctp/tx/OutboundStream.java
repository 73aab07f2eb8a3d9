package io.github.purrtc.sctp.tx;

import org.jspecify.annotations.Nullable;

/** The messages of one stream that wait to be sent, and how much of it is neither acknowledged nor abandoned. */
final class OutboundStream extends IndexedHeap.Entry {
    /** RFC 8831 §6.4: "below normal" is 128, "normal" 256. */
    static final int DEFAULT_PRIORITY = 256;

    final int streamId;

    private @Nullable OutgoingMessage head;
    private @Nullable OutgoingMessage tail;
    /** Sent while a reset is under way: they belong to the stream after it. */
    private @Nullable OutgoingMessage heldHead;

    private @Nullable OutgoingMessage heldTail;
    /** The next Stream Sequence Number or, with I-DATA, Message Identifier of the two kinds. */
    private int nextOrdered;

    private int nextUnordered;
    private boolean resetting;

    long bufferedBytes;
    /** Those of {@link #bufferedBytes} that the user is told of. */
    long accountedBytes;

    long heldBytes;
    long lowThreshold;
    int priority = DEFAULT_PRIORITY;
    /** Whether the stream waits for its turn; and what its scheduler keeps of it. */
    boolean scheduled;

    long schedule;

    OutboundStream(int streamId) {
        this.streamId = streamId;
    }

    /** Adds a message; false when it is held until a reset is done. */
    boolean add(OutgoingMessage message) {
        release(message, -message.length);
        if (resetting) {
            heldBytes += message.length;
            if (heldTail == null) {
                heldHead = message;
            } else {
                heldTail.next = message;
            }
            heldTail = message;
            return false;
        }
        if (tail == null) {
            head = message;
        } else {
            tail.next = message;
        }
        tail = message;
        return true;
    }

    /** Bytes of the message are no longer buffered, or, if negative, are. */
    void release(OutgoingMessage message, int bytes) {
        bufferedBytes -= bytes;
        if (message.accounted) {
            accountedBytes -= bytes;
        }
    }

    void addFirst(OutgoingMessage message) {
        message.next = head;
        head = message;
        if (tail == null) {
            tail = message;
        }
    }

    @Nullable
    OutgoingMessage head() {
        return head;
    }

    /** Removes the first message, and those behind it that were given up in the meantime. */
    void removeHead() {
        do {
            OutgoingMessage removed = head;
            if (removed == null) {
                return;
            }
            head = removed.next;
            removed.next = null;
        } while (head != null && head.abandoned);
        if (head == null) {
            tail = null;
        }
    }

    /** Gives up a message that was not begun; true if another one is now the head. */
    boolean discard(OutgoingMessage message) {
        message.forgetPayload();
        if (message == head) {
            removeHead();
            return true;
        }
        if (heldHead != null && message.number >= heldHead.number) {
            heldBytes -= message.length;
        }
        return false;
    }

    /** The next number of an ordered or an unordered message: RFC 9260 §6.5, RFC 8260 §2.1. */
    int takeNumber(boolean unordered) {
        return unordered ? nextUnordered++ : nextOrdered++;
    }

    /** Whether nothing is known of the stream that a new one would not say too. */
    boolean isForgettable() {
        return lowThreshold == 0 && bufferedBytes == 0 && priority == DEFAULT_PRIORITY;
    }

    boolean isResetting() {
        return resetting;
    }

    void beginReset() {
        resetting = true;
    }

    /** Whether nothing that was accepted before the reset is left to be acknowledged or abandoned. */
    boolean isDrained() {
        return bufferedBytes == heldBytes;
    }

    /** The reset is done, or was refused; what was held goes its way. */
    void endReset(boolean performed) {
        resetting = false;
        if (performed) {
            restart();
        }
        if (heldHead != null) {
            if (tail == null) {
                head = heldHead;
            } else {
                tail.next = heldHead;
            }
            tail = heldTail;
        }
        heldHead = null;
        heldTail = null;
        heldBytes = 0;
        if (head != null && head.abandoned) {
            removeHead();
        }
    }

    /** The peer's association began anew, and so do the numbers. */
    void restart() {
        nextOrdered = 0;
        nextUnordered = 0;
    }
}
