package io.github.purrtc.sctp.packet;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

import static io.github.purrtc.sctp.packet.WireTesting.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;

@DisplayName("C3: CRC32c")
class PacketChecksumTest {
    /** The vectors of RFC 3720 B.4, which RFC 9260 Appendix A builds on. */
    @ParameterizedTest
    @CsvSource({
        "0000000000000000000000000000000000000000000000000000000000000000, aa36918a",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff, 43aba862",
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f, 4e79dd46",
        "1f1e1d1c1b1a191817161514131211100f0e0d0c0b0a09080706050403020100, 5cdb3f11",
        "01c000000000000000000000000000001400000000000400000000140000001828000000000000000200000000000000, 563a96d9",
    })
    void theReferenceIsRight(String data, String wire) {
        assertEquals(Integer.parseUnsignedInt(wire, 16), reference(hex(data)));
    }

    @Test
    void aPacketOfZeros() {
        assertEquals(0xAA36918A, new PacketChecksum().of(ByteBuffer.allocate(32), 0, 32));
    }

    @Test
    void isTheReferenceWithTheFieldAsZero() {
        SplittableRandom random = new SplittableRandom(3);
        PacketChecksum checksum = new PacketChecksum();
        for (int length = 12; length < 2000; length++) {
            byte[] packet = new byte[length];
            random.nextBytes(packet);
            byte[] zeroed = packet.clone();
            ByteBuffer.wrap(zeroed).putInt(8, 0);
            int expected = reference(zeroed);

            ByteBuffer heap =
                    ByteBuffer.allocate(length + 7).position(3).put(packet).position(1);
            assertEquals(expected, checksum.of(heap, 3, length));
            assertEquals(1, heap.position());
            ByteBuffer direct =
                    ByteBuffer.allocateDirect(length + 7).position(3).put(packet);
            direct.position(2).limit(length + 3);
            assertEquals(expected, checksum.of(direct, 3, length));
            assertEquals(2, direct.position());
            assertEquals(length + 3, direct.limit());
            assertEquals(expected, checksum.of(heap.asReadOnlyBuffer(), 3, length));
        }
    }

    /** Bit by bit, as the polynomial 0x1EDC6F41 says, reflected. */
    private static int reference(byte[] bytes) {
        int crc = ~0;
        for (byte b : bytes) {
            crc ^= b & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) != 0 ? crc >>> 1 ^ 0x82F63B78 : crc >>> 1;
            }
        }
        return Integer.reverseBytes(~crc);
    }
}
