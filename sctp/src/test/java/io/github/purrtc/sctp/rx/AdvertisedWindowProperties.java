package io.github.purrtc.sctp.rx;

import io.github.purrtc.sctp.SharedMemory;
import io.github.purrtc.sctp.packet.ChecksumMode;
import io.github.purrtc.sctp.packet.DataChunk;
import io.github.purrtc.sctp.packet.DataFlags;
import io.github.purrtc.sctp.packet.DataFormat;
import io.github.purrtc.sctp.packet.DataView;
import io.github.purrtc.sctp.packet.IDataChunk;
import io.github.purrtc.sctp.packet.PacketReader;
import io.github.purrtc.sctp.packet.PacketStatus;
import io.github.purrtc.sctp.packet.PacketWriter;
import io.github.purrtc.sctp.packet.SackView;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * RFC 9260 §6.2: what a_rwnd offers is room set aside for the peer. A sender that uses it to the last byte, whatever the path does to the order and
 * however slow the reader is, has nothing dropped.
 */
class AdvertisedWindowProperties {
    private static final long FIRST_TSN = 1L << 32;
    private static final long LEAST_WINDOW = 1 << 20;
    private static final long MOST_WINDOW = 4 << 20;
    private static final int MAX_FRAGMENT = 1_200;
    private static final int PACKET = 1_280;
    private static final long RTT_NANOS = 50_000_000;
    /** One in so many packets is lost, and comes so many packets later. */
    private static final int LOSS = 200;

    private static final int LATE = 1_000;
    private static final int REORDERED = 3;

    /** In pieces at least so long nothing but the bytes counts. */
    private static final int LEAST_FRAGMENT = ReassemblyQueue.OVERHEAD;

    private record Sent(long tsn, int number, int fsn, int flags, int length) {}

    /** Memory that is plenty for a while and scarce for another. */
    private static final class Memory implements SharedMemory {
        boolean scarce;

        @Override
        public boolean reserve(long bytes) {
            return !scarce;
        }

        @Override
        public void release(long bytes) {}

        @Override
        public boolean isScarce() {
            return scarce;
        }
    }

    private final Memory memory = new Memory();
    private final ByteBuffer buffer = ByteBuffer.allocate(PACKET);
    private final PacketWriter writer = new PacketWriter();
    private final PacketReader reader = new PacketReader();
    private final List<Sent> underWay = new ArrayList<>();
    private final List<Sent> lost = new ArrayList<>();
    private final BitSet acked = new BitSet();

    private DataFormat format = DataFormat.DATA;
    private DataReceiver receiver = receiver();
    private long window = LEAST_WINDOW;
    private long unackedBytes;
    private final List<Sent> unacked = new ArrayList<>();
    private long nextTsn = FIRST_TSN;
    private int number;
    private int fsn;
    private int left;
    private long now;

    private DataReceiver receiver() {
        return new DataReceiver(
                FIRST_TSN, LEAST_WINDOW, MOST_WINDOW, memory, 1 << 20, 0, false, PACKET, format, new BitSet());
    }

    @Example
    void aWindowfulBehindAGapIsTaken() {
        for (DataFormat each : DataFormat.values()) {
            for (int length : new int[] {LEAST_FRAGMENT, 300, MAX_FRAGMENT}) {
                begin(each);
                sendAll(20 * length, length);
                assertEquals(LEAST_WINDOW, unackedBytes);
                Sent first = underWay.remove(0);
                while (!underWay.isEmpty()) {
                    deliver(underWay.remove(0));
                }
                deliver(first);
                acknowledge();
                assertEquals(0, unackedBytes, "all of it was acknowledged");
            }
        }
    }

    /** Unfinished messages count as half of the window at most: those that end later, and wait for an earlier one, count all at once. */
    @Example
    void messagesThatEndBehindAnUnfinishedOneAreTaken() {
        begin(DataFormat.I_DATA);
        for (long before = 0; before < nextTsn; acknowledge()) {
            before = nextTsn;
            sendAll(64 * LEAST_FRAGMENT, LEAST_FRAGMENT);
            while (!underWay.isEmpty()) {
                Sent sent = underWay.remove(0);
                if ((sent.flags & DataFlags.END) != 0) {
                    lost.add(sent);
                } else {
                    deliver(sent);
                }
            }
        }
        Sent first = lost.remove(0);
        lost.forEach(this::deliver);
        deliver(first);
        acknowledge();
        assertEquals(0, unackedBytes, "all of it was acknowledged");
    }

    @Property(tries = 25)
    void whatIsAdvertisedIsTaken(
            @ForAll long seed,
            @ForAll boolean interleaving,
            @ForAll @IntRange(min = 2 * LEAST_FRAGMENT, max = MAX_FRAGMENT) int length,
            @ForAll @IntRange(min = 1, max = 100) int fragments) {
        SplittableRandom random = new SplittableRandom(seed);
        begin(interleaving ? DataFormat.I_DATA : DataFormat.DATA);
        for (int step = 0; step < 8_000; step++) {
            if (step % 800 == 0) {
                memory.scarce = random.nextBoolean();
            }
            sendAll(length * fragments, length);
            if (!underWay.isEmpty() && random.nextInt(LOSS) == 0) {
                lost.add(underWay.remove(0));
            } else if (!underWay.isEmpty()) {
                deliver(underWay.remove(random.nextInt(Math.min(underWay.size(), REORDERED))));
            }
            if (!lost.isEmpty() && (underWay.isEmpty() || random.nextInt(LATE) == 0)) {
                deliver(lost.remove(0));
            }
            if (random.nextInt(4) == 0) {
                now += random.nextLong(RTT_NANOS / 8);
                receiver.endOfBurst(RTT_NANOS, false, now);
            }
            if (random.nextInt(4) == 0) {
                acknowledge();
            }
            // Sometimes nobody reads for a while.
            if (step / 400 % 3 != 0) {
                while (receiver.take((stream, ppid, unordered, payload, part) -> {})) {}
            }
        }
        assertTrue(acked.cardinality() > 0);
    }

    private void begin(DataFormat dataFormat) {
        format = dataFormat;
        memory.scarce = false;
        receiver = receiver();
        window = LEAST_WINDOW;
        nextTsn = FIRST_TSN;
        unackedBytes = 0;
        left = 0;
        number = 0;
        underWay.clear();
        lost.clear();
        unacked.clear();
        acked.clear();
    }

    /** All that the window has room for, in messages and fragments so long; the last one is as long as the room. */
    private void sendAll(int message, int length) {
        for (long room = window - unackedBytes; room >= LEAST_FRAGMENT; room = window - unackedBytes) {
            boolean begins = left == 0;
            left = begins ? message : left;
            int part = (int) Math.min(Math.min(left, length), room);
            // No crumbs: a short rest goes with this one, or waits for room.
            part = room - part < LEAST_FRAGMENT && room <= MAX_FRAGMENT ? (int) Math.min(room, left) : part;
            left -= part;
            fsn = begins ? 0 : fsn + 1;
            int flags = (begins ? DataFlags.BEGINNING : 0) | (left == 0 ? DataFlags.END : 0);
            Sent sent = new Sent(nextTsn++, number, fsn, flags, part);
            number += left == 0 ? 1 : 0;
            underWay.add(sent);
            unacked.add(sent);
            unackedBytes += part;
        }
    }

    private void deliver(Sent sent) {
        writer.begin(buffer.clear(), PACKET, 5000, 5000, 1);
        ByteBuffer payload = ByteBuffer.allocate(sent.length);
        int tsn = (int) sent.tsn;
        writer.add(
                format == DataFormat.DATA
                        ? new DataChunk(sent.flags, tsn, 1, sent.number & 0xFFFF, 51, payload, 0, sent.length)
                        : new IDataChunk(
                                sent.flags,
                                tsn,
                                1,
                                sent.number,
                                sent.fsn == 0 ? 51 : sent.fsn,
                                payload,
                                0,
                                sent.length));
        writer.finish(ChecksumMode.CRC32C);
        read();
        DataView data = reader.data();
        assertNotNull(data);
        assertEquals(
                DataReceiver.Result.ACCEPTED,
                receiver.handleData(data, 2, reader.buffer()),
                () -> format + " " + sent + " of " + unackedBytes + " in a window of " + window);
        receiver.endOfPacket();
    }

    private void read() {
        assertEquals(PacketStatus.VALID, reader.wrap(buffer.flip(), ChecksumMode.CRC32C));
        assertTrue(reader.next());
    }

    /** A SACK goes to the sender. */
    private void acknowledge() {
        writer.begin(buffer.clear(), PACKET, 5000, 5000, 1);
        assertTrue(receiver.writeSack(writer));
        writer.finish(ChecksumMode.CRC32C);
        receiver.onSackSent(now);
        read();
        SackView sack = reader.sack();
        assertNotNull(sack);
        acked.clear();
        long cumulative = FIRST_TSN + (sack.cumulativeTsnAck() - (int) FIRST_TSN);
        acked.set(0, (int) (cumulative - FIRST_TSN + 1));
        for (int i = 0; i < sack.gapAckBlockCount(); i++) {
            int from = (int) (cumulative - FIRST_TSN) + sack.gapAckBlockStart(i);
            acked.set(from, (int) (cumulative - FIRST_TSN) + sack.gapAckBlockEnd(i) + 1);
        }
        unacked.removeIf(sent -> acked.get((int) (sent.tsn - FIRST_TSN)));
        unackedBytes = unacked.stream().mapToLong(Sent::length).sum();
        window = sack.aRwnd();
    }
}
