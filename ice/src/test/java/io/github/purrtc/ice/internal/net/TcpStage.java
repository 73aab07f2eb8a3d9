package io.github.purrtc.ice.internal.net;

import io.github.purrtc.ice.internal.stun.StunClass;
import io.github.purrtc.ice.internal.stun.StunEncoder;
import io.github.purrtc.ice.internal.stun.TransactionId;
import io.netty.channel.epoll.Epoll;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A passive TCP candidate, A, on the first of some loops, and sockets of strangers. */
final class TcpStage implements AutoCloseable {
    private static final int MOST_DATAGRAM_BYTES = 2_048;
    private static final int LIMIT_MILLIS = 20_000;

    static final class Sink implements DatagramListener {
        final BlockingQueue<byte[]> datagrams = new LinkedBlockingQueue<>();
        final AtomicInteger writables = new AtomicInteger();

        @Override
        public void onDatagram(InetSocketAddress source, ByteBuffer datagram) {
            byte[] copy = new byte[datagram.remaining()];
            datagram.get(copy);
            datagrams.add(copy);
        }

        @Override
        public void onEndOfBurst() {}

        @Override
        public void onWritable() {
            writables.incrementAndGet();
        }

        byte[] next() throws InterruptedException {
            byte[] datagram = datagrams.poll(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
            assertNotNull(datagram, "nothing came");
            return datagram;
        }
    }

    final Loops loops;
    final Sink sink = new Sink();
    final HostSocket a;
    final List<Socket> strangers = new ArrayList<>();

    /** One loop, and a port of A's own. */
    TcpStage(SocketKind kind) throws Exception {
        loops = new Loops(kind, 1);
        a = loops.openPassive(0, "aaaa", sink);
    }

    /** A port that connections on all of the loops share; whoever connects may come in at any of them. */
    TcpStage(SocketKind kind, int count) throws Exception {
        loops = new Loops(kind, count, new SharedPorts(0, freePort(), null));
        a = loops.openTcpShare(0, "aaaa", sink);
        for (int i = 1; i < count; i++) {
            loops.openTcpShare(i, "other" + i, new Sink());
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static Stream<SocketKind> kinds() {
        return Epoll.isAvailable()
                ? Stream.of(SocketKind.nio(MOST_DATAGRAM_BYTES), SocketKind.epoll(MOST_DATAGRAM_BYTES))
                : Stream.of(SocketKind.nio(MOST_DATAGRAM_BYTES));
    }

    Socket connect() throws IOException {
        Socket stranger = new Socket();
        strangers.add(stranger);
        stranger.connect(a.localAddress());
        stranger.setSoTimeout(LIMIT_MILLIS);
        return stranger;
    }

    /** One who has shown that it knows the password. */
    Socket connectAuthentic() throws Exception {
        Socket stranger = connect();
        sendFrame(stranger, request("aaaa:zzzz"));
        sink.next();
        loops.run(0, () -> a.onAuthenticated(addressOf(stranger)));
        return stranger;
    }

    static InetSocketAddress addressOf(Socket stranger) {
        return new InetSocketAddress(stranger.getLocalAddress(), stranger.getLocalPort());
    }

    static byte[] request(String username) {
        return new StunEncoder(StunClass.REQUEST, new TransactionId(1, 2))
                .priority(1)
                .username(username)
                .fingerprint()
                .toBytes();
    }

    static byte[] frame(byte[] content) {
        return ByteBuffer.allocate(2 + content.length)
                .putShort((short) content.length)
                .put(content)
                .array();
    }

    static void sendFrame(Socket to, byte[] content) throws IOException {
        DataOutputStream out = new DataOutputStream(to.getOutputStream());
        out.write(frame(content));
        out.flush();
    }

    /** The other side has closed, by FIN or RST. */
    static void assertClosed(Socket socket) {
        try {
            assertEquals(-1, socket.getInputStream().read());
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("still open", e);
        } catch (IOException e) {
            assertTrue(e.getMessage().contains("reset"), e::toString);
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket stranger : strangers) {
            stranger.close();
        }
        loops.close();
    }
}
