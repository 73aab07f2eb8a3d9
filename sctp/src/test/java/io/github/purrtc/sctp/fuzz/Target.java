package io.github.purrtc.sctp.fuzz;

import io.github.purrtc.sctp.SctpAssociation;
import io.github.purrtc.sctp.SctpEvent;
import io.github.purrtc.sctp.SctpMessage;
import io.github.purrtc.sctp.SctpMetrics;
import io.github.purrtc.sctp.SctpOptions;
import io.github.purrtc.sctp.SctpSendOptions;
import io.github.purrtc.sctp.SctpState;
import io.github.purrtc.sctp.SendStatus;
import io.github.purrtc.sctp.packet.ChecksumMode;
import io.github.purrtc.sctp.packet.Chunk;
import io.github.purrtc.sctp.packet.CookieEchoChunk;
import io.github.purrtc.sctp.packet.DataView;
import io.github.purrtc.sctp.packet.InitAckChunk;
import io.github.purrtc.sctp.packet.InitChunk;
import io.github.purrtc.sctp.packet.MalformedPacketException;
import io.github.purrtc.sctp.packet.PacketReader;
import io.github.purrtc.sctp.packet.PacketStatus;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The association A under attack, brought into a state with the help of an honest Z, and what an attacker in Z's place has learnt. */
final class Target {
    private static final long RECEIVE_WINDOW = 256 * 1024;
    private static final long SEND_LIMIT = 1 << 20;
    private static final long SLACK = 2 << 20;
    private static final int MAX_PACKETS_AT_ONCE = 1_200;

    final SctpAssociation a;
    /** Whether A and Z speak I-DATA. */
    final boolean interleaving;
    /** What A was told by Z, and what it told: raw material for the attacker. */
    final List<byte[]> seen = new ArrayList<>();

    private final SctpAssociation z;
    private final PacketReader reader = new PacketReader();
    private final ByteBuffer packet = ByteBuffer.allocate(2_000);

    long now = 1;
    int tagOfA;
    int tagOfZ;
    int lastTsnOfA;
    int lastTsnOfZ;
    byte[] cookie = new byte[0];
    private boolean ended;
    private boolean readsNothing;
    /** The streams on which a message may be open. */
    private final Set<Integer> open = new HashSet<>();

    Target(StartingState state, SplittableRandom random) {
        this(state, random, false);
    }

    Target(StartingState state, SplittableRandom random, boolean interleaving) {
        this.interleaving = interleaving;
        SctpOptions options = SctpOptions.builder()
                .receiveWindow(RECEIVE_WINDOW)
                .sendBufferLimit(SEND_LIMIT)
                .maxInboundMessageSize(128 * 1024)
                .interleaving(interleaving)
                .build();
        a = new SctpAssociation(options, random.split());
        z = new SctpAssociation(options, random.split());
        bringInto(state);
        String name = state.name();
        assertEquals(SctpState.valueOf(name.startsWith("ESTABLISHED") ? "ESTABLISHED" : name), a.state());
    }

    /** One packet of the attacker, as one burst, and everything that follows from it. */
    void attack(byte[] bytes) {
        a.receive(ByteBuffer.wrap(bytes.clone()), now);
        a.endOfBurst(now);
        settle();
    }

    void timePasses(long nanos) {
        now += nanos;
        if (a.nextTimeout() <= now) {
            a.onTimeout(now);
            assertTrue(a.nextTimeout() > now, "the timer that fired is armed in the past");
        }
        settle();
    }

    void sendPart(int streamId, int size, boolean last) {
        SendStatus status =
                a.sendPart(streamId, 53, ByteBuffer.allocate(size), last, SctpSendOptions.RELIABLE_ORDERED, now);
        assertTrue(!ended || status == SendStatus.CLOSED, () -> status + " after the end");
        if (status == SendStatus.QUEUED && !last) {
            open.add(streamId);
        } else if (status != SendStatus.BUFFER_FULL) {
            open.remove(streamId);
        }
        settle();
    }

    void abandonMessage(int streamId) {
        a.abandonMessage(streamId, now);
        open.remove(streamId);
        settle();
    }

    void send(int streamId, int size, SctpSendOptions options) {
        if (open.contains(streamId)) {
            return;
        }
        SendStatus status = a.send(streamId, 53, ByteBuffer.allocate(size), options, now);
        assertTrue(!ended || status == SendStatus.CLOSED, () -> status + " after the end");
        settle();
    }

    /** Reads or stops reading what A delivers. */
    void reads(boolean reads) {
        readsNothing = !reads;
        settle();
    }

    /** Takes what A has to say and to send, and checks what must hold whatever came in. */
    void settle() {
        for (SctpEvent event = a.poll(); event != null; event = a.poll()) {
            assertTrue(!ended, "an event after the last: " + event);
            ended = event instanceof SctpEvent.Closed || event instanceof SctpEvent.Aborted;
        }
        if (!readsNothing) {
            for (SctpMessage message = a.nextMessage(); message != null; message = a.nextMessage()) {
                checkContent(message);
            }
        }
        for (byte[] sent : transmitAll(a)) {
            learn(sent, true);
        }
        checkInvariants();
    }

    boolean hasEnded() {
        return ended;
    }

    /** All bytes of a message on stream s are s: none can have come from another stream's chunk. */
    private static void checkContent(SctpMessage message) {
        ByteBuffer payload = message.payload();
        boolean abandoned = message.part() != null && message.part().mark() == SctpMessage.Mark.ABANDONED;
        assertTrue(payload.hasRemaining() != abandoned, "an empty message");
        while (payload.hasRemaining()) {
            assertEquals((byte) message.streamId(), payload.get(), "a byte of another stream");
        }
    }

    private void checkInvariants() {
        SctpMetrics metrics = a.metrics();
        assertTrue(metrics.heldBytes() <= RECEIVE_WINDOW + SLACK, () -> "held: " + metrics.heldBytes());
        assertTrue(
                metrics.bufferedBytes() >= 0 && metrics.bufferedBytes() <= SEND_LIMIT,
                () -> "buffered: " + metrics.bufferedBytes());
        assertTrue(
                metrics.unsentBytes() >= 0 && metrics.unsentBytes() <= metrics.bufferedBytes(),
                () -> "unsent: " + metrics.unsentBytes());
        assertTrue(
                metrics.inFlightBytes() >= 0 && metrics.inFlightBytes() <= metrics.bufferedBytes(),
                () -> "in flight " + metrics.inFlightBytes() + " of " + metrics.bufferedBytes());
        if (ended) {
            assertEquals(SctpState.CLOSED, a.state());
            assertEquals(Long.MAX_VALUE, a.nextTimeout(), "a timer after the end");
        } else if (metrics.bufferedBytes() > 0 && open.isEmpty() && a.state() != SctpState.CLOSED) {
            assertTrue(a.nextTimeout() != Long.MAX_VALUE, "data outstanding and no timer");
        }
    }

    private List<byte[]> transmitAll(SctpAssociation from) {
        List<byte[]> packets = new ArrayList<>();
        packet.clear();
        while (from.transmit(packet, now)) {
            packets.add(Arrays.copyOf(packet.array(), packet.position()));
            packet.clear();
            assertTrue(packets.size() < MAX_PACKETS_AT_ONCE, "it does not stop to send");
        }
        return packets;
    }

    private void learn(byte[] bytes, boolean fromA) {
        assertEquals(
                PacketStatus.VALID,
                reader.wrap(ByteBuffer.wrap(bytes), ChecksumMode.CRC32C),
                "what is sent is well-formed");
        boolean hasData = false;
        while (reader.next()) {
            DataView data = reader.data();
            if (data != null) {
                hasData = true;
                learnTsn(data.tsn(), fromA);
            } else {
                learn(decoded(), fromA);
            }
        }
        // Changed user data could not be told from wrong user data.
        if (!hasData && seen.size() < 64) {
            seen.add(bytes);
        }
    }

    private Chunk decoded() {
        try {
            return reader.decode();
        } catch (MalformedPacketException e) {
            throw new AssertionError("what is sent is well-formed", e);
        }
    }

    private void learn(Chunk chunk, boolean fromA) {
        if (chunk instanceof InitChunk init) {
            learnInit(init.initiateTag(), init.initialTsn(), fromA);
        } else if (chunk instanceof InitAckChunk init) {
            learnInit(init.initiateTag(), init.initialTsn(), fromA);
        } else if (chunk instanceof CookieEchoChunk echo) {
            cookie = echo.cookie().toArray();
        }
    }

    private void learnInit(int tag, int initialTsn, boolean fromA) {
        if (fromA) {
            tagOfA = tag;
        } else {
            tagOfZ = tag;
        }
        learnTsn(initialTsn - 1, fromA);
    }

    private void learnTsn(int tsn, boolean fromA) {
        if (fromA) {
            lastTsnOfA = tsn;
        } else {
            lastTsnOfZ = tsn;
        }
    }

    private void bringInto(StartingState state) {
        switch (state) {
            case CLOSED -> {}
            case COOKIE_WAIT -> {
                a.connect(now);
                lose(a);
            }
            case COOKIE_ECHOED -> {
                a.connect(now);
                deliver(a, z);
                deliver(z, a);
                lose(a);
            }
            default -> {
                a.connect(now);
                converse();
                bringOnInto(state);
            }
        }
    }

    private void bringOnInto(StartingState state) {
        switch (state) {
            case ESTABLISHED_WITH_OUTSTANDING_DATA -> sendIntoTheVoid();
            case ESTABLISHED_WITH_A_GAP -> {
                honestData(20_000, 1);
                List<byte[]> packets = transmitAll(z);
                packets.remove(0);
                deliver(packets, a);
                lose(a);
            }
            case ESTABLISHED_WITH_A_FULL_WINDOW -> {
                readsNothing = true;
                for (int i = 0; i < 4; i++) {
                    honestData(100_000, i);
                }
                converse();
            }
            case ESTABLISHED_WITH_A_RESET_IN_FLIGHT -> {
                a.resetStreams(new int[] {1, 2, 3}, now);
                lose(a);
            }
            case SHUTDOWN_PENDING -> {
                sendIntoTheVoid();
                a.shutdown(now);
                lose(a);
            }
            case SHUTDOWN_SENT -> {
                a.shutdown(now);
                lose(a);
            }
            case SHUTDOWN_RECEIVED -> {
                sendIntoTheVoid();
                z.shutdown(now);
                deliver(z, a);
                lose(a);
            }
            case SHUTDOWN_ACK_SENT -> {
                z.shutdown(now);
                deliver(z, a);
                lose(a);
            }
            default -> {}
        }
    }

    private void sendIntoTheVoid() {
        for (int stream = 0; stream < 4; stream++) {
            a.send(stream, 53, ByteBuffer.allocate(5_000), SctpSendOptions.RELIABLE_ORDERED, now);
        }
        lose(a);
    }

    private void honestData(int size, int streamId) {
        byte[] content = new byte[size];
        Arrays.fill(content, (byte) streamId);
        z.send(streamId, 53, ByteBuffer.wrap(content), SctpSendOptions.RELIABLE_ORDERED, now);
    }

    /** A and Z talk until both have nothing more to say. */
    private void converse() {
        for (int round = 0; round < 100; round++) {
            now += 30_000_000;
            timeOut(a);
            timeOut(z);
            deliver(a, z);
            deliver(z, a);
        }
    }

    private void timeOut(SctpAssociation association) {
        if (association.nextTimeout() <= now) {
            association.onTimeout(now);
        }
    }

    private void deliver(SctpAssociation from, SctpAssociation to) {
        deliver(transmitAll(from), to);
    }

    private void deliver(List<byte[]> packets, SctpAssociation to) {
        for (byte[] bytes : packets) {
            learn(bytes, to == z);
            to.receive(ByteBuffer.wrap(bytes), now);
        }
        to.endOfBurst(now);
    }

    private void lose(SctpAssociation from) {
        transmitAll(from).forEach(bytes -> learn(bytes, from == a));
    }
}
