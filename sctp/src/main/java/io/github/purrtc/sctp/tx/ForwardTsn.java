package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.packet.DataFormat;
import io.github.purrtc.sctp.packet.ForwardTsnChunk;
import io.github.purrtc.sctp.packet.ForwardTsnChunk.SkippedStream;
import io.github.purrtc.sctp.packet.IForwardTsnChunk;
import io.github.purrtc.sctp.packet.IForwardTsnChunk.SkippedMessage;
import io.github.purrtc.sctp.packet.PacketWriter;

import java.util.ArrayList;
import java.util.List;

/** Tells the peer what was given up: RFC 3758 §3.5, with the Advanced.Peer.Ack.Point. */
final class ForwardTsn {
    private static final int FIXED_LENGTH = 8;

    private final OutstandingData outstanding;
    private final DataFormat format;
    private final int entryLength;
    /** What the chunk at hand names: of each stream and kind the last message that is skipped. */
    private final List<OutgoingMessage> skipped = new ArrayList<>();

    private long advancedPeerAckPoint;
    private boolean due;

    ForwardTsn(OutstandingData outstanding, DataFormat format) {
        this.outstanding = outstanding;
        this.format = format;
        entryLength = format == DataFormat.DATA
                ? ForwardTsnChunk.SKIPPED_STREAM_LENGTH
                : IForwardTsnChunk.SKIPPED_MESSAGE_LENGTH;
    }

    /** §3.5 A3, C2: chunks were marked as abandoned. */
    void onAbandoned() {
        advance();
    }

    /** §3.5 C1–C3: the peer's Cumulative TSN Ack is known anew. */
    void onAcked() {
        advance();
    }

    /** §3.5 C5: the last one may be lost. */
    void repeat() {
        due |= advancedPeerAckPoint > outstanding.cumulativeTsnAck();
    }

    /** Adds what is due and has room: a chunk for each run of TSNs that were given up, with what the peer has between them; false if nothing. */
    boolean write(PacketWriter packet) {
        if (!due || room(packet) < entryLength) {
            return false;
        }
        due = false;
        boolean written = false;
        long first = firstGivenUp(outstanding.cumulativeTsnAck() + 1);
        while (first <= advancedPeerAckPoint && room(packet) >= entryLength) {
            long last = skip(first, room(packet) / entryLength);
            packet.add(format == DataFormat.DATA ? forwardTsn((int) last) : iForwardTsn((int) last));
            written = true;
            first = firstGivenUp(last + 1);
        }
        return written;
    }

    private static int room(PacketWriter packet) {
        return packet.remaining() - FIXED_LENGTH;
    }

    private long firstGivenUp(long from) {
        long tsn = from;
        while (tsn <= advancedPeerAckPoint && !isGivenUp(tsn)) {
            tsn++;
        }
        return tsn;
    }

    /**
     * Goes on past what the peer has, unless it is reliable and might be asked for again: one run for each round trip would be slower than
     * a path that loses much.
     */
    private void advance() {
        long point = Math.max(advancedPeerAckPoint, outstanding.cumulativeTsnAck());
        for (long tsn = point + 1; tsn < outstanding.nextTsn(); tsn++) {
            if (isGivenUp(tsn)) {
                point = tsn;
            } else if (!outstanding.isAcked(tsn) || outstanding.message(tsn).isReliable()) {
                break;
            }
        }
        advancedPeerAckPoint = point;
        due |= point > outstanding.cumulativeTsnAck();
    }

    private boolean isGivenUp(long tsn) {
        return outstanding.message(tsn).isAbandoned();
    }

    /**
     * §3.5 C4: names the streams of a run, so many at most; TSNs whose streams have no room are left for the next chunk.
     *
     * @return the last TSN that is skipped
     */
    private long skip(long first, int maxEntries) {
        skipped.clear();
        long tsn = first;
        while (tsn <= advancedPeerAckPoint && isGivenUp(tsn)) {
            OutgoingMessage message = outstanding.message(tsn);
            // Without I-DATA, unordered messages are not named.
            boolean named = !message.unordered() || format == DataFormat.I_DATA;
            if (named && !report(message, maxEntries)) {
                break;
            }
            tsn++;
        }
        return tsn - 1;
    }

    private boolean report(OutgoingMessage message, int maxEntries) {
        for (int i = 0; i < skipped.size(); i++) {
            OutgoingMessage named = skipped.get(i);
            if (named.stream == message.stream && named.unordered() == message.unordered()) {
                skipped.set(i, message);
                return true;
            }
        }
        return skipped.size() < maxEntries && skipped.add(message);
    }

    private ForwardTsnChunk forwardTsn(int newCumulativeTsn) {
        List<SkippedStream> streams = new ArrayList<>(skipped.size());
        for (OutgoingMessage message : skipped) {
            streams.add(new SkippedStream(message.stream.streamId, message.sequenceNumber() & 0xFFFF));
        }
        return new ForwardTsnChunk(newCumulativeTsn, List.copyOf(streams));
    }

    /** RFC 8260 §2.3.1 */
    private IForwardTsnChunk iForwardTsn(int newCumulativeTsn) {
        List<SkippedMessage> messages = new ArrayList<>(skipped.size());
        for (OutgoingMessage message : skipped) {
            messages.add(new SkippedMessage(message.stream.streamId, message.unordered(), message.sequenceNumber()));
        }
        return new IForwardTsnChunk(newCumulativeTsn, List.copyOf(messages));
    }
}
