package io.github.purrtc.benchmarks.curves;

import io.github.purrtc.benchmarks.measure.Line;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One of the two processes that check the relay: datagrams with the time at which they were sent, which both processes have in common. */
@Command(name = "probe", hidden = true)
public final class ProbeCommand implements Callable<Integer> {
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;
    private static final int MOST = 100_000;
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int SECONDS = 4;
    private static final int FIRST_WAIT_MILLIS = 20_000;
    private static final int LAST_WAIT_MILLIS = 1_000;

    @Parameters(arity = "1..3")
    private List<String> words = List.of();

    @Override
    public Integer call() throws IOException {
        if (words.get(0).equals("receive")) {
            receive();
        } else {
            send(Integer.parseInt(words.get(1)), Double.parseDouble(words.get(2)));
        }
        return 0;
    }

    private static void send(int port, double megabits) throws IOException {
        byte[] payload = new byte[Network.DATAGRAM_BYTES];
        DatagramPacket packet = new DatagramPacket(payload, payload.length, InetAddress.getLoopbackAddress(), port);
        double intervalNanos = payload.length * 8e3 / megabits;
        long begin = System.nanoTime();
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i * intervalNanos < SECONDS * SECOND_NANOS; i++) {
                long due = begin + (long) (i * intervalNanos);
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                ByteBuffer.wrap(payload).putLong(System.nanoTime());
                socket.send(packet);
            }
        }
    }

    /** The first second does not count: the queue fills then. */
    private static void receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[Network.DATAGRAM_BYTES], Network.DATAGRAM_BYTES);
        long[] delays = new long[MOST];
        int count = 0;
        long first = 0;
        long last = 0;
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setReceiveBufferSize(SOCKET_BUFFER_BYTES);
            System.out.println(new Line().put("port", socket.getLocalPort()));
            socket.setSoTimeout(FIRST_WAIT_MILLIS);
            while (true) {
                socket.receive(packet);
                long now = System.nanoTime();
                socket.setSoTimeout(LAST_WAIT_MILLIS);
                first = first == 0 ? now : first;
                if (now - first >= SECOND_NANOS && count < MOST) {
                    delays[count++] = now - ByteBuffer.wrap(packet.getData()).getLong();
                    last = now;
                }
            }
        } catch (SocketTimeoutException e) {
            tell(Arrays.copyOf(delays, count), last - first - SECOND_NANOS);
        }
    }

    private static void tell(long[] delays, long nanos) {
        Arrays.sort(delays);
        System.out.println(new Line()
                .put("megabits", delays.length * Network.DATAGRAM_BYTES * 8e3 / nanos)
                .put("p50_us", delays[delays.length / 2] / 1e3)
                .put("p99_us", delays[(int) (0.99 * delays.length)] / 1e3));
    }
}
