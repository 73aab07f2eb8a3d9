package io.github.purrtc.ice.internal.net;

import io.github.purrtc.testing.Await;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static io.github.purrtc.ice.internal.net.TcpStage.addressOf;
import static io.github.purrtc.ice.internal.net.TcpStage.assertClosed;
import static io.github.purrtc.ice.internal.net.TcpStage.frame;
import static io.github.purrtc.ice.internal.net.TcpStage.request;
import static io.github.purrtc.ice.internal.net.TcpStage.sendFrame;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

/**
 * A TCP port that three loops share: what comes in at one and is for another's connection moves there. The kernel chooses the
 * loop, so that each of these is done often enough for all to be met.
 */
class TcpHandoverTest {
    private static final String KINDS = "io.github.purrtc.ice.internal.net.TcpStage#kinds";
    private static final int LOOPS = 3;
    private static final int TIMES = 24;

    /** Who has not shown the password has no more. */
    private static final int AT_ONCE = 8;

    private static final byte[] CHECK = request("aaaa:zzzz");

    private static byte[] numbered(int number, int length) {
        byte[] content = new byte[length];
        Arrays.fill(content, (byte) number);
        content[0] = 23;
        return content;
    }

    @ParameterizedTest
    @MethodSource(KINDS)
    void framesRightBehindTheFirstArriveInTheirOrder(SocketKind kind) throws Exception {
        try (TcpStage stage = new TcpStage(kind, LOOPS)) {
            for (int time = 0; time < TIMES; time++) {
                OutputStream out = stage.connect().getOutputStream();
                out.write(frame(CHECK));
                for (int i = 0; i < 20; i++) {
                    out.write(frame(numbered(i, 100 + 37 * i)));
                }
                assertArrayEquals(CHECK, stage.sink.next());
                for (int i = 0; i < 20; i++) {
                    assertArrayEquals(numbered(i, 100 + 37 * i), stage.sink.next());
                }
            }
        }
    }

    /** The first frame comes byte by byte, and so does the beginning of the second, before and after the hand-over. */
    @ParameterizedTest
    @MethodSource(KINDS)
    void aSlowFirstFrameIsWaitedFor(SocketKind kind) throws Exception {
        try (TcpStage stage = new TcpStage(kind, LOOPS)) {
            List<Socket> slow = new ArrayList<>();
            for (int time = 0; time < AT_ONCE; time++) {
                Socket stranger = stage.connect();
                stranger.setTcpNoDelay(true);
                slow.add(stranger);
            }
            byte[] bytes = frame(CHECK);
            for (byte one : bytes) {
                for (Socket stranger : slow) {
                    stranger.getOutputStream().write(one);
                }
            }
            for (int time = 0; time < AT_ONCE; time++) {
                slow.get(time).getOutputStream().write(new byte[] {0});
                assertArrayEquals(CHECK, stage.sink.next());
            }
            for (int time = 0; time < AT_ONCE; time++) {
                slow.get(time).getOutputStream().write(new byte[] {2, 23, (byte) time});
                assertArrayEquals(new byte[] {23, (byte) time}, stage.sink.next());
            }
        }
    }

    @ParameterizedTest
    @MethodSource(KINDS)
    void answersGoBackTheSameWay(SocketKind kind) throws Exception {
        try (TcpStage stage = new TcpStage(kind, LOOPS)) {
            for (int time = 0; time < TIMES; time++) {
                Socket stranger = stage.connectAuthentic();
                byte[] answer = numbered(time, 500);
                stage.loops.run(0, () -> {
                    stage.a.write(answer, 0, answer.length, addressOf(stranger));
                    stage.a.flush();
                });
                assertArrayEquals(frame(answer), stranger.getInputStream().readNBytes(2 + answer.length));
            }
        }
    }

    @ParameterizedTest
    @MethodSource(KINDS)
    void garbageAndFramesThatAreTooLongAreClosedBeforeAndAfter(SocketKind kind) throws Exception {
        try (TcpStage stage = new TcpStage(kind, LOOPS)) {
            for (int time = 0; time < TIMES; time++) {
                Socket garbage = stage.connect();
                garbage.getOutputStream().write("SSH-2.0-cat\r\n".getBytes());
                assertClosed(garbage);
                Socket tooLong = stage.connect();
                tooLong.getOutputStream().write(new byte[] {5, 1}); // 1,281 bytes, and a check has 1,280 at most
                assertClosed(tooLong);
                Socket unknown = stage.connect();
                sendFrame(unknown, request("nobody:zzzz"));
                assertClosed(unknown);
            }
            assertNull(stage.sink.datagrams.poll());
            // Once it is known whom they are for, frames may have any length: memory is taken for what has come.
            Socket announcing = stage.connectAuthentic();
            byte[] longest = numbered(1, FrameReader.MOST_BYTES);
            announcing.getOutputStream().write(frame(longest));
            assertArrayEquals(longest, stage.sink.next());
        }
    }

    @ParameterizedTest
    @MethodSource(KINDS)
    void whatComesDuringTheHandoverIsBounded(SocketKind kind) throws Exception {
        try (TcpStage stage = new TcpStage(kind, LOOPS)) {
            byte[] large = numbered(1, 60_000);
            for (int time = 0; time < TIMES; time++) {
                Socket flooding = stage.connect();
                OutputStream out = flooding.getOutputStream();
                out.write(frame(CHECK));
                try {
                    for (int i = 0; i < 5; i++) {
                        out.write(frame(large));
                    }
                    out.write(frame(new byte[] {23, 99}));
                } catch (IOException closed) {
                    throw new AssertionError("frames that are too many are let fall, the connection stays", closed);
                }
                assertArrayEquals(CHECK, stage.sink.next());
                byte[] next = stage.sink.next();
                for (int i = 0; i < 5 && next.length == large.length; i++) {
                    next = stage.sink.next();
                }
                assertArrayEquals(new byte[] {23, 99}, next);
                flooding.close();
            }
        }
    }

    @ParameterizedTest
    @MethodSource(KINDS)
    void thoseWhoNeverSayAnythingAreBoundedAndClosedInTime(SocketKind kind) throws Exception {
        try (TcpStage stage = new TcpStage(kind, LOOPS)) {
            int most = LOOPS * TcpAcceptor.MOST_PENDING;
            for (int i = 0; i < most + 60; i++) {
                stage.connect();
            }
            Socket authentic = stage.connectAuthentic();
            for (int i = 0; i < most + 60; i++) {
                assertClosed(stage.strangers.get(i));
            }
            sendFrame(authentic, new byte[] {23, 4});
            assertArrayEquals(new byte[] {23, 4}, stage.sink.next());
        }
    }

    /** A connection that ends on its way from one loop to the other leaves nothing and harms nobody. */
    @ParameterizedTest
    @MethodSource(KINDS)
    void whoLeavesDuringTheHandoverHarmsNobody(SocketKind kind) throws Exception {
        try (TcpStage stage = new TcpStage(kind, LOOPS)) {
            for (int time = 0; time < 10 * TIMES; time++) {
                Socket stranger = stage.connect();
                if (time % 2 == 0) {
                    stranger.setSoLinger(true, 0); // RST
                }
                sendFrame(stranger, CHECK);
                stranger.close();
            }
            Await.until("whoever comes then is heard", () -> isHeard(stage));
        }
    }

    /** Not where those who left are still coming in, and take the place of one who has shown no password either. */
    private static boolean isHeard(TcpStage stage) {
        byte[] mark = {23, 77};
        try {
            Socket stranger = stage.connect();
            sendFrame(stranger, CHECK);
            sendFrame(stranger, mark);
            byte[] next = CHECK;
            while (next != null && !Arrays.equals(mark, next)) {
                assertArrayEquals(CHECK, next);
                next = stage.sink.datagrams.poll(1, TimeUnit.SECONDS);
            }
            return next != null;
        } catch (IOException closed) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
