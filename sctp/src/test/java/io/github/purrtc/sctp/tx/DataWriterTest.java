package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.SctpSendOptions;
import io.github.purrtc.sctp.StreamScheduling;
import io.github.purrtc.sctp.packet.ChecksumMode;
import io.github.purrtc.sctp.packet.DataFlags;
import io.github.purrtc.sctp.packet.DataFormat;
import io.github.purrtc.sctp.packet.DataView;
import io.github.purrtc.sctp.packet.PacketReader;
import io.github.purrtc.sctp.packet.PacketWriter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What goes into each packet, where a packet of the base size has room for 1,000 bytes. */
class DataWriterTest {
    private static final long MILLI = 1_000_000;
    private static final long RTO = 1_000 * MILLI;
    private static final int PAYLOAD = 1_000;
    private static final long FIRST = 1L << 32;
    private static final int UNLIMITED = 1 << 30;
    private static final SctpSendOptions ORDERED = SctpSendOptions.RELIABLE_ORDERED;
    private static final SctpSendOptions UNORDERED = SctpSendOptions.RELIABLE_UNORDERED;

    /** As much as the test says. */
    private static final class Allowed implements CongestionControl {
        long cwnd = UNLIMITED;
        long bytesPerSecond;
        long idleTimeouts;

        @Override
        public long cwnd() {
            return cwnd;
        }

        @Override
        public long ssthresh() {
            return UNLIMITED;
        }

        @Override
        public long pacingRate(long srttNanos) {
            return bytesPerSecond;
        }

        @Override
        public void onTimeout() {}

        @Override
        public void undoTimeouts() {}

        @Override
        public void onIdle(long timeouts) {
            idleTimeouts += timeouts;
        }
    }

    private DataFormat format = DataFormat.DATA;
    private final SendQueue queue = new SendQueue(1 << 24, StreamScheduling.ROUND_ROBIN, event -> {});
    private final Allowed allowed = new Allowed();
    private DataSender sender = sender(UNLIMITED, 0);
    private long now = 77 * MILLI;

    private static DataWriterTest with(DataFormat format, long peerWindow, int maxBurstPackets) {
        DataWriterTest test = new DataWriterTest();
        test.format = format;
        test.sender = test.sender(peerWindow, maxBurstPackets);
        return test;
    }

    private DataSender sender(long peerWindow, int maxBurstPackets) {
        queue.limitStreams(10);
        queue.useFormat(format, PAYLOAD, peerWindow);
        return new DataSender(
                queue,
                FIRST,
                peerWindow,
                PAYLOAD,
                maxBurstPackets,
                allowed,
                new RetransmissionTimeout(RTO, RTO, 60 * RTO, 0),
                true,
                format,
                new Receipts(1, true));
    }

    private void add(int streamId, int length, SctpSendOptions options) {
        queue.add(streamId, 51, ByteBuffer.allocate(length), options, now);
    }

    private void add(int... lengths) {
        for (int length : lengths) {
            add(1, length, ORDERED);
        }
    }

    /** The next packet, of the base size: its chunks as {@code number of the TSN:length}; none is "". */
    private String packet() {
        return packet(format.packetOfPayload(PAYLOAD));
    }

    private String packet(int size) {
        List<String> chunks = new ArrayList<>();
        for (DataView data : chunks(size)) {
            chunks.add(Integer.toUnsignedLong(data.tsn()) + ":" + data.payloadLength());
        }
        return String.join(" ", chunks);
    }

    /** Of the next packet, for each chunk whether it asks to be acknowledged at once. */
    private String flags() {
        StringBuilder flags = new StringBuilder();
        for (DataView data : chunks(10_000)) {
            flags.append(data.has(DataFlags.IMMEDIATE) ? '!' : '.');
        }
        return flags.toString();
    }

    private List<DataView> chunks(int size) {
        ByteBuffer out = ByteBuffer.allocate(70_000);
        PacketWriter writer = new PacketWriter();
        writer.begin(out, size, 1, 1, 1);
        List<DataView> chunks = new ArrayList<>();
        if (!sender.write(writer, now)) {
            assertTrue(writer.isEmpty());
            return chunks;
        }
        assertTrue(writer.length() <= size);
        writer.finish(ChecksumMode.CRC32C);
        ByteBuffer packet = out.flip();
        for (int i = 0; ; i++) {
            PacketReader reader = new PacketReader();
            reader.wrap(packet, ChecksumMode.CRC32C);
            boolean present = true;
            for (int skipped = 0; skipped <= i && present; skipped++) {
                present = reader.next();
            }
            if (!present) {
                return chunks;
            }
            chunks.add(reader.data());
        }
    }

    private DataSender.SackResult sack(int cumulative, int... gapAckBlocks) {
        return sender.handleSack(SackViews.withWindow(UNLIMITED, FIRST + cumulative, gapAckBlocks), now);
    }

    private void expireT3() {
        now = sender.deadlineNanos();
        while (sender.onTimeout(now) == DataSender.Timeout.NOT_EXPIRED) {
            now = sender.deadlineNanos();
        }
    }

    @Test
    @DisplayName("§6.10 small messages share a packet; one that fits a packet of its own is not split")
    void bundles() {
        add(300, 300, 700, 980, 20);
        assertEquals("0:300 1:300", packet());
        assertEquals("2:700", packet());
        assertEquals("3:980", packet());
        assertEquals("4:20", packet());
        assertEquals("", packet());
        assertEquals(2_300, queue.statistics().userBytesSent());
        assertEquals(0, queue.statistics().retransmittedBytes());
    }

    @Test
    @DisplayName("a larger message fills packets to their end, unless that is no more than a few bytes")
    void cuts() {
        add(500, 1_500);
        assertEquals("0:500 1:484", packet());
        assertEquals("2:1000", packet());
        assertEquals("3:16", packet());
        // 32 bytes are left, then 28.
        DataWriterTest least = new DataWriterTest();
        least.add(952, 1_500);
        assertEquals("0:952 1:32", least.packet());
        DataWriterTest test = new DataWriterTest();
        test.add(956, 1_500);
        assertEquals("0:956", test.packet());
        assertEquals("1:1000", test.packet());
        assertEquals("2:500", test.packet());
    }

    @Test
    @DisplayName(
            "a larger packet has several chunks, none of them longer than the base size has room for, or a short one's worth")
    void fillsLargePackets() {
        add(10_000);
        assertEquals("0:1000 1:1000 2:1000", packet(12 + 3 * (16 + PAYLOAD)));
        assertEquals("3:1000 4:1000 5:500", packet(12 + 2 * (16 + PAYLOAD) + 16 + PAYLOAD / 2));
        assertEquals("6:1000 7:1000", packet(12 + 2 * (16 + PAYLOAD) + 16 + PAYLOAD / 2 - 1));
        assertEquals("8:1000 9:1000 10:500", packet(60_000));
    }

    @Test
    @DisplayName("§7.2 what is in flight may fill cwnd, and be beyond it by less than a packet")
    void fillsCwnd() {
        allowed.cwnd = 1_500;
        add(10_000);
        assertEquals("0:1000", packet());
        assertEquals("1:1000", packet());
        assertEquals("", packet());
        allowed.cwnd = 2_001;
        assertEquals("2:1000", packet());
        assertEquals("", packet());
        now += MILLI;
        allowed.cwnd = 3_000;
        sack(0);
        assertEquals("3:1000", packet());
        assertEquals("", packet());
    }

    @Test
    @DisplayName("§6.1 A the peer's window is not exceeded; where it is closed one chunk finds out whether it is")
    void fillsThePeersWindow() {
        DataWriterTest open = with(DataFormat.DATA, 2_500, 0);
        open.add(400, 600, 1_000, 600);
        assertEquals("0:400", open.packet());
        assertEquals("1:600", open.packet());
        assertEquals("2:1000", open.packet());
        assertEquals("", open.packet());
        DataWriterTest closed = with(DataFormat.DATA, 0, 0);
        closed.add(10, 600);
        assertEquals("0:10", closed.packet());
        assertEquals("", closed.packet());
    }

    @Test
    @DisplayName("§6.1 D Max.Burst packets at an occasion")
    void bursts() {
        DataWriterTest test = with(DataFormat.DATA, UNLIMITED, 2);
        test.add(10_000);
        assertEquals("0:1000", test.packet());
        assertEquals("1:1000", test.packet());
        assertEquals("", test.packet());
        test.now += MILLI;
        test.sack(0);
        assertEquals("2:1000", test.packet());
        assertEquals("3:1000", test.packet());
        assertEquals("", test.packet());
    }

    @Test
    @DisplayName(
            "§6.3.3, §6.1 C after T3-rtx what is lost goes first, within cwnd, in packets of the base size; then what is new")
    void retransmits() {
        add(600, 300, 900);
        assertEquals("0:600 1:300", packet());
        assertEquals("2:900", packet());
        add(50, 50);
        allowed.cwnd = 1_000;
        expireT3();
        assertEquals("0:600 1:300", packet());
        assertEquals(2, queue.statistics().retransmittedChunks());
        assertEquals(900, queue.statistics().retransmittedBytes());
        // In flight are less than cwnd.
        assertEquals("2:900", packet());
        assertEquals("", packet());
        allowed.cwnd = 1_851;
        assertEquals("3:50 4:50", packet());
        expireT3();
        allowed.cwnd = UNLIMITED;
        assertEquals("0:600 1:300", packet(60_000));
        assertEquals("2:900 3:50", packet(60_000));
        assertEquals("4:50", packet(60_000));
    }

    @Test
    @DisplayName(
            "§6.9 what is sent again keeps its length, and waits for a packet that has room; nothing new overtakes it")
    void keepsItsLength() {
        add(2_000);
        packet();
        packet();
        add(10);
        expireT3();
        assertEquals("", packet(500));
        assertEquals("0:1000", packet());
        assertEquals("1:1000", packet());
        assertEquals("2:10", packet());
    }

    @Test
    @DisplayName("§7.2.4 one packet of what was lost goes out at once, whatever cwnd")
    void fastRetransmit() {
        add(5_000);
        for (int i = 0; i < 5; i++) {
            packet();
        }
        add(10);
        allowed.cwnd = 100;
        for (int i = 0; i < 3; i++) {
            now += MILLI;
            sack(-1, 2, 3 + i);
        }
        assertEquals("0:1000", packet());
        assertEquals("", packet());
    }

    @Test
    @DisplayName("RFC 3758 §3.5 what may not go again is given up when its turn comes, and what is new follows")
    void givesUp() {
        add(1, 900, new SctpSendOptions(false, 0, -1));
        add(1, 800, new SctpSendOptions(false, 1, -1));
        add(1, 700, ORDERED);
        for (int i = 0; i < 3; i++) {
            packet();
        }
        add(10);
        expireT3();
        assertEquals("1:800", packet());
        assertEquals("2:700 3:10", packet());
        expireT3();
        assertEquals("2:700 3:10", packet());
        assertEquals("", packet());
    }

    @Test
    @DisplayName("RFC 3758 §3.5 a message that is late is not begun, and one that has begun not gone on with")
    void isLate() {
        add(1, 2_500, new SctpSendOptions(false, -1, 10 * MILLI));
        add(1, 100, new SctpSendOptions(false, -1, 10 * MILLI));
        add(2, 200, ORDERED);
        assertEquals("0:1000", packet());
        now += 11 * MILLI;
        sender.onTimeout(now);
        // The rest has a TSN all the same, so that the peer learns of the message's end.
        assertEquals("2:200", packet());
        assertEquals("", packet());
    }

    @ParameterizedTest
    @EnumSource(DataFormat.class)
    @DisplayName("each message takes one number of its stream, those of unordered ones are of no use in DATA")
    void numbers(DataFormat format) {
        DataWriterTest test = with(format, UNLIMITED, 0);
        test.add(1, 2_000, ORDERED);
        test.add(1, 50, UNORDERED);
        test.add(1, 60, ORDERED);
        test.add(1, 70, UNORDERED);
        test.add(2, 80, ORDERED);
        List<String> numbers = new ArrayList<>();
        for (List<DataView> chunks = test.chunks(3_000); !chunks.isEmpty(); chunks = test.chunks(3_000)) {
            for (DataView data : chunks) {
                boolean unordered = data.has(DataFlags.UNORDERED);
                numbers.add(data.streamId()
                        + (unordered ? "u" : "o")
                        + (unordered && format == DataFormat.DATA
                                ? ""
                                : format == DataFormat.DATA ? data.ssn() : data.mid())
                        + ":" + data.payloadLength());
            }
        }
        numbers.sort(null);
        assertEquals(
                format == DataFormat.DATA
                        ? List.of("1o0:1000", "1o0:1000", "1o1:60", "1u:50", "1u:70", "2o0:80")
                        : List.of("1o0:1000", "1o0:1000", "1o1:60", "1u0:50", "1u1:70", "2o0:80"),
                numbers);
    }

    @Test
    @DisplayName(
            "§7.2.1 each timeout of silence counts, from when data was sent last, and only where nothing is under way")
    void idle() {
        add(10);
        packet();
        assertEquals(0, allowed.idleTimeouts, "it is the first");
        now += MILLI;
        sack(0);
        now += 3 * RTO - MILLI - 1;
        add(20);
        packet();
        assertEquals(2, allowed.idleTimeouts);
        sack(1);
        now += RTO;
        add(30);
        packet();
        assertEquals(3, allowed.idleTimeouts);
        now += 10 * RTO;
        add(40);
        packet();
        assertEquals(3, allowed.idleTimeouts, "there is data under way");
    }

    @Test
    @DisplayName("T3-rtx begins with what is sent, and anew when the first that is missing goes again")
    void timers() {
        add(500, 600);
        packet();
        packet();
        assertEquals(now + RTO, sender.deadlineNanos());
        now += RTO / 2;
        add(700);
        packet();
        assertEquals(now + RTO / 2, sender.deadlineNanos());
        expireT3();
        long backedOff = sender.deadlineNanos() - now;
        assertEquals(2 * RTO, backedOff);
        now += RTO / 4;
        assertEquals("0:500", packet());
        assertEquals(now + backedOff, sender.deadlineNanos());
        now += RTO / 4;
        assertEquals("1:600", packet());
        assertEquals(now - RTO / 4 + backedOff, sender.deadlineNanos());
    }

    @Test
    @DisplayName("§6.3.1 C5 what was sent again is not measured")
    void karn() {
        add(500, 600);
        packet();
        packet();
        expireT3();
        packet();
        now += 10 * RTO;
        sack(0);
        packet();
        now += 10 * RTO;
        sack(1);
        add(10);
        packet();
        assertEquals(now + RTO, sender.deadlineNanos(), "no measurement of seconds");
    }

    @Test
    @DisplayName("§6.3.1 C5 what was lost and filled at once is not measured either")
    void karnInFastRetransmit() {
        add(5_000);
        for (int i = 0; i < 5; i++) {
            packet();
        }
        for (int i = 0; i < 3; i++) {
            now += MILLI;
            sack(-1, 2, 3 + i);
        }
        assertEquals("0:1000", packet());
        now += 10 * RTO;
        sack(4);
        add(10);
        packet();
        assertEquals(now + RTO, sender.deadlineNanos(), "no measurement of seconds");
    }

    @Test
    @DisplayName("§6.3.1 C5 nor what a probe carried")
    void karnAndProbes() {
        add(100);
        packet();
        now += 100 * MILLI;
        sack(0);
        add(500);
        packet();
        now = sender.deadlineNanos();
        sender.onTimeout(now);
        assertEquals("1:500", packet());
        now += 10 * RTO;
        sack(1);
        add(10);
        packet();
        assertEquals(now + RTO, sender.deadlineNanos(), "no measurement of seconds");
    }

    @Test
    @DisplayName("the pace holds back what is new and what T3-rtx found lost, not what fills a gap at once")
    void pace() {
        add(500);
        packet();
        now += 100 * MILLI;
        allowed.bytesPerSecond = 1_000_000;
        sack(0);
        add(100_000);
        int sent = 0;
        while (!packet().isEmpty()) {
            sent++;
        }
        assertTrue(sent < 100, () -> "all at once");
        long next = sender.deadlineNanos();
        assertTrue(next > now && next <= now + 10 * MILLI, () -> next - now + " ns");
        now = next;
        sender.onTimeout(now);
        assertFalse(packet().isEmpty());
        for (int i = 0; i < 3; i++) {
            now += MILLI / 10;
            sack(0, 2, 3 + i);
        }
        while (!packet().isEmpty()) {
            sent++;
        }
        assertEquals(1, queue.statistics().retransmittedChunks());
    }

    @Test
    @DisplayName("§6.3.3 E3 what T3-rtx found lost waits for cwnd, and goes on when there is room")
    void retransmitsWithinCwnd() {
        add(3_000);
        for (int i = 0; i < 3; i++) {
            packet();
        }
        allowed.cwnd = 1_500;
        expireT3();
        assertEquals("0:1000", packet());
        assertEquals("1:1000", packet());
        assertEquals("", packet());
        now += MILLI;
        sack(0);
        assertEquals("2:1000", packet());
    }

    @Test
    @DisplayName("RFC 3758 §3.5 what gets too late while it waits for room is given up")
    void getsTooLate() {
        add(1, 900, new SctpSendOptions(false, -1, RTO + 100 * MILLI));
        add(2, 800, ORDERED);
        packet();
        packet();
        add(3, 10, ORDERED);
        allowed.cwnd = 0;
        expireT3();
        assertEquals("", packet());
        now += 200 * MILLI;
        allowed.cwnd = UNLIMITED;
        assertEquals("1:800 2:10", packet());
    }

    @Test
    @DisplayName(
            "RFC 8985 §7.3 a probe is the last chunk again, which asks to be acknowledged at once, and counts as sent again")
    void tailLossProbe() {
        add(100);
        packet();
        now += 100 * MILLI;
        sack(0);
        add(500, 800);
        packet();
        packet();
        long sent = now;
        now = sender.deadlineNanos();
        assertTrue(now >= sent + 200 * MILLI && now < sent + RTO);
        assertEquals(DataSender.Timeout.NOT_EXPIRED, sender.onTimeout(now));
        assertEquals("", packet(500), "it does not fit");
        assertEquals("", packet(), "and is not tried for ever");
        assertEquals(0, queue.statistics().retransmittedChunks());

        add(900);
        packet();
        now = sender.deadlineNanos();
        sender.onTimeout(now);
        assertEquals("!", flags());
        assertEquals(1, queue.statistics().retransmittedChunks());
        assertEquals(900, queue.statistics().retransmittedBytes());
        assertEquals(now + RTO, sender.deadlineNanos());
        assertEquals("", packet());
    }

    @Test
    @DisplayName("RFC 8985 §7.3 a chunk that may not go again is no probe")
    void isNoProbe() {
        add(100);
        packet();
        now += 100 * MILLI;
        sack(0);
        add(1, 500, new SctpSendOptions(false, 0, -1));
        packet();
        now = sender.deadlineNanos();
        sender.onTimeout(now);
        assertEquals("", packet());
        assertEquals(0, queue.statistics().retransmittedChunks());
    }

    @Test
    @DisplayName("RFC 7053 the end of a long message asks for a SACK at once, and all does that is told to")
    void asksForSacks() {
        add(2_500);
        assertEquals("..!", flags());
        add(10);
        assertEquals(".", flags());
        sender.wantImmediateSacks();
        add(10);
        assertEquals("!", flags());
    }

    @Test
    @DisplayName("§6.1 A where the peer's window is closed one chunk at a time finds out, also when it goes again")
    void probesAClosedWindow() {
        add(900, 800, 700);
        for (int i = 0; i < 3; i++) {
            packet();
        }
        now += MILLI;
        sender.handleSack(SackViews.withWindow(0, FIRST - 1), now);
        expireT3();
        assertEquals("0:900", packet());
        assertEquals("", packet());
        now += MILLI;
        sack(0);
        assertEquals("1:800", packet());
        assertEquals("2:700", packet());
    }

    @Test
    @DisplayName("what is sent counts against the pace, what goes again too")
    void countsAgainstThePace() {
        for (boolean isAgain : new boolean[] {false, true}) {
            DataWriterTest test = new DataWriterTest();
            test.add(500);
            test.packet();
            test.now += 100 * MILLI;
            test.allowed.bytesPerSecond = 1_000_000;
            test.sack(0);
            test.add(60_000);
            if (isAgain) {
                while (!test.packet().isEmpty()) {
                    test.now += MILLI;
                }
                test.expireT3();
                test.now += 100 * MILLI;
            }
            long began = test.now;
            long before = test.queue.statistics().userBytesSent()
                    + test.queue.statistics().retransmittedBytes();
            while (test.now < began + 20 * MILLI) {
                if (test.packet().isEmpty()) {
                    test.now += MILLI / 4;
                }
            }
            long sent = test.queue.statistics().userBytesSent()
                    + test.queue.statistics().retransmittedBytes()
                    - before;
            // 20,000 bytes, and a burst.
            assertTrue(sent >= 18_000 && sent <= 32_000, () -> sent + " bytes in 20 ms");
        }
    }

    @Test
    @DisplayName("where SACKs hide what came a receipt is asked for in each packet with data, and in none without")
    void asksForReceipts() {
        for (int i = 0; i < 60; i++) {
            add(900);
            packet();
        }
        int[] blocks = SentData.everySecond(20);
        for (int i = 0; i < 10; i++) {
            now += MILLI;
            sender.handleSack(SackViews.withWindow(UNLIMITED, FIRST - 1, blocks), now);
        }
        allowed.cwnd = 0;
        ByteBuffer out = ByteBuffer.allocate(2_000);
        PacketWriter writer = new PacketWriter();
        writer.begin(out, 1_028, 1, 1, 1);
        while (sender.write(writer, now)) {
            // what was found lost
            writer.begin(out.clear(), 1_028, 1, 1, 1);
        }
        assertTrue(writer.isEmpty());
        assertEquals(12, writer.length());

        allowed.cwnd = UNLIMITED;
        add(10);
        writer.begin(out.clear(), 1_028, 1, 1, 1);
        assertTrue(sender.write(writer, now));
        writer.finish(ChecksumMode.CRC32C);
        PacketReader reader = new PacketReader();
        reader.wrap(out.flip(), ChecksumMode.CRC32C);
        assertTrue(reader.next());
        assertTrue(reader.heartbeatInfoOffset(Receipts.INFO_LENGTH) >= 0);
        assertTrue(reader.next());
        assertNotNull(reader.data());
    }
}
