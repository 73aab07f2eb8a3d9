package io.github.purrtc.ice.internal.net;

import io.github.purrtc.ice.internal.stun.StunClass;
import io.github.purrtc.ice.internal.stun.StunEncoder;
import io.github.purrtc.ice.internal.stun.TransactionId;
import io.netty.channel.epoll.Epoll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What strangers can do to a passive TCP candidate: A listens, and they connect. */
class TcpHostileTest {
    private static final int MOST = 2_048;

    static Stream<SocketKind> kinds() {
        return Epoll.isAvailable()
                ? Stream.of(SocketKind.nio(MOST), SocketKind.epoll(MOST))
                : Stream.of(SocketKind.nio(MOST));
    }

    private static final class Sink implements DatagramListener {
        final BlockingQueue<byte[]> datagrams = new LinkedBlockingQueue<>();
        final BlockingQueue<InetSocketAddress> sources = new LinkedBlockingQueue<>();

        @Override
        public void onDatagram(InetSocketAddress source, ByteBuffer datagram) {
            byte[] copy = new byte[datagram.remaining()];
            datagram.get(copy);
            sources.add(source);
            datagrams.add(copy);
        }

        @Override
        public void onEndOfBurst() {}

        @Override
        public void onWritable() {}

        byte[] next() throws InterruptedException {
            byte[] datagram = datagrams.poll(20, TimeUnit.SECONDS);
            assertNotNull(datagram, "nothing came");
            return datagram;
        }
    }

    /** A on one of two loops, and sockets of strangers. */
    private static final class Stage implements AutoCloseable {
        final Loops loops;
        final Sink sink = new Sink();
        final HostSocket a;
        final List<Socket> strangers = new ArrayList<>();

        Stage(SocketKind kind) throws Exception {
            loops = new Loops(kind, 1);
            a = loops.openPassive(0, "aaaa", sink);
        }

        Socket connect() throws IOException {
            Socket stranger = new Socket();
            strangers.add(stranger);
            stranger.connect(a.localAddress());
            stranger.setSoTimeout(20_000);
            return stranger;
        }

        @Override
        public void close() throws IOException {
            for (Socket stranger : strangers) {
                stranger.close();
            }
            loops.close();
        }
    }

    private static byte[] request(String username) {
        return new StunEncoder(StunClass.REQUEST, new TransactionId(1, 2))
                .priority(1)
                .username(username)
                .fingerprint()
                .toBytes();
    }

    private static void sendFrame(Socket to, byte[] content) throws IOException {
        DataOutputStream out = new DataOutputStream(to.getOutputStream());
        out.writeShort(content.length);
        out.write(content);
        out.flush();
    }

    /** The other side has closed, by FIN or RST. */
    private static void assertClosed(Socket socket) {
        try {
            assertEquals(-1, socket.getInputStream().read());
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("still open", e);
        } catch (IOException e) {
            assertTrue(e.getMessage().contains("reset"), e::toString);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatDoesNotBeginWithACheckForOneOfUsIsClosed(SocketKind kind) throws Exception {
        try (Stage stage = new Stage(kind)) {
            for (byte[] first : List.of(
                    request("bbbb:zzzz"),
                    request("aaaaa"),
                    request(""),
                    new byte[] {23, 1, 2},
                    new StunEncoder(StunClass.INDICATION, new TransactionId(1, 2))
                            .username("aaaa:zzzz")
                            .toBytes(),
                    new byte[1])) {
                Socket stranger = stage.connect();
                sendFrame(stranger, first);
                assertClosed(stranger);
            }
            Socket huge = stage.connect();
            huge.getOutputStream().write(new byte[] {-1, -1});
            assertClosed(huge);
            Socket web = stage.connect();
            web.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes());
            assertClosed(web);
            assertNull(stage.sink.datagrams.poll());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whoSaysNothingOrDripsOrIsNotAuthenticIsClosedInTime(SocketKind kind) throws Exception {
        try (Stage stage = new Stage(kind)) {
            Socket silent = stage.connect();
            Socket empty = stage.connect();
            empty.getOutputStream().write(new byte[1_000]); // 500 empty frames
            Socket dripping = stage.connect();
            byte[] check = request("aaaa:zzzz");
            dripping.getOutputStream().write(new byte[] {0, (byte) check.length, check[0]});
            Socket unauthentic = stage.connect();
            sendFrame(unauthentic, check);
            assertArrayEquals(check, stage.sink.next());
            Socket authentic = stage.connect();
            sendFrame(authentic, check);
            assertArrayEquals(check, stage.sink.next());
            InetSocketAddress known = new InetSocketAddress(authentic.getLocalAddress(), authentic.getLocalPort());
            stage.loops.run(0, () -> stage.a.onAuthenticated(known));
            for (Socket stranger : List.of(silent, empty, dripping, unauthentic)) {
                assertClosed(stranger);
            }
            sendFrame(authentic, new byte[] {23, 4, 5});
            assertArrayEquals(new byte[] {23, 4, 5}, stage.sink.next());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void ofTooManyThatWaitTheOldestGo(SocketKind kind) throws Exception {
        try (Stage stage = new Stage(kind)) {
            for (int i = 0; i < TcpAcceptor.MOST_PENDING + 3; i++) {
                stage.connect();
            }
            for (int i = 0; i < 3; i++) {
                assertClosed(stage.strangers.get(i));
            }
            // and who means it gets in
            byte[] check = request("aaaa:zzzz");
            sendFrame(stage.connect(), check);
            assertArrayEquals(check, stage.sink.next());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whoKnowsTheNameAndNotThePasswordHasFewConnections(SocketKind kind) throws Exception {
        try (Stage stage = new Stage(kind)) {
            byte[] check = request("aaaa:zzzz");
            Socket authentic = stage.connect();
            sendFrame(authentic, check);
            stage.sink.next();
            stage.loops.run(
                    0,
                    () -> stage.a.onAuthenticated(
                            new InetSocketAddress(authentic.getLocalAddress(), authentic.getLocalPort())));
            for (int i = 0; i < 12; i++) {
                sendFrame(stage.connect(), check);
                stage.sink.next();
            }
            for (int i = 1; i <= 4; i++) {
                assertClosed(stage.strangers.get(i));
            }
            sendFrame(authentic, new byte[] {23, 4, 5});
            assertArrayEquals(new byte[] {23, 4, 5}, stage.sink.next());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aClosedCandidateClosesItsConnectionsAndItsPort(SocketKind kind) throws Exception {
        try (Stage stage = new Stage(kind)) {
            byte[] check = request("aaaa:zzzz");
            Socket stranger = stage.connect();
            sendFrame(stranger, check);
            stage.sink.next();
            stage.loops.run(0, stage.a::close);
            assertClosed(stranger);
            long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            boolean refused = false;
            while (!refused) {
                assertTrue(System.nanoTime() - limit < 0, "the port is still open");
                try {
                    stage.connect().close();
                } catch (IOException e) {
                    refused = true;
                }
            }
        }
    }
}
