package io.github.purrtc.sctp.sim;

import io.github.purrtc.sctp.packet.ChecksumMode;
import io.github.purrtc.sctp.packet.DataFlags;
import io.github.purrtc.sctp.packet.DataView;
import io.github.purrtc.sctp.packet.IDataChunk;
import io.github.purrtc.sctp.packet.InitAckChunk;
import io.github.purrtc.sctp.packet.InitChunk;
import io.github.purrtc.sctp.packet.PacketReader;
import io.github.purrtc.sctp.packet.PacketStatus;
import io.github.purrtc.sctp.packet.SackView;
import io.github.purrtc.sctp.packet.ShutdownChunk;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Watches the packets that a peer sends and gets, and knows by itself what of each stream is acknowledged: at least what a Cumulative TSN
 * Ack covered, at most that and what a gap ack block ever covered.
 */
final class WireObserver {
    private record Sent(int streamId, int length, int mid, int fsn, int verificationTag) {
        /** What went with a COOKIE ECHO that came to nothing is sent anew, in whatever order, under another tag. */
        boolean mayBecome(Sent other) {
            return equals(other) || verificationTag != other.verificationTag;
        }
    }

    /** The last fragment of a stream's ordered or unordered messages, with I-DATA. */
    private record Numbers(int mid, int fsn, boolean ended) {}

    private final PacketReader reader = new PacketReader();
    private final int basePacketSize;
    private final Map<Integer, Sent> unacknowledged = new HashMap<>();
    private final Set<Integer> reportedInGaps = new HashSet<>();
    private final Map<Integer, Long> surelyAcked = new HashMap<>();
    private final Map<Integer, Long> perhapsAcked = new HashMap<>();
    private final Map<Integer, Numbers> numbers = new HashMap<>();
    /** Whether all was sent in the order of its TSNs so far, so that numbers can be checked. */
    private boolean knowsNumbers = true;

    private int format = -1;
    private int highestTsn;
    /** The tags that were announced; what comes under another is of another life, and none of our business. */
    private final Set<Integer> ownTags = new HashSet<>();

    private boolean knowsTsn;
    private boolean knowsAcks;
    private int cumulativeTsn;

    /** @param basePacketSize what every packet of data must be able to shrink to, its chunks staying what they are */
    WireObserver(int basePacketSize) {
        this.basePacketSize = basePacketSize;
    }

    void sent(byte[] packet) {
        assertEquals(
                PacketStatus.VALID,
                reader.wrap(ByteBuffer.wrap(packet), ChecksumMode.CRC32C),
                "what is sent is well-formed");
        boolean dataBegan = false;
        while (reader.next()) {
            DataView data = reader.data();
            // RFC 9260 §6.10: control chunks come before DATA.
            assertTrue(data != null || !dataBegan, "a control chunk behind DATA");
            dataBegan = data != null;
            if (data != null) {
                assertTrue(data.payloadLength() > 0, "DATA without user data");
                assertTrue(reader.chunkLength() <= basePacketSize - 12, "a chunk that is too long for the least path");
                sentData(data);
            } else if (reader.chunkType() == InitChunk.TYPE || reader.chunkType() == InitAckChunk.TYPE) {
                ownTags.add(reader.buffer().getInt(reader.chunkOffset() + 4));
            }
        }
    }

    private void sentData(DataView data) {
        if (!knowsTsn) {
            knowsTsn = true;
            cumulativeTsn = data.tsn() - 1;
            highestTsn = cumulativeTsn;
        }
        int type = reader.chunkType();
        assertTrue(format == -1 || format == type, "DATA and I-DATA in one association");
        format = type;
        assertTrue(data.tsn() - cumulativeTsn > 0, "DATA that was acknowledged is sent again");
        Sent sent = new Sent(data.streamId(), data.payloadLength(), data.mid(), data.fsn(), reader.verificationTag());
        Sent before = unacknowledged.put(data.tsn(), sent);
        assertTrue(
                before == null || before.mayBecome(sent) || !knowsAcks, "a TSN stands for something else than before");
        knowsNumbers &= before == null || before.equals(sent);
        if (data.tsn() - highestTsn > 0) {
            highestTsn = data.tsn();
            if (type == IDataChunk.TYPE && knowsNumbers) {
                checkNumbers(data);
            }
        }
    }

    /** RFC 8260 §2.1: messages and fragments are counted without a gap; the former anew after a reset of the stream. */
    private void checkNumbers(DataView data) {
        int key = data.streamId() << 1 | (data.has(DataFlags.UNORDERED) ? 1 : 0);
        Numbers last = numbers.get(key);
        if (data.has(DataFlags.BEGINNING)) {
            assertTrue(
                    data.mid() == 0 || (last != null && data.mid() == last.mid + 1),
                    () -> "MID " + data.mid() + " after " + last);
        } else {
            assertTrue(
                    last != null && !last.ended && data.mid() == last.mid && data.fsn() == last.fsn + 1,
                    () -> "MID " + data.mid() + ", FSN " + data.fsn() + " after " + last);
        }
        numbers.put(key, new Numbers(data.mid(), data.fsn(), data.has(DataFlags.END)));
    }

    void received(byte[] packet) {
        if (reader.wrap(ByteBuffer.wrap(packet), ChecksumMode.CRC32C) != PacketStatus.VALID
                || !ownTags.contains(reader.verificationTag())) {
            return;
        }
        while (reader.next()) {
            SackView sack = reader.sack();
            if (sack != null && knowsTsn) {
                receivedSack(sack);
            } else if (reader.chunkType() == ShutdownChunk.TYPE && knowsTsn) {
                acknowledge(reader.buffer().getInt(reader.chunkOffset() + 4));
            }
        }
    }

    private void receivedSack(SackView sack) {
        knowsAcks = true;
        acknowledge(sack.cumulativeTsnAck());
        for (int i = 0; i < sack.gapAckBlockCount(); i++) {
            for (int offset = sack.gapAckBlockStart(i); offset <= sack.gapAckBlockEnd(i); offset++) {
                int tsn = sack.cumulativeTsnAck() + offset;
                Sent sent = unacknowledged.get(tsn);
                if (sent != null && reportedInGaps.add(tsn)) {
                    perhapsAcked.merge(sent.streamId, (long) sent.length, Long::sum);
                }
            }
        }
    }

    private void acknowledge(int cumulative) {
        while (cumulative - cumulativeTsn > 0) {
            cumulativeTsn++;
            Sent sent = unacknowledged.remove(cumulativeTsn);
            if (sent != null) {
                surelyAcked.merge(sent.streamId, (long) sent.length, Long::sum);
                if (!reportedInGaps.remove(cumulativeTsn)) {
                    perhapsAcked.merge(sent.streamId, (long) sent.length, Long::sum);
                }
            }
        }
    }

    /** Checks what a stream says to have buffered of the bytes that it accepted, none of which may be abandoned. */
    void checkBufferedAmount(int streamId, long acceptedBytes, long bufferedAmount) {
        assertTrue(
                bufferedAmount <= acceptedBytes - surelyAcked.getOrDefault(streamId, 0L)
                        && bufferedAmount >= acceptedBytes - perhapsAcked.getOrDefault(streamId, 0L),
                () -> "stream " + streamId + ": bufferedAmount " + bufferedAmount + " of " + acceptedBytes
                        + " accepted, " + surelyAcked.get(streamId) + " to " + perhapsAcked.get(streamId)
                        + " acknowledged");
    }
}
