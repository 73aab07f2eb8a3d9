package io.github.purrtc.ice.internal.turn;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Cuts a stream into the messages of a TURN server (RFC 8656 §12.5): STUN by its length, ChannelData by its own, padded to
 * four bytes.
 */
public final class TurnFrames {
    private static final int STUN_HEADER = 20;

    private static final int MALFORMED = -1;
    private static final int UNKNOWN = 0;

    private ByteBuffer begun = ByteBuffer.allocate(0);
    private boolean malformed;

    /**
     * Takes what was read; hands over each message that is whole, valid during the call only.
     *
     * @return false if the stream is not of the protocol, and so cannot be read any further
     */
    public boolean receive(ByteBuffer bytes, Consumer<ByteBuffer> messages) {
        while (begun.position() > 0 && bytes.hasRemaining() && !malformed) {
            complete(bytes, messages);
        }
        while (bytes.hasRemaining() && begun.position() == 0 && !malformed) {
            int length = length(bytes, bytes.position(), bytes.remaining());
            if (length == MALFORMED) {
                malformed = true;
            } else if (length == UNKNOWN || length > bytes.remaining()) {
                keep(bytes, bytes.remaining());
            } else {
                int end = bytes.position() + length;
                messages.accept(bytes.duplicate().limit(end));
                bytes.position(end);
            }
        }
        return !malformed;
    }

    /** Goes on with the message whose beginning is kept: first to where its length is known, then to its end. */
    private void complete(ByteBuffer bytes, Consumer<ByteBuffer> messages) {
        int length = length(begun, 0, begun.position());
        if (length == MALFORMED) {
            malformed = true;
            return;
        }
        int missing = (length == UNKNOWN ? 4 : length) - begun.position();
        keep(bytes, Math.min(missing, bytes.remaining()));
        length = length(begun, 0, begun.position());
        if (length > 0 && begun.position() == length) {
            ByteBuffer message = begun.duplicate().flip();
            begun.clear();
            messages.accept(message);
        }
    }

    private void keep(ByteBuffer bytes, int count) {
        if (begun.remaining() < count) {
            int capacity = Math.max(2_048, 2 * (begun.position() + count));
            begun = ByteBuffer.allocate(capacity).put(begun.flip());
        }
        begun.put(begun.position(), bytes, bytes.position(), count).position(begun.position() + count);
        bytes.position(bytes.position() + count);
    }

    /** The length of the message that begins there, padding included; UNKNOWN before its header is in. */
    private static int length(ByteBuffer bytes, int start, int available) {
        int first = bytes.get(start) & 0xFF;
        if (available >= 1 && first > 3 && !Turn.isChannelData(first)) {
            return MALFORMED;
        }
        if (available < 4) {
            return UNKNOWN;
        }
        int length = bytes.getShort(start + 2) & 0xFFFF;
        if (Turn.isChannelData(first)) {
            return (Turn.CHANNEL_DATA_HEADER + length + 3) & ~3;
        }
        return length % 4 == 0 ? STUN_HEADER + length : MALFORMED;
    }
}
