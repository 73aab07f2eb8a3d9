package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.SctpSendOptions;
import io.github.purrtc.sctp.packet.ChecksumMode;
import io.github.purrtc.sctp.packet.Chunk;
import io.github.purrtc.sctp.packet.DataFormat;
import io.github.purrtc.sctp.packet.ForwardTsnChunk;
import io.github.purrtc.sctp.packet.ForwardTsnChunk.SkippedStream;
import io.github.purrtc.sctp.packet.IForwardTsnChunk;
import io.github.purrtc.sctp.packet.IForwardTsnChunk.SkippedMessage;
import io.github.purrtc.sctp.packet.PacketReader;
import io.github.purrtc.sctp.packet.PacketWriter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import static io.github.purrtc.sctp.tx.SentData.FIRST;
import static io.github.purrtc.sctp.tx.SentData.LENGTH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

/** What was given up, message by message of one chunk each, and how it is told in packets with that much room. */
class ForwardTsnTest {
    private static final int COMMON_HEADER = 12;
    /** Of a chunk that names nobody. */
    private static final int FIXED = 8;

    private static final int MUCH = 1_000;
    private static final SctpSendOptions ORDERED = new SctpSendOptions(false, 0, -1);
    private static final SctpSendOptions UNORDERED = new SctpSendOptions(true, 0, -1);

    private final SentData sent = new SentData();
    private final ForwardTsn forwardTsn = new ForwardTsn(sent.data, DataFormat.DATA);

    @Test
    @DisplayName(
            "of each stream the last message is named, of unordered ones none; it is told once, and once more when asked for")
    void namesStreams() throws Exception {
        giveUp(forwardTsn, 1, ORDERED);
        giveUp(forwardTsn, 2, ORDERED);
        giveUp(forwardTsn, 1, ORDERED);
        giveUp(forwardTsn, 3, UNORDERED);
        ForwardTsnChunk chunk =
                new ForwardTsnChunk((int) FIRST + 3, List.of(new SkippedStream(1, 1), new SkippedStream(2, 0)));
        assertEquals(List.of(chunk), write(forwardTsn, MUCH));
        assertEquals(List.of(), write(forwardTsn, MUCH));
        forwardTsn.repeat();
        assertEquals(List.of(chunk), write(forwardTsn, MUCH));
    }

    @Test
    @DisplayName("RFC 8260 §2.3.1: with I-DATA unordered messages are named, apart from ordered ones")
    void namesMessages() throws Exception {
        ForwardTsn interleaved = new ForwardTsn(sent.data, DataFormat.I_DATA);
        giveUp(interleaved, 1, ORDERED);
        giveUp(interleaved, 1, UNORDERED);
        giveUp(interleaved, 1, UNORDERED);
        IForwardTsnChunk chunk = new IForwardTsnChunk(
                (int) FIRST + 2, List.of(new SkippedMessage(1, false, 0), new SkippedMessage(1, true, 1)));
        assertEquals(List.of(), write(interleaved, FIXED + 4));
        assertEquals(List.of(chunk), write(interleaved, MUCH));
    }

    @Test
    @DisplayName("streams that have no room are left for the next chunk; without room for one it stays due")
    void hasLittleRoom() throws Exception {
        for (int stream = 0; stream < 3; stream++) {
            giveUp(forwardTsn, stream, ORDERED);
        }
        assertEquals(List.of(), write(forwardTsn, FIXED));
        assertEquals(
                List.of(new ForwardTsnChunk(
                        (int) FIRST + 1, List.of(new SkippedStream(0, 0), new SkippedStream(1, 0)))),
                write(forwardTsn, FIXED + 8));
        sent.sack(FIRST + 1);
        forwardTsn.onAcked();
        assertEquals(
                List.of(new ForwardTsnChunk((int) FIRST + 2, List.of(new SkippedStream(2, 0)))),
                write(forwardTsn, FIXED + 4));
    }

    @Test
    @DisplayName("a chunk that is full is followed by another where that has room")
    void severalChunks() throws Exception {
        giveUp(forwardTsn, 1, ORDERED);
        send(1, ORDERED);
        for (int stream = 2; stream < 5; stream++) {
            giveUp(forwardTsn, stream, ORDERED);
        }
        sent.sack(FIRST - 1, 2, 2);
        forwardTsn.onAcked();
        assertEquals(
                List.of(
                        new ForwardTsnChunk((int) FIRST, List.of(new SkippedStream(1, 0))),
                        new ForwardTsnChunk(
                                (int) FIRST + 3, List.of(new SkippedStream(2, 0), new SkippedStream(3, 0)))),
                write(forwardTsn, 2 * FIXED + 3 * 4));
    }

    @Test
    @DisplayName("what the peer has between is gone past, unless it is reliable; each run has its chunk")
    void goesPastWhatIsThere() throws Exception {
        giveUp(forwardTsn, 1, ORDERED);
        send(1, ORDERED);
        OutgoingMessage third = send(1, ORDERED);
        send(1, SctpSendOptions.RELIABLE_ORDERED);
        OutgoingMessage last = send(1, ORDERED);
        sent.sack(FIRST - 1, 2, 2, 4, 4);
        sent.data.abandon(third);
        sent.data.abandon(last);
        forwardTsn.onAbandoned();
        assertEquals(
                List.of(
                        new ForwardTsnChunk((int) FIRST, List.of(new SkippedStream(1, 0))),
                        new ForwardTsnChunk((int) FIRST + 2, List.of(new SkippedStream(1, 2)))),
                write(forwardTsn, MUCH));
    }

    @Test
    @DisplayName("what is acknowledged is told no more")
    void isAcknowledged() throws Exception {
        giveUp(forwardTsn, 1, ORDERED);
        write(forwardTsn, MUCH);
        sent.sack(FIRST);
        forwardTsn.onAcked();
        forwardTsn.repeat();
        assertEquals(List.of(), write(forwardTsn, MUCH));
    }

    private void giveUp(ForwardTsn told, int stream, SctpSendOptions options) {
        sent.data.abandon(send(stream, options));
        told.onAbandoned();
    }

    private OutgoingMessage send(int stream, SctpSendOptions options) {
        sent.queue.add(stream, 51, ByteBuffer.allocate(LENGTH), options, 0);
        OutgoingMessage message = sent.queue.next();
        assertNotNull(message);
        message.setSequenceNumber(message.stream.takeNumber(message.unordered()));
        sent.data.add(message, 0, LENGTH);
        sent.queue.onCut(message, LENGTH);
        return message;
    }

    /** The chunks that are written where there is so much room. */
    private static List<Chunk> write(ForwardTsn forwardTsn, int room) throws Exception {
        ByteBuffer packet = ByteBuffer.allocate(COMMON_HEADER + room);
        PacketWriter writer = new PacketWriter();
        writer.begin(packet, packet.capacity(), 1, 1, 1);
        boolean written = forwardTsn.write(writer);
        writer.finish(ChecksumMode.CRC32C);
        PacketReader reader = new PacketReader();
        reader.wrap(packet.flip(), ChecksumMode.CRC32C);
        List<Chunk> chunks = new ArrayList<>();
        while (reader.next()) {
            chunks.add(reader.decode());
        }
        assertEquals(written, !chunks.isEmpty());
        return chunks;
    }
}
