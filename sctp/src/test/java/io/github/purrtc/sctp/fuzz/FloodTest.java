package io.github.purrtc.sctp.fuzz;

import io.github.purrtc.sctp.SctpState;
import io.github.purrtc.sctp.packet.Bytes;
import io.github.purrtc.sctp.packet.ChecksumMode;
import io.github.purrtc.sctp.packet.Chunk;
import io.github.purrtc.sctp.packet.CookieAckChunk;
import io.github.purrtc.sctp.packet.DataChunk;
import io.github.purrtc.sctp.packet.DataFlags;
import io.github.purrtc.sctp.packet.ForwardTsnChunk;
import io.github.purrtc.sctp.packet.HeartbeatChunk;
import io.github.purrtc.sctp.packet.HeartbeatInfoParameter;
import io.github.purrtc.sctp.packet.OutgoingSsnResetRequest;
import io.github.purrtc.sctp.packet.PacketWriter;
import io.github.purrtc.sctp.packet.ReConfigChunk;
import io.github.purrtc.sctp.packet.UnknownChunk;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** More of the same than anybody needs: what is held and what is answered stays bounded, and the association lives on. */
class FloodTest {
    private static final int MTU = 1_160;

    private final Target target = new Target(StartingState.ESTABLISHED, new SplittableRandom(1));
    private final int firstTsn = target.lastTsnOfZ + 1;

    @Test
    void fragmentsOfAMessageThatNeverBegins() {
        // One byte each, the first one missing; the target checks after each that no more than the window is held.
        for (int i = 1; i < 30_000; i++) {
            target.attack(packet(data(firstTsn + i, 0, 1)));
        }
        assertEquals(SctpState.ESTABLISHED, target.a.state());
    }

    @Test
    void aGapAfterEveryTsn() {
        for (int i = 1; i < 30_000; i += 2) {
            target.attack(packet(data(firstTsn + i, DataFlags.BEGINNING | DataFlags.END | DataFlags.UNORDERED, 10)));
        }
        assertEquals(SctpState.ESTABLISHED, target.a.state());
        // What fills the gaps is still delivered.
        target.attack(packet(data(firstTsn, DataFlags.BEGINNING | DataFlags.END | DataFlags.UNORDERED, 10)));
        assertTrue(target.a.metrics().messagesReceived() > 0);
    }

    @Test
    @DisplayName("C144 a FORWARD TSN absurdly far ahead")
    void forwardTsnFarAhead() {
        for (int distance = 100_000; distance > 0; distance <<= 1) {
            target.attack(packet(new ForwardTsnChunk(firstTsn + distance, List.of())));
        }
        target.attack(packet(data(firstTsn, DataFlags.BEGINNING | DataFlags.END, 10)));
        assertEquals(1, target.a.metrics().messagesReceived());
    }

    @Test
    void resetsOfManyStreams() {
        int[] streamIds = new int[500];
        Arrays.setAll(streamIds, i -> i * 100);
        for (int i = 0; i < 5_000; i++) {
            target.attack(packet(
                    new ReConfigChunk(List.of(new OutgoingSsnResetRequest(firstTsn + i, 0, firstTsn - 1, streamIds)))));
        }
        assertEquals(SctpState.ESTABLISHED, target.a.state());
    }

    @Test
    @DisplayName("C22 as many chunks as fit")
    void manyChunksInAPacket() {
        Chunk[] chunks = new Chunk[280];
        Arrays.fill(chunks, new CookieAckChunk());
        target.attack(packet(chunks));
        Arrays.fill(chunks, new UnknownChunk(0xFF, 0, Bytes.EMPTY));
        long before = target.a.metrics().packetsSent();
        target.attack(packet(chunks));
        assertTrue(target.a.metrics().packetsSent() - before < 10, "answers to one packet");
    }

    @Test
    @DisplayName("answers of a burst are bounded, whatever is in it")
    void aBurstOfRequests() {
        Chunk[] chunks = new Chunk[60];
        Arrays.fill(chunks, new HeartbeatChunk(List.of(new HeartbeatInfoParameter(Bytes.copyOf(new byte[8])))));
        byte[] packet = packet(chunks);
        long before = target.a.metrics().packetsSent();
        for (int i = 0; i < 1_000; i++) {
            target.a.receive(ByteBuffer.wrap(packet), target.now);
        }
        target.a.endOfBurst(target.now);
        target.settle();
        assertTrue(target.a.metrics().packetsSent() - before < 100, "answers to one burst");
        assertEquals(SctpState.ESTABLISHED, target.a.state());
    }

    private static Chunk data(int tsn, int flags, int size) {
        return new DataChunk(flags, tsn, 0, 0, 53, ByteBuffer.allocate(size), 0, size);
    }

    private byte[] packet(Chunk... chunks) {
        ByteBuffer out = ByteBuffer.allocate(MTU);
        PacketWriter writer = new PacketWriter();
        writer.begin(out, MTU, 5000, 5000, target.tagOfA);
        for (Chunk chunk : chunks) {
            writer.add(chunk);
        }
        writer.finish(ChecksumMode.CRC32C);
        return Arrays.copyOf(out.array(), out.position());
    }
}
