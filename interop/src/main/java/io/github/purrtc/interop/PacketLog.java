package io.github.purrtc.interop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory for the SCTP packets of one connection, which {@code Configuration.packetLog} writes as pcapng. */
final class PacketLog implements AutoCloseable {
    private static final int ENHANCED_PACKET_BLOCK = 6;
    private static final int PACKET_LENGTH = 20;
    private static final int PACKET = 28;
    /** Type of the first chunk, behind the common header (RFC 9260 §3.1). */
    private static final int FIRST_CHUNK = PACKET + 12;

    /** What follows a packet: the option epb_flags, 4 bytes long, and in it the direction. */
    private static final int OUTBOUND = 2;

    private static final int DATA = 0;
    private static final int I_DATA = 64;
    private static final int SACK = 3;

    private final Path directory;

    private PacketLog(Path directory) {
        this.directory = directory;
    }

    static PacketLog create() throws IOException {
        return new PacketLog(Files.createTempDirectory("purrtc-packets-"));
    }

    Path directory() {
        return directory;
    }

    /** The longest packet with user data that was sent, in bytes of SCTP; 0 if there is none. */
    int longestSent() throws IOException {
        int longest = 0;
        for (Path file : files()) {
            ByteBuffer blocks = ByteBuffer.wrap(Files.readAllBytes(file));
            // The last block may be there in part only.
            for (int at = 0; at + FIRST_CHUNK < blocks.limit(); at += blocks.getInt(at + 4)) {
                if (blocks.getInt(at) == ENHANCED_PACKET_BLOCK && carriesData(blocks.get(at + FIRST_CHUNK))) {
                    int length = blocks.getInt(at + PACKET_LENGTH);
                    int direction = blocks.getInt(at + PACKET + (length + 3 & ~3) + Integer.BYTES);
                    longest = direction == OUTBOUND ? Math.max(longest, length) : longest;
                }
            }
        }
        return longest;
    }

    private static boolean carriesData(byte firstChunk) {
        return firstChunk == DATA || firstChunk == I_DATA || firstChunk == SACK;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
