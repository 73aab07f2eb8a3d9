package io.github.purrtc.ice.internal.net;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Takes a TCP stream apart into frames: two bytes of length, then as many of content (RFC 4571 §2). Memory is taken for what
 * has come, not for what was announced.
 */
final class FrameReader {
    static final int MOST_BYTES = 65_535;
    static final int HEADER_BYTES = 2;

    private static final int KEPT_BYTES = 2_048;

    private int headerBytes;
    private int length;
    private byte @Nullable [] partial;
    private int partialBytes;

    /**
     * Reads all that is in the buffer. Empty frames are passed over.
     *
     * @param mostBytes asked before each frame is read
     * @param sink gets each frame; the content is valid during the call only
     * @return false if a frame is longer than may be: the stream is of no use any more
     */
    boolean read(ByteBuffer in, Limit mostBytes, Consumer<ByteBuffer> sink) {
        while (in.hasRemaining()) {
            if (headerBytes < HEADER_BYTES) {
                length = (length << 8) | (in.get() & 0xFF);
                headerBytes++;
                if (headerBytes == HEADER_BYTES && length > mostBytes.bytes()) {
                    return false;
                }
            } else if (partialBytes == 0 && in.remaining() >= length) {
                deliverWhole(in, sink);
            } else {
                gather(in, sink);
            }
            if (headerBytes == HEADER_BYTES && length == 0) {
                headerBytes = 0;
            }
        }
        return true;
    }

    /** How long a frame may be at the moment. */
    interface Limit {
        int bytes();
    }

    private void deliverWhole(ByteBuffer in, Consumer<ByteBuffer> sink) {
        int limit = in.limit();
        int end = in.position() + length;
        in.limit(end);
        endFrame();
        try {
            sink.accept(in);
        } finally {
            in.limit(limit).position(end);
        }
    }

    private void gather(ByteBuffer in, Consumer<ByteBuffer> sink) {
        int count = Math.min(in.remaining(), length - partialBytes);
        byte[] buffer = roomFor(partialBytes + count);
        in.get(buffer, partialBytes, count);
        partialBytes += count;
        if (partialBytes == length) {
            ByteBuffer frame = ByteBuffer.wrap(buffer, 0, length);
            endFrame();
            partialBytes = 0;
            if (buffer.length > KEPT_BYTES) {
                partial = null;
            }
            sink.accept(frame);
        }
    }

    private byte[] roomFor(int bytes) {
        byte[] buffer = partial;
        if (buffer == null) {
            buffer = new byte[Math.max(bytes, Math.min(length, KEPT_BYTES))];
        } else if (buffer.length < bytes) {
            buffer = Arrays.copyOf(buffer, Math.min(length, Math.max(bytes, 2 * buffer.length)));
        }
        partial = buffer;
        return buffer;
    }

    private void endFrame() {
        headerBytes = 0;
        length = 0;
    }
}
