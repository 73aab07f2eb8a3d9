package io.github.purrtc.sctp.tx;

import java.util.ArrayDeque;

/** What was accepted and is neither acknowledged nor abandoned, in bytes, and which streams have little of it left. */
final class SendBuffer {
    private final long limit;
    private final ArrayDeque<OutboundStream> low = new ArrayDeque<>(0);
    private long bufferedBytes;
    private long unsentBytes;
    /** Messages, and parts of those that are sent in parts. */
    private long messages;

    SendBuffer(long limit) {
        this.limit = limit;
    }

    /** Whether so many bytes more can be taken: at any rate when there is nothing else. */
    boolean accepts(int length) {
        return messages == 0 || used() + length <= limit;
    }

    long bufferedBytes() {
        return bufferedBytes;
    }

    long used() {
        return bufferedBytes + messages * SendQueue.OVERHEAD;
    }

    long unsentBytes() {
        return unsentBytes;
    }

    void onAccepted(OutgoingMessage message) {
        messages++;
        bufferedBytes += message.length;
        unsentBytes += message.length;
        message.stream.release(message, -message.length);
    }

    /** Bytes of the message were sent for the first time, or, if negative, are to be sent anew. */
    void onSent(int bytes) {
        unsentBytes -= bytes;
    }

    /** Bytes of the message were acknowledged or abandoned. */
    void onReleased(OutgoingMessage message, int bytes) {
        OutboundStream stream = message.stream;
        message.released += bytes;
        boolean wasAbove = stream.isAboveThreshold();
        stream.release(message, bytes);
        bufferedBytes -= bytes;
        if (wasAbove) {
            checkLow(stream);
        }
    }

    /** The peer took an acknowledgement back. */
    void onReneged(OutgoingMessage message, int bytes) {
        message.released -= bytes;
        message.stream.release(message, -bytes);
        bufferedBytes += bytes;
    }

    /** What is not cut of the message is given up; if that is all of it, so is its overhead. */
    void onUncutDropped(OutgoingMessage message) {
        int rest = message.uncut();
        unsentBytes -= rest;
        onReleased(message, rest);
        if (message.cut == 0) {
            messages--;
        }
    }

    /** The rest of a message that was given up: it has a TSN, and no bytes. */
    void onPlaceholder() {
        messages++;
    }

    /** None of its bytes waits or is outstanding any more. */
    void onMessageDone() {
        messages--;
    }

    /** The stream was above its threshold before. */
    void checkLow(OutboundStream stream) {
        if (!stream.isAboveThreshold()) {
            low.add(stream);
        }
    }

    /** A stream whose buffered amount fell to its threshold, or -1. */
    int pollLow() {
        OutboundStream stream = low.poll();
        return stream == null ? -1 : stream.streamId;
    }

    boolean isLow(OutboundStream stream) {
        return low.contains(stream);
    }

    void clear() {
        low.clear();
        bufferedBytes = 0;
        unsentBytes = 0;
        messages = 0;
    }
}
