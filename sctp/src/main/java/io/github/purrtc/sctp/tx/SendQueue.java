package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.SctpEvent;
import io.github.purrtc.sctp.SctpSendOptions;
import io.github.purrtc.sctp.StreamScheduling;
import io.github.purrtc.sctp.internal.Deadline;
import io.github.purrtc.sctp.internal.IntMap;
import io.github.purrtc.sctp.packet.DataFormat;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.function.Consumer;

/** The messages that were accepted and are not yet fully cut into chunks, by stream; a stream costs nothing before its first message. */
public final class SendQueue {
    /** What a queued message costs beside its bytes, against the limit: many tiny ones are as heavy as a few large ones. */
    public static final int OVERHEAD = 128;

    private final IntMap<OutboundStream> streams = new IntMap<>();
    private final ArrayDeque<OutboundStream> low = new ArrayDeque<>();
    private final IndexedHeap<OutgoingMessage> expiring = new IndexedHeap<>();
    private final SendSchedule schedule;
    private final Consumer<SctpEvent> events;
    private final SendStatistics statistics = new SendStatistics();
    private final long limit;

    private @Nullable OutboundStream lastStream;
    private int streamCount = 65_536;
    private long bufferedBytes;
    private long unsentBytes;
    private long messages;
    private long accepted;

    /** @param events told of messages for which that was asked, and of streams that the peer does not grant */
    public SendQueue(long limit, StreamScheduling scheduling, Consumer<SctpEvent> events) {
        this.limit = limit;
        this.events = events;
        schedule = new SendSchedule(StreamScheduler.of(scheduling));
    }

    public SendStatistics statistics() {
        return statistics;
    }

    /** The number of streams that were negotiated: what waits on others can never be sent. */
    public void limitStreams(int count) {
        streamCount = count;
        refreshAll();
    }

    public int streamCount() {
        return streamCount;
    }

    /**
     * What was negotiated.
     *
     * @param packetPayload the user data that fits in one packet
     * @param peerWindow what the peer can hold of messages that have begun, those of one stream apart
     */
    public void useFormat(DataFormat format, int packetPayload, long peerWindow) {
        schedule.useFormat(format, packetPayload, peerWindow / 2);
        refreshAll();
    }

    /** What was accepted on streams that the peer does not grant is dropped, and an event says so. */
    public void dropUngranted() {
        int[] streamIds = streams.keys();
        Arrays.sort(streamIds);
        for (int streamId : streamIds) {
            OutboundStream stream = stream(streamId);
            if (streamId < streamCount || stream.head() == null) {
                continue;
            }
            events.accept(new SctpEvent.StreamNotGranted(streamId));
            for (OutgoingMessage message = stream.head(); message != null; message = stream.head()) {
                discardUnsent(message);
            }
        }
    }

    /** Whether so many bytes more can be taken: at any rate when there is nothing else. */
    public boolean accepts(int length) {
        return messages == 0 || used() + length <= limit;
    }

    public void add(int streamId, int payloadProtocolId, ByteBuffer payload, SctpSendOptions options, long nowNanos) {
        OutboundStream stream = stream(streamId);
        long expiresAtNanos =
                options.lifetimeNanos() < 0 ? Deadline.NEVER : Deadline.after(nowNanos, options.lifetimeNanos());
        OutgoingMessage message =
                new OutgoingMessage(stream, payload, payloadProtocolId, options, expiresAtNanos, accepted++);
        bufferedBytes += message.length;
        unsentBytes += message.length;
        messages++;
        statistics.messagesAccepted++;
        if (expiresAtNanos != Deadline.NEVER) {
            expiring.put(message, expiresAtNanos);
        }
        if (stream.add(message) && stream.head() == message) {
            refresh(stream);
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

    public void setPriority(int streamId, int priority) {
        OutboundStream stream = stream(streamId);
        stream.priority = priority;
        refresh(stream);
    }

    /** A stream whose buffered amount fell to its threshold, or -1. */
    public int pollLow() {
        OutboundStream stream = low.poll();
        return stream == null ? -1 : stream.streamId;
    }

    /** The message to cut the next chunk from; with DATA, one that has begun until it is cut to its end (RFC 9260 §6.9). */
    @Nullable
    OutgoingMessage next() {
        return schedule.next();
    }

    /** Bytes of the message at hand were given a TSN. */
    void onCut(OutgoingMessage message, int bytes) {
        if (message.cut == 0) {
            expiring.remove(message);
        }
        message.cut += bytes;
        unsentBytes -= bytes;
        if (message.uncut() == 0) {
            message.stream.removeHead();
            if (message.lifecycleId != 0 && !message.toldAsSent) {
                message.toldAsSent = true;
                events.accept(new SctpEvent.MessageSent(message.lifecycleId));
            }
        }
        schedule.onCut(message, bytes);
    }

    /** When the next message's lifetime is over that was not begun. */
    long nextExpiryNanos() {
        return expiring.firstKey();
    }

    /** Drops the messages that were not begun in their lifetime: they get no TSN (RFC 3758 §3.5 A2). */
    void dropExpired(long nowNanos) {
        while (nowNanos >= expiring.firstKey() && expiring.firstKey() != Deadline.NEVER) {
            OutgoingMessage expired = expiring.first();
            if (expired != null) {
                discardUnsent(expired);
            }
        }
    }

    /** Gives up a message that was not begun, wherever in its stream it is. */
    private void discardUnsent(OutgoingMessage message) {
        expiring.remove(message);
        unsentBytes -= message.length;
        onReleased(message, message.length);
        messages--;
        onAbandoned(message);
        if (message.stream.discard(message)) {
            refresh(message.stream);
        }
    }

    /** What is not cut of a message that has begun is given up. */
    void discardRest(OutgoingMessage message) {
        int rest = message.uncut();
        unsentBytes -= rest;
        message.stream.removeHead();
        schedule.onEnded(message);
        onReleased(message, rest);
    }

    /** The message is given up: RFC 3758 §3.5 A3. */
    void onAbandoned(OutgoingMessage message) {
        message.abandoned = true;
        if (message.lifecycleId != 0) {
            events.accept(new SctpEvent.MessageAbandoned(message.lifecycleId));
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

    /** A message that was begun is done with: none of its TSNs is outstanding any more. */
    void onMessageDone(OutgoingMessage message) {
        messages--;
        if (message.lifecycleId != 0 && !message.abandoned) {
            events.accept(new SctpEvent.MessageAcknowledged(message.lifecycleId));
        }
    }

    /** Puts a message back in front of its stream, to be sent from its beginning; {@link #restart} follows. */
    void requeue(OutgoingMessage message) {
        boolean queued = message.uncut() > 0;
        unsentBytes += message.cut;
        onReneged(message, message.released);
        message.cut = 0;
        message.fragments = 0;
        if (!queued) {
            message.stream.addFirst(message);
        }
        if (message.expiresAtNanos != Deadline.NEVER) {
            expiring.put(message, message.expiresAtNanos);
        }
    }

    /** The peer knows nothing of what was sent: messages that have begun begin anew, and so do the streams' numbers. */
    void restart() {
        schedule.restart();
        for (int streamId : streams.keys()) {
            OutboundStream stream = stream(streamId);
            OutgoingMessage head = stream.head();
            if (head != null && head.cut > 0) {
                requeue(head);
            }
            stream.restart();
        }
        refreshAll();
    }

    /** What is sent on the stream from now on waits until {@link #endReset}. */
    public void beginReset(int streamId) {
        stream(streamId).beginReset();
    }

    /** The streams of which anything is known, which a reset of all would reset. */
    public int[] usedStreams() {
        return streams.keys();
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
            refresh(stream);
        } else if (performed && stream.isForgettable() && !low.contains(stream)) {
            streams.remove(streamId);
            lastStream = null;
        }
    }

    /** The association is over: what waits is forgotten. */
    public void clear() {
        streams.clear();
        low.clear();
        expiring.clear();
        schedule.clear();
        lastStream = null;
        bufferedBytes = 0;
        unsentBytes = 0;
        messages = 0;
    }

    private OutboundStream stream(int streamId) {
        if (lastStream != null && lastStream.streamId == streamId) {
            return lastStream;
        }
        OutboundStream stream = streams.get(streamId);
        if (stream == null) {
            stream = new OutboundStream(streamId);
            streams.put(streamId, stream);
        }
        lastStream = stream;
        return stream;
    }

    private void refreshAll() {
        for (int streamId : streams.keys()) {
            refresh(stream(streamId));
        }
    }

    private void refresh(OutboundStream stream) {
        schedule.refresh(stream, stream.streamId < streamCount);
    }
}
