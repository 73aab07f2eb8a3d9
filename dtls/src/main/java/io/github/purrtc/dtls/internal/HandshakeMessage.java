package io.github.purrtc.dtls.internal;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.BitSet;

/** One handshake message being put together from its fragments (RFC 6347 §4.2.3). Work is linear in the fragments' bytes. */
final class HandshakeMessage {
    final int type;
    final int length;

    private byte @Nullable [] body;
    private @Nullable BitSet present;
    private int missing;

    HandshakeMessage(int type, int length) {
        this.type = type;
        this.length = length;
        this.missing = length;
    }

    /** The memory held for it. */
    int heldBytes() {
        return body == null ? 0 : length;
    }

    boolean isComplete() {
        return missing == 0 && (body != null || length == 0);
    }

    /** Adds what is new of a fragment that lies within the message; of two that overlap, the first one counts. */
    void add(ByteBuffer source, int index, int offset, int fragmentLength) {
        byte[] bytes = body;
        BitSet bits = present;
        if (bytes == null || bits == null) {
            body = bytes = new byte[length];
            present = bits = new BitSet(length);
        }
        int end = offset + fragmentLength;
        int from = bits.nextClearBit(offset);
        while (from < end) {
            int next = bits.nextSetBit(from);
            int to = next < 0 || next > end ? end : next;
            source.get(index + from - offset, bytes, from, to - from);
            bits.set(from, to);
            missing -= to - from;
            from = bits.nextClearBit(to);
        }
    }

    /** Gives the body away; fragments that come later begin anew. */
    byte[] take() {
        byte[] bytes = body;
        body = null;
        present = null;
        missing = length;
        return bytes == null ? new byte[length] : bytes;
    }
}
