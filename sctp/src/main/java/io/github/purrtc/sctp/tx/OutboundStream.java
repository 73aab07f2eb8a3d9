package io.github.purrtc.sctp.tx;

import org.jspecify.annotations.Nullable;

/** The messages of one stream that wait to be sent, and how much of it is neither acknowledged nor abandoned. */
final class OutboundStream {
    final int streamId;

    private @Nullable OutgoingMessage head;
    private @Nullable OutgoingMessage tail;
    /** Sent while a reset is under way: they belong to the stream after it. */
    private @Nullable OutgoingMessage heldHead;

    private @Nullable OutgoingMessage heldTail;
    private int nextSsn;
    private boolean resetting;

    long bufferedBytes;
    /** Those of {@link #bufferedBytes} that the user is told of. */
    long accountedBytes;

    long heldBytes;
    long lowThreshold;
    /** Whether the stream waits for its turn, and for which one after it. */
    boolean scheduled;

    @Nullable
    OutboundStream nextScheduled;

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

    void removeHead() {
        OutgoingMessage removed = head;
        if (removed != null) {
            head = removed.next;
            removed.next = null;
            if (head == null) {
                tail = null;
            }
        }
    }

    /** The next stream sequence number: RFC 9260 §6.5. */
    int takeSsn() {
        int ssn = nextSsn;
        nextSsn = ssn + 1 & 0xFFFF;
        return ssn;
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
            nextSsn = 0;
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
    }

    /** The peer's association began anew, and so do the numbers. */
    void restart() {
        nextSsn = 0;
    }
}
