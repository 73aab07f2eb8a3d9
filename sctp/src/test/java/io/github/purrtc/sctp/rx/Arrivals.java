package io.github.purrtc.sctp.rx;

import io.github.purrtc.sctp.packet.ChecksumMode;
import io.github.purrtc.sctp.packet.DataView;
import io.github.purrtc.sctp.packet.PacketReader;
import io.github.purrtc.sctp.packet.PacketWriter;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

import static org.junit.jupiter.api.Assertions.assertNotNull;

/** Chunks of user data as they come: one in a packet, by way of its bytes. */
final class Arrivals {
    private static final int HEADERS = 64;

    private Arrivals() {}

    /** @param header writes that of the chunk */
    static void add(ReassemblyQueue queue, long tsn, long cumulative, Consumer<PacketWriter> header, byte[] payload) {
        int size = payload.length + HEADERS;
        ByteBuffer packet = ByteBuffer.allocate(size);
        PacketWriter writer = new PacketWriter();
        writer.begin(packet, size, 1, 1, 1);
        header.accept(writer);
        writer.putUserData(payload, 0, payload.length);
        writer.finish(ChecksumMode.CRC32C);
        PacketReader reader = new PacketReader();
        reader.wrap(packet.flip(), ChecksumMode.CRC32C);
        reader.next();
        DataView data = reader.data();
        assertNotNull(data);
        queue.add(tsn, cumulative, data, packet);
    }
}
