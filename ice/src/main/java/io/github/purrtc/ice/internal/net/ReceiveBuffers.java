package io.github.purrtc.ice.internal.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * The buffers that all sockets of one loop receive into, one socket at a time: an idle socket holds none. A buffer is
 * free again when the datagrams read into it have been handed on, which is before the next read begins.
 */
final class ReceiveBuffers implements RecvByteBufAllocator {
    /** How many datagrams are read before they are handed on as one burst. */
    static final int MOST_DATAGRAMS = 64;

    private final @Nullable ByteBuf[] buffers;
    private final int slotBytes;
    private final int slotsPerBuffer;
    private int next;
    private @Nullable ByteBuffer view;

    /**
     * @param count buffers filled in turn by one read
     * @param slotBytes the room for a datagram, or for a packet of coalesced ones
     * @param slotsPerBuffer how many of them one system call can fill
     */
    ReceiveBuffers(int count, int slotBytes, int slotsPerBuffer) {
        this.buffers = new ByteBuf[count];
        this.slotBytes = slotBytes;
        this.slotsPerBuffer = slotsPerBuffer;
    }

    @Override
    public ExtendedHandle newHandle() {
        return new Handle();
    }

    /** The bytes of a datagram as received, without a copy and mostly without an allocation; valid until the next. */
    ByteBuffer view(ByteBuf datagram) {
        int length = datagram.readableBytes();
        ByteBuf whole = buffers[0];
        if (buffers.length > 1 || whole == null || !whole.hasMemoryAddress() || !datagram.hasMemoryAddress()) {
            return datagram.internalNioBuffer(datagram.readerIndex(), length);
        }
        // A slice would make a new ByteBuffer each time: look through it to the buffer it is of.
        long index = datagram.memoryAddress() + datagram.readerIndex() - whole.memoryAddress();
        if (index < 0 || index + length > whole.capacity()) {
            return datagram.internalNioBuffer(datagram.readerIndex(), length);
        }
        return wholeView(whole).clear().limit((int) index + length).position((int) index);
    }

    private ByteBuffer wholeView(ByteBuf whole) {
        if (view == null) {
            view = whole.nioBuffer(0, whole.capacity());
        }
        return view;
    }

    void release() {
        for (int i = 0; i < buffers.length; i++) {
            ByteBuf buffer = buffers[i];
            if (buffer != null) {
                buffers[i] = null;
                buffer.release();
            }
        }
        view = null;
    }

    private ByteBuf take() {
        int index = next;
        next = index + 1 == buffers.length ? 0 : index + 1;
        ByteBuf buffer = buffers[index];
        if (buffer == null) {
            buffer = newBuffer();
            buffers[index] = buffer;
        } else if (buffer.refCnt() > 1) {
            return newBuffer();
        }
        return buffer.clear().retain();
    }

    private ByteBuf newBuffer() {
        int capacity = slotBytes * slotsPerBuffer;
        return Unpooled.directBuffer(capacity, capacity);
    }

    /**
     * When to stop reading. A socket is asked until it is empty, except where that was told by the first answer several
     * times on end: then one datagram is taken for all there is, which spares a round trip the system call that finds
     * nothing. What is there all the same is read next, as the loop's readiness is level-triggered.
     */
    private final class Handle implements ExtendedHandle {
        private static final int SINGLES_UNTIL_TRUSTED = 4;
        private static final int SINGLES_UNTIL_CHECKED = 16;

        private int singles;
        private int messagesRead;
        private int lastBytesRead;
        private int attemptedBytesRead;

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            return take();
        }

        @Override
        public int guess() {
            return slotBytes * slotsPerBuffer;
        }

        @Override
        public void reset(ChannelConfig config) {
            singles = messagesRead == 1 && singles < SINGLES_UNTIL_CHECKED ? singles + 1 : 0;
            messagesRead = 0;
            next = 0;
        }

        @Override
        public void incMessagesRead(int count) {
            messagesRead += count;
        }

        @Override
        public void lastBytesRead(int bytes) {
            lastBytesRead = bytes;
        }

        @Override
        public int lastBytesRead() {
            return lastBytesRead;
        }

        @Override
        public void attemptedBytesRead(int bytes) {
            attemptedBytesRead = bytes;
        }

        @Override
        public int attemptedBytesRead() {
            return attemptedBytesRead;
        }

        @Override
        public boolean continueReading() {
            // A call that did not fill all of its slots has emptied the socket: no need to ask again.
            boolean emptied = slotsPerBuffer > 1
                    ? lastBytesRead < attemptedBytesRead
                    : messagesRead == 1 && singles >= SINGLES_UNTIL_TRUSTED;
            return messagesRead < MOST_DATAGRAMS && !emptied;
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMoreDataSupplier) {
            return continueReading();
        }

        @Override
        public void readComplete() {}
    }
}
