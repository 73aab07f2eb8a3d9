package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.Chunk;
import io.github.purrtc.sctp.packet.InitChunk;
import io.github.purrtc.sctp.packet.MalformedPacketException;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The INIT chunk of one side, told to the other by signalling in place of a packet (draft-hancke-tsvwg-snap). With both sides' an association
 * is up without a handshake: {@link SctpAssociation#connect(SignalledInit, SignalledInit, long)}. Immutable; equal by content.
 */
public final class SignalledInit {
    private final InitChunk init;

    private SignalledInit(InitChunk init) {
        this.init = init;
    }

    /**
     * An INIT of our own, as an association with these options would send it: with a new tag and a new initial TSN.
     *
     * @param random a secure one, but in tests
     */
    public static SignalledInit create(SctpOptions options, RandomGenerator random) {
        return new SignalledInit(Handshake.ownInit(
                options, Association.newTag(random), random.nextInt(), Capabilities.announcement(options)));
    }

    /**
     * The peer's.
     *
     * @param chunk with its header, with or without the padding of the last parameter
     * @throws IllegalArgumentException if it is no INIT chunk, or one that would be refused in a handshake (RFC 9260 §3.3.2)
     */
    public static SignalledInit parse(byte[] chunk) {
        if (chunk.length < Chunk.HEADER_LENGTH) {
            throw new IllegalArgumentException("too short for a chunk: " + chunk.length + " bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(chunk);
        int type = in.get() & 0xFF;
        int flags = in.get() & 0xFF;
        int length = in.getShort() & 0xFFFF;
        if (type != InitChunk.TYPE) {
            throw new IllegalArgumentException("no INIT, but a chunk of type " + type);
        }
        if (length > chunk.length || length < Chunk.HEADER_LENGTH || chunk.length - length > 3) {
            throw new IllegalArgumentException("a chunk of " + length + " bytes in " + chunk.length);
        }
        try {
            Chunk decoded = Chunk.decode(type, flags, in, Chunk.HEADER_LENGTH, length - Chunk.HEADER_LENGTH);
            return new SignalledInit(requireUsable((InitChunk) decoded));
        } catch (MalformedPacketException e) {
            throw new IllegalArgumentException("a malformed INIT: " + e.getMessage(), e);
        }
    }

    private static InitChunk requireUsable(InitChunk init) {
        if (init.initiateTag() == 0) {
            throw new IllegalArgumentException("an INIT with a tag of 0");
        }
        if (!PeerParameters.of(init).isUsable()) {
            throw new IllegalArgumentException("an INIT without streams or window");
        }
        return init;
    }

    InitChunk init() {
        return init;
    }

    /** The chunk with its header, without the padding of the last parameter. */
    public byte[] toBytes() {
        ByteBuffer out = ByteBuffer.allocate(init.paddedLength());
        init.write(out);
        return Arrays.copyOf(out.array(), init.length());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignalledInit same && init.equals(same.init);
    }

    @Override
    public int hashCode() {
        return init.hashCode();
    }

    @Override
    public String toString() {
        return init.toString();
    }
}
