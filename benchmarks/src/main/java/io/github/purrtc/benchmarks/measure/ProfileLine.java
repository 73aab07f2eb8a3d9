package io.github.purrtc.benchmarks.measure;

import io.github.purrtc.benchmarks.profile.Profile;

import java.util.Map;

/** A profile with garbage counted by the packet. */
final class ProfileLine {
    /** What 1,200 bytes of UDP payload leave for DATA chunks: without the record's 37 bytes, padding and the SCTP header. */
    private static final int PACKET_CHUNK_BYTES = 1148;

    /** Of I-DATA. */
    private static final int CHUNK_HEADER_BYTES = 20;

    private ProfileLine() {}

    /** @param bytes of messages that arrived meanwhile */
    static Line of(Profile profile, long bytes, int messageSize) {
        double packets = (double) bytes / userBytesPerPacket(messageSize);
        double perPacket = profile.allocatedBytes() / packets;
        return new Line()
                .put("packets", packets)
                .put("cpu", scaled(profile.cpuShares(), 100))
                .put("methods", scaled(profile.methodShares(), 100))
                .put("garbage_per_packet", perPacket)
                .put("own_garbage_per_packet", profile.ownBytes() / packets)
                .put("message_garbage_per_packet", profile.messageBytes() / packets)
                .put("cryptography_garbage_per_packet", profile.cryptographyBytes() / packets)
                .put("garbage", scaled(profile.allocationShares(), perPacket))
                .put("garbage_classes", scaled(profile.classShares(), perPacket))
                .put("gc_pause_ms", profile.collectionPauseNanos() / 1e6);
    }

    /** Large messages fill packets; small ones are bundled, whole. */
    static int userBytesPerPacket(int messageSize) {
        int chunk = (CHUNK_HEADER_BYTES + messageSize + 3) / 4 * 4;
        return chunk > PACKET_CHUNK_BYTES
                ? PACKET_CHUNK_BYTES - CHUNK_HEADER_BYTES
                : PACKET_CHUNK_BYTES / chunk * messageSize;
    }

    private static Line scaled(Map<String, Double> shares, double factor) {
        Line line = new Line();
        shares.forEach((name, share) -> line.put(name, factor * share));
        return line;
    }
}
