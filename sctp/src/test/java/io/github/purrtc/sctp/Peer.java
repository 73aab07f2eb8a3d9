package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.ChecksumMode;
import io.github.purrtc.sctp.packet.Chunk;
import io.github.purrtc.sctp.packet.MalformedPacketException;
import io.github.purrtc.sctp.packet.PacketReader;
import io.github.purrtc.sctp.packet.PacketStatus;
import io.github.purrtc.sctp.packet.PacketWriter;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** One side of a ladder: an association with its clock, and what the test wants to know of its packets. */
final class Peer {
    static final long MILLI = 1_000_000;
    static final long SECOND = 1_000 * MILLI;

    final SctpOptions options;
    final SctpAssociation association;
    long now = SECOND;

    /** The defaults, but with DATA as the ladders name it; interleaving has ladders of its own. */
    static final SctpOptions DEFAULTS = options().build();

    static SctpOptions.Builder options() {
        return SctpOptions.builder().interleaving(false);
    }

    Peer(int seed) {
        this(seed, DEFAULTS);
    }

    Peer(int seed, SctpOptions options) {
        this.options = options;
        association = new SctpAssociation(options, new SplittableRandom(seed));
    }

    /** The next packet, or null. */
    ByteBuffer next() {
        ByteBuffer out = ByteBuffer.allocate(options.maxPacketSize());
        return association.transmit(out, now) ? out.flip() : null;
    }

    /** All packets that are to be sent now. */
    List<ByteBuffer> all() {
        List<ByteBuffer> packets = new ArrayList<>();
        for (ByteBuffer packet = next(); packet != null; packet = next()) {
            packets.add(packet);
        }
        return packets;
    }

    /** Takes in packets as one burst. */
    void receive(List<ByteBuffer> packets) {
        for (ByteBuffer packet : packets) {
            association.receive(packet, now);
        }
        association.endOfBurst(now);
    }

    void receive(ByteBuffer... packets) {
        receive(List.of(packets));
    }

    /** Takes in a packet made of these chunks. */
    void receive(int verificationTag, Chunk... chunks) {
        receive(packet(verificationTag, chunks));
    }

    ByteBuffer packet(int verificationTag, Chunk... chunks) {
        ByteBuffer out = ByteBuffer.allocate(65_536);
        PacketWriter writer = new PacketWriter();
        writer.begin(out, 65_532, options.destinationPort(), options.sourcePort(), verificationTag);
        for (Chunk chunk : chunks) {
            writer.add(chunk);
        }
        writer.finish(ChecksumMode.CRC32C);
        return out.flip();
    }

    /** Moves the clock to the next deadline and lets it pass. */
    void elapse() {
        long next = association.nextTimeout();
        if (next == Long.MAX_VALUE) {
            throw new AssertionError("no timer is armed");
        }
        now = Math.max(now, next);
        association.onTimeout(now);
    }

    void elapse(long nanos) {
        long until = now + nanos;
        while (association.nextTimeout() <= until) {
            elapse();
        }
        now = until;
    }

    List<SctpEvent> events() {
        List<SctpEvent> events = new ArrayList<>();
        for (SctpEvent event = association.poll(); event != null; event = association.poll()) {
            events.add(event);
        }
        return events;
    }

    List<SctpMessage> messages() {
        List<SctpMessage> messages = new ArrayList<>();
        for (SctpMessage message = association.nextMessage(); message != null; message = association.nextMessage()) {
            messages.add(message);
        }
        return messages;
    }

    List<String> texts() {
        return messages().stream().map(Peer::text).toList();
    }

    SendStatus send(int streamId, String text) {
        return send(streamId, text.getBytes(StandardCharsets.UTF_8), SctpSendOptions.RELIABLE_ORDERED);
    }

    SendStatus send(int streamId, byte[] bytes, SctpSendOptions sendOptions) {
        return association.send(streamId, 51, ByteBuffer.wrap(bytes), sendOptions, now);
    }

    static String text(SctpMessage message) {
        return StandardCharsets.UTF_8.decode(message.payload().duplicate()).toString();
    }

    /** The chunks of a packet. */
    static List<Chunk> chunks(ByteBuffer packet) {
        PacketReader reader = new PacketReader();
        if (reader.wrap(packet, ChecksumMode.CRC32C) != PacketStatus.VALID) {
            throw new AssertionError("not a valid packet");
        }
        List<Chunk> chunks = new ArrayList<>();
        try {
            while (reader.next()) {
                chunks.add(reader.decode());
            }
        } catch (MalformedPacketException e) {
            throw new AssertionError("a malformed chunk", e);
        }
        return chunks;
    }

    /** The names of a packet's chunks, in order: {@code "CookieEcho Data"}. */
    static String names(ByteBuffer packet) {
        StringBuilder names = new StringBuilder();
        for (Chunk chunk : chunks(packet)) {
            names.append(names.isEmpty() ? "" : " ")
                    .append(chunk.getClass().getSimpleName().replace("Chunk", ""));
        }
        return names.toString();
    }

    static int verificationTag(ByteBuffer packet) {
        return packet.getInt(packet.position() + 4);
    }

    /** The first chunk of a packet, which must be of that type. */
    static <T extends Chunk> T first(Class<T> type, ByteBuffer packet) {
        return type.cast(chunks(packet).get(0));
    }
}
