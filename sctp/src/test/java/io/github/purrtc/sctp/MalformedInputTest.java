package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.Bytes;
import io.github.purrtc.sctp.packet.Chunk;
import io.github.purrtc.sctp.packet.CookieAckChunk;
import io.github.purrtc.sctp.packet.DataChunk;
import io.github.purrtc.sctp.packet.ErrorChunk;
import io.github.purrtc.sctp.packet.InitChunk;
import io.github.purrtc.sctp.packet.PadChunk;
import io.github.purrtc.sctp.packet.ShutdownCompleteChunk;
import io.github.purrtc.sctp.packet.UnknownChunk;
import io.github.purrtc.sctp.packet.UnrecognizedChunkTypeCause;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class MalformedInputTest {
    private Peer z;
    private int tag;
    private DataChunk data;
    private ByteBuffer good;

    @BeforeEach
    void connect() {
        Ladder ladder = Ladder.connected();
        z = ladder.z;
        ladder.a.send(1, "good");
        good = ladder.a.next();
        tag = Peer.verificationTag(good);
        data = Peer.first(DataChunk.class, good);
    }

    @Test
    @DisplayName(
            "C1, C2 truncated anywhere, or with any bit flipped: dropped and counted, and the whole one still counts")
    void dropsDamaged() {
        int count = 0;
        for (int length = 0; length < good.remaining(); length++) {
            z.receive(good.duplicate().limit(length));
            count++;
        }
        for (int bit = 0; bit < good.remaining() * 8; bit++) {
            byte[] bytes = new byte[good.remaining()];
            good.duplicate().get(bytes);
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            z.receive(ByteBuffer.wrap(bytes));
            count++;
        }
        assertNull(z.next());
        assertEquals(count, z.association.metrics().malformedPackets());
        z.receive(good);
        assertEquals(List.of("good"), z.texts());
    }

    @Test
    @DisplayName("C7 a chunk that reaches beyond the packet: nothing of the packet is looked at")
    void looksAtNothingOfABrokenPacket() {
        ByteBuffer packet = z.packet(tag, data, new PadChunk(8));
        packet.putShort(packet.limit() - 10, (short) 13);
        z.receive(withChecksum(packet));
        assertEquals(List.of(), z.texts());
        assertEquals(1, z.association.metrics().malformedPackets());
    }

    @Test
    @DisplayName("C10 what must be alone, in company: the packet is dropped")
    void dropsBadBundles() {
        z.receive(0, new InitChunk(7, 5000, 1, 1, 1, List.of()), data);
        z.receive(tag, data, new ShutdownCompleteChunk(false));
        assertEquals(List.of(), z.texts());
        assertNull(z.next());
    }

    @Test
    @DisplayName("C14, C15 an unknown chunk is skipped or ends the packet, is reported or not, as its highest bits say")
    void handlesUnknownChunks() {
        int number = 0;
        for (int type : new int[] {0x3E, 0x7E, 0xBE, 0xFE}) {
            boolean skips = (type & 0x80) != 0;
            boolean reports = (type & 0x40) != 0;
            byte[] text = {(byte) ('0' + number)};
            DataChunk behind = new DataChunk(3, data.tsn() + number, 1, number, 51, ByteBuffer.wrap(text), 0, 1);
            UnknownChunk unknown = new UnknownChunk(type, 0, Bytes.utf8("what is this"));
            z.receive(tag, unknown, behind);
            assertEquals(skips ? 1 : 0, z.texts().size());
            number += skips ? 1 : 0;
            List<Chunk> answers = new ArrayList<>();
            z.all().forEach(packet -> answers.addAll(Peer.chunks(packet)));
            assertEquals(reports, answers.stream().anyMatch(ErrorChunk.class::isInstance));
        }
    }

    @Test
    @DisplayName("C16 a huge unknown chunk: the report is one, and fits a packet")
    void limitsReports() {
        UnknownChunk huge = new UnknownChunk(0xFE, 0, Bytes.copyOf(new byte[20_000]));
        z.receive(tag, huge, huge, huge, data);
        List<ByteBuffer> packets = z.all();
        assertEquals(1, packets.size());
        ErrorChunk error = Peer.first(ErrorChunk.class, packets.get(0));
        assertEquals(1, error.causes().size());
        assertTrue(error.causes().get(0) instanceof UnrecognizedChunkTypeCause);
        assertTrue(packets.get(0).remaining() <= 1160);
        assertEquals(List.of("good"), z.texts());
    }

    @Test
    @DisplayName("C22 a packet of nothing but tiny chunks")
    void survivesManyTinyChunks() {
        Chunk[] chunks = new Chunk[10_000];
        Arrays.fill(chunks, new CookieAckChunk());
        z.receive(tag, chunks);
        assertNull(z.next());
        Arrays.fill(chunks, new UnknownChunk(0xFE, 0, Bytes.EMPTY));
        z.receive(tag, chunks);
        assertEquals(1, z.all().size());
    }

    @Test
    @DisplayName(
            "C92 tiny fragments of messages that never end: memory is bounded by the window, then the association ends")
    void boundsFragments() {
        long window = SctpOptions.defaults().receiveWindow();
        byte[] one = {1};
        long most = 0;
        for (int i = 1; i < 65_535 && z.association.state() == SctpState.ESTABLISHED; i++) {
            z.receive(tag, new DataChunk(2, data.tsn() + 2 * i, 1, i, 51, ByteBuffer.wrap(one), 0, 1));
            most = Math.max(most, z.association.metrics().heldBytes());
            z.all();
        }
        assertTrue(most <= window + (1 << 20), "held: " + most);
    }

    @Test
    @DisplayName("C93 fragments in order that never make a message, in a row of messages: bounded too")
    void boundsWhatFollowsAGap() {
        SplittableRandom random = new SplittableRandom(1);
        byte[] payload = new byte[1000];
        long most = 0;
        for (int i = 0; i < 20_000 && z.association.state() == SctpState.ESTABLISHED; i++) {
            int tsn = data.tsn() + 1 + random.nextInt(60_000);
            z.receive(
                    tag,
                    new DataChunk(
                            3,
                            tsn,
                            random.nextInt(1000),
                            1 + random.nextInt(30_000),
                            51,
                            ByteBuffer.wrap(payload),
                            0,
                            1000));
            most = Math.max(most, z.association.metrics().heldBytes());
            z.all();
        }
        long window = SctpOptions.defaults().receiveWindow();
        assertTrue(most <= window + (1 << 20) + 2000, "held: " + most);
    }

    static ByteBuffer withChecksum(ByteBuffer packet) {
        CRC32C crc = new CRC32C();
        packet.putInt(8, 0);
        crc.update(packet.duplicate());
        packet.putInt(8, Integer.reverseBytes((int) crc.getValue()));
        return packet;
    }
}
