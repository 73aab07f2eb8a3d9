package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * ABORT chunk, <a href="https://www.rfc-editor.org/rfc/rfc9260#section-3.3.7">RFC 9260 §3.3.7</a>.
 *
 * @param tagReflected the T bit: the packet carries the receiver's own tag, for want of another (§8.5.1)
 * @param causes what the peer says was wrong; a malformed cause and what follows it are left out, for an ABORT ends the
 *     association whatever its causes look like
 */
public record AbortChunk(boolean tagReflected, List<ErrorCause> causes) implements Chunk {
    public static final int TYPE = 6;
    static final int TAG_REFLECTED = 1;

    static AbortChunk decode(int flags, WireReader value) {
        return new AbortChunk((flags & TAG_REFLECTED) != 0, value.elementsUntilMalformed(ErrorCause::decode));
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
        return Wire.listLength(causes);
    }

    @Override
    public void writeValue(ByteBuffer out) {
        Wire.writeList(out, causes);
    }
}
