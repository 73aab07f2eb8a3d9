package io.github.purrtc.sctp.packet;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

import static io.github.purrtc.sctp.packet.WireTesting.*;
import static org.junit.jupiter.api.Assertions.*;

class PacketTest {
    private static final DataChunk DATA = new DataChunk(3, 100, 1, 2, 51, ByteBuffer.wrap(hex("6d6577")), 0, 3);
    private static final SackChunk SACK = new SackChunk(99, 4096, new int[] {2, 2}, new int[] {98});

    private final PacketReader reader = new PacketReader();

    @Test
    void whatIsWrittenIsRead() throws MalformedPacketException {
        byte[] packet = packet(1200, SACK, DATA);
        assertEquals(PacketStatus.VALID, reader.wrap(ByteBuffer.wrap(packet), ChecksumMode.CRC32C));
        assertEquals(5000, reader.sourcePort());
        assertEquals(5001, reader.destinationPort());
        assertEquals(0xCAFEBABE, reader.verificationTag());
        assertEquals(12 + 24 + 20, reader.packetLength());
        for (int round = 0; round < 2; round++) {
            assertTrue(reader.next());
            assertEquals(SACK, reader.decode());
            assertNull(reader.data());
            assertTrue(reader.next());
            assertEquals(DATA, reader.decode());
            assertNull(reader.sack());
            assertFalse(reader.next());
            assertFalse(reader.next());
            reader.rewind();
        }
    }

    @Test
    void dataIsReadInPlace() {
        byte[] packet = packet(1200, DATA);
        ByteBuffer shifted =
                ByteBuffer.allocate(200).position(7).put(packet).flip().position(7);
        assertEquals(PacketStatus.VALID, reader.wrap(shifted, ChecksumMode.CRC32C));
        assertEquals(7, shifted.position());
        assertTrue(reader.next());
        DataView data = reader.data();
        assertNotNull(data);
        assertEquals(3, data.flags());
        assertTrue(data.has(DataFlags.BEGINNING));
        assertFalse(data.has(DataFlags.UNORDERED));
        assertEquals(100, data.tsn());
        assertEquals(1, data.streamId());
        assertEquals(2, data.ssn());
        assertEquals(51, data.ppid());
        assertEquals(3, data.payloadLength());
        assertEquals(0x6D, shifted.get(data.payloadOffset()));
    }

    @Test
    void interleavedDataIsReadInPlace() {
        byte[] first = packet(1200, new IDataChunk(2, 5, 6, -7, 53, ByteBuffer.wrap(hex("aa")), 0, 1));
        byte[] second = packet(1200, new IDataChunk(1, 6, 6, -7, 1, ByteBuffer.wrap(hex("bb")), 0, 1));
        reader.wrap(ByteBuffer.wrap(first), ChecksumMode.CRC32C);
        reader.next();
        DataView data = reader.data();
        assertNotNull(data);
        assertEquals(
                List.of(5, 6, -7, 53, 0, 1),
                List.of(data.tsn(), data.streamId(), data.mid(), data.ppid(), data.fsn(), data.payloadLength()));
        reader.wrap(ByteBuffer.wrap(second), ChecksumMode.CRC32C);
        reader.next();
        data = reader.data();
        assertNotNull(data);
        assertEquals(1, data.fsn());
        assertEquals((byte) 0xBB, reader.buffer().get(data.payloadOffset()));
    }

    @Test
    void sackIsReadInPlace() {
        reader.wrap(ByteBuffer.wrap(packet(1200, SACK)), ChecksumMode.CRC32C);
        reader.next();
        SackView sack = reader.sack();
        assertNotNull(sack);
        assertEquals(99, sack.cumulativeTsnAck());
        assertEquals(4096, sack.aRwnd());
        assertEquals(1, sack.gapAckBlockCount());
        assertEquals(2, sack.gapAckBlockStart(0));
        assertEquals(2, sack.gapAckBlockEnd(0));
        assertEquals(1, sack.duplicateTsnCount());
        assertEquals(98, sack.duplicateTsn(0));
    }

    @Test
    void malformedDataAndSackAreNull() {
        byte[] packet = sealed(
                hex("1388 1389 00000001 00000000 00 03 000c 00000001 00000000 03 00 0010 00000001 00001000 0001 0000"));
        assertEquals(PacketStatus.VALID, reader.wrap(ByteBuffer.wrap(packet), ChecksumMode.CRC32C));
        assertTrue(reader.next());
        assertNull(reader.data());
        assertThrows(MalformedPacketException.class, reader::decode);
        assertTrue(reader.next());
        assertNull(reader.sack());
        assertThrows(MalformedPacketException.class, reader::decode);
        assertFalse(reader.next());
    }

    @Test
    @DisplayName("C1, C6: too short, without a chunk, too long")
    void rejectsBadLengths() {
        byte[] packet = packet(1200, new CookieAckChunk());
        for (int length = 0; length < packet.length; length++) {
            assertEquals(PacketStatus.BAD_LENGTH, status(Arrays.copyOf(packet, length)));
            assertFalse(reader.next());
        }
        assertEquals(PacketStatus.BAD_LENGTH, status(new byte[65_536]));
    }

    @Test
    @DisplayName("C1: trailing bytes")
    void rejectsTrailingBytes() {
        byte[] packet = packet(1200, new CookieAckChunk());
        for (int trailing = 1; trailing < 4; trailing++) {
            assertEquals(
                    PacketStatus.BAD_CHUNK_LENGTH, status(sealed(Arrays.copyOf(packet, packet.length + trailing))));
        }
    }

    @Test
    @DisplayName("C2: wrong checksum")
    void rejectsEverySingleFlippedBit() {
        byte[] packet = packet(1200, SACK, DATA);
        for (int bit = 0; bit < packet.length * 8; bit++) {
            packet[bit / 8] ^= (byte) (1 << bit % 8);
            assertNotEquals(PacketStatus.VALID, status(packet));
            packet[bit / 8] ^= (byte) (1 << bit % 8);
        }
        assertEquals(PacketStatus.VALID, status(packet));
    }

    @Test
    @DisplayName("C5: port 0")
    void rejectsPortZero() {
        byte[] packet = packet(1200, DATA);
        packet[0] = packet[1] = 0;
        assertEquals(PacketStatus.BAD_PORT, status(sealed(packet)));
        packet[1] = 1;
        packet[2] = packet[3] = 0;
        assertEquals(PacketStatus.BAD_PORT, status(sealed(packet)));
    }

    @Test
    @DisplayName("C7: chunk lengths below 4 or beyond the packet, first, middle and last")
    void rejectsBadChunkLengths() {
        byte[] packet = packet(1200, new CookieAckChunk(), new ShutdownChunk(1), new CookieAckChunk());
        for (int chunk : new int[] {12, 16, 24}) {
            for (int length : new int[] {0, 1, 2, 3, packet.length - chunk + 1, 0x7FFF, 0xFFFF}) {
                byte[] bad = packet.clone();
                ByteBuffer.wrap(bad).putShort(chunk + 2, (short) length);
                assertEquals(PacketStatus.BAD_CHUNK_LENGTH, status(sealed(bad)), chunk + ":" + length);
            }
        }
    }

    @Test
    @DisplayName("C8: padding is ignored, and missing at the end")
    void toleratesPadding() throws MalformedPacketException {
        byte[] packet = packet(1200, DATA);
        packet[packet.length - 1] = 1;
        assertEquals(PacketStatus.VALID, status(sealed(packet)));
        assertTrue(reader.next());
        assertEquals(DATA, reader.decode());
        assertEquals(PacketStatus.VALID, status(sealed(Arrays.copyOf(packet, packet.length - 1))));
        assertTrue(reader.next());
        assertEquals(DATA, reader.decode());
        assertFalse(reader.next());
    }

    @Test
    @DisplayName("C10: INIT, INIT ACK and SHUTDOWN COMPLETE are alone")
    void rejectsBadBundles() {
        List<Chunk> solitary = List.of(
                new InitChunk(1, 1, 1, 1, 1, List.of()),
                new InitAckChunk(1, 1, 1, 1, 1, List.of()),
                new ShutdownCompleteChunk(false));
        for (Chunk chunk : solitary) {
            assertEquals(PacketStatus.VALID, status(packet(1200, chunk)));
            assertEquals(PacketStatus.BAD_BUNDLE, status(packet(1200, chunk, DATA)));
            assertEquals(PacketStatus.BAD_BUNDLE, status(packet(1200, DATA, chunk)));
            assertEquals(PacketStatus.BAD_BUNDLE, status(packet(1200, chunk, chunk)));
        }
    }

    @Test
    @DisplayName("RFC 9653: a checksum of zero, where it is acceptable")
    void zeroChecksum() {
        byte[] packet = packet(1200, DATA);
        assertEquals(PacketStatus.VALID, reader.wrap(ByteBuffer.wrap(packet), ChecksumMode.ZERO_ACCEPTABLE));
        packet[8]++;
        assertEquals(PacketStatus.BAD_CHECKSUM, reader.wrap(ByteBuffer.wrap(packet), ChecksumMode.ZERO_ACCEPTABLE));
        ByteBuffer.wrap(packet).putInt(8, 0);
        assertEquals(PacketStatus.VALID, reader.wrap(ByteBuffer.wrap(packet), ChecksumMode.ZERO_ACCEPTABLE));
        assertEquals(PacketStatus.BAD_CHECKSUM, status(packet));

        ByteBuffer out = ByteBuffer.allocate(100);
        PacketWriter writer = new PacketWriter();
        writer.begin(out, 100, 1, 2, 3);
        writer.add(new CookieAckChunk());
        assertEquals(16, writer.finish(ChecksumMode.ZERO_ACCEPTABLE));
        assertEquals(0, out.getInt(8));
    }

    @Test
    void readsABufferOfEitherByteOrder() {
        ByteBuffer packet = ByteBuffer.wrap(packet(1200, DATA)).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(PacketStatus.VALID, reader.wrap(packet, ChecksumMode.CRC32C));
        assertEquals(5000, reader.sourcePort());
        assertEquals(ByteOrder.LITTLE_ENDIAN, packet.order());
    }

    @Test
    void writesNoMoreThanItMay() {
        ByteBuffer out = ByteBuffer.allocate(100).position(10);
        PacketWriter writer = new PacketWriter();
        writer.begin(out, 39, 5000, 5000, 1);
        assertTrue(writer.isEmpty());
        assertEquals(24, writer.remaining());
        assertTrue(writer.fits(24));
        assertFalse(writer.fits(25));
        writer.addData(3, 1, 2, 3, 4, 5);
        writer.putUserData(new byte[5], 0, 5);
        assertEquals(0, writer.remaining());
        assertThrows(IllegalStateException.class, () -> writer.add(new CookieAckChunk()));
        assertEquals(36, writer.length());
        assertEquals(36, writer.finish(ChecksumMode.CRC32C));
        assertEquals(46, out.position());
        assertEquals(PacketStatus.VALID, reader.wrap(out.flip().position(10), ChecksumMode.CRC32C));
    }

    @Test
    void aPacketCanBeTakenBack() {
        ByteBuffer out = ByteBuffer.allocate(100).position(10);
        PacketWriter writer = new PacketWriter();
        writer.begin(out, 90, 5000, 5000, 1);
        writer.add(new CookieAckChunk());
        writer.cancel();
        assertEquals(10, out.position());
    }

    @Test
    void beginsOnlyWhereAPacketCanBe() {
        PacketWriter writer = new PacketWriter();
        assertThrows(IllegalArgumentException.class, () -> writer.begin(ByteBuffer.allocate(11), 100, 1, 1, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> writer.begin(ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN), 100, 1, 1, 1));
    }

    private PacketStatus status(byte[] packet) {
        return reader.wrap(ByteBuffer.wrap(packet), ChecksumMode.CRC32C);
    }
}
