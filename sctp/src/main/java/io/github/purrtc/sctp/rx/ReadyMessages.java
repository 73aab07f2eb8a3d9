package io.github.purrtc.sctp.rx;

import io.github.purrtc.sctp.SctpMessage;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Messages, and parts of messages, that only wait to be taken, in a ring of arrays side by side: there may be millions a second, and an
 * object for each would be most of the work.
 */
final class ReadyMessages {
    private static final int INITIAL_CAPACITY = 8;

    private int[] streamIds = {};
    private int[] payloadProtocolIds = {};
    private boolean[] unordered = {};
    private @Nullable ByteBuffer[] payloads = new @Nullable ByteBuffer[0];
    private SctpMessage.@Nullable Part[] parts = new SctpMessage.@Nullable Part[0];

    private long heldBytes;
    private long overhead;
    private long readyCount;
    private long takenCount;
    private long messageCount;

    /** What a message costs beside its bytes. */
    static int overhead(ByteBuffer payload) {
        return ReassemblyQueue.OVERHEAD + payload.capacity() - payload.limit();
    }

    /** So much of the array, which may be larger than that, but not by so much that it costs twice what counts. */
    static ByteBuffer payload(byte[] content, int length) {
        int unused = content.length - length;
        boolean costsMore = unused > 0 && unused + ReassemblyQueue.OVERHEAD > length;
        return ByteBuffer.wrap(costsMore ? Arrays.copyOf(content, length) : content, 0, length);
    }

    void add(SctpMessage message) {
        put(message.streamId(), message.payloadProtocolId(), message.unordered(), message.payload(), message.part());
        addPut();
    }

    /** Puts a message behind the others; it is not one of them before {@link #addPut}, and the next one may take its place. */
    void put(
            int streamId,
            int payloadProtocolId,
            boolean isUnordered,
            ByteBuffer payload,
            SctpMessage.@Nullable Part part) {
        if (readyCount - takenCount == payloads.length) {
            grow();
        }
        int i = index(readyCount);
        streamIds[i] = streamId;
        payloadProtocolIds[i] = payloadProtocolId;
        unordered[i] = isUnordered;
        payloads[i] = payload;
        parts[i] = part;
    }

    int putStreamId() {
        return streamIds[index(readyCount)];
    }

    boolean isPutUnordered() {
        return unordered[index(readyCount)];
    }

    boolean isPutWhole() {
        return parts[index(readyCount)] == null;
    }

    /** The message that was put last becomes one of those to be taken. */
    void addPut() {
        int i = index(readyCount++);
        heldBytes += payload(i).limit();
        overhead += overhead(payload(i));
        SctpMessage.Part part = parts[i];
        if (part == null || part.mark() == SctpMessage.Mark.LAST) {
            messageCount++;
        }
    }

    /** The message that was put last waits somewhere else. */
    SctpMessage removePut() {
        int i = index(readyCount);
        SctpMessage message = new SctpMessage(streamIds[i], payloadProtocolIds[i], unordered[i], payload(i), parts[i]);
        payloads[i] = null;
        parts[i] = null;
        return message;
    }

    /** Gives the next one in order to the receiver, false if there is none. What is taken no longer counts as held. */
    boolean take(SctpMessage.Receiver receiver) {
        if (isEmpty()) {
            return false;
        }
        int i = index(takenCount++);
        ByteBuffer payload = payload(i);
        SctpMessage.Part part = parts[i];
        payloads[i] = null;
        parts[i] = null;
        heldBytes -= payload.limit();
        overhead -= overhead(payload);
        receiver.receive(streamIds[i], payloadProtocolIds[i], unordered[i], payload, part);
        return true;
    }

    private ByteBuffer payload(int i) {
        ByteBuffer payload = payloads[i];
        if (payload == null) {
            throw new IllegalStateException("no message is there");
        }
        return payload;
    }

    private int index(long count) {
        return (int) count & payloads.length - 1;
    }

    private void grow() {
        int count = payloads.length;
        int first = count == 0 ? 0 : index(takenCount);
        int capacity = Math.max(2 * count, INITIAL_CAPACITY);
        int to = (int) takenCount & capacity - 1;
        int[] oldStreamIds = streamIds;
        int[] oldPayloadProtocolIds = payloadProtocolIds;
        boolean[] oldUnordered = unordered;
        @Nullable ByteBuffer[] oldPayloads = payloads;
        SctpMessage.@Nullable Part[] oldParts = parts;
        allocate(capacity);
        for (int i = 0; i < count; i++) {
            int old = first + i & count - 1;
            int moved = to + i & capacity - 1;
            streamIds[moved] = oldStreamIds[old];
            payloadProtocolIds[moved] = oldPayloadProtocolIds[old];
            unordered[moved] = oldUnordered[old];
            payloads[moved] = oldPayloads[old];
            parts[moved] = oldParts[old];
        }
    }

    private void allocate(int capacity) {
        streamIds = new int[capacity];
        payloadProtocolIds = new int[capacity];
        unordered = new boolean[capacity];
        payloads = new @Nullable ByteBuffer[capacity];
        parts = new SctpMessage.@Nullable Part[capacity];
    }

    /** Nothing came for long: what would be needed for many messages is let go of. */
    void onIdle() {
        if (isEmpty()) {
            allocate(0);
        }
    }

    /** Begins with what is in the other one. */
    void adopt(ReadyMessages previous) {
        streamIds = previous.streamIds;
        payloadProtocolIds = previous.payloadProtocolIds;
        unordered = previous.unordered;
        payloads = previous.payloads;
        parts = previous.parts;
        heldBytes = previous.heldBytes;
        overhead = previous.overhead;
        readyCount = previous.readyCount;
        takenCount = previous.takenCount;
        messageCount = previous.messageCount;
    }

    boolean isEmpty() {
        return readyCount == takenCount;
    }

    long heldBytes() {
        return heldBytes;
    }

    /** What they cost beside that. */
    long overhead() {
        return overhead;
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
