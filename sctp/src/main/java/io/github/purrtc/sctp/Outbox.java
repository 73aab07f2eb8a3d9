package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.AbortChunk;
import io.github.purrtc.sctp.packet.Chunk;
import io.github.purrtc.sctp.packet.CookieEchoChunk;
import io.github.purrtc.sctp.packet.InitAckChunk;
import io.github.purrtc.sctp.packet.InitChunk;
import io.github.purrtc.sctp.packet.PacketWriter;
import io.github.purrtc.sctp.packet.ShutdownCompleteChunk;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/** The control chunks that wait to be sent, each with the verification tag it goes out under. */
final class Outbox {
    /** Replies beyond that are dropped: a peer asks again, a flood does not fill memory. */
    private static final int CAPACITY = 64;

    private record Item(Chunk chunk, int verificationTag) {
        boolean isHandshake() {
            return chunk instanceof InitChunk || chunk instanceof InitAckChunk || chunk instanceof CookieEchoChunk;
        }
    }

    private final ArrayDeque<Item> items = new ArrayDeque<>(0);
    private boolean wroteHandshake;

    /** Whether nothing may follow it in a packet: RFC 9260 §6.10; and an ABORT ends what else could be said. */
    static boolean isAlone(Chunk chunk) {
        return chunk instanceof InitChunk
                || chunk instanceof InitAckChunk
                || chunk instanceof ShutdownCompleteChunk
                || chunk instanceof AbortChunk;
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    void add(Chunk chunk, int verificationTag) {
        if (items.size() < CAPACITY) {
            items.add(new Item(chunk, verificationTag));
        }
    }

    /** Forgets what waits, for the association has ended. */
    void clear() {
        items.clear();
    }

    /** The verification tag of the first one. */
    int verificationTag() {
        Item first = items.peek();
        return first == null ? 0 : first.verificationTag;
    }

    /** Whether the last packet written to has a chunk that sets the association up. */
    boolean wroteHandshake() {
        return wroteHandshake;
    }

    /**
     * Moves to the packet what can go with the first one.
     *
     * @return the last chunk that went, or null if none did
     */
    @Nullable
    Chunk writeTo(PacketWriter packet) {
        Chunk last = null;
        wroteHandshake = false;
        int tag = verificationTag();
        for (Item item = items.peek(); item != null && item.verificationTag == tag; item = items.peek()) {
            boolean together = last == null || !isAlone(item.chunk);
            if (!together || !packet.fits(item.chunk.length())) {
                break;
            }
            packet.add(item.chunk);
            last = item.chunk;
            wroteHandshake |= item.isHandshake();
            items.remove();
            if (isAlone(item.chunk)) {
                break;
            }
        }
        return last;
    }
}
