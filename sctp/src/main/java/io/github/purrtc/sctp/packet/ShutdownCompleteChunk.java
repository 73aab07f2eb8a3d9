package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;

/**
 * SHUTDOWN COMPLETE chunk, <a href="https://www.rfc-editor.org/rfc/rfc9260#section-3.3.13">RFC 9260 §3.3.13</a>.
 *
 * @param tagReflected the T bit: the packet carries the receiver's own tag, for want of another (§8.5.1)
 */
public record ShutdownCompleteChunk(boolean tagReflected) implements Chunk {
    public static final int TYPE = 14;
    static final int TAG_REFLECTED = 1;

    static ShutdownCompleteChunk decode(int flags, WireReader value) {
        return new ShutdownCompleteChunk((flags & TAG_REFLECTED) != 0);
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int flags() {
        return tagReflected ? TAG_REFLECTED : 0;
    }

    @Override
    public int valueLength() {
        return 0;
    }

    @Override
    public void writeValue(ByteBuffer out) {}
}
