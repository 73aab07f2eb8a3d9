package io.github.purrtc.sctp.sim;

import io.github.purrtc.sctp.SctpAssociation;
import io.github.purrtc.sctp.SctpSendOptions;
import io.github.purrtc.sctp.SendStatus;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The messages that one peer sends piece by piece. */
final class OpenSends {
    private static final class Open {
        final int ppid;
        final SctpSendOptions options;
        final byte[] content;
        int sent;

        Open(int ppid, SctpSendOptions options, byte[] content) {
            this.ppid = ppid;
            this.options = options;
            this.content = content;
        }
    }

    private final String name;
    private final Ledger outbound;
    private final Lifecycles lifecycles;
    private final Map<Integer, Open> open = new TreeMap<>();

    OpenSends(String name, Ledger outbound, Lifecycles lifecycles) {
        this.name = name;
        this.outbound = outbound;
        this.lifecycles = lifecycles;
    }

    boolean isOpen(int streamId) {
        return open.containsKey(streamId);
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    int[] streamIds() {
        return open.keySet().stream().mapToInt(Integer::intValue).toArray();
    }

    /** A message of that content is to be sent, part by part. */
    void begin(int streamId, int ppid, byte[] content, SctpSendOptions options) {
        assertFalse(isOpen(streamId));
        open.put(streamId, new Open(ppid, options, content));
    }

    /** Sends the next part, of so many bytes at most; how many were accepted. */
    int sendPart(SctpAssociation association, int streamId, int size, long now) {
        Open message = open.get(streamId);
        if (message == null) {
            return 0;
        }
        int length = Math.min(size, message.content.length - message.sent);
        boolean last = message.sent + length == message.content.length;
        long buffered = association.bufferedAmount(streamId);
        SendStatus status = association.sendPart(
                streamId,
                message.ppid,
                ByteBuffer.wrap(message.content, message.sent, length),
                last,
                message.options,
                now);
        boolean queued = status == SendStatus.QUEUED;
        assertEquals(
                buffered + (queued ? length : 0), association.bufferedAmount(streamId), "bufferedAmount after a part");
        if (queued) {
            if (message.sent == 0) {
                outbound.accepted(streamId, message.ppid, message.content, message.options);
                lifecycles.accepted(message.options);
            }
            message.sent += length;
            if (last) {
                open.remove(streamId);
            }
            return length;
        }
        if (status != SendStatus.BUFFER_FULL) {
            assertTrue(status == SendStatus.ABANDONED || status == SendStatus.CLOSED, () -> name + ": " + status);
            drop(streamId);
        }
        return 0;
    }

    void abandon(SctpAssociation association, int streamId, long now) {
        association.abandonMessage(streamId, now);
        drop(streamId);
    }

    /** What is open will not be completed. */
    void dropAll() {
        for (int streamId : streamIds()) {
            drop(streamId);
        }
    }

    private void drop(int streamId) {
        Open message = open.remove(streamId);
        if (message != null && message.sent > 0) {
            outbound.abandoned(streamId, message.content);
        }
    }
}
