package io.github.purrtc.examples;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/** The bytes of one long message, made when they are asked for. */
final class TestDataSource implements Flow.Publisher<ByteBuffer> {
    private static final int PART_BYTES = 64 * 1024;

    private final long size;
    private final Maker maker;

    private interface Maker {
        ByteBuffer make(long offset, int size);
    }

    private TestDataSource(long size, Maker maker) {
        this.size = size;
        this.maker = maker;
    }

    /** Bytes that can be checked. */
    static TestDataSource of(long size) {
        return new TestDataSource(size, TestData::bytes);
    }

    /** Zeros, which cost nothing to make. */
    static TestDataSource blank(long size) {
        ByteBuffer zeros = ByteBuffer.allocate(PART_BYTES);
        return new TestDataSource(size, (offset, length) -> zeros.slice(0, length));
    }

    /** Just these. */
    static TestDataSource just(ByteBuffer bytes) {
        return new TestDataSource(bytes.remaining(), (offset, length) -> bytes);
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        subscriber.onSubscribe(new Parts(subscriber));
    }

    /** One subscriber's, which may ask again while it is served. */
    private final class Parts implements Flow.Subscription {
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private long sent;
        private long wanted;
        private boolean serving;
        private boolean ended;

        Parts(Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public synchronized void request(long parts) {
            wanted += parts;
            if (!serving) {
                serving = true;
                serve();
                serving = false;
            }
        }

        private void serve() {
            while (!ended && wanted > 0 && sent < size) {
                wanted--;
                int length = (int) Math.min(PART_BYTES, size - sent);
                ByteBuffer part = maker.make(sent, length);
                sent += length;
                subscriber.onNext(part);
            }
            if (!ended && sent == size) {
                ended = true;
                subscriber.onComplete();
            }
        }

        @Override
        public synchronized void cancel() {
            ended = true;
        }
    }
}
