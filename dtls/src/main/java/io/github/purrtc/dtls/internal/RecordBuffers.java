package io.github.purrtc.dtls.internal;

import java.nio.ByteBuffer;

/** Where records are made and read, one at a time: a thread's, for all connections that it serves. An idle connection holds none. */
final class RecordBuffers {
    private static final ThreadLocal<RecordBuffers> OF_THREAD = ThreadLocal.withInitial(RecordBuffers::new);

    /** Holds a record that fits a usual path; longer ones make the buffers grow. */
    private static final int USUAL_CAPACITY = 1500;

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private byte[] sealed = {};
    private byte[] copied = {};
    private ByteBuffer opened = NONE;

    static RecordBuffers ofThisThread() {
        return OF_THREAD.get();
    }

    /** For a record that is made; what is in it is to be used before the next one. */
    byte[] sealed(int length) {
        if (sealed.length < length) {
            sealed = new byte[capacityFor(length)];
        }
        return sealed;
    }

    /** For a record that came in a buffer without an array. */
    byte[] copied(int length) {
        if (copied.length < length) {
            copied = new byte[capacityFor(length)];
        }
        return copied;
    }

    /** For what was in a record. */
    ByteBuffer opened(int length) {
        if (opened.capacity() < length) {
            opened = ByteBuffer.allocate(capacityFor(length));
        }
        return opened;
    }

    /** What was in the record read last. Until it is {@linkplain #giveBack given back} another record has another buffer. */
    ByteBuffer takeOpened() {
        ByteBuffer taken = opened;
        opened = NONE;
        return taken;
    }

    void giveBack(ByteBuffer taken) {
        opened = taken;
    }

    private static int capacityFor(int length) {
        return length <= USUAL_CAPACITY ? USUAL_CAPACITY : Records.HEADER_LENGTH + Records.MAX_FRAGMENT;
    }
}
