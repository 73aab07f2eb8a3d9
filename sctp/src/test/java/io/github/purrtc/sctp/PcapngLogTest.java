package io.github.purrtc.sctp;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class PcapngLogTest {
    /** 2026-01-02T03:04:05Z. */
    private static final long EPOCH_NANOS = 1_767_323_045_000_000_000L;

    private record Block(int type, ByteBuffer body) {}

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final PcapngLog log = new PcapngLog(Channels.newChannel(file), EPOCH_NANOS - Peer.SECOND);

    @Test
    @DisplayName("a section, an interface for SCTP in nanoseconds, and then the packets with time and direction")
    void writesBlocks() {
        log.comment("the first");
        log.onPacket(PacketObserver.Direction.INBOUND, ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5}), Peer.SECOND);
        log.onPacket(PacketObserver.Direction.OUTBOUND, ByteBuffer.wrap(new byte[4000]), Peer.SECOND + 7);
        List<Block> blocks = blocks(ByteBuffer.wrap(file.toByteArray()));
        assertEquals(
                List.of(0x0A0D0D0A, 1, 6, 6), blocks.stream().map(Block::type).toList());
        ByteBuffer section = blocks.get(0).body;
        assertEquals(0x1A2B3C4D, section.getInt());
        assertEquals(1 << 16, section.getInt());
        ByteBuffer description = blocks.get(1).body;
        assertEquals(248, description.getShort());
        assertEquals("2=sctp 9=\t", options(description.position(8)));

        ByteBuffer first = blocks.get(2).body;
        assertEquals(0, first.getInt());
        assertEquals(EPOCH_NANOS, first.getLong());
        assertEquals(5, first.getInt());
        assertEquals(5, first.getInt());
        assertEquals(0x01020304, first.getInt());
        assertEquals(5 << 24, first.getInt());
        assertEquals("2=\0\0\0\1 1=the first", options(first));

        ByteBuffer second = blocks.get(3).body;
        assertEquals(EPOCH_NANOS + 7, second.getLong(4));
        assertEquals(4000, second.getInt(12));
        assertEquals("2=\0\0\0\2", options(second.position(20 + 4000)));
    }

    @Test
    @DisplayName("a comment is cut between characters")
    void cutsComments() {
        log.comment("x" + "ü".repeat(3_000));
        log.onPacket(PacketObserver.Direction.INBOUND, ByteBuffer.wrap(new byte[4]), 0);
        ByteBuffer packet = blocks(ByteBuffer.wrap(file.toByteArray())).get(2).body;
        assertEquals("2=\0\0\0\1 1=x" + "ü".repeat(511), options(packet.position(24)));
    }

    @Test
    @DisplayName("the association shows what goes out and what comes in, malformed or not, unchanged")
    void seesEveryPacket() {
        Ladder ladder = new Ladder();
        List<String> seen = new ArrayList<>();
        ladder.a.association.setPacketObserver((direction, packet, nowNanos) -> {
            assertTrue(packet.isReadOnly());
            assertEquals(ladder.a.now, nowNanos);
            seen.add(direction + " " + (packet.remaining() < 12 ? "?" : Peer.names(packet)));
        });
        ladder.connect();
        ladder.a.receive(ByteBuffer.wrap(new byte[3]));
        assertEquals(
                List.of("OUTBOUND Init", "INBOUND InitAck", "OUTBOUND CookieEcho", "INBOUND CookieAck", "INBOUND ?"),
                seen);
        ladder.a.association.setPacketObserver(null);
        ladder.a.send(1, "unseen");
        ladder.exchange();
        assertEquals(5, seen.size());
    }

    @Test
    @DisplayName("a log that fails, or an observer that throws, does the association no harm")
    void failuresAreItsOwn() {
        Ladder ladder = new Ladder();
        PcapngLog broken = new PcapngLog(new Full(200), 0);
        assertNull(broken.failure());
        ladder.a.association.setPacketObserver(broken);
        ladder.z.association.setPacketObserver((direction, packet, nowNanos) -> {
            throw new IllegalStateException("not today");
        });
        ladder.connect();
        ladder.a.send(1, "text");
        ladder.exchange();
        assertEquals(List.of("text"), ladder.z.texts());
        assertNotNull(broken.failure());
    }

    @Test
    @DisplayName("tshark reads it")
    void tsharkReadsIt(@TempDir Path directory) throws Exception {
        assumeTrue(isOnPath("tshark"), "no tshark on the path");
        Path path = directory.resolve("log.pcapng");
        Ladder ladder = new Ladder();
        try (PcapngLog onDisk = new PcapngLog(
                Files.newByteChannel(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                EPOCH_NANOS - Peer.SECOND)) {
            ladder.a.association.setPacketObserver(onDisk);
            onDisk.comment("it begins");
            ladder.connect();
            ladder.a.send(7, "miaow");
            ladder.exchange();
        }
        String text = output(
                directory,
                List.of(
                        "tshark",
                        "-r",
                        path.toString(),
                        "-T",
                        "fields",
                        "-E",
                        "separator=,",
                        "-e",
                        "frame.time_epoch",
                        "-e",
                        "frame.packet_flags_direction",
                        "-e",
                        "sctp.chunk_type",
                        "-e",
                        "frame.comment"));
        assertEquals(
                List.of(
                        "1767323045.000000000,0x00000002,1,it begins",
                        "1767323045.000000000,0x00000001,2,",
                        "1767323045.000000000,0x00000002,10,",
                        "1767323045.000000000,0x00000001,11,",
                        "1767323045.000000000,0x00000002,0,"),
                text.lines().limit(5).toList());
    }

    private static boolean isOnPath(String program) {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(directory, program))) {
                return true;
            }
        }
        return false;
    }

    private static String output(Path directory, List<String> command) throws Exception {
        Path output = directory.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "tshark does not end");
        assertEquals(0, process.exitValue());
        return Files.readString(output);
    }

    /** Takes the file apart, and checks that the blocks' two lengths agree. */
    private static List<Block> blocks(ByteBuffer in) {
        List<Block> blocks = new ArrayList<>();
        while (in.hasRemaining()) {
            int start = in.position();
            int type = in.getInt();
            int length = in.getInt();
            assertEquals(0, length % 4);
            assertEquals(length, in.getInt(start + length - 4));
            blocks.add(new Block(type, in.slice(start + 8, length - 12)));
            in.position(start + length);
        }
        return blocks;
    }

    private static String options(ByteBuffer in) {
        StringBuilder text = new StringBuilder();
        while (in.hasRemaining()) {
            int code = in.getShort();
            byte[] value = new byte[in.getShort()];
            if (code == 0) {
                break;
            }
            in.get(value);
            in.position(in.position() + 3 & ~3);
            text.append(text.isEmpty() ? "" : " ")
                    .append(code)
                    .append('=')
                    .append(new String(value, StandardCharsets.UTF_8));
        }
        assertEquals(0, in.remaining());
        return text.toString();
    }

    /** A disk with so much room. */
    private static final class Full implements WritableByteChannel {
        private int room;

        Full(int room) {
            this.room = room;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            if (source.remaining() > room) {
                throw new IOException("no space left");
            }
            int length = source.remaining();
            room -= length;
            source.position(source.limit());
            return length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
