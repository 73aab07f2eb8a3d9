package io.github.purrtc.ice.internal.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.util.ArrayList;
import java.util.List;

/** The buffers that the sockets of one loop lay their outgoing bursts in: taken for a burst, free when it is sent. */
final class BurstBuffers {
    static final int BYTES = 65_536;

    /** More than one is in use at a time only while the kernel's buffers are full. */
    private static final int MOST_KEPT = 8;

    private final List<ByteBuf> kept = new ArrayList<>(MOST_KEPT);

    /** An empty buffer; whoever takes it releases it. */
    ByteBuf take() {
        for (int i = 0; i < kept.size(); i++) {
            ByteBuf buffer = kept.get(i);
            if (buffer.refCnt() == 1) {
                return buffer.clear().retain();
            }
        }
        ByteBuf buffer = Unpooled.directBuffer(BYTES, BYTES);
        if (kept.size() < MOST_KEPT) {
            kept.add(buffer);
            buffer.retain();
        }
        return buffer;
    }

    void release() {
        kept.forEach(ByteBuf::release);
        kept.clear();
    }
}
