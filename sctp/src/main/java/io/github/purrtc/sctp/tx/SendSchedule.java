package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.packet.DataFormat;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/** Which message the next chunk is cut from: as the scheduler says, within what the format and the peer's memory allow. */
final class SendSchedule {
    private final StreamScheduler scheduler;
    private final IndexedHeap<OutboundStream> turns = new IndexedHeap<>();
    private final OpenMessages open = new OpenMessages();
    /** Those whose next message may not begin before another one is finished. */
    private final ArrayDeque<OutboundStream> parked = new ArrayDeque<>(0);

    private boolean interleaves;
    private int packetPayload = Integer.MAX_VALUE;
    /** The stream of the message that has begun, where it must be finished before another begins. */
    private @Nullable OutboundStream begun;

    SendSchedule(StreamScheduler scheduler) {
        this.scheduler = scheduler;
    }

    void useFormat(DataFormat format, int packetPayload, long openLimit) {
        interleaves = format == DataFormat.I_DATA;
        this.packetPayload = packetPayload;
        open.setLimit(openLimit);
    }

    @Nullable
    OutgoingMessage next() {
        if (begun != null) {
            // Null while the next part of the message is still to come.
            return begun.head();
        }
        for (OutboundStream stream = turns.first(); stream != null; stream = turns.first()) {
            OutgoingMessage message = stream.head();
            if (message != null && mayGoOn(message)) {
                return message;
            }
            // When it may go on it joins anew: it has saved up nothing.
            stream.scheduled = false;
            turns.remove(stream);
            parked.add(stream);
        }
        return null;
    }

    private boolean mayGoOn(OutgoingMessage message) {
        return !interleaves || message.cut > 0 || !isLimited(message) || open.mayBegin(message.length);
    }

    /** A message that comes in parts may be of any size: only a peer that takes it in parts has use for that. */
    private boolean isLimited(OutgoingMessage message) {
        return message.parted == null && message.length > packetPayload;
    }

    /** Bytes of the message were sent; if those were the last, it is no longer the head of its stream. */
    void onCut(OutgoingMessage message, int bytes) {
        scheduler.onServed(message.stream, bytes);
        if (!message.isUnfinished()) {
            onEnded(message);
        } else if (interleaves) {
            if (message.parted == null && message.cut == bytes) {
                open.add(message);
            }
            refresh(message.stream, true);
        } else {
            begun = message.stream;
        }
    }

    /** The message is cut to its end, or the rest of it is given up. */
    void onEnded(OutgoingMessage message) {
        begun = null;
        if (open.remove(message)) {
            unpark();
        }
        refresh(message.stream, true);
    }

    /** What the stream has to send next is another than before, or counts differently. */
    void refresh(OutboundStream stream, boolean granted) {
        OutgoingMessage head = stream.head();
        if (!parked.isEmpty()) {
            parked.remove(stream);
        }
        if (head == null || !granted) {
            stream.scheduled = false;
            turns.remove(stream);
            return;
        }
        if (!stream.scheduled) {
            stream.scheduled = true;
            scheduler.onJoined(stream);
        }
        turns.put(stream, scheduler.turn(stream, head, piece(head)));
    }

    private int piece(OutgoingMessage message) {
        return interleaves ? Math.min(message.uncut(), packetPayload) : message.uncut();
    }

    private void unpark() {
        for (OutboundStream stream = parked.poll(); stream != null; stream = parked.poll()) {
            refresh(stream, true);
        }
    }

    /** No message has begun any more; each stream is refreshed after this. */
    void restart() {
        begun = null;
        open.clear();
        unpark();
    }

    void clear() {
        restart();
        turns.clear();
    }
}
