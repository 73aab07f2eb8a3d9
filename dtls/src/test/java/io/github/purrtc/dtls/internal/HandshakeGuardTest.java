package io.github.purrtc.dtls.internal;

import io.github.purrtc.dtls.DtlsRole;
import io.github.purrtc.dtls.HandmadeRecords;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class HandshakeGuardTest {
    private static final int CLIENT_HELLO = 1;
    private static final int CERTIFICATE = 11;
    private static final int CERTIFICATE_VERIFY = 15;
    private static final int CLIENT_KEY_EXCHANGE = 16;

    /** What came through, as {@code type:message} of whole messages, or the record's type. */
    private final List<String> passed = new ArrayList<>();

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int room = Integer.MAX_VALUE;
    private int records;
    private long lastNumber = -1;
    private final HandshakeGuard guard = new HandshakeGuard(DtlsRole.SERVER, new HandshakeGuard.Sink() {
        @Override
        public boolean hasRoom(int count, int bytes) {
            return bytes <= room;
        }

        @Override
        public void accept(byte[] record) {
            passed(ByteBuffer.wrap(record));
        }
    });

    private void passed(ByteBuffer record) {
        assertTrue(record.limit() <= HandshakeGuard.MAX_RECORD_LENGTH);
        assertEquals(record.limit(), Records.HEADER_LENGTH + Records.fragmentLength(record, 0));
        if (Records.epoch(record, 0) == 0) {
            assertEquals(++lastNumber, Records.sequenceNumber(record, 0));
        }
        if (Records.type(record, 0) != Records.HANDSHAKE || Records.epoch(record, 0) == 1) {
            passed.add(Records.type(record, 0) + (Records.epoch(record, 0) == 0 ? "" : "'"));
            return;
        }
        assertEquals(body.size(), Records.uint24(record, 13 + 6), "fragments in order");
        body.write(record.array(), 25, record.limit() - 25);
        if (body.size() == Records.uint24(record, 14)) {
            byte[] bytes = body.toByteArray();
            for (int i = 0; i < bytes.length; i++) {
                assertEquals((byte) i, bytes[i]);
            }
            passed.add(Records.uint8(record, 13) + ":" + Records.uint16(record, 17));
            body.reset();
        }
    }

    private void fragment(int type, int messageLength, int message, int offset, int length) {
        record(HandmadeRecords.fragment(records++, type, messageLength, message, offset, length));
    }

    private void message(int type, int number, int length) {
        fragment(type, length, number, 0, length);
    }

    private void record(byte[] record) {
        guard.plaintext(ByteBuffer.wrap(record), 0);
    }

    private void encrypted(int type) {
        encrypted(type, 40);
    }

    private void encrypted(int type, int length) {
        guard.encrypted(ByteBuffer.wrap(HandmadeRecords.record(type, 1, 0, new byte[length])), 0);
    }

    private void cipherChange() {
        record(HandmadeRecords.record(20, 0, records++, new byte[] {1}));
    }

    @Test
    void messagesPassInOrder() {
        message(CERTIFICATE, 1, 300);
        message(CLIENT_KEY_EXCHANGE, 2, 66);
        assertEquals(List.of(), passed);
        message(CLIENT_HELLO, 0, 200);
        assertEquals(List.of("1:0", "11:1", "16:2"), passed);
        // A <- flight <- Z is lost, A -> ClientHello -> Z again
        message(CLIENT_HELLO, 0, 200);
        assertEquals("1:0", passed.get(3));
        assertEquals(0, guard.discarded());
    }

    @Test
    void fragmentsMayOverlapRepeatAndComeInAnyOrder() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            HandshakeGuardTest test = new HandshakeGuardTest();
            int length = 1 + random.nextInt(4096);
            List<int[]> ranges = new ArrayList<>();
            for (int offset = 0; offset < length; ) {
                int size = Math.min(length - offset, 1 + random.nextInt(300));
                int before = Math.min(offset, random.nextInt(50));
                ranges.add(new int[] {offset - before, size + before});
                ranges.add(new int[] {offset, size});
                offset += size;
            }
            Collections.shuffle(ranges, random);
            for (int[] range : ranges) {
                test.fragment(CLIENT_HELLO, length, 0, range[0], range[1]);
            }
            assertTrue(test.passed.contains("1:0"), "seed " + seed);
        }
    }

    @Test
    void aCipherChangeWaitsForTheMessagesBeforeIt() {
        message(CLIENT_HELLO, 0, 100);
        message(CERTIFICATE, 1, 100);
        message(CLIENT_KEY_EXCHANGE, 2, 100);
        encrypted(22);
        cipherChange();
        cipherChange();
        assertEquals(List.of("1:0", "11:1", "16:2"), passed);
        message(CERTIFICATE_VERIFY, 3, 100);
        assertEquals(List.of("15:3", "20", "22'"), passed.subList(3, 6));
        encrypted(22);
        encrypted(21);
        cipherChange();
        assertEquals(List.of("22'", "21'"), passed.subList(6, passed.size()));
    }

    @Test
    void whatMakesNoSenseIsDropped() {
        int[][] bad = {
            // type, message length, number, offset, length
            {CLIENT_HELLO, 0xFFFFFF, 0, 0, 10},
            {CLIENT_HELLO, HandshakeGuard.MAX_MESSAGE_LENGTH + 1, 0, 0, 10},
            {CLIENT_HELLO, 100, HandshakeGuard.MAX_MESSAGES, 0, 10},
            {CLIENT_HELLO, 100, 0xFFFF, 0, 10},
            {CLIENT_HELLO, 100, 0, 91, 10},
            {CLIENT_HELLO, 100, 0, 0xFFFFF0, 10},
            {CLIENT_HELLO, 100, 0, 0, 0},
            {CLIENT_HELLO, 100, 0, 100, 0},
        };
        for (int[] each : bad) {
            fragment(each[0], each[1], each[2], each[3], each[4]);
        }
        assertEquals(bad.length, guard.discarded());
        assertEquals(0, guard.heldBytes());

        fragment(CLIENT_HELLO, 100, 0, 0, 50);
        fragment(CLIENT_HELLO, 101, 0, 50, 51);
        fragment(CERTIFICATE, 100, 0, 50, 50);
        assertEquals(bad.length + 2, guard.discarded());
        fragment(CLIENT_HELLO, 100, 0, 50, 50);
        assertEquals(List.of("1:0"), passed);
    }

    @Test
    void anEmptyMessageIsOne() {
        message(14, 0, 0);
        assertEquals(List.of("14:0"), passed);
    }

    @Test
    void truncatedAtAnyPlaceNothingPasses() {
        byte[] whole = HandmadeRecords.fragment(0, CLIENT_HELLO, 60, 0, 0, 60);
        for (int length = 0; length < 72; length++) {
            byte[] part = new byte[length];
            System.arraycopy(whole, 13, part, 0, length);
            record(HandmadeRecords.record(22, 0, records++, part));
        }
        assertEquals(List.of(), passed);
        assertEquals(71, guard.discarded(), "an empty record has nothing wrong in it");
    }

    @Test
    void repeatedRecordsAreDropped() {
        byte[] record = HandmadeRecords.fragment(5, CLIENT_HELLO, 60, 0, 0, 60);
        record(record);
        record(record);
        assertEquals(List.of("1:0"), passed);
        assertEquals(1, guard.discarded());
    }

    @Test
    void aMessageWithoutRoomMayComeAgain() {
        room = 100;
        message(CLIENT_HELLO, 0, 200);
        assertEquals(List.of(), passed);
        room = 1000;
        message(CLIENT_HELLO, 0, 200);
        assertEquals(List.of("1:0"), passed);
    }

    @Test
    void memoryIsBoundedWhateverIsDeclared() {
        for (int number = 0; number < HandshakeGuard.MAX_MESSAGES; number++) {
            for (int length = 1000; length <= HandshakeGuard.MAX_MESSAGE_LENGTH; length += 1000) {
                fragment(CERTIFICATE, length, number, 0, 1);
                assertTrue(guard.heldBytes() <= HandshakeGuard.MAX_MESSAGE_LENGTH);
            }
        }
    }

    @Test
    void laterMessagesGiveWayToTheOneThatIsDue() {
        fragment(CERTIFICATE, HandshakeGuard.MAX_MESSAGE_LENGTH, 7, 0, 1);
        fragment(CERTIFICATE, HandshakeGuard.MAX_MESSAGE_LENGTH / 4, 6, 0, 1);
        message(CLIENT_HELLO, 0, 4000);
        assertEquals(List.of("1:0"), passed);
        assertTrue(guard.heldBytes() <= HandshakeGuard.MAX_MESSAGE_LENGTH);
    }

    @Test
    void allMessagesTogetherAreBounded() {
        message(CLIENT_HELLO, 0, HandshakeGuard.MAX_MESSAGE_LENGTH);
        int rest = HandshakeGuard.MAX_TOTAL_LENGTH - HandshakeGuard.MAX_MESSAGE_LENGTH;
        message(CERTIFICATE, 1, rest + 1);
        assertEquals(1, guard.discarded());
        message(CERTIFICATE, 1, rest);
        message(CLIENT_KEY_EXCHANGE, 2, 1);
        assertEquals(List.of("1:0", "11:1"), passed);
        assertEquals(2, guard.discarded());
    }

    @Test
    void aRecordNumberedFarAheadIsDroppedAndLocksNothingOut() {
        message(CLIENT_HELLO, 0, 100);
        int last = records - 1;
        record(HandmadeRecords.fragment(last + 1025, CERTIFICATE, 100, 1, 0, 100));
        record(HandmadeRecords.fragment((1L << 48) - 1, CERTIFICATE, 100, 1, 0, 100));
        assertEquals(List.of("1:0"), passed);
        assertEquals(2, guard.discarded());
        message(CERTIFICATE, 1, 100);
        assertEquals(List.of("1:0", "11:1"), passed);
        record(HandmadeRecords.fragment(records - 1 + 1024, CLIENT_KEY_EXCHANGE, 100, 2, 0, 100));
        assertEquals("16:2", passed.get(2));
    }

    @Test
    void fewAndShortRecordsAreHeldThatTheCipherChangeIsToComeBefore() {
        encrypted(22, 500);
        assertEquals(1, guard.discarded());
        encrypted(22, 499);
        for (int i = 0; i < 10; i++) {
            encrypted(21, 40);
        }
        assertEquals(1 + 7, guard.discarded());
        cipherChange();
        message(CLIENT_HELLO, 0, 100);
        message(CERTIFICATE, 1, 100);
        message(CLIENT_KEY_EXCHANGE, 2, 100);
        message(CERTIFICATE_VERIFY, 3, 100);
        assertEquals(List.of("20", "22'", "21'", "21'", "21'"), passed.subList(4, passed.size()));
        encrypted(22, 500);
        assertEquals(1 + 7 + 1, guard.discarded());
    }

    @Test
    void singleByteFragmentsAddUp() {
        int length = HandshakeGuard.MAX_MESSAGE_LENGTH;
        for (int i = 0; i < length; i += 2) {
            fragment(CERTIFICATE, length, 0, i, 1);
        }
        for (int i = length - 1; i > 0; i -= 2) {
            assertEquals(List.of(), passed);
            fragment(CERTIFICATE, length, 0, i, 1);
        }
        assertEquals(List.of("11:0"), passed);
        assertEquals(0, guard.heldBytes());
    }

    @Test
    void alertsPassUntilTheCipherChange() {
        record(HandmadeRecords.record(21, 0, records++, new byte[] {2, 40}));
        record(HandmadeRecords.record(21, 0, records++, new byte[] {2}));
        record(HandmadeRecords.record(23, 0, records++, new byte[] {2, 40}));
        assertEquals(List.of("21"), passed);
        assertEquals(2, guard.discarded());
    }

    @Test
    void aRecordMayHoldSeveralMessages() {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        for (int number = 0; number < 2; number++) {
            byte[] record = HandmadeRecords.fragment(0, CERTIFICATE, 30, number, 0, 30);
            both.write(record, 13, record.length - 13);
        }
        record(HandmadeRecords.record(22, 0, 0, both.toByteArray()));
        assertEquals(List.of("11:0", "11:1"), passed);
        assertArrayEquals(new byte[0], body.toByteArray());
    }

    @Test
    void aFlightThatComesAgainAndAgainIsAnsweredSoOftenOnly() {
        message(CLIENT_HELLO, 0, 100);
        for (int i = 0; i < 1000; i++) {
            message(CLIENT_HELLO, 0, 100);
        }
        assertEquals(1 + 256, passed.size());
        assertEquals(0, guard.heldBytes());
        message(CERTIFICATE, 1, 100);
        assertEquals("11:1", passed.get(passed.size() - 1));
    }

    /** For the day when Bouncy Castle needs it no more. */
    @Test
    void switchedOffItPassesEverythingAsItIs() {
        assertTrue(HandshakeGuard.NEEDED);
        List<byte[]> through = new ArrayList<>();
        HandshakeGuard off = new HandshakeGuard(
                DtlsRole.SERVER,
                new HandshakeGuard.Sink() {
                    @Override
                    public boolean hasRoom(int count, int bytes) {
                        return true;
                    }

                    @Override
                    public void accept(byte[] record) {
                        through.add(record);
                    }
                },
                false);
        byte[] later = HandmadeRecords.fragment(7, CERTIFICATE, 0xFFFFFF, 5, 3, 1);
        byte[] finished = HandmadeRecords.record(Records.HANDSHAKE, 1, 0, new byte[40]);
        off.plaintext(ByteBuffer.wrap(later), 0);
        off.encrypted(ByteBuffer.wrap(finished), 0);
        assertArrayEquals(later, through.get(0));
        assertArrayEquals(finished, through.get(1));
    }
}
