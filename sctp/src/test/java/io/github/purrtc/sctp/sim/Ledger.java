package io.github.purrtc.sctp.sim;

import io.github.purrtc.sctp.SctpMessage;
import io.github.purrtc.sctp.SctpSendOptions;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

/** What one peer accepted for sending and what the other received of it: the promise of delivery, kept or broken. */
final class Ledger {
    private static final class Entry {
        final byte[] content;
        final int ppid;
        final boolean unordered;
        final boolean isReset;
        boolean mayBeLost;

        Entry(byte[] content, int ppid, boolean unordered, boolean mayBeLost) {
            this.content = content;
            this.ppid = ppid;
            this.unordered = unordered;
            this.mayBeLost = mayBeLost;
            this.isReset = false;
        }

        boolean startsWith(IncomingParts.Message part) {
            int length = part.content().length;
            return !isReset
                    && ppid == part.ppid()
                    && unordered == part.unordered()
                    && length <= content.length
                    && Arrays.equals(content, 0, length, part.content(), 0, length);
        }

        /** A reset of the stream. */
        Entry() {
            content = new byte[0];
            ppid = 0;
            unordered = false;
            isReset = true;
        }
    }

    private static final class Stream {
        /** What is not received yet, in the order of sending, resets of the stream among it. */
        List<Entry> pending = new ArrayList<>();

        final List<Entry> received = new ArrayList<>();
    }

    private final Map<Integer, Stream> streams = new HashMap<>();
    private final IncomingParts incoming = new IncomingParts();
    private long delivered;
    private boolean released;

    void accepted(int streamId, int ppid, byte[] content, SctpSendOptions options) {
        boolean reliable = options.maxRetransmits() < 0 && options.lifetimeNanos() < 0;
        stream(streamId).pending.add(new Entry(content, ppid, options.unordered(), !reliable));
    }

    /** The sender will not complete a message of which it sent parts. */
    void abandoned(int streamId, byte[] content) {
        for (Entry entry : stream(streamId).pending) {
            if (entry.content == content) {
                entry.mayBeLost = true;
            }
        }
    }

    /** The sender resets the stream: what was sent before comes before the event, what is sent later after it. */
    void reset(int streamId) {
        stream(streamId).pending.add(new Entry());
    }

    /** The receiver sees the reset: everything before it must have come. */
    void sawReset(int streamId) {
        Iterator<Entry> entries = stream(streamId).pending.iterator();
        while (entries.hasNext()) {
            Entry entry = entries.next();
            entries.remove();
            if (entry.isReset) {
                if (entry.mayBeLost) {
                    // It may have been a later one: then that one does not come any more.
                    stream(streamId).pending.stream()
                            .filter(other -> other.isReset)
                            .forEach(other -> other.mayBeLost = true);
                }
                return;
            }
            assertTrue(entry.mayBeLost, () -> "reset of stream " + streamId + " overtook " + describe(entry));
        }
        fail("stream " + streamId + " was reset by nobody");
    }

    /** The reset will not happen: it is as if it had not been asked for. */
    void resetFailed(int streamId) {
        boolean wasPending = stream(streamId).pending.removeIf(entry -> entry.isReset);
        // The peer may have performed it, and the association been restarted before its answer came.
        assertTrue(wasPending || released, "a reset failed that nobody asked for");
    }

    /** What is underway may be lost from now on: an association that is restarted or aborted promises no more. */
    void releaseFromReliability() {
        released = true;
        for (Stream stream : streams.values()) {
            stream.pending.forEach(entry -> entry.mayBeLost = true);
        }
    }

    /** The receiver lost its memory: what it had acknowledged in vain may come again. */
    void receiverRestarted() {
        for (Stream stream : streams.values()) {
            List<Entry> again = new ArrayList<>(stream.received);
            again.addAll(stream.pending);
            again.removeIf(entry -> entry.isReset);
            stream.pending = again;
            stream.received.clear();
        }
        incoming.clear();
        releaseFromReliability();
    }

    /** A message, or a part of one. */
    void received(SctpMessage message) {
        IncomingParts.Message complete = incoming.received(message);
        if (complete == null) {
            return;
        }
        Stream stream = streams.get(complete.streamId());
        assertNotNull(stream, () -> "message on stream " + complete.streamId() + ", where nothing was sent");
        if (complete.isWhole()) {
            received(stream, complete);
        } else {
            receivedBeginning(stream, complete);
        }
    }

    /** Parts of a message that was given up: it must have been, and they its beginning. */
    private static void receivedBeginning(Stream stream, IncomingParts.Message part) {
        boolean known = stream.pending.stream().anyMatch(entry -> entry.mayBeLost && entry.startsWith(part));
        assertTrue(known, () -> "the beginning of what was not given up: " + describe(part.content()));
    }

    private void received(Stream stream, IncomingParts.Message message) {
        byte[] content = message.content();
        Iterator<Entry> entries = stream.pending.iterator();
        while (entries.hasNext()) {
            Entry entry = entries.next();
            assertTrue(
                    !entry.isReset || entry.mayBeLost,
                    () -> "a message of the future, or twice the same, on stream " + message.streamId() + ": "
                            + describe(content));
            if (!entry.isReset && entry.unordered == message.unordered()) {
                // Short messages may be alike in all but their payload protocol identifiers.
                if (Arrays.equals(entry.content, content) && entry.ppid == message.ppid()) {
                    entries.remove();
                    stream.received.add(entry);
                    delivered++;
                    return;
                }
                // An ordered message that is skipped can only be one that may be lost; and then it must not come later.
                if (!entry.unordered) {
                    assertTrue(
                            entry.mayBeLost,
                            () -> "on stream " + message.streamId() + " came " + describe(content) + " instead of "
                                    + describe(entry));
                    entries.remove();
                }
            }
        }
        fail("on stream " + message.streamId() + " came what was not sent, or twice: " + describe(content));
    }

    /** Whether everything that must come has come. */
    boolean isSettled() {
        for (Stream stream : streams.values()) {
            for (Entry entry : stream.pending) {
                if (!entry.isReset && !entry.mayBeLost) {
                    return false;
                }
            }
        }
        return !incoming.hasOpen();
    }

    String describePending() {
        StringBuilder text = new StringBuilder(incoming.hasOpen() ? " messages that came in part" : "");
        streams.forEach((id, stream) -> {
            for (Entry entry : stream.pending) {
                if (!entry.mayBeLost) {
                    text.append(" stream ")
                            .append(id)
                            .append(": ")
                            .append(describe(entry))
                            .append(';');
                }
            }
        });
        return text.toString();
    }

    /** How many parts of messages came. */
    long parts() {
        return incoming.parts();
    }

    long delivered() {
        return delivered;
    }

    private Stream stream(int streamId) {
        return streams.computeIfAbsent(streamId, id -> new Stream());
    }

    static byte[] bytesOf(ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.get(payload.position(), bytes);
        return bytes;
    }

    private static String describe(Entry entry) {
        return entry.isReset
                ? "a reset"
                : (entry.unordered ? "unordered " : "ordered ")
                        + (entry.mayBeLost ? "unreliable " : "")
                        + describe(entry.content);
    }

    private static String describe(byte[] content) {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        return (content.length >= 8 ? "message " + buffer.getLong(0) : "message") + " of " + content.length + " bytes";
    }
}
