package io.github.purrtc.sctp.packet;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import static io.github.purrtc.sctp.packet.WireTesting.*;
import static org.junit.jupiter.api.Assertions.*;

class PacketProperties {
    private static final int MAX_LENGTH = 8192;

    private final PacketReader reader = new PacketReader();

    @Provide
    Arbitrary<Chunk> chunks() {
        return WireArbitraries.chunks();
    }

    @Property(tries = 3000)
    void decodeOfEncodeIsIdentity(@ForAll("chunks") Chunk chunk) throws MalformedPacketException {
        Chunk decoded = decode(encode(chunk));
        assertEquals(chunk, decoded);
        assertEquals(chunk.hashCode(), decoded.hashCode());
        assertEquals(chunk.getClass(), decoded.getClass());
    }

    @Property(tries = 300)
    void everyPrefixOfAChunkIsAnotherChunkOrMalformed(@ForAll("chunks") Chunk chunk) {
        assertTruncationsHold(chunk);
    }

    @Property(tries = 300)
    void everyPrefixOfAPacketIsReadOrRefused(@ForAll("chunks") Chunk first, @ForAll("chunks") Chunk second) {
        byte[] packet = packet(MAX_LENGTH, first, second);
        for (int length = 0; length < packet.length; length++) {
            byte[] prefix = Arrays.copyOf(packet, length);
            assertReadOrRefused(length < 12 ? prefix : sealed(prefix));
        }
    }

    @Property(tries = 500)
    void whatIsWrittenIsRead(@ForAll @Size(min = 1, max = 6) List<@From("chunks") Chunk> chunks)
            throws MalformedPacketException {
        byte[] packet = packet(MAX_LENGTH, chunks.toArray(Chunk[]::new));
        PacketStatus status = reader.wrap(ByteBuffer.wrap(packet), ChecksumMode.CRC32C);
        boolean solitary = chunks.stream()
                .anyMatch(
                        c -> c instanceof InitChunk || c instanceof InitAckChunk || c instanceof ShutdownCompleteChunk);
        assertEquals(solitary && chunks.size() > 1 ? PacketStatus.BAD_BUNDLE : PacketStatus.VALID, status);
        if (status == PacketStatus.VALID) {
            List<Chunk> read = new ArrayList<>();
            while (reader.next()) {
                assertViewsAgree(reader.decode());
                read.add(reader.decode());
            }
            assertEquals(chunks, read);
        }
    }

    @Property(tries = 5000)
    void anyBytesAreAPacketOrOneStatus(@ForAll @Size(max = 200) byte[] bytes) {
        assertReadOrRefused(bytes);
    }

    @Property(tries = 5000)
    void anyChunksBehindARightHeaderAreReadOrRefused(@ForAll @Size(min = 16, max = 200) byte[] bytes) {
        bytes[1] |= 1;
        bytes[3] |= 1;
        bytes[14] = 0;
        assertReadOrRefused(sealed(bytes));
    }

    @Property(tries = 5000)
    void anyValueOfAnyTypeIsAChunkOrMalformed(
            @ForAll @IntRange(max = 255) int type, @ForAll @Size(max = 100) byte[] value) {
        try {
            Chunk chunk = Chunk.decode(type, 0xFF, ByteBuffer.wrap(value), 0, value.length);
            assertEquals(chunk, decode(encode(chunk)));
        } catch (MalformedPacketException e) {
            assertNotNull(e.getMessage());
        }
    }

    @Property(tries = 500)
    void flippedBitsUnderARightChecksumAreReadOrRefused(
            @ForAll("chunks") Chunk chunk, @ForAll @IntRange(max = 8 * MAX_LENGTH) int bit) {
        byte[] packet = packet(MAX_LENGTH, chunk, new CookieAckChunk());
        int flipped = bit % (8 * packet.length);
        packet[flipped / 8] ^= (byte) (1 << flipped % 8);
        assertReadOrRefused(sealed(packet));
    }

    @Property(tries = 1)
    void everyTypeIsGenerated() {
        Set<Class<?>> seen = new HashSet<>();
        chunks().sampleStream().limit(2000).forEach(chunk -> seen.add(chunk.getClass()));
        assertEquals(new HashSet<>(Arrays.asList(Chunk.class.getPermittedSubclasses())), seen);
    }

    private void assertReadOrRefused(byte[] packet) {
        PacketStatus status = reader.wrap(ByteBuffer.wrap(packet), ChecksumMode.CRC32C);
        int chunks = 0;
        while (reader.next()) {
            chunks++;
            assertTrue(reader.chunkOffset() + reader.chunkLength() <= packet.length);
            try {
                assertViewsAgree(reader.decode());
            } catch (MalformedPacketException e) {
                assertNull(reader.data());
                assertNull(reader.sack());
            }
        }
        assertEquals(status == PacketStatus.VALID, chunks > 0);
        assertTrue(chunks <= packet.length / 4);
    }

    private void assertViewsAgree(Chunk chunk) {
        DataView data = reader.data();
        SackView sack = reader.sack();
        assertEquals(chunk instanceof DataChunk || chunk instanceof IDataChunk, data != null);
        assertEquals(chunk instanceof SackChunk, sack != null);
        if (data != null) {
            assertEquals(chunk, chunkOf(data, chunk instanceof IDataChunk));
        }
        if (sack != null) {
            assertEquals(chunk, chunkOf(sack));
        }
    }

    private Chunk chunkOf(DataView data, boolean interleaved) {
        return interleaved
                ? new IDataChunk(
                        data.flags(),
                        data.tsn(),
                        data.streamId(),
                        data.mid(),
                        data.ppid(),
                        reader.buffer(),
                        data.payloadOffset(),
                        data.payloadLength())
                : new DataChunk(
                        data.flags(),
                        data.tsn(),
                        data.streamId(),
                        data.ssn(),
                        data.ppid(),
                        reader.buffer(),
                        data.payloadOffset(),
                        data.payloadLength());
    }

    private static Chunk chunkOf(SackView sack) {
        int[] blocks = new int[2 * sack.gapAckBlockCount()];
        for (int i = 0; i < sack.gapAckBlockCount(); i++) {
            blocks[2 * i] = sack.gapAckBlockStart(i);
            blocks[2 * i + 1] = sack.gapAckBlockEnd(i);
        }
        int[] duplicates = new int[sack.duplicateTsnCount()];
        Arrays.setAll(duplicates, sack::duplicateTsn);
        return new SackChunk(sack.cumulativeTsnAck(), sack.aRwnd(), blocks, duplicates);
    }
}
