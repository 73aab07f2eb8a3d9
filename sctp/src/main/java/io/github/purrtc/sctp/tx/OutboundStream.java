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

    /** The message whose last part has not come: nothing else may be sent on the stream before that. */
    @Nullable
    PartedMessage open;

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

    /** Opens a message whose parts come one by one. */
    PartedMessage begin(OutgoingMessage first) {
        PartedMessage message = new PartedMessage(first);
        message.held = resetting;
        open = message;
        append(first, message);
        return message;
    }

    /** Makes a message that is to be added the next part of the open one. */
    void append(OutgoingMessage part, PartedMessage message) {
        part.begins = message.length == 0;
        part.parted = message;
        part.expiry = message.last.expiry;
        if (part.expiry != null) {
            part.expiry.message = part;
        }
        message.last = part;
        message.length += part.length;
        message.complete = part.ends;
        if (message.firstQueued == null) {
            message.firstQueued = part;
        }
    }

    /** Adds a message; false when it is held until a reset is done. */
    boolean add(OutgoingMessage message) {
        if (resetting && (message.parted == null || message.parted.held)) {
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
        if (message.options.accounted()) {
            accountedBytes -= bytes;
        }
    }

    boolean isAboveThreshold() {
        return accountedBytes > lowThreshold;
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
        } while (head != null && head.isAbandoned());
        if (head == null) {
            tail = null;
        }
    }

    /** What is not cut of a message or part of one is given up; it stays where it is until {@link #skipAbandoned} gets there. */
    void onDropped(OutgoingMessage message) {
        if (heldHead != null && message.number >= heldHead.number) {
            heldBytes -= message.length;
        }
        if (message.cut == 0) {
            message.forgetPayload();
        }
    }

    /** Messages that were given up are not the next. */
    void skipAbandoned() {
        if (head != null && head.isAbandoned()) {
            removeHead();
        }
    }

    /** The next number of an ordered or an unordered message: RFC 9260 §6.5, RFC 8260 §2.1. */
    int takeNumber(boolean unordered) {
        return unordered ? nextUnordered++ : nextOrdered++;
    }

    /** Whether nothing is known of the stream that a new one would not say too. */
    boolean isForgettable() {
        return lowThreshold == 0 && bufferedBytes == 0 && priority == DEFAULT_PRIORITY && open == null;
    }

    boolean isResetting() {
        return resetting;
    }

    void beginReset() {
        resetting = true;
    }

    /** Whether nothing that was accepted before the reset is left to be acknowledged or abandoned. */
    boolean isDrained() {
        return bufferedBytes == heldBytes && (open == null || open.held || open.abandoned);
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
        if (open != null) {
            open.held = false;
        }
        skipAbandoned();
    }

    /** The peer's association began anew, and so do the numbers. */
    void restart() {
        nextOrdered = 0;
        nextUnordered = 0;
    }
}
