package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.packet.ForwardTsnChunk;
import io.github.purrtc.sctp.packet.ForwardTsnChunk.SkippedStream;
import io.github.purrtc.sctp.packet.PacketWriter;

import java.util.ArrayList;
import java.util.List;

/** Tells the peer what was given up: RFC 3758 §3.5, with the Advanced.Peer.Ack.Point. */
final class ForwardTsn {
    private static final int FIXED_LENGTH = 8;

    private final OutstandingData outstanding;
    private long advancedPeerAckPoint;
    private boolean due;

    ForwardTsn(OutstandingData outstanding) {
        this.outstanding = outstanding;
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
        if (!due || room < ForwardTsnChunk.SKIPPED_STREAM_LENGTH) {
            return false;
        }
        due = false;
        if (advancedPeerAckPoint <= outstanding.cumulativeTsnAck()) {
            return false;
        }
        packet.add(chunk(room / ForwardTsnChunk.SKIPPED_STREAM_LENGTH));
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
    private ForwardTsnChunk chunk(int maxStreams) {
        List<SkippedStream> skipped = new ArrayList<>();
        long tsn = outstanding.cumulativeTsnAck();
        while (tsn < advancedPeerAckPoint) {
            OutgoingMessage message = outstanding.message(tsn + 1);
            if (!message.unordered && !report(skipped, message, maxStreams)) {
                break;
            }
            tsn++;
        }
        return new ForwardTsnChunk((int) tsn, List.copyOf(skipped));
    }

    private static boolean report(List<SkippedStream> skipped, OutgoingMessage message, int maxStreams) {
        SkippedStream entry = new SkippedStream(message.stream.streamId, message.ssn);
        for (int i = 0; i < skipped.size(); i++) {
            if (skipped.get(i).streamId() == entry.streamId()) {
                skipped.set(i, entry);
                return true;
            }
        }
        return skipped.size() < maxStreams && skipped.add(entry);
    }
}
