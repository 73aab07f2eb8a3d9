package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.SctpEvent;
import io.github.purrtc.sctp.SctpSendOptions;
import io.github.purrtc.sctp.StreamScheduling;
import io.github.purrtc.sctp.internal.IntMap;
import io.github.purrtc.sctp.packet.DataFormat;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/** The messages that were accepted and are not yet fully cut into chunks, by stream; a stream costs nothing before its first message. */
public final class SendQueue {
    /** What a queued message costs beside its bytes, against the limit: many tiny ones are as heavy as a few large ones. */
    public static final int OVERHEAD = 128;

    private final IntMap<OutboundStream> streams = new IntMap<>();
    private final Lifetimes lifetimes = new Lifetimes();
    private final SendSchedule schedule;
    private final SendBuffer buffer;
    private final MessagePool pool = new MessagePool();
    private final Consumer<SctpEvent> events;
    private final SendStatistics statistics = new SendStatistics();

    private @Nullable OutboundStream lastStream;
    private int streamCount = 65_536;
    private long accepted;

    /** @param events told of messages for which that was asked, and of streams that the peer does not grant */
    public SendQueue(long limit, StreamScheduling scheduling, Consumer<SctpEvent> events) {
        this.events = events;
        buffer = new SendBuffer(limit);
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
                giveUp(message);
            }
        }
    }

    /** Whether so many bytes more can be taken: at any rate when there is nothing else. */
    public boolean accepts(int length) {
        return buffer.accepts(length);
    }

    /**
     * Adds a whole message.
     *
     * @throws IllegalStateException if a message is open on the stream
     */
    public void add(int streamId, int payloadProtocolId, ByteBuffer payload, SctpSendOptions options, long nowNanos) {
        OutboundStream stream = stream(streamId);
        if (stream.open != null) {
            throw new IllegalStateException("the message that is open on stream " + streamId + " comes first");
        }
        OutgoingMessage message = pool.message(stream, payload, payloadProtocolId, options, accepted++);
        statistics.messagesAccepted++;
        lifetimes.begin(message, nowNanos);
        enqueue(message);
    }

    /** Adds to the message that is open on the stream; without one, it is the first part of one. */
    public void addPart(
            int streamId,
            int payloadProtocolId,
            ByteBuffer payload,
            boolean last,
            SctpSendOptions options,
            long nowNanos) {
        OutboundStream stream = stream(streamId);
        PartedMessage open = stream.open;
        OutgoingMessage part = open == null
                ? pool.message(stream, payload, payloadProtocolId, options, accepted++)
                : pool.message(stream, payload, open.payloadProtocolId, open.last.options, accepted++);
        part.ends = last;
        if (open == null) {
            open = stream.begin(part);
            statistics.messagesAccepted++;
            lifetimes.begin(part, nowNanos);
        } else {
            stream.append(part, open);
        }
        if (last) {
            stream.open = null;
        }
        enqueue(part);
    }

    private void enqueue(OutgoingMessage message) {
        OutboundStream stream = message.stream;
        buffer.onAccepted(message);
        if (stream.add(message) && stream.head() == message) {
            refresh(stream);
        }
    }

    /** Whether the message that is open on the stream was given up. */
    public boolean isOpenAbandoned(int streamId) {
        OutgoingMessage part = openPart(streamId);
        return part != null && part.isAbandoned();
    }

    /** The bytes that were accepted of the message that is open on the stream. */
    public long openLength(int streamId) {
        OutboundStream stream = streams.get(streamId);
        return stream == null || stream.open == null ? 0 : stream.open.length;
    }

    /** No more comes of the message that is open on the stream. */
    public void endOpen(int streamId) {
        stream(streamId).open = null;
    }

    /** Gives up the message that is open on the stream, if there is one; false, and nothing done, if it has begun. */
    public boolean abandonUnbegunOpen(int streamId) {
        OutgoingMessage part = openPart(streamId);
        if (part != null && !part.isAbandoned()) {
            if (part.hasBegun()) {
                return false;
            }
            giveUp(part);
        }
        if (part != null) {
            endOpen(streamId);
        }
        return true;
    }

    /** The last part of the message that is open on the stream, or null. */
    @Nullable
    OutgoingMessage openPart(int streamId) {
        OutboundStream stream = streams.get(streamId);
        return stream == null || stream.open == null ? null : stream.open.last;
    }

    /** The streams of which anything is known, which a reset of all would reset. */
    public int[] usedStreams() {
        return streams.keys();
    }

    /** Bytes accepted on the stream that are neither acknowledged nor abandoned, of messages that are accounted. */
    public long accountedBytes(int streamId) {
        OutboundStream stream = streams.get(streamId);
        return stream == null ? 0 : stream.accountedBytes;
    }

    /** Bytes accepted that are neither acknowledged nor abandoned. */
    public long bufferedBytes() {
        return buffer.bufferedBytes();
    }

    /** What counts against the limit: the bytes of messages, and {@link #OVERHEAD} for each message or part. */
    public long used() {
        return buffer.used();
    }

    /** Bytes accepted that have not been sent for the first time. */
    public long unsentBytes() {
        return buffer.unsentBytes();
    }

    public boolean hasUnsent() {
        return buffer.unsentBytes() > 0;
    }

    public void setLowThreshold(int streamId, long bytes) {
        OutboundStream stream = stream(streamId);
        boolean wasAbove = stream.isAboveThreshold();
        stream.lowThreshold = bytes;
        if (wasAbove) {
            buffer.checkLow(stream);
        }
    }

    public void setPriority(int streamId, int priority) {
        OutboundStream stream = stream(streamId);
        stream.priority = priority;
        refresh(stream);
    }

    /** A stream whose buffered amount fell to its threshold, or -1. */
    public int pollLow() {
        return buffer.pollLow();
    }

    /** The message to cut the next chunk from; with DATA, one that has begun until it is cut to its end (RFC 9260 §6.9). */
    @Nullable
    OutgoingMessage next() {
        return schedule.next();
    }

    /** Bytes of the message at hand were given a TSN. */
    void onCut(OutgoingMessage message, int bytes) {
        PartedMessage parted = message.parted;
        if (message.cut == 0 && parted == null) {
            lifetimes.end(message);
        }
        message.cut += bytes;
        buffer.onSent(bytes);
        if (message.uncut() == 0) {
            if (parted != null) {
                parted.onCutToEnd(message);
            }
            message.stream.removeHead();
            if (message.ends) {
                onCutWhole(message);
            }
        }
        schedule.onCut(message, bytes);
    }

    private void onCutWhole(OutgoingMessage message) {
        lifetimes.end(message);
        long lifecycleId = message.options.lifecycleId();
        if (lifecycleId != 0 && !message.toldAsSent) {
            message.toldAsSent = true;
            events.accept(new SctpEvent.MessageSent(lifecycleId));
        }
    }

    /** When the next message's lifetime is over that was not begun, or of which parts may still come. */
    long nextExpiryNanos() {
        return lifetimes.nextNanos();
    }

    /** A message whose lifetime ended before it was begun, or before all of its parts had come; null if there is none. */
    @Nullable
    OutgoingMessage pollExpired(long nowNanos) {
        return lifetimes.poll(nowNanos);
    }

    /**
     * Gives up a message, and what of it is not cut, wherever in its stream that is. A message that was not begun gets no TSN (RFC 3758 §3.5 A2).
     *
     * @return what stands for the rest of it, if it has begun and was not cut to its end; else null
     */
    @Nullable
    OutgoingMessage giveUp(OutgoingMessage message) {
        OutgoingMessage rest = restOf(message);
        PartedMessage parted = message.parted;
        boolean queued = parted == null ? message.uncut() > 0 : parted.isUnfinished();
        lifetimes.end(message);
        for (OutgoingMessage part = parted == null ? message : parted.firstQueued;
                part != null && part.isPartOf(message);
                part = part.next) {
            buffer.onUncutDropped(part);
            part.stream.onDropped(part);
        }
        if (parted != null) {
            parted.firstQueued = null;
        }
        message.setAbandoned();
        if (message.options.lifecycleId() != 0) {
            events.accept(new SctpEvent.MessageAbandoned(message.options.lifecycleId()));
        }
        if (queued) {
            message.stream.skipAbandoned();
            if (message.hasBegun()) {
                schedule.onEnded(message);
            } else {
                refresh(message.stream);
            }
        }
        return rest;
    }

    private @Nullable OutgoingMessage restOf(OutgoingMessage message) {
        PartedMessage parted = message.parted;
        if (!message.hasBegun()) {
            return null;
        }
        if (parted == null) {
            return message.uncut() > 0 ? message : null;
        }
        OutgoingMessage part = parted.firstQueued;
        if (part != null && part.cut > 0) {
            return part;
        }
        return parted.isUnfinished() ? OutgoingMessage.restOf(parted, accepted++) : null;
    }

    /** The rest of a message that was given up has got a TSN. */
    void onPlaceholder(OutgoingMessage rest) {
        if (rest.length == 0) {
            buffer.onPlaceholder();
        }
    }

    /** Bytes of the message were acknowledged or abandoned. */
    void onReleased(OutgoingMessage message, int bytes) {
        buffer.onReleased(message, bytes);
    }

    /** The peer took an acknowledgement back. */
    void onReneged(OutgoingMessage message, int bytes) {
        buffer.onReneged(message, bytes);
    }

    /**
     * A message, or part of one, that was begun is done with: none of its TSNs is outstanding any more. Unless it was given up it is not known
     * any more after this.
     */
    void onMessageDone(OutgoingMessage message) {
        buffer.onMessageDone();
        if (message.parted != null) {
            message.parted.partGone = true;
        }
        if (message.isAbandoned()) {
            return;
        }
        if (message.ends && message.options.lifecycleId() != 0) {
            events.accept(new SctpEvent.MessageAcknowledged(message.options.lifecycleId()));
        }
        pool.onDelivered(message);
    }

    /** Nothing was sent for long: what would be needed to send much again is let go of. */
    public void onIdle() {
        if (buffer.used() == 0) {
            pool.clear();
        }
    }

    /** Puts a message back in front of its stream, to be sent from its beginning; {@link #restart} follows. */
    void requeue(OutgoingMessage message) {
        boolean queued = message.uncut() > 0;
        buffer.onSent(-message.cut);
        buffer.onReneged(message, message.released);
        message.cut = 0;
        message.resetFragments();
        if (!queued) {
            message.stream.addFirst(message);
        }
        if (message.parted != null) {
            message.parted.firstQueued = message;
        }
        lifetimes.renew(message);
    }

    /** The peer knows nothing of what was sent: messages that have begun begin anew, and so do the streams' numbers. */
    void restart() {
        schedule.restart();
        for (int streamId : streams.keys()) {
            OutboundStream stream = stream(streamId);
            giveUpWithoutBeginning(stream);
            OutgoingMessage head = stream.head();
            if (head != null && head.cut > 0) {
                requeue(head);
            }
            stream.restart();
        }
        refreshAll();
    }

    /** What was acknowledged of a message cannot be sent anew, nor the rest without it. */
    private void giveUpWithoutBeginning(OutboundStream stream) {
        OutgoingMessage head = stream.head();
        if (head != null && head.isWithoutBeginning()) {
            if (head.cut > 0) {
                buffer.onMessageDone();
            }
            giveUp(head);
        }
        PartedMessage open = stream.open;
        if (open != null && open.last.isWithoutBeginning() && !open.abandoned) {
            giveUp(open.last);
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
            refresh(stream);
        } else if (performed && stream.isForgettable() && !buffer.isLow(stream)) {
            streams.remove(streamId);
            lastStream = null;
        }
    }

    /** The association is over: what waits is forgotten. */
    public void clear() {
        streams.clear();
        buffer.clear();
        pool.clear();
        lifetimes.clear();
        schedule.clear();
        lastStream = null;
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
