package io.github.purrtc.ice.internal.net;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Run by {@link UnfragmentedTest} where the loopback interface carries 1,300 bytes: prints what came of datagrams of several sizes. */
final class NarrowLoopback {
    private static final int MOST = 2_048;

    private NarrowLoopback() {}

    public static void main(String[] arguments) throws Exception {
        SocketKind kind = arguments[0].equals("nio") ? SocketKind.nio(MOST) : SocketKind.epoll(MOST);
        BlockingQueue<Integer> arrived = new LinkedBlockingQueue<>();
        try (Loops loops = new Loops(kind, 2)) {
            UdpSocket z = loops.open(0, new Lengths(arrived));
            UdpSocket a = loops.open(1, new Lengths(new LinkedBlockingQueue<>()));
            StringBuilder story = new StringBuilder(kind.name());
            // Too long, once in pieces, once in one; and the other way round, and in pieces again.
            for (int length : new int[] {1_400, -1_400, -1_200, 1_400}) {
                loops.run(1, () -> send(a, Math.abs(length), length < 0, z.localAddress()));
                Integer came = arrived.poll(length == -1_400 ? 1 : 10, TimeUnit.SECONDS);
                story.append(' ').append(came);
            }
            // Several in a row, as the kernel would cut them itself, which it does not do to what is too long.
            loops.run(1, () -> sendMany(a, 1_400, z.localAddress()));
            loops.run(1, () -> sendMany(a, 1_200, z.localAddress()));
            int longOnes = 0;
            int shortOnes = 0;
            while (shortOnes < 10) {
                Integer came = arrived.poll(10, TimeUnit.SECONDS);
                if (came == null) {
                    break;
                }
                longOnes += came == 1_400 ? 1 : 0;
                shortOnes += came == 1_200 ? 1 : 0;
            }
            story.append(' ').append(shortOnes).append(longOnes == 10 || longOnes == 0 ? "" : " some of the long ones");
            System.out.println(story.append(", ").append(a.errors() > 0 ? "refused" : "nothing refused"));
        }
    }

    private static void send(UdpSocket socket, int length, boolean whole, InetSocketAddress destination) {
        socket.write(new byte[length], 0, length, destination);
        if (whole) {
            socket.flushUnfragmented();
        } else {
            socket.flush();
        }
    }

    private static void sendMany(UdpSocket socket, int length, InetSocketAddress destination) {
        for (int i = 0; i < 10; i++) {
            socket.write(new byte[length], 0, length, destination);
        }
        socket.flush();
    }

    private record Lengths(BlockingQueue<Integer> lengths) implements DatagramListener {
        @Override
        public void onDatagram(InetSocketAddress source, ByteBuffer datagram) {
            lengths.add(datagram.remaining());
        }

        @Override
        public void onEndOfBurst() {}

        @Override
        public void onWritable() {}
    }
}
