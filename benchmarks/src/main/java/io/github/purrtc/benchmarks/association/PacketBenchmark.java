package io.github.purrtc.benchmarks.association;

import io.github.purrtc.sctp.packet.ChecksumMode;
import io.github.purrtc.sctp.packet.DataFlags;
import io.github.purrtc.sctp.packet.DataView;
import io.github.purrtc.sctp.packet.PacketReader;
import io.github.purrtc.sctp.packet.PacketStatus;
import io.github.purrtc.sctp.packet.PacketWriter;
import io.github.purrtc.sctp.packet.SackView;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/** Packets written and read, checksum included; one operation is one packet. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class PacketBenchmark {
    private static final int MAX_PACKET_SIZE = 1160;
    private static final int PAYLOAD = 1132;
    private static final int SMALL_PAYLOAD = 64;
    private static final int SMALL_CHUNKS = 14;
    private static final int GAP_BLOCKS = 16;

    private final PacketWriter writer = new PacketWriter();
    private final PacketReader reader = new PacketReader();
    private final ByteBuffer payload = ByteBuffer.allocate(PAYLOAD);
    private final ByteBuffer out = ByteBuffer.allocateDirect(MAX_PACKET_SIZE);
    private final int[] gaps = new int[2 * GAP_BLOCKS];
    private final int[] duplicates = {};
    private final ByteBuffer fullPacket = ByteBuffer.allocateDirect(MAX_PACKET_SIZE);
    private final ByteBuffer smallChunksPacket = ByteBuffer.allocateDirect(MAX_PACKET_SIZE);
    private final ByteBuffer sackPacket = ByteBuffer.allocateDirect(MAX_PACKET_SIZE);

    /** The packets that are read. */
    @Setup
    public void prepare() {
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = 2 + 3 * i;
        }
        writeFull(fullPacket);
        writeSmallChunks(smallChunksPacket);
        writeSack(sackPacket);
        fullPacket.flip();
        smallChunksPacket.flip();
        sackPacket.flip();
    }

    @Benchmark
    public int encodeFullData() {
        return writeFull(out.clear());
    }

    @Benchmark
    public int encodeSmallData() {
        return writeSmallChunks(out.clear());
    }

    @Benchmark
    public int encodeSack() {
        return writeSack(out.clear());
    }

    @Benchmark
    public int decodeFullData() {
        return readData(fullPacket);
    }

    @Benchmark
    public int decodeSmallData() {
        return readData(smallChunksPacket);
    }

    @Benchmark
    public int decodeSack() {
        requireValid(reader.wrap(sackPacket, ChecksumMode.CRC32C));
        int sum = 0;
        while (reader.next()) {
            SackView sack = reader.sack();
            for (int i = 0; sack != null && i < sack.gapAckBlockCount(); i++) {
                sum += sack.gapAckBlockStart(i) + sack.gapAckBlockEnd(i);
            }
        }
        return sum;
    }

    private int writeFull(ByteBuffer packet) {
        writer.begin(packet, MAX_PACKET_SIZE, 5000, 5000, 0x12345678);
        writer.addData(DataFlags.BEGINNING | DataFlags.END, 1, 1, 1, 53, PAYLOAD);
        writer.putUserData(payload, 0, PAYLOAD);
        return writer.finish(ChecksumMode.CRC32C);
    }

    private int writeSmallChunks(ByteBuffer packet) {
        writer.begin(packet, MAX_PACKET_SIZE, 5000, 5000, 0x12345678);
        for (int i = 0; i < SMALL_CHUNKS; i++) {
            writer.addData(DataFlags.BEGINNING | DataFlags.END, i, 1, i, 53, SMALL_PAYLOAD);
            writer.putUserData(payload, 0, SMALL_PAYLOAD);
        }
        return writer.finish(ChecksumMode.CRC32C);
    }

    private int writeSack(ByteBuffer packet) {
        writer.begin(packet, MAX_PACKET_SIZE, 5000, 5000, 0x12345678);
        writer.addSack(1, 1 << 20, gaps, GAP_BLOCKS, duplicates, 0);
        return writer.finish(ChecksumMode.CRC32C);
    }

    private int readData(ByteBuffer packet) {
        requireValid(reader.wrap(packet, ChecksumMode.CRC32C));
        int sum = 0;
        while (reader.next()) {
            DataView data = reader.data();
            sum += data == null ? 0 : data.tsn() + data.payloadLength();
        }
        return sum;
    }

    private static void requireValid(PacketStatus status) {
        if (status != PacketStatus.VALID) {
            throw new IllegalStateException("the packet is not valid: " + status);
        }
    }
}
