package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.SctpSendOptions;
import io.github.purrtc.sctp.internal.Deadline;
import io.github.purrtc.sctp.internal.IntMap;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * The messages that were accepted and are not yet fully cut into chunks, by stream. Streams take turns message by message; a stream costs
 * nothing before its first message.
 */
public final class SendQueue {
    /** What a queued message costs beside its bytes, against the limit: many tiny ones are as heavy as a few large ones. */
    public static final int OVERHEAD = 128;

    private final IntMap<OutboundStream> streams = new IntMap<>();
    private final ArrayDeque<OutboundStream> low = new ArrayDeque<>();
    private final long limit;

    private @Nullable OutboundStream firstScheduled;
    private @Nullable OutboundStream lastScheduled;
    private int streamCount = 65_536;
    private long bufferedBytes;
    private long unsentBytes;
    private long messages;

    public SendQueue(long limit) {
        this.limit = limit;
    }

    /** The number of streams that were negotiated: what waits on others can never be sent. */
    public void limitStreams(int count) {
        streamCount = count;
    }

    public int streamCount() {
        return streamCount;
    }

    /** Whether so many bytes more can be taken: at any rate when there is nothing else. */
    public boolean accepts(int length) {
        return messages == 0 || used() + length <= limit;
    }

    public void add(int streamId, int payloadProtocolId, ByteBuffer payload, SctpSendOptions options, long nowNanos) {
        OutboundStream stream = stream(streamId);
        long expiresAtNanos =
                options.lifetimeNanos() < 0 ? Deadline.NEVER : Deadline.after(nowNanos, options.lifetimeNanos());
        OutgoingMessage message = new OutgoingMessage(
                stream,
                payload,
                payloadProtocolId,
                options.unordered(),
                options.maxRetransmits(),
                expiresAtNanos,
                options.accounted());
        bufferedBytes += message.length;
        unsentBytes += message.length;
        messages++;
        if (stream.add(message)) {
            schedule(stream);
        }
    }

    /** Bytes accepted on the stream that are neither acknowledged nor abandoned, of messages that are accounted. */
    public long accountedBytes(int streamId) {
        OutboundStream stream = streams.get(streamId);
        return stream == null ? 0 : stream.accountedBytes;
    }

    /** Bytes accepted that are neither acknowledged nor abandoned. */
    public long bufferedBytes() {
        return bufferedBytes;
    }

    /** What counts against the limit: the messages' bytes, and {@link SctpAssociation#MESSAGE_OVERHEAD} for each. */
    public long used() {
        return bufferedBytes + messages * OVERHEAD;
    }

    /** Bytes accepted that have not been sent for the first time. */
    public long unsentBytes() {
        return unsentBytes;
    }

    public boolean hasUnsent() {
        return unsentBytes > 0;
    }

    public void setLowThreshold(int streamId, long bytes) {
        OutboundStream stream = stream(streamId);
        boolean wasAbove = stream.accountedBytes > stream.lowThreshold;
        stream.lowThreshold = bytes;
        if (wasAbove && stream.accountedBytes <= bytes) {
            low.add(stream);
        }
    }

    /** A stream whose buffered amount fell to its threshold, or -1. */
    public int pollLow() {
        OutboundStream stream = low.poll();
        return stream == null ? -1 : stream.streamId;
    }

    /** The message to cut the next chunk from; a message stays until it is cut to its end (RFC 9260 §6.9). */
    @Nullable
    OutgoingMessage next() {
        return firstScheduled == null ? null : firstScheduled.head();
    }

    /** Bytes of the message at hand were given a TSN. */
    void onCut(OutgoingMessage message, int bytes) {
        message.cut += bytes;
        unsentBytes -= bytes;
        if (message.uncut() == 0) {
            removeNext(message);
        }
    }

    /** What is not cut of the message at hand is given up. */
    void discardRest(OutgoingMessage message) {
        int rest = message.uncut();
        message.abandoned = true;
        unsentBytes -= rest;
        removeNext(message);
        onReleased(message, rest);
        if (message.cut == 0) {
            onMessageDone();
        }
    }

    /** Bytes of the message were acknowledged or abandoned. */
    void onReleased(OutgoingMessage message, int bytes) {
        OutboundStream stream = message.stream;
        message.released += bytes;
        boolean wasAbove = stream.accountedBytes > stream.lowThreshold;
        stream.release(message, bytes);
        bufferedBytes -= bytes;
        if (wasAbove && stream.accountedBytes <= stream.lowThreshold) {
            low.add(stream);
        }
    }

    /** The peer took an acknowledgement back. */
    void onReneged(OutgoingMessage message, int bytes) {
        message.released -= bytes;
        message.stream.release(message, -bytes);
        bufferedBytes += bytes;
    }

    /** A message is done with. */
    void onMessageDone() {
        messages--;
    }

    /** Puts a message back in front of its stream, to be sent from its beginning. */
    void requeue(OutgoingMessage message) {
        boolean queued = message.uncut() > 0;
        unsentBytes += message.cut;
        onReneged(message, message.released);
        message.cut = 0;
        if (!queued) {
            message.stream.addFirst(message);
            schedule(message.stream);
        }
    }

    /** The peer knows nothing of what was sent: the message at hand begins anew, and so do the streams' numbers. */
    void restart() {
        OutgoingMessage message = next();
        if (message != null && message.cut > 0) {
            requeue(message);
        }
        for (int streamId : streams.keys()) {
            stream(streamId).restart();
        }
    }

    /** What is sent on the stream from now on waits until {@link #endReset}. */
    public void beginReset(int streamId) {
        stream(streamId).beginReset();
    }

    public boolean isResetting(int streamId) {
        OutboundStream stream = streams.get(streamId);
        return stream != null && stream.isResetting();
    }

    public boolean isDrained(int streamId) {
        return stream(streamId).isDrained();
    }

    public void endReset(int streamId, boolean performed) {
        OutboundStream stream = stream(streamId);
        stream.endReset(performed);
        if (stream.head() != null) {
            schedule(stream);
        } else if (performed && stream.lowThreshold == 0 && stream.bufferedBytes == 0 && !low.contains(stream)) {
            streams.remove(streamId);
        }
    }

    /** The association is over: what waits is forgotten. */
    public void clear() {
        streams.clear();
        low.clear();
        firstScheduled = null;
        lastScheduled = null;
        bufferedBytes = 0;
        unsentBytes = 0;
        messages = 0;
    }

    private OutboundStream stream(int streamId) {
        if (lastScheduled != null && lastScheduled.streamId == streamId) {
            return lastScheduled;
        }
        OutboundStream stream = streams.get(streamId);
        if (stream == null) {
            stream = new OutboundStream(streamId);
            streams.put(streamId, stream);
        }
        return stream;
    }

    private void removeNext(OutgoingMessage message) {
        OutboundStream stream = message.stream;
        stream.removeHead();
        firstScheduled = stream.nextScheduled;
        stream.nextScheduled = null;
        stream.scheduled = false;
        if (firstScheduled == null) {
            lastScheduled = null;
        }
        if (stream.head() != null) {
            schedule(stream);
        }
    }

    /** Puts the stream at the end of those that have something to send. */
    private void schedule(OutboundStream stream) {
        if (stream.scheduled) {
            return;
        }
        stream.scheduled = true;
        if (lastScheduled == null) {
            firstScheduled = stream;
        } else {
            lastScheduled.nextScheduled = stream;
        }
        lastScheduled = stream;
    }
}
