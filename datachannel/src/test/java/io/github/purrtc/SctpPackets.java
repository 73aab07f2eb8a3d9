package io.github.purrtc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** What a connection has sent and received, out of its packet log. */
public final class SctpPackets {
    private static final int ENHANCED_PACKET_BLOCK = 6;
    private static final int BLOCK_HEADER = 28;
    private static final int COMMON_HEADER = 12;
    private static final int DATA = 0;
    private static final int INIT = 1;
    private static final int COOKIE_ECHO = 10;
    private static final int I_DATA = 64;
    private static final int FLAGS_OUTBOUND = 2;

    private SctpPackets() {}

    /**
     * One packet.
     *
     * @param chunks the types, in their order
     * @param payloadProtocolIds those of the DATA and I-DATA chunks that begin a message, in their order
     */
    public record Packet(boolean outbound, List<Integer> chunks, List<Integer> payloadProtocolIds) {
        /** Whether it belongs to a handshake. */
        public boolean isHandshake() {
            return chunks.stream().anyMatch(type -> type == INIT || type == INIT + 1 || type == COOKIE_ECHO);
        }

        boolean hasData() {
            return !payloadProtocolIds.isEmpty();
        }
    }

    /** The packets of the only log in the folder. */
    public static List<Packet> in(Path folder) {
        try (Stream<Path> listing = Files.list(folder)) {
            List<Path> logs = listing.toList();
            assertEquals(1, logs.size(), logs::toString);
            return read(ByteBuffer.wrap(Files.readAllBytes(logs.get(0))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Packet> read(ByteBuffer log) {
        List<Packet> packets = new ArrayList<>();
        int at = 0;
        // One that is being written ends the list.
        while (at + BLOCK_HEADER <= log.limit() && at + log.getInt(at + 4) <= log.limit()) {
            if (log.getInt(at) == ENHANCED_PACKET_BLOCK) {
                int length = log.getInt(at + 20);
                int flags = log.getInt(at + BLOCK_HEADER + (length + 3 & ~3) + 4);
                packets.add(packet(log.slice(at + BLOCK_HEADER, length), flags == FLAGS_OUTBOUND));
            }
            at += log.getInt(at + 4);
        }
        return packets;
    }

    private static Packet packet(ByteBuffer packet, boolean outbound) {
        List<Integer> chunks = new ArrayList<>();
        List<Integer> payloadProtocolIds = new ArrayList<>();
        int at = COMMON_HEADER;
        while (at < packet.limit()) {
            int type = packet.get(at) & 0xFF;
            boolean begins = (packet.get(at + 1) & 2) != 0;
            chunks.add(type);
            if (begins && type == DATA) {
                payloadProtocolIds.add(packet.getInt(at + 12));
            } else if (begins && type == I_DATA) {
                payloadProtocolIds.add(packet.getInt(at + 16));
            }
            at += (packet.getShort(at + 2) & 0xFFFF) + 3 & ~3;
        }
        return new Packet(outbound, chunks, payloadProtocolIds);
    }
}
