package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.packet.Chunk;
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

    /** Adds the chunk if one is due and has room; false otherwise. */
    boolean write(PacketWriter packet) {
        int room = packet.remaining() - FIXED_LENGTH;
        if (!due || room < entryLength) {
            return false;
        }
        due = false;
        if (advancedPeerAckPoint <= outstanding.cumulativeTsnAck()) {
            return false;
        }
        packet.add(chunk(room / entryLength));
        return true;
    }

    private void advance() {
        long point = Math.max(advancedPeerAckPoint, outstanding.cumulativeTsnAck());
        while (point + 1 < outstanding.nextTsn() && outstanding.isAbandoned(point + 1)) {
            point++;
        }
        advancedPeerAckPoint = point;
        due |= point > outstanding.cumulativeTsnAck();
    }

    /** §3.5 C4: with so many streams at most; TSNs whose streams have no room are left for the next one. */
    private Chunk chunk(int maxEntries) {
        skipped.clear();
        long tsn = outstanding.cumulativeTsnAck();
        while (tsn < advancedPeerAckPoint) {
            OutgoingMessage message = outstanding.message(tsn + 1);
            // Without I-DATA, unordered messages are not named.
            boolean named = !message.unordered() || format == DataFormat.I_DATA;
            if (named && !report(message, maxEntries)) {
                break;
            }
            tsn++;
        }
        return format == DataFormat.DATA ? forwardTsn((int) tsn) : iForwardTsn((int) tsn);
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
