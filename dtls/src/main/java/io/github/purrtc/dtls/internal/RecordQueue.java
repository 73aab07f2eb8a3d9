package io.github.purrtc.dtls.internal;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Records on their way from the loop to the thread of the handshake: bounded, the oldest kept. */
final class RecordQueue implements HandshakeGuard.Sink {
    static final int MAX_RECORDS = 64;
    static final int MAX_BYTES = 18 * 1024;

    // A lock and no monitor: a virtual thread that waits must not hold its carrier.
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<byte[]> records = new ArrayDeque<>(0);
    private int bytes;
    private boolean closed;

    @Override
    public boolean hasRoom(int moreRecords, int moreBytes) {
        lock.lock();
        try {
            return records.size() + moreRecords <= MAX_RECORDS && bytes + moreBytes <= MAX_BYTES;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void accept(byte[] record) {
        lock.lock();
        try {
            records.add(record);
            bytes += record.length;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Ends all waiting, now and later. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** The next record; null when the time is up, or at once when the queue is closed. */
    byte @Nullable [] poll(int waitMillis) throws InterruptedException {
        long remainingNanos = TimeUnit.MILLISECONDS.toNanos(waitMillis);
        lock.lockInterruptibly();
        try {
            while (records.isEmpty() && !closed && remainingNanos > 0) {
                remainingNanos = changed.awaitNanos(remainingNanos);
            }
            return closed ? null : poll();
        } finally {
            lock.unlock();
        }
    }

    /** The next record if there is one. */
    byte @Nullable [] poll() {
        lock.lock();
        try {
            byte[] record = records.poll();
            bytes -= record == null ? 0 : record.length;
            return record;
        } finally {
            lock.unlock();
        }
    }
}
