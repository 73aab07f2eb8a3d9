package io.github.purrtc.dtls;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class DtlsTransportTest {
    private static final List<DtlsTransportState> CONNECTED =
            List.of(DtlsTransportState.CONNECTING, DtlsTransportState.CONNECTED);
    private static final List<DtlsTransportState> CLOSED =
            List.of(DtlsTransportState.CONNECTING, DtlsTransportState.CONNECTED, DtlsTransportState.CLOSED);

    @Test
    void carriesDataBothWays() {
        try (Pair pair = new Pair().connect()) {
            pair.a.send("from A");
            pair.z.awaitReceived("from A");
            pair.z.send("from Z");
            pair.a.awaitReceived("from Z");

            assertEquals(CONNECTED, pair.a.states);
            assertEquals(CONNECTED, pair.z.states);
            assertEquals(List.of(), pair.a.errors);
            assertArrayEquals(
                    Pair.Z_CERTIFICATE.encoded(),
                    pair.a.transport.remoteCertificates().get(0));
            assertArrayEquals(
                    Pair.A_CERTIFICATE.encoded(),
                    pair.z.transport.remoteCertificates().get(0));
        }
    }

    @Test
    void aRecordIsAsLongAsSaidAndSendDoesNotFlush() {
        try (Pair pair = new Pair().connect()) {
            int flushes = pair.a.flushes;
            byte[] message = new byte[1160];
            pair.loop.run(() -> pair.a.transport.send(message, 0, message.length));
            assertEquals(flushes, pair.a.flushes);
            pair.loop.run(pair.a::flush);
            byte[] record = pair.a.sent.get(pair.a.sent.size() - 1);
            assertEquals(message.length + pair.a.transport.recordOverhead(), record.length);
        }
    }

    @Test
    void takesRecordsOfAllSizes() {
        try (Pair pair = new Pair().connect()) {
            for (int length : new int[] {1, 2, 15, 16, 17, 1200, 2047, 2048, 16_383, 16_384}) {
                String message = "x".repeat(length);
                pair.z.received.clear();
                pair.a.send(message);
                pair.z.awaitReceived(message);
            }
        }
    }

    @Test
    void takesSeveralRecordsOfOneDatagram() {
        try (Pair pair = new Pair().connect()) {
            pair.a.impairment = datagram -> List.of();
            int before = pair.a.sent.size();
            ByteArrayOutputStream datagram = new ByteArrayOutputStream();
            for (String message : List.of("one", "two", "three")) {
                pair.a.send(message);
            }
            pair.a.sent.subList(before, before + 3).forEach(datagram::writeBytes);
            // The rest of the datagram, which is no record, takes nothing from those before.
            datagram.writeBytes(new byte[] {23, 1});
            pair.z.inject(datagram.toByteArray());
            pair.z.awaitReceived("one", "two", "three");
        }
    }

    @Test
    void leavesTheDatagramAsItIs() {
        try (Pair pair = new Pair().connect()) {
            pair.a.impairment = datagram -> List.of();
            pair.a.send("once");
            byte[] record = pair.a.sent.get(pair.a.sent.size() - 1);
            ByteBuffer datagram = ByteBuffer.allocateDirect(record.length + 10)
                    .position(7)
                    .put(record)
                    .flip()
                    .position(7);
            pair.loop.run(() -> pair.z.transport.receive(datagram));
            pair.z.awaitReceived("once");
            assertEquals(7, datagram.position());
            assertEquals(7 + record.length, datagram.limit());
        }
    }

    @Test
    void aRecordThatIsRepeatedCountsOnce() {
        try (Pair pair = new Pair().connect()) {
            pair.a.impairment = datagram -> List.of(datagram, datagram);
            long before = pair.z.transport.discarded();
            pair.a.send("one");
            pair.a.send("two");
            pair.z.awaitReceived("one", "two");
            pair.loop.await("the repeats", () -> pair.z.transport.discarded() == before + 2);
            pair.z.inject(pair.a.sent.get(pair.a.sent.size() - 2));
            assertEquals(before + 3, pair.z.transport.discarded());
        }
    }

    /** 4,096 packets of 1,200 bytes are 8 ms at 5 Gbit/s. */
    @Test
    void aRecordOvertakenByThousandsIsTakenOnce() {
        try (Pair pair = new Pair().connect()) {
            List<byte[]> held = new ArrayList<>();
            pair.a.impairment = datagram -> {
                held.add(datagram);
                return List.of();
            };
            for (int i = 0; i < 4097; i++) {
                pair.a.send(Integer.toString(i));
            }
            List<byte[]> reversed = new ArrayList<>(held);
            Collections.reverse(reversed);
            reversed.forEach(pair.z::inject);
            assertEquals(4097, pair.z.received.size());
            long before = pair.z.transport.discarded();
            held.forEach(pair.z::inject);
            assertEquals(before + 4097, pair.z.transport.discarded());
            assertEquals(4097, pair.z.received.size());
        }
    }

    @Test
    void whatIsNotTheirsChangesNothing() {
        try (Pair pair = new Pair().connect()) {
            List<byte[]> bad = new ArrayList<>();
            HexFormat hex = HexFormat.of();
            // fatal alert, close_notify, CCS and application data of epoch 0
            bad.add(hex.parseHex("15fefd000000000000000900020228"));
            bad.add(hex.parseHex("15fefd000000000000000a00020100"));
            bad.add(hex.parseHex("14fefd000000000000000b000101"));
            bad.add(hex.parseHex("17fefd000000000000000c000548454c4c4f"));
            // epoch 1: too short for a tag, for a nonce, empty; of epoch 2; of an unknown type; of TLS
            bad.add(hex.parseHex("17fefd0001000000000099000548454c4c4f"));
            bad.add(hex.parseHex("17fefd00010000000000990010" + "00".repeat(16)));
            bad.add(hex.parseHex("17fefd00010000000000990017" + "00".repeat(23)));
            bad.add(hex.parseHex("17fefd00010000000000990018" + "00".repeat(24)));
            bad.add(hex.parseHex("17fefd00010000000000990000"));
            bad.add(hex.parseHex("17fefd00020000000000990020" + "00".repeat(32)));
            bad.add(hex.parseHex("63fefd00010000000000990020" + "00".repeat(32)));
            bad.add(hex.parseHex("17030300010000000000990020" + "00".repeat(32)));
            // no record at all
            bad.add(new byte[0]);
            bad.add(new byte[12]);
            // A's first ClientHello, Z's first flight
            bad.add(pair.a.sent.get(0));
            bad.add(pair.z.sent.get(0));
            long before = pair.z.transport.discarded() + pair.a.transport.discarded();
            for (byte[] datagram : bad) {
                pair.a.inject(datagram);
                pair.z.inject(datagram);
            }
            assertTrue(pair.z.transport.discarded() + pair.a.transport.discarded() >= before + 2 * 13);
            assertAlive(pair);
        }
    }

    @Test
    void aFlippedBitChangesNothing() {
        try (Pair pair = new Pair().connect()) {
            pair.a.impairment = datagram -> List.of();
            pair.a.send("genuine");
            byte[] record = pair.a.sent.get(pair.a.sent.size() - 1);
            for (int bit = 0; bit < record.length * 8; bit++) {
                byte[] forged = record.clone();
                forged[bit / 8] ^= (byte) (1 << bit % 8);
                pair.z.inject(forged);
            }
            assertEquals(List.of(), pair.z.received);
            pair.z.inject(record);
            pair.z.awaitReceived("genuine");
        }
    }

    @Test
    void noiseChangesNothing() {
        Random random = new Random(4711);
        try (Pair pair = new Pair().connect()) {
            for (int i = 0; i < 5_000; i++) {
                byte[] noise = new byte[random.nextInt(200)];
                random.nextBytes(noise);
                if (noise.length > 13) {
                    // Most of it looks like records.
                    noise[0] = (byte) (20 + random.nextInt(4));
                    noise[1] = (byte) 0xFE;
                    noise[2] = (byte) 0xFD;
                    noise[3] = 0;
                    noise[4] = (byte) random.nextInt(2);
                    noise[11] = 0;
                    noise[12] = (byte) (noise.length - 13);
                }
                pair.z.inject(noise);
                pair.a.inject(noise);
            }
            assertAlive(pair);
        }
    }

    private static void assertAlive(Pair pair) {
        pair.a.received.clear();
        pair.z.received.clear();
        pair.a.send("still");
        pair.z.awaitReceived("still");
        pair.z.send("here");
        pair.a.awaitReceived("here");
        assertEquals(CONNECTED, pair.a.states);
        assertEquals(CONNECTED, pair.z.states);
    }

    @Test
    void closeNotifyClosesBothSides() {
        for (boolean clientCloses : List.of(true, false)) {
            try (Pair pair = new Pair().connect()) {
                Peer closes = clientCloses ? pair.a : pair.z;
                Peer closed = clientCloses ? pair.z : pair.a;
                for (int i = 0; i < 300; i++) {
                    // The alert is numbered after what went before: its record is not an old one.
                    closes.send("x");
                }
                closes.close();
                assertEquals(DtlsTransportState.CLOSED, closes.transport.state());
                closed.awaitState(DtlsTransportState.CLOSED);
                assertEquals(CLOSED, closed.states);
                closes.close();
                assertEquals(CLOSED, closes.states);
                assertEquals(List.of(), closed.errors);
                assertThrows(IllegalStateException.class, () -> closed.send("late"));
            }
        }
    }

    @Test
    void closesBeforeTheStart() {
        try (Pair pair = new Pair()) {
            pair.a.close();
            assertEquals(List.of(DtlsTransportState.CLOSED), pair.a.states);
            assertThrows(
                    IllegalStateException.class,
                    () -> pair.a.start(DtlsRole.CLIENT, pair.z.certificate.fingerprints()));
            pair.a.inject(new byte[100]);
        }
    }

    @Test
    void closesDuringTheHandshake() {
        for (int flights = 0; flights < 2; flights++) {
            int passing = flights;
            try (Pair pair = new Pair(Pair.OPTIONS.withRetransmissionMillis(60_000))) {
                // A -> ClientHello -> Z, and then either Z's flight is lost or A's second
                pair.z.impairment = datagram -> passing > 0 ? List.of(datagram) : List.of();
                pair.a.impairment =
                        datagram -> pair.a.sent.size() == 1 || datagram[0] == 21 ? List.of(datagram) : List.of();
                pair.start();
                pair.loop.await("both to wait", () -> pair.a.flushes == 1 + passing && pair.z.flushes == 1);
                pair.a.close();
                assertEquals(List.of(DtlsTransportState.CONNECTING, DtlsTransportState.CLOSED), pair.a.states);
                if (passing == 0) {
                    // A -> close_notify -> Z
                    pair.z.awaitState(DtlsTransportState.CLOSED);
                }
                pair.z.close();
                pair.handshakes.shutdown();
                // Neither the 60 s of the timer nor the 30 s of the handshake are waited for.
                pair.loop.await("the threads to end", pair.handshakes::isTerminated);
                assertEquals(List.of(), pair.a.errors);
                assertEquals(List.of(), pair.z.errors);
            }
        }
    }

    @Test
    void misuseIsSaid() {
        try (Pair pair = new Pair()) {
            assertThrows(IllegalStateException.class, () -> pair.a.send("early"));
            pair.connect();
            DtlsTransport transport = pair.a.transport;
            byte[] bytes = new byte[20_000];
            assertThrows(IllegalArgumentException.class, () -> pair.loop.run(() -> transport.send(bytes, 0, 0)));
            assertThrows(IllegalArgumentException.class, () -> pair.loop.run(() -> transport.send(bytes, 0, 16_385)));
            assertThrows(IndexOutOfBoundsException.class, () -> pair.loop.run(() -> transport.send(bytes, 19_999, 2)));
            assertThrows(
                    IllegalStateException.class,
                    () -> pair.a.start(DtlsRole.CLIENT, pair.z.certificate.fingerprints()));
            assertAlive(pair);
        }
    }

    @Test
    void aListenerOrSinkThatThrowsChangesNothing() {
        try (Pair pair = new Pair().connect()) {
            pair.a.impairment = datagram -> {
                throw new IllegalStateException("the socket is full");
            };
            assertThrows(IllegalStateException.class, () -> pair.a.send("lost"));
            pair.a.impairment = Impairment.NONE;

            // Not UTF-8, and the listener reads past the end.
            pair.z.onReceive = plaintext -> plaintext.get(plaintext.limit());
            pair.a.send("misread");
            pair.loop.run(() -> {});
            pair.z.onReceive = plaintext -> {};
            assertAlive(pair);
        }
    }
}
