package io.github.purrtc.benchmarks.limit;

import java.util.concurrent.atomic.AtomicLong;

/** Datagrams of 1,200 bytes one way over loopback, as fast as the sender can; what the receiver gets of them counts. */
public abstract class UdpThroughput implements AutoCloseable {
    static final int DATAGRAM_BYTES = 1200;
    static final int SOCKET_BUFFER_BYTES = 4 << 20;

    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();

    /** Blocking sockets of the JDK, one datagram a call. */
    public static UdpThroughput oneByOne() throws Exception {
        return new OneByOne();
    }

    /** Netty's epoll sockets; the kernel cuts and joins bursts. */
    public static UdpThroughput inBursts() throws Exception {
        return new Bursts();
    }

    /** Goes on until closed. */
    public abstract void start();

    final void countSent(long bytes) {
        sent.lazySet(sent.getPlain() + bytes);
    }

    final void countReceived(long bytes) {
        received.lazySet(received.getPlain() + bytes);
    }

    public final long sentBytes() {
        return sent.get();
    }

    public final long receivedBytes() {
        return received.get();
    }

    @Override
    public abstract void close();
}
