package io.github.purrtc.dtls.internal;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** What came too early, copied, the oldest kept: so many pieces and bytes at most. */
public final class HeldBack {
    private final int maxPieces;
    private final int maxBytes;
    private final Deque<byte[]> pieces = new ArrayDeque<>(0);
    private int bytes;

    public HeldBack(int maxPieces, int maxBytes) {
        this.maxPieces = maxPieces;
        this.maxBytes = maxBytes;
    }

    /** Copies a part of a buffer, which stays as it is. @return whether there was room */
    public boolean add(ByteBuffer source, int position, int length) {
        if (pieces.size() >= maxPieces || bytes + length > maxBytes) {
            return false;
        }
        byte[] piece = new byte[length];
        source.get(position, piece);
        pieces.add(piece);
        bytes += length;
        return true;
    }

    /** The oldest; null when there is none. */
    public byte @Nullable [] poll() {
        byte[] piece = pieces.poll();
        bytes -= piece == null ? 0 : piece.length;
        return piece;
    }

    public void clear() {
        pieces.clear();
        bytes = 0;
    }
}
