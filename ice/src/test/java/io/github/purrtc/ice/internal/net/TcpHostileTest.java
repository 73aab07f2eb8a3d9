package io.github.purrtc.ice.internal.net;

import io.github.purrtc.ice.internal.stun.StunClass;
import io.github.purrtc.ice.internal.stun.StunEncoder;
import io.github.purrtc.ice.internal.stun.TransactionId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static io.github.purrtc.ice.internal.net.TcpStage.addressOf;
import static io.github.purrtc.ice.internal.net.TcpStage.assertClosed;
import static io.github.purrtc.ice.internal.net.TcpStage.frame;
import static io.github.purrtc.ice.internal.net.TcpStage.request;
import static io.github.purrtc.ice.internal.net.TcpStage.sendFrame;
import static io.github.purrtc.testing.Await.until;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What strangers can do to a passive TCP candidate: A listens, and they connect. */
class TcpHostileTest {
    private static final int MOST_LINKS = 32;
    private static final int MOST_UNAUTHENTICATED = 8;
    private static final int MOST_ACTIVE_LINKS = 100;

    @ParameterizedTest
    @MethodSource("io.github.purrtc.ice.internal.net.TcpStage#kinds")
    void whatDoesNotBeginWithACheckForOneOfUsIsClosed(SocketKind kind) throws Exception {
        try (TcpStage stage = new TcpStage(kind)) {
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
    @MethodSource("io.github.purrtc.ice.internal.net.TcpStage#kinds")
    void whoSaysNothingOrDripsOrIsNotAuthenticIsClosedInTime(SocketKind kind) throws Exception {
        try (TcpStage stage = new TcpStage(kind)) {
            Socket silent = stage.connect();
            Socket empty = stage.connect();
            empty.getOutputStream().write(new byte[1_000]); // 500 empty frames
            Socket dripping = stage.connect();
            byte[] check = request("aaaa:zzzz");
            dripping.getOutputStream().write(new byte[] {0, (byte) check.length, check[0]});
            Socket unauthentic = stage.connect();
            sendFrame(unauthentic, check);
            assertArrayEquals(check, stage.sink.next());
            Socket authentic = stage.connectAuthentic();
            for (Socket stranger : List.of(silent, empty, dripping, unauthentic)) {
                assertClosed(stranger);
            }
            sendFrame(authentic, new byte[] {23, 4, 5});
            assertArrayEquals(new byte[] {23, 4, 5}, stage.sink.next());
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.purrtc.ice.internal.net.TcpStage#kinds")
    void ofTooManyThatWaitTheOldestGo(SocketKind kind) throws Exception {
        try (TcpStage stage = new TcpStage(kind)) {
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
    @MethodSource("io.github.purrtc.ice.internal.net.TcpStage#kinds")
    void whoKnowsTheNameAndNotThePasswordHasFewConnections(SocketKind kind) throws Exception {
        try (TcpStage stage = new TcpStage(kind)) {
            byte[] check = request("aaaa:zzzz");
            Socket authentic = stage.connectAuthentic();
            for (int i = 0; i < 12; i++) {
                sendFrame(stage.connect(), check);
                stage.sink.next();
            }
            stage.loops.run(0, () -> assertEquals(1 + MOST_UNAUTHENTICATED, links(stage)));
            for (int i = 1; i <= 4; i++) {
                assertClosed(stage.strangers.get(i));
            }
            sendFrame(authentic, new byte[] {23, 4, 5});
            assertArrayEquals(new byte[] {23, 4, 5}, stage.sink.next());
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.purrtc.ice.internal.net.TcpStage#kinds")
    void whoKnowsThePasswordHasNoEndOfConnectionsEither(SocketKind kind) throws Exception {
        try (TcpStage stage = new TcpStage(kind)) {
            for (int i = 0; i < MOST_LINKS; i++) {
                stage.connectAuthentic();
            }
            Socket more = stage.connect();
            sendFrame(more, request("aaaa:zzzz"));
            assertClosed(more);
            assertNull(stage.sink.datagrams.poll());
            stage.loops.run(0, () -> assertEquals(MOST_LINKS, links(stage)));
            stage.strangers.get(0).close();
            // The place is free once the end has been seen.
            until("a place is free", () -> isTaken(stage));
        }
    }

    private static int links(TcpStage stage) {
        return ((TcpShare) stage.a).links.size();
    }

    /** Whether another connection is taken. */
    private static boolean isTaken(TcpStage stage) {
        try {
            sendFrame(stage.connect(), request("aaaa:zzzz"));
            return stage.sink.datagrams.poll(100, TimeUnit.MILLISECONDS) != null;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** One who writes to addresses without end, as a peer with candidates without end would have it, opens so many at most. */
    @ParameterizedTest
    @MethodSource("io.github.purrtc.ice.internal.net.TcpStage#kinds")
    void anActiveCandidateConnectsToSoManyAtMost(SocketKind kind) throws Exception {
        byte[] datagram = {23, 1};
        List<ServerSocket> servers = new ArrayList<>();
        List<Socket> taken = new ArrayList<>();
        try (Loops loops = new Loops(kind, 1)) {
            for (int i = 0; i <= MOST_ACTIVE_LINKS; i++) {
                servers.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
                servers.get(i).setSoTimeout(i < MOST_ACTIVE_LINKS ? 20_000 : 200);
            }
            HostSocket a = loops.openActive(0, new TcpStage.Sink());
            loops.run(0, () -> {
                for (ServerSocket server : servers) {
                    a.write(datagram, 0, datagram.length, (InetSocketAddress) server.getLocalSocketAddress());
                }
                a.flush();
            });
            for (int i = 0; i < MOST_ACTIVE_LINKS; i++) {
                taken.add(servers.get(i).accept());
            }
            assertThrows(SocketTimeoutException.class, servers.get(MOST_ACTIVE_LINKS)::accept);
        } finally {
            for (Socket socket : taken) {
                socket.close();
            }
            for (ServerSocket server : servers) {
                server.close();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.purrtc.ice.internal.net.TcpStage#kinds")
    void aClosedCandidateClosesItsConnectionsAndItsPort(SocketKind kind) throws Exception {
        try (TcpStage stage = new TcpStage(kind)) {
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

    @ParameterizedTest
    @MethodSource("io.github.purrtc.ice.internal.net.TcpStage#kinds")
    void aStuckConnectionHoldsBackWhatGoesThereAndNothingElse(SocketKind kind) throws Exception {
        try (TcpStage stage = new TcpStage(kind)) {
            Socket stuck = stage.connectAuthentic();
            Socket other = stage.connectAuthentic();
            InetSocketAddress toStuck = addressOf(stuck);
            InetSocketAddress toOther = addressOf(other);
            byte[] datagram = new byte[1_200];
            stage.loops.run(0, () -> {
                for (int i = 0; stage.a.isWritable(toStuck); i++) {
                    assertTrue(i < 100_000, "always writable");
                    stage.a.write(datagram, 0, datagram.length, toStuck);
                    stage.a.flush();
                }
                assertTrue(stage.a.isWritable(toOther));
                stage.a.write(datagram, 0, datagram.length, toOther);
                stage.a.flush();
            });
            assertArrayEquals(frame(datagram), other.getInputStream().readNBytes(2 + datagram.length));
            int before = stage.sink.writables.get();
            stuck.close();
            until("told of room again", () -> stage.sink.writables.get() > before);
            stage.loops.run(0, () -> assertTrue(stage.a.isWritable(toStuck)));
        }
    }
}
