package io.github.purrtc.benchmarks.limit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** Round trips between two blocking sockets of this process, each with a thread of its own. */
public final class UdpLatency {
    private final DatagramChannel near;
    private final DatagramChannel far;
    private final int size;

    private UdpLatency(DatagramChannel near, DatagramChannel far, int size) {
        this.near = near;
        this.far = far;
        this.size = size;
    }

    /** Nanoseconds of each round trip, after as many that do not count. */
    public static long[] measure(int size, int count) throws IOException {
        try (DatagramChannel near = bind();
                DatagramChannel far = bind()) {
            near.connect(far.getLocalAddress());
            far.connect(near.getLocalAddress());
            return new UdpLatency(near, far, size).run(count);
        }
    }

    static DatagramChannel bind() throws IOException {
        return DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private long[] run(int count) throws IOException {
        Thread echo = new Thread(this::echo, "echo");
        echo.setDaemon(true);
        echo.start();
        long[] nanos = new long[count];
        ByteBuffer message = ByteBuffer.allocateDirect(size);
        for (int i = -count; i < count; i++) {
            long start = System.nanoTime();
            near.write(message.clear());
            near.read(message.clear());
            if (i >= 0) {
                nanos[i] = System.nanoTime() - start;
            }
        }
        return nanos;
    }

    /** Until the socket is closed. */
    private void echo() {
        ByteBuffer message = ByteBuffer.allocateDirect(size);
        try {
            while (far.isOpen()) {
                far.read(message.clear());
                far.write(message.flip());
            }
        } catch (IOException e) {
            if (far.isOpen()) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
