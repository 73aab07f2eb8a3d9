package io.github.purrtc.sctp.rx;

import io.github.purrtc.sctp.SctpMessage;
import io.github.purrtc.sctp.SharedMemory;
import io.github.purrtc.sctp.packet.DataFormat;
import io.github.purrtc.sctp.packet.DataView;
import io.github.purrtc.sctp.packet.ForwardTsnChunk;
import io.github.purrtc.sctp.packet.IForwardTsnChunk;
import io.github.purrtc.sctp.packet.PacketWriter;
import io.github.purrtc.sctp.packet.SackChunk;
import io.github.purrtc.sctp.packet.Serial;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.BitSet;

/** Takes in user data, acknowledges it and keeps the receive window: RFC 9260 §6.2. */
public final class DataReceiver {
    /** How far above the window what fills a gap may go: without it, what is held could never be delivered. */
    private static final long GAP_FILL_ALLOWANCE = 1 << 20;

    private static final int[] NO_BLOCKS = {};
    private static final int FEW_GAP_BLOCKS = 16;

    /** What became of a chunk. */
    public enum Result {
        ACCEPTED,
        DUPLICATE,
        /** There is no room, or the TSN is too far ahead; the peer sends it again. */
        DROPPED,
        /** Acknowledged, but nothing was to be delivered: the stream does not exist. */
        INVALID_STREAM,
        /** The association must be aborted; see {@link DataReceiver#violation()}. */
        VIOLATION
    }

    private final ReceivedTsns tsns;
    private final ReassemblyQueue reassembly;
    private final SackSchedule schedule;
    private final PromptSacks promptSacks = new PromptSacks();
    private int[] gapBlocks = NO_BLOCKS;
    private final ReceiveWindow window;
    private final OfferedRoom offered;
    private final int maxMessageSize;
    private final int maxPacketSize;
    private long advertisedWindow;
    private long writtenWindow;
    private boolean immediate;
    private @Nullable String violation;

    /**
     * @param initialTsn the peer's first TSN, unwrapped
     * @param leastWindow the window at first
     * @param mostWindow what it grows to where the path has use for it and the memory has it
     * @param thinsSacks whether the peer's sender is content with fewer than one SACK for two packets
     * @param partStreams the streams whose messages are handed out in parts
     */
    public DataReceiver(
            long initialTsn,
            long leastWindow,
            long mostWindow,
            SharedMemory memory,
            int maxMessageSize,
            long sackDelayNanos,
            boolean thinsSacks,
            int maxPacketSize,
            DataFormat format,
            BitSet partStreams) {
        window = new ReceiveWindow(leastWindow, mostWindow, memory);
        offered = new OfferedRoom(leastWindow);
        this.maxMessageSize = maxMessageSize;
        this.maxPacketSize = maxPacketSize;
        advertisedWindow = leastWindow;
        tsns = new ReceivedTsns(initialTsn);
        reassembly = new ReassemblyQueue(initialTsn, maxMessageSize, leastWindow, format, partStreams);
        reassembly.setWindow(window.size(), window.unfinishedLimit());
        schedule = new SackSchedule(sackDelayNanos, thinsSacks);
    }

    public ReassemblyQueue reassembly() {
        return reassembly;
    }

    public SackSchedule schedule() {
        return schedule;
    }

    public long cumulativeTsn() {
        return tsns.cumulativeTsn();
    }

    /** Why the association must be aborted; null while the peer keeps the rules. */
    public @Nullable String violation() {
        return violation;
    }

    public Result handleData(DataView data, int inboundStreams, ByteBuffer packet) {
        long tsn = Serial.unwrap32(tsns.cumulativeTsn(), data.tsn());
        ReceivedTsns.Arrival arrival = tsns.classify(tsn);
        switch (arrival) {
            case DUPLICATE -> {
                tsns.addDuplicate(tsn);
                immediate = true;
                return Result.DUPLICATE;
            }
            case OUT_OF_RANGE -> {
                return Result.DROPPED;
            }
            default -> {}
        }
        if (!hasRoom(tsn, arrival, data.payloadLength())) {
            immediate = true;
            return violation == null ? Result.DROPPED : Result.VIOLATION;
        }
        immediate |= promptSacks.isDueFor(
                data, tsn, tsns.highestTsn(), tsns.hasGap(), schedule.isThinned(), advertisedWindow);
        tsns.add(tsn);
        if (data.streamId() >= inboundStreams) {
            reassembly.addNothing(tsn, tsns.cumulativeTsn());
            return Result.INVALID_STREAM;
        }
        reassembly.add(tsn, tsns.cumulativeTsn(), data, packet);
        window.onReceived(data.payloadLength());
        offered.onUsed(data.payloadLength());
        violation = reassembly.violation();
        return violation == null ? Result.ACCEPTED : Result.VIOLATION;
    }

    private boolean hasRoom(long tsn, ReceivedTsns.Arrival arrival, int length) {
        if (reassembly.heldBytes() < window.size()) {
            offered.endExcess();
            return true;
        }
        if (offered.holds(length)) {
            return true;
        }
        boolean exceeds = mayExceedWindow(tsn, arrival);
        if (exceeds) {
            offered.onExceeded(length);
        }
        return exceeds;
    }

    /**
     * §6.2: when the window is full, what fills a gap is still taken, for it makes room; never without bound. What comes next is taken where nothing
     * else can make room, and a message more of it: without interleaving it ends with that.
     */
    private boolean mayExceedWindow(long tsn, ReceivedTsns.Arrival arrival) {
        boolean makesRoom = arrival == ReceivedTsns.Arrival.NEXT && reassembly.isEmpty();
        if (makesRoom && offered.excess() >= GAP_FILL_ALLOWANCE + maxMessageSize) {
            violation = "more data in incomplete messages than the receive window holds";
            return false;
        }
        return makesRoom || (tsn < tsns.highestTsn() && offered.excess() < GAP_FILL_ALLOWANCE);
    }

    /** RFC 3758 §3.6; false when the new point is too far ahead to be true. */
    public boolean handleForwardTsn(ForwardTsnChunk chunk) {
        long heldBefore = reassembly.heldBytes();
        Forward forward = forwardTo(chunk.newCumulativeTsn());
        if (forward == Forward.MOVED) {
            for (ForwardTsnChunk.SkippedStream skipped : chunk.skippedStreams()) {
                reassembly.skipStream(skipped.streamId(), skipped.ssn());
            }
            violation = reassembly.violation();
        }
        offered.onFreed(heldBefore - reassembly.heldBytes());
        return forward != Forward.ABSURD;
    }

    /** RFC 8260 §2.3.1; false when the new point is too far ahead to be true. */
    public boolean handleIForwardTsn(IForwardTsnChunk chunk, int inboundStreams) {
        long heldBefore = reassembly.heldBytes();
        Forward forward = forwardTo(chunk.newCumulativeTsn());
        if (forward == Forward.MOVED) {
            for (IForwardTsnChunk.SkippedMessage skipped : chunk.skippedMessages()) {
                if (skipped.streamId() < inboundStreams) {
                    reassembly.skipMessage(skipped.streamId(), skipped.unordered(), skipped.mid());
                }
            }
        }
        offered.onFreed(heldBefore - reassembly.heldBytes());
        return forward != Forward.ABSURD;
    }

    private enum Forward {
        OLD,
        MOVED,
        ABSURD
    }

    private Forward forwardTo(int newCumulativeTsn) {
        long newCumulative = Serial.unwrap32(tsns.cumulativeTsn(), newCumulativeTsn);
        immediate = true;
        if (newCumulative <= tsns.cumulativeTsn()) {
            return Forward.OLD;
        }
        if (newCumulative - tsns.cumulativeTsn() > ReceivedTsns.MAX_OFFSET) {
            immediate = false;
            return Forward.ABSURD;
        }
        tsns.skipTo(newCumulative);
        reassembly.skipTo(newCumulative, tsns.cumulativeTsn());
        return Forward.MOVED;
    }

    /** The packet with DATA or FORWARD TSN has been taken in whole. */
    public void endOfPacket() {
        schedule.onDataPacket(immediate);
        immediate = false;
    }

    /**
     * The packets that arrived together are in.
     *
     * @param rttNanos 0 if it is unknown
     * @param yields whether T3-rtx has expired and nothing was acknowledged since
     */
    public void endOfBurst(long rttNanos, boolean yields, long nowNanos) {
        window.endOfBurst(reassembly.readyBytes(), rttNanos, nowNanos);
        reassembly.setWindow(window.size(), window.unfinishedLimit());
        schedule.endOfBurst(rttNanos, yields, nowNanos);
    }

    /** Nothing was sent for long; if nothing came either, what would be needed to receive much is let go of. */
    public void onIdle() {
        reassembly.onIdle();
        gapBlocks = NO_BLOCKS;
        tsns.onIdle();
        if (window.onQuietTime(reassembly.heldBytes() == 0)) {
            offered.onShrunk(window.size());
            reassembly.setWindow(window.size(), window.unfinishedLimit());
            // The peer is to know: RFC 9260 §6.2.1.
            schedule.request();
        }
    }

    /** The association is over: what the window had reserved is for others. */
    public void releaseWindow() {
        window.release();
    }

    /** What may be held of what was not taken. */
    public long windowSize() {
        return window.size();
    }

    /** Gives the next message to the receiver, false if there is none; a SACK is due when that opens the window again (§6.2). */
    public boolean take(SctpMessage.Receiver receiver) {
        boolean isFreedOfInterest = window.isShrinking() || offered.excess() > 0;
        long heldBefore = isFreedOfInterest ? reassembly.heldBytes() : 0;
        boolean taken = reassembly.take(receiver);
        if (isFreedOfInterest) {
            onFreed(heldBefore - reassembly.heldBytes());
        }
        if (taken && isWindowUpdateDue()) {
            schedule.request();
        }
        return taken;
    }

    private void onFreed(long bytes) {
        offered.onFreed(bytes);
        if (window.isShrinking()) {
            window.onTaken(bytes);
            reassembly.setWindow(window.size(), window.unfinishedLimit());
        }
    }

    private boolean isWindowUpdateDue() {
        return advertisedWindow < window.size() / 2 && freeWindow() - advertisedWindow >= window.size() / 4;
    }

    /** Adds a SACK to the packet; false when it has no room for one. */
    public boolean writeSack(PacketWriter packet) {
        int duplicates = tsns.duplicateCount();
        int room = packet.remaining() - SackChunk.length(0, duplicates);
        if (room < 0) {
            return false;
        }
        int blocks = gapAckBlocks(room / SackChunk.GAP_ACK_BLOCK_LENGTH);
        writtenWindow = freeWindow();
        packet.addSack((int) tsns.cumulativeTsn(), writtenWindow, gapBlocks, blocks, tsns.duplicates(), duplicates);
        return true;
    }

    /** §3.3.4: the lowest ones, as many as the packet has room for. */
    private int gapAckBlocks(int most) {
        if (!tsns.hasGap()) {
            return 0;
        }
        int count = tsns.gapAckBlocks(gapBlocks);
        while (2 * count == gapBlocks.length && count < most) {
            gapBlocks = new int[Math.max(2 * FEW_GAP_BLOCKS, 2 * gapBlocks.length)];
            count = tsns.gapAckBlocks(gapBlocks);
        }
        return Math.min(count, most);
    }

    /** The SACK that was written goes out. */
    public void onSackSent(long nowNanos) {
        advertisedWindow = writtenWindow;
        offered.onAdvertised(writtenWindow);
        tsns.clearDuplicates();
        promptSacks.onSackSent(tsns.hasGap());
        schedule.onSackSent(nowNanos);
    }

    private long freeWindow() {
        long free = window.size() - reassembly.heldBytes();
        // §6.2.1: what is smaller than a packet invites packets that small.
        return free < maxPacketSize ? 0 : free;
    }

    public long heldBytes() {
        return reassembly.heldBytes();
    }
}
