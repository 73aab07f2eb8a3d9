package io.github.purrtc.sctp.rx;

import io.github.purrtc.sctp.SctpMessage;
import io.github.purrtc.sctp.internal.IntMap;
import io.github.purrtc.sctp.packet.DataFlags;
import io.github.purrtc.sctp.packet.DataFormat;
import io.github.purrtc.sctp.packet.DataView;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.BitSet;

/**
 * Makes messages of DATA or I-DATA chunks and hands them out in the order of their streams (RFC 9260 §6.6, §6.9). Each TSN is given to it at most
 * once; what lies at the Cumulative TSN Ack Point takes the short way, without an object for a fragment.
 */
public final class ReassemblyQueue {
    /** What a held fragment or message costs beside its bytes. */
    static final int OVERHEAD = 128;

    private record Deferred(int number, SctpMessage message) {}

    private final DataFormat format;
    private final InterleavedAssembly interleaved;

    private final InOrderAssembly assembly;
    private final FragmentRing ring = new FragmentRing();
    private final IntMap<InboundStream> streams = new IntMap<>();
    private final ReadyMessages ready = new ReadyMessages();
    private final HandOut.Receiver parts = new HandOut.Receiver(ready::add);
    /** Those whose messages are handed out in parts. */
    private final BitSet partStreams;

    private final int maxMessageSize;
    private long freeAssemblyBytes;

    private long consumedTsn;
    private long heldBytes;
    private long overhead;
    private int lastStreamId = -1;
    private @Nullable InboundStream lastStream;
    private @Nullable DeferredReset deferredReset;
    private final ArrayDeque<Deferred> deferred = new ArrayDeque<>(0);
    private final ArrayDeque<Fragment> deferredFragments = new ArrayDeque<>(0);
    private @Nullable String violation;

    /**
     * @param initialTsn the peer's first TSN, unwrapped
     * @param receiveWindow a message in the making counts as half of it at most: else one larger than the window never ended
     * @param partStreams the streams whose messages are handed out in parts: after a change {@link #handOutInParts} follows
     */
    public ReassemblyQueue(
            long initialTsn, int maxMessageSize, long receiveWindow, DataFormat format, BitSet partStreams) {
        this.format = format;
        this.partStreams = partStreams;
        interleaved = new InterleavedAssembly(maxMessageSize);
        consumedTsn = initialTsn - 1;
        this.maxMessageSize = maxMessageSize;
        assembly = new InOrderAssembly(maxMessageSize);
        setWindow(receiveWindow, receiveWindow);
    }

    /** As for {@link InterleavedAssembly#setWindow}; what is put together in order counts as half of the window at most, too. */
    void setWindow(long receiveWindow, long unfinishedLimit) {
        freeAssemblyBytes = receiveWindow / 2;
        interleaved.setWindow(receiveWindow, unfinishedLimit);
    }

    /** Why the association must be aborted; null while the peer keeps the rules. */
    public @Nullable String violation() {
        return violation;
    }

    /**
     * What is held, messages not yet taken and fragments, as it counts against the window: its bytes, for which the window was told (RFC 9260
     * §6.2), or where it is in pieces that cost more beside their bytes, that. So the memory is no more than twice what counts.
     */
    public long heldBytes() {
        return Math.max(bytes(), overhead + ready.overhead() + interleaved.overhead());
    }

    private long bytes() {
        int open = assembly.openLength();
        long counted = assembly.isInParts() ? open : Math.min(open, freeAssemblyBytes);
        return heldBytes + ready.heldBytes() + counted + interleaved.heldBytes();
    }

    /** Of that, what only waits to be taken. */
    long readyBytes() {
        return ready.heldBytes();
    }

    /** How many messages were completed so far. */
    public long messageCount() {
        return ready.messageCount();
    }

    /** How many messages and parts were completed so far, whether taken or not. */
    public long readyCount() {
        return ready.readyCount();
    }

    /** How many of those were taken so far. */
    public long takenCount() {
        return ready.takenCount();
    }

    /** Whether there is nothing to take. */
    public boolean isEmpty() {
        return ready.isEmpty() && !(assembly.isInParts() && assembly.openLength() > 0) && !interleaved.hasParts();
    }

    /** The peer began anew: what its earlier self completed can still be taken. */
    public void adoptReady(ReassemblyQueue previous) {
        previous.assembly.skip();
        previous.interleaved.restartAll();
        ready.adopt(previous.ready);
        parts.continueFrom(previous.parts);
    }

    /** Gives the next message or part in order to the receiver, false if there is none. What is taken no longer counts as held. */
    public boolean take(SctpMessage.Receiver receiver) {
        if (ready.isEmpty()) {
            assembly.handOut();
            interleaved.handOutNext();
        }
        return ready.take(receiver);
    }

    /** Nothing came for long. */
    public void onIdle() {
        ready.onIdle();
        ring.onIdle();
    }

    /** The stream is one of those now whose messages are handed out in parts: also those that have begun, when it is their turn. */
    public void handOutInParts(int streamId) {
        boolean open = assembly.isOpen() && !assembly.isInParts() && assembly.streamId() == streamId;
        if (open && (assembly.unordered() || stream(streamId).isTurnOf(assembly.ssn()))) {
            assembly.handOutInParts(new HandOut(parts, streamId, assembly.unordered()));
        }
        interleaved.handOutInParts(streamId, stream(streamId).next(), parts);
    }

    /** Takes in a chunk whose TSN was never given before; {@code cumulativeTsn} is the point after it. */
    public void add(long tsn, long cumulativeTsn, DataView data, ByteBuffer packet) {
        if (format == DataFormat.I_DATA) {
            addInterleaved(tsn, data, packet);
            return;
        }
        if (tsn == consumedTsn + 1) {
            consumedTsn = tsn;
            boolean ends = assembly.add(
                    data.flags(),
                    data.streamId(),
                    data.ssn(),
                    data.ppid(),
                    packet,
                    data.payloadOffset(),
                    data.payloadLength(),
                    handOutOf(tsn, data.flags(), data.streamId(), data.ssn()));
            if (ends) {
                finish(tsn);
            }
        } else {
            addAhead(tsn, new Fragment(data, packet));
        }
        consumeTo(cumulativeTsn);
    }

    /** How a message is handed out that begins with that fragment and does not end with it; null: as a whole. */
    private @Nullable HandOut handOutOf(long tsn, int flags, int streamId, int ssn) {
        int bounds = flags & (DataFlags.BEGINNING | DataFlags.END);
        if (bounds != DataFlags.BEGINNING || !partStreams.get(streamId)) {
            return null;
        }
        boolean unordered = (flags & DataFlags.UNORDERED) != 0;
        boolean heldBack = deferredReset != null && deferredReset.holdsBack(tsn, streamId);
        boolean deliverable = !heldBack && (unordered || stream(streamId).isTurnOf(ssn));
        return deliverable ? new HandOut(parts, streamId, unordered) : null;
    }

    private void addInterleaved(long tsn, DataView data, ByteBuffer packet) {
        if (deferredReset != null && deferredReset.holdsBack(tsn, data.streamId())) {
            Fragment fragment = new Fragment(data, packet);
            hold(fragment.payload);
            deferredFragments.add(fragment);
            return;
        }
        assemble(
                data.flags(),
                data.streamId(),
                data.mid(),
                data.fsn(),
                data.ppid(),
                packet,
                data.payloadOffset(),
                data.payloadLength());
    }

    private void assemble(
            int flags, int streamId, int mid, int fsn, int ppid, ByteBuffer source, int offset, int count) {
        boolean deliverable = true;
        if ((flags & DataFlags.UNORDERED) == 0) {
            InboundStream stream = stream(streamId);
            deliverable = stream.isTurnOf(mid);
            if (!stream.isAhead(mid)) {
                // What is left of a message that was given up.
                return;
            }
            if (stream.isWaiting(mid)) {
                violation = "a fragment of a message that is whole";
                return;
            }
        }
        HandOut.Receiver receiver = partStreams.get(streamId) ? parts : null;
        boolean whole =
                interleaved.add(flags, streamId, mid, fsn, ppid, source, offset, count, deliverable, receiver, ready);
        violation = interleaved.violation();
        if (whole) {
            putInOrder(mid);
        }
    }

    /** A TSN that carries nothing to deliver: its stream does not exist. */
    public void addNothing(long tsn, long cumulativeTsn) {
        if (format == DataFormat.I_DATA) {
            return;
        }
        if (tsn == consumedTsn + 1) {
            consumedTsn = tsn;
            if (assembly.addConsumed()) {
                finish(tsn);
            }
        }
        consumeTo(cumulativeTsn);
    }

    /** RFC 3758 §3.6: what is incomplete up to {@code newTsn} is given up; the point after that is {@code cumulativeTsn}. */
    public void skipTo(long newTsn, long cumulativeTsn) {
        if (format == DataFormat.I_DATA) {
            // The messages are named: #skipMessage.
            return;
        }
        for (long tsn = consumedTsn + 1; tsn <= newTsn && !ring.isEmpty(); tsn++) {
            drop(tsn);
        }
        consumedTsn = newTsn;
        assembly.skip();
        consumeTo(cumulativeTsn);
    }

    /** The ordered messages of the stream up to {@code ssn} were given up: those that wait behind them are free. */
    public void skipStream(int streamId, int ssn) {
        InboundStream stream = stream(streamId);
        if (!stream.isAhead(ssn)) {
            return;
        }
        for (int waiting : stream.waitingUpTo(ssn)) {
            handOutKept(stream.take(waiting));
        }
        stream.skipTo(ssn);
        release(stream, streamId);
    }

    /** RFC 8260 §2.3.1: the ordered or the unordered messages of the stream up to {@code mid} were given up. */
    public void skipMessage(int streamId, boolean unordered, int mid) {
        interleaved.skip(streamId, unordered, mid);
        if (!unordered) {
            skipStream(streamId, mid);
        }
    }

    /**
     * RFC 6525 §5.2.2: the peer's streams begin anew behind {@code lastTsn}; none named means all. What is behind it already is held back
     * until {@link #completeReset}.
     */
    public void deferReset(long lastTsn, int[] streamIds) {
        deferredReset = new DeferredReset(lastTsn, streamIds);
    }

    /** What has begun on the streams before their reset does not end: its receiver is told if there are parts of it. */
    public void endStreams(int[] streamIds) {
        boolean all = streamIds.length == 0;
        for (int streamId : all ? streams.keys() : streamIds) {
            if (assembly.isInParts() && assembly.streamId() == streamId) {
                assembly.skip();
            }
            interleaved.restart(streamId);
        }
        if (all) {
            interleaved.restartAll();
        }
    }

    /** The Cumulative TSN Ack Point reached the last TSN before the reset. */
    public void completeReset(int[] streamIds) {
        endStreams(streamIds);
        deferredReset = null;
        lastStreamId = -1;
        if (streamIds.length == 0) {
            for (int streamId : streams.keys()) {
                restart(streamId);
            }
        }
        for (int streamId : streamIds) {
            restart(streamId);
        }
        for (Deferred held = deferred.poll(); held != null; held = deferred.poll()) {
            letGo(held.message.payload());
            putInOrder(held.number, held.message);
        }
        for (Fragment held = deferredFragments.poll(); held != null; held = deferredFragments.poll()) {
            letGo(held.payload);
            if (violation == null) {
                assemble(held.flags, held.streamId, held.mid, held.fsn, held.ppid, held.payload, 0, held.length());
            }
        }
    }

    private void restart(int streamId) {
        InboundStream stream = streams.remove(streamId);
        if (stream != null) {
            for (int ssn : stream.waiting()) {
                SctpMessage lost = stream.take(ssn);
                if (lost != null) {
                    letGo(lost.payload());
                }
            }
        }
    }

    private void hold(ByteBuffer payload) {
        heldBytes += payload.limit();
        overhead += ReadyMessages.overhead(payload);
    }

    private void letGo(ByteBuffer payload) {
        heldBytes -= payload.limit();
        overhead -= ReadyMessages.overhead(payload);
    }

    private void addAhead(long tsn, Fragment fragment) {
        hold(fragment.payload);
        switch (ring.put(tsn, fragment, tsn - consumedTsn)) {
            case ILLEGAL -> violation = "fragments of different messages side by side";
            case WHOLE -> join(ring.wholeFrom(), ring.wholeTo());
            case INCOMPLETE -> {}
        }
    }

    /** A message is whole before the point got there. */
    private void join(long from, long to) {
        Fragment first = drop(from);
        if (first == null) {
            return;
        }
        // One that would be handed out in parts, had it not come whole, may be of any size.
        int limit = partStreams.get(first.streamId) ? Integer.MAX_VALUE - 16 : maxMessageSize;
        InOrderAssembly whole = new InOrderAssembly(limit);
        long tsn = from;
        for (Fragment part = first; part != null; part = tsn == to ? null : drop(++tsn)) {
            whole.add(part.flags, part.streamId, part.ssn, part.ppid, part.payload, 0, part.length(), null);
        }
        violation = whole.violation();
        if (violation == null) {
            whole.take(ready);
            deliver(to, whole.ssn());
        }
    }

    /** Feeds the TSNs that the point passed, one by one. */
    private void consumeTo(long cumulativeTsn) {
        while (consumedTsn < cumulativeTsn && violation == null) {
            consumedTsn++;
            Fragment next = drop(consumedTsn);
            boolean ends = next == null
                    ? assembly.addConsumed()
                    : assembly.add(
                            next.flags,
                            next.streamId,
                            next.ssn,
                            next.ppid,
                            next.payload,
                            0,
                            next.length(),
                            handOutOf(consumedTsn, next.flags, next.streamId, next.ssn));
            if (ends) {
                finish(consumedTsn);
            }
        }
    }

    private @Nullable Fragment drop(long tsn) {
        Fragment fragment = ring.remove(tsn);
        if (fragment != null) {
            letGo(fragment.payload);
        }
        return fragment;
    }

    private void finish(long tsn) {
        violation = assembly.violation();
        if (violation == null) {
            assembly.take(ready);
            deliver(tsn, assembly.ssn());
        }
    }

    /** The message that was put last ends at that TSN. */
    private void deliver(long tsn, int ssn) {
        if (ready.isPutWhole() && deferredReset != null && deferredReset.holdsBack(tsn, ready.putStreamId())) {
            SctpMessage message = ready.removePut();
            hold(message.payload());
            deferred.add(new Deferred(ssn, message));
        } else {
            putInOrder(ssn);
        }
    }

    private void putInOrder(int number, SctpMessage message) {
        ready.put(
                message.streamId(),
                message.payloadProtocolId(),
                message.unordered(),
                message.payload(),
                message.part());
        putInOrder(number);
    }

    /** The message that was put last waits for those before it in its stream, if it is ordered. */
    private void putInOrder(int number) {
        if (ready.isPutUnordered()) {
            ready.addPut();
            return;
        }
        int streamId = ready.putStreamId();
        InboundStream stream = stream(streamId);
        if (stream.isNext(number)) {
            ready.addPut();
            release(stream, streamId);
            return;
        }
        SctpMessage message = ready.removePut();
        if (stream.keep(number, message)) {
            hold(message.payload());
        }
    }

    private void release(InboundStream stream, int streamId) {
        for (SctpMessage next = stream.takeNext(); next != null; next = stream.takeNext()) {
            handOutKept(next);
        }
        if (format == DataFormat.I_DATA && partStreams.get(streamId)) {
            interleaved.makeDeliverable(streamId, stream.next());
        }
    }

    private void handOutKept(@Nullable SctpMessage message) {
        if (message != null) {
            letGo(message.payload());
            ready.add(message);
        }
    }

    private InboundStream stream(int streamId) {
        if (streamId == lastStreamId && lastStream != null) {
            return lastStream;
        }
        InboundStream stream = streams.get(streamId);
        if (stream == null) {
            stream = new InboundStream(format);
            streams.put(streamId, stream);
        }
        lastStreamId = streamId;
        lastStream = stream;
        return stream;
    }
}
