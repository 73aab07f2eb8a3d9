package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.AbortChunk;
import io.github.purrtc.sctp.packet.Bytes;
import io.github.purrtc.sctp.packet.CookieEchoChunk;
import io.github.purrtc.sctp.packet.CookiePreservativeParameter;
import io.github.purrtc.sctp.packet.DataChunk;
import io.github.purrtc.sctp.packet.ErrorChunk;
import io.github.purrtc.sctp.packet.InitAckChunk;
import io.github.purrtc.sctp.packet.InitChunk;
import io.github.purrtc.sctp.packet.MissingMandatoryParameterCause;
import io.github.purrtc.sctp.packet.Parameter;
import io.github.purrtc.sctp.packet.SackChunk;
import io.github.purrtc.sctp.packet.StaleCookieCause;
import io.github.purrtc.sctp.packet.StateCookieParameter;
import io.github.purrtc.sctp.packet.UnknownParameter;
import io.github.purrtc.sctp.packet.UnrecognizedParameter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

class HandshakeTest {
    @Test
    @DisplayName("C35 a four-way handshake")
    void establishes() {
        Ladder ladder = new Ladder();
        Peer a = ladder.a;
        Peer z = ladder.z;
        a.association.connect(a.now);
        // A -> INIT -> Z
        ByteBuffer init = a.next();
        assertEquals("Init", Peer.names(init));
        z.receive(init);
        assertEquals(SctpState.CLOSED, z.association.state());
        // A <- INIT ACK <- Z
        ByteBuffer initAck = z.next();
        assertEquals("InitAck", Peer.names(initAck));
        a.receive(initAck);
        // A -> COOKIE ECHO -> Z
        ByteBuffer cookieEcho = a.next();
        assertEquals("CookieEcho", Peer.names(cookieEcho));
        z.receive(cookieEcho);
        // A <- COOKIE ACK <- Z
        ByteBuffer cookieAck = z.next();
        assertEquals("CookieAck", Peer.names(cookieAck));
        a.receive(cookieAck);
        assertEquals(List.of(new SctpEvent.Connected(65_535, 65_535)), a.events());
        assertEquals(List.of(new SctpEvent.Connected(65_535, 65_535)), z.events());
        a.send(1, "hello");
        z.send(2, "world");
        ladder.exchange();
        assertEquals(List.of("hello"), z.texts());
        assertEquals(List.of("world"), a.texts());
        assertEquals(0, a.association.bufferedAmount(1));
    }

    @Test
    @DisplayName("C36 both sides begin at once")
    void establishesWhenBothBegin() {
        Ladder ladder = new Ladder();
        Peer a = ladder.a;
        Peer z = ladder.z;
        a.association.connect(a.now);
        z.association.connect(z.now);
        // A -> INIT -> Z, A <- INIT <- Z at the same time
        ByteBuffer initA = a.next();
        ByteBuffer initZ = z.next();
        a.receive(initZ);
        z.receive(initA);
        ladder.exchange();
        assertEquals(List.of(new SctpEvent.Connected(65_535, 65_535)), a.events());
        assertEquals(List.of(new SctpEvent.Connected(65_535, 65_535)), z.events());
        a.send(0, "from a");
        z.send(0, "from z");
        ladder.exchange();
        assertEquals(List.of("from a"), z.texts());
        assertEquals(List.of("from z"), a.texts());
    }

    @Test
    @DisplayName("a round trip that is known before makes the first timeouts, in place of RTO.Initial")
    void seedsTheTimers() {
        Ladder ladder = new Ladder();
        Peer a = ladder.a;
        long roundTrip = 100_000_000;
        a.association.expectRoundTrip(roundTrip);
        a.association.connect(a.now);
        assertEquals(a.now + 3 * roundTrip, a.association.nextTimeout());
        assertEquals(0, a.association.outboundStreams());
        // A -> INIT -> Z
        ladder.z.receive(a.next());
        // A <- INIT ACK <- Z
        a.receive(ladder.z.next());
        assertEquals(SctpState.COOKIE_ECHOED, a.association.state());
        assertEquals(a.now + 3 * roundTrip, a.association.nextTimeout());
        // What is sent now goes with the COOKIE ECHO.
        assertEquals(65_535, a.association.outboundStreams());
        assertEquals(65_535, a.association.inboundStreams());
        a.send(1, "open");
        a.send(1, "hello");
        assertEquals(3, Peer.names(a.next()).split(" ").length);
    }

    @Test
    @DisplayName("who is connected to measures the round trip from INIT ACK to COOKIE ECHO")
    void measuresAsTheOther() {
        Ladder ladder = new Ladder();
        ladder.a.association.connect(ladder.a.now);
        ladder.z.receive(ladder.a.next());
        ladder.a.receive(ladder.z.next());
        ladder.z.now += 40_000_000;
        ladder.z.receive(ladder.a.next());
        assertEquals(40_000_000, ladder.z.association.metrics().srttNanos());
    }

    @Test
    @DisplayName("C37 both begin at once and the COOKIE ECHO with the first DATA is lost")
    void deliversOnceWhenTheFirstDataIsLost() {
        Ladder ladder = new Ladder();
        Peer a = ladder.a;
        Peer z = ladder.z;
        a.association.connect(a.now);
        z.association.connect(z.now);
        a.send(0, "first");
        ByteBuffer initA = a.next();
        ByteBuffer initZ = z.next();
        a.receive(initZ);
        z.receive(initA);
        // A <-> INIT ACK <-> Z
        ByteBuffer initAckA = a.next();
        a.receive(z.next());
        z.receive(initAckA);
        // A -> COOKIE ECHO, DATA -> /lost/
        assertEquals("CookieEcho Data", Peer.names(a.next()));
        ladder.run(3 * Peer.SECOND);
        assertEquals(List.of("first"), z.texts());
        assertEquals(0, a.association.bufferedAmount(0));
        assertEquals(SctpState.ESTABLISHED, a.association.state());
        assertEquals(SctpState.ESTABLISHED, z.association.state());
    }

    @Test
    @DisplayName("C39 INIT lost: the same again after 0.5, 1, 2 … s, and 8 times at most")
    void resendsInit() {
        Peer a = new Peer(1);
        a.association.connect(a.now);
        ByteBuffer first = a.next();
        long delay = 500 * Peer.MILLI;
        for (int i = 0; i < 8; i++) {
            assertEquals(a.now + delay, a.association.nextTimeout());
            a.elapse();
            assertEquals(first, a.next());
            assertNull(a.next());
            delay = Math.min(2 * delay, 60 * Peer.SECOND);
        }
        a.elapse();
        assertNull(a.next());
        assertEquals(List.of(new SctpEvent.Aborted(AbortOrigin.TOO_MANY_RETRIES, 0, "no answer to INIT")), a.events());
        assertEquals(Long.MAX_VALUE, a.association.nextTimeout());
    }

    @Test
    @DisplayName(
            "where back-off is bounded INIT and COOKIE ECHO are repeated after one time and then after two times that")
    void doublesOnce() {
        Ladder ladder = new Ladder(Peer.options().maxRtoBackoff(2).build());
        ladder.a.association.expectRoundTrip(100 * Peer.MILLI);
        ladder.a.association.connect(ladder.a.now);
        ByteBuffer init = ladder.a.next();
        assertRepeats(ladder.a, "Init");
        ladder.z.receive(init);
        ladder.a.receive(ladder.z.next());
        ladder.a.next();
        assertRepeats(ladder.a, "CookieEcho");
    }

    /** After 300 ms, and then each 600. */
    static void assertRepeats(Peer peer, String chunk) {
        for (long millis : new long[] {300, 600, 600, 600, 600}) {
            assertEquals(peer.now + millis * Peer.MILLI, peer.association.nextTimeout());
            peer.elapse();
            assertEquals(chunk, Peer.names(peer.next()));
        }
    }

    @Test
    @DisplayName("C40, C33 each INIT is answered anew, under another tag")
    void keepsNoStateForAnInit() {
        Ladder ladder = new Ladder();
        ladder.a.association.connect(ladder.a.now);
        ByteBuffer init = ladder.a.next();
        ladder.z.receive(init);
        InitAckChunk first = Peer.first(InitAckChunk.class, ladder.z.next());
        ladder.z.receive(init);
        ByteBuffer second = ladder.z.next();
        assertNotEquals(
                first.initiateTag(), Peer.first(InitAckChunk.class, second).initiateTag());
        ladder.a.receive(second);
        ladder.exchange();
        assertEquals(SctpState.ESTABLISHED, ladder.a.association.state());
        assertEquals(SctpState.ESTABLISHED, ladder.z.association.state());
    }

    @Test
    @DisplayName("C41 COOKIE ECHO lost: again, with its DATA")
    void resendsCookieEcho() {
        Ladder ladder = cookieEchoed("data");
        // A -> COOKIE ECHO, DATA -> /lost/
        assertEquals("CookieEcho Data", Peer.names(ladder.a.next()));
        assertNull(ladder.a.next());
        ladder.a.elapse();
        ByteBuffer again = ladder.a.next();
        assertEquals("CookieEcho Data", Peer.names(again));
        ladder.z.receive(again);
        assertEquals(List.of("data"), ladder.z.texts());
        // A <- COOKIE ACK, SACK <- Z
        ByteBuffer answer = ladder.z.next();
        assertEquals("CookieAck Sack", Peer.names(answer));
        ladder.a.receive(answer);
        assertEquals(0, ladder.a.association.bufferedAmount(1));
    }

    @Test
    @DisplayName("C41 COOKIE ECHO never answered")
    void givesUpOnCookieEcho() {
        Ladder ladder = cookieEchoed("data");
        ladder.a.next();
        for (int i = 0; i < 9; i++) {
            ladder.a.elapse();
            ladder.a.all();
        }
        assertEquals(
                List.of(new SctpEvent.Aborted(AbortOrigin.TOO_MANY_RETRIES, 0, "no answer to COOKIE ECHO")),
                ladder.a.events());
    }

    @Test
    @DisplayName("C42 COOKIE ACK lost: the second COOKIE ECHO is answered, and nobody connects twice")
    void answersCookieEchoAgain() {
        Ladder ladder = cookieEchoed("data");
        ladder.z.receive(ladder.a.next());
        // A /lost/ <- COOKIE ACK <- Z
        ladder.z.all();
        assertEquals(1, ladder.z.events().size());
        ladder.a.elapse();
        ladder.exchange();
        assertEquals(List.of(), ladder.z.events());
        assertEquals(List.of("data"), ladder.z.texts());
        assertEquals(SctpState.ESTABLISHED, ladder.a.association.state());
        assertEquals(0, ladder.a.association.bufferedAmount(1));
    }

    @Test
    @DisplayName("C43 one packet of DATA before the COOKIE ACK, the rest right after it")
    void sendsOnePacketBeforeCookieAck() {
        Ladder ladder = cookieEchoed("x".repeat(5000));
        ByteBuffer cookieEcho = ladder.a.next();
        assertNull(ladder.a.next());
        ladder.z.receive(cookieEcho);
        ladder.a.receive(ladder.z.all());
        assertEquals("Data", Peer.names(ladder.a.next()));
    }

    @Test
    @DisplayName("C44 an INIT with tag 0 is dropped")
    void dropsInitWithoutTag() {
        Peer z = new Peer(2);
        z.receive(0, new InitChunk(0, 5000, 1, 1, 1, List.of()));
        assertNull(z.next());
        assertEquals(1, z.association.metrics().malformedPackets());
    }

    @Test
    @DisplayName("C45, C46 an INIT without streams, or with next to no window, is answered with ABORT")
    void rejectsUnusableInit() {
        for (InitChunk init : List.of(
                new InitChunk(7, 5000, 0, 1, 1, List.of()),
                new InitChunk(7, 5000, 1, 0, 1, List.of()),
                new InitChunk(7, 1499, 1, 1, 1, List.of()))) {
            Peer z = new Peer(2);
            z.receive(0, init);
            ByteBuffer abort = z.next();
            assertEquals("Abort", Peer.names(abort));
            assertEquals(7, Peer.verificationTag(abort));
            assertEquals(SctpState.CLOSED, z.association.state());
            assertEquals(List.of(), z.events());
        }
    }

    @Test
    @DisplayName("C47 the smaller number of streams counts")
    void negotiatesStreams() {
        Ladder ladder = new Ladder(
                SctpOptions.builder().outboundStreams(10).inboundStreams(20).build(),
                SctpOptions.builder().outboundStreams(5).inboundStreams(4).build());
        ladder.a.association.connect(ladder.a.now);
        ladder.exchange();
        assertEquals(List.of(new SctpEvent.Connected(4, 5)), ladder.a.events());
        assertEquals(List.of(new SctpEvent.Connected(5, 4)), ladder.z.events());
        assertEquals(SendStatus.CLOSED, ladder.a.send(4, "beyond"));
        assertEquals(SendStatus.QUEUED, ladder.a.send(3, "last"));
    }

    @Test
    @DisplayName("C49 an INIT ACK without a State Cookie")
    void abortsWithoutCookie() {
        Peer a = new Peer(1);
        a.association.connect(a.now);
        int tag = Peer.first(InitChunk.class, a.next()).initiateTag();
        a.receive(tag, new InitAckChunk(9, 5000, 1, 1, 1, List.of()));
        AbortChunk abort = Peer.first(AbortChunk.class, a.next());
        assertEquals(List.of(new MissingMandatoryParameterCause(List.of(7))), abort.causes());
        assertEquals(1, a.events().size());
    }

    @Test
    @DisplayName("C17 unknown parameters are reported or not, as their highest bits say")
    void reportsUnknownParameters() {
        Peer z = new Peer(2);
        List<Parameter> parameters = List.of(
                new UnknownParameter(0x8100, Bytes.EMPTY),
                new UnknownParameter(0xC100, Bytes.EMPTY),
                new UnknownParameter(0x4100, Bytes.EMPTY),
                new UnknownParameter(0xC101, Bytes.EMPTY));
        z.receive(0, new InitChunk(7, 5000, 1, 1, 1, parameters));
        List<Parameter> reported = Peer.first(InitAckChunk.class, z.next()).parameters().stream()
                .filter(UnrecognizedParameter.class::isInstance)
                .toList();
        assertEquals(2, reported.size());
    }

    @Test
    @DisplayName("C18 an unknown parameter of INIT ACK is reported with the COOKIE ECHO")
    void reportsUnknownParameterOfInitAck() {
        Peer a = new Peer(1);
        a.association.connect(a.now);
        int tag = Peer.first(InitChunk.class, a.next()).initiateTag();
        List<Parameter> parameters =
                List.of(new StateCookieParameter(Bytes.utf8("cookie")), new UnknownParameter(0xC100, Bytes.EMPTY));
        a.receive(tag, new InitAckChunk(9, 5000, 1, 1, 1, parameters));
        assertEquals("CookieEcho Error", Peer.names(a.next()));
    }

    @Test
    @DisplayName("C50, C51 INIT ACK and COOKIE ACK out of turn are dropped")
    void dropsLateAnswers() {
        Ladder ladder = new Ladder();
        ladder.a.association.connect(ladder.a.now);
        ladder.z.receive(ladder.a.next());
        ByteBuffer initAck = ladder.z.next();
        ladder.a.receive(initAck);
        ladder.z.receive(ladder.a.next());
        ByteBuffer cookieAck = ladder.z.next();
        ladder.a.receive(cookieAck);
        ladder.a.events();
        ladder.a.receive(initAck);
        ladder.a.receive(cookieAck);
        assertNull(ladder.a.next());
        assertEquals(List.of(), ladder.a.events());
        assertEquals(2, ladder.a.association.metrics().droppedPackets());
    }

    @Test
    @DisplayName("C52, C56 a cookie with any bit flipped, or cut anywhere, makes no association")
    void refusesForgedCookies() {
        Ladder ladder = new Ladder();
        ladder.a.association.connect(ladder.a.now);
        ladder.z.receive(ladder.a.next());
        ByteBuffer initAck = ladder.z.next();
        ladder.a.receive(initAck);
        ByteBuffer echo = ladder.a.next();
        int tag = Peer.verificationTag(echo);
        byte[] cookie = Peer.first(CookieEchoChunk.class, echo).cookie().toArray();
        for (int bit = 0; bit < cookie.length * 8; bit++) {
            byte[] forged = cookie.clone();
            forged[bit / 8] ^= (byte) (1 << bit % 8);
            ladder.z.receive(tag, new CookieEchoChunk(Bytes.copyOf(forged)));
        }
        for (int length = 0; length < cookie.length; length++) {
            ladder.z.receive(tag, new CookieEchoChunk(Bytes.copyOf(Arrays.copyOf(cookie, length))));
        }
        ladder.z.receive(tag, new CookieEchoChunk(Bytes.copyOf(new byte[60_000])));
        assertNull(ladder.z.next());
        assertEquals(SctpState.CLOSED, ladder.z.association.state());
        ladder.z.receive(echo);
        assertEquals(SctpState.ESTABLISHED, ladder.z.association.state());
    }

    @Test
    @DisplayName("C53, C54 a stale cookie is refused; the other side asks for one that lives longer")
    void asksForALongerLife() {
        Ladder ladder = cookieEchoed("data");
        ByteBuffer late = ladder.a.next();
        ladder.z.now += 61 * Peer.SECOND;
        ladder.z.receive(late);
        // A <- ERROR (Stale Cookie) <- Z
        ByteBuffer error = ladder.z.next();
        assertEquals(
                List.of(new StaleCookieCause(1_000_000)),
                Peer.first(ErrorChunk.class, error).causes());
        assertEquals(SctpState.CLOSED, ladder.z.association.state());
        ladder.a.receive(error);
        // A -> INIT (Cookie Preservative) -> Z
        ByteBuffer init = ladder.a.next();
        assertNotNull(Parameter.first(
                CookiePreservativeParameter.class,
                Peer.first(InitChunk.class, init).parameters()));
        ladder.z.receive(init);
        ladder.exchange();
        assertEquals(SctpState.ESTABLISHED, ladder.a.association.state());
        assertEquals(List.of("data"), ladder.z.texts());
    }

    @Test
    @DisplayName("C55 a cookie does not bring an association back that was closed")
    void cookiesDoNotRaiseTheDead() {
        Ladder ladder = cookieEchoed("data");
        ByteBuffer echo = ladder.a.next();
        ladder.z.receive(echo);
        ladder.z.association.abort("enough", ladder.z.now);
        ladder.z.all();
        ladder.z.receive(echo);
        assertNull(ladder.z.next());
        assertEquals(SctpState.CLOSED, ladder.z.association.state());
    }

    @Test
    @DisplayName("C58 the peer restarts: the association goes on, and what was unacknowledged is sent to the new one")
    void survivesARestart() {
        Ladder ladder = Ladder.connected();
        ladder.a.send(1, "to the old one");
        ladder.exchange();
        assertEquals(List.of("to the old one"), ladder.z.texts());
        ladder.a.events();
        ladder.a.send(1, "to the new one");
        ladder.a.send(2, "x".repeat(3000));
        // A -> DATA -> /lost/
        ladder.a.all();
        Peer newZ = new Peer(3);
        newZ.now = ladder.a.now;
        newZ.association.connect(newZ.now);
        // A <- INIT <- Z'
        ladder.a.receive(newZ.next());
        newZ.receive(ladder.a.all());
        ladder.a.receive(newZ.all());
        assertEquals(List.of(new SctpEvent.Restarted()), ladder.a.events());
        for (int i = 0; i < 5; i++) {
            newZ.receive(ladder.a.all());
            ladder.a.receive(newZ.all());
        }
        assertEquals(SctpState.ESTABLISHED, newZ.association.state());
        assertEquals(
                Set.of("to the new one".length(), 3000),
                newZ.texts().stream().map(String::length).collect(Collectors.toSet()));
        assertEquals(0, ladder.a.association.bufferedAmount(1));
        assertEquals(0, ladder.a.association.bufferedAmount(2));
    }

    @Test
    @DisplayName("C61 an INIT when established changes nothing")
    void initChangesNothing() {
        Ladder ladder = Ladder.connected();
        for (int i = 0; i < 1000; i++) {
            ladder.z.receive(0, new InitChunk(7 + i, 5000, 1, 1, 1, List.of()));
        }
        assertEquals(64, ladder.z.all().size());
        ladder.a.send(1, "still here");
        ladder.exchange();
        assertEquals(List.of("still here"), ladder.z.texts());
    }

    @Test
    @DisplayName("C34, C78 TSNs wrap")
    void tsnsWrap() {
        for (int initialTsn : new int[] {0, -1, -3, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            Peer a = new Peer(1);
            Peer z = new Peer(2);
            a.association.connect(a.now);
            InitChunk init = Peer.first(InitChunk.class, a.next());
            z.receive(
                    0,
                    new InitChunk(
                            init.initiateTag(),
                            init.aRwnd(),
                            init.outboundStreams(),
                            init.inboundStreams(),
                            initialTsn,
                            init.parameters()));
            InitAckChunk initAck = Peer.first(InitAckChunk.class, z.next());
            StateCookieParameter cookie = Parameter.first(StateCookieParameter.class, initAck.parameters());
            z.receive(initAck.initiateTag(), new CookieEchoChunk(cookie.cookie()));
            z.all();
            for (int i = 0; i < 10; i++) {
                byte[] text = ("message " + i).getBytes(StandardCharsets.UTF_8);
                DataChunk data = new DataChunk(3, initialTsn + i, 1, i, 51, ByteBuffer.wrap(text), 0, text.length);
                z.receive(initAck.initiateTag(), data);
            }
            SackChunk sack = Peer.first(SackChunk.class, z.next());
            assertEquals(10, z.texts().size());
            assertEquals(initialTsn + 9, sack.cumulativeTsnAck());
        }
    }

    @Test
    @DisplayName("C69 shutdown and abort before there is an association")
    void endsBeforeItBegan() {
        for (boolean connecting : new boolean[] {false, true}) {
            Peer a = new Peer(1);
            if (connecting) {
                a.association.connect(a.now);
            }
            a.association.shutdown(a.now);
            assertEquals(List.of(new SctpEvent.Closed()), a.events());
            assertEquals(Long.MAX_VALUE, a.association.nextTimeout());
            assertNull(a.next());
            assertEquals(SendStatus.CLOSED, a.send(1, "late"));
        }
        Ladder ladder = cookieEchoed("data");
        ladder.a.association.abort("no", ladder.a.now);
        assertEquals("Abort", Peer.names(ladder.a.next()));
        assertEquals(Long.MAX_VALUE, ladder.a.association.nextTimeout());
    }

    /** A has a COOKIE ECHO to send and this message. */
    private static Ladder cookieEchoed(String message) {
        Ladder ladder = new Ladder();
        assertEquals(SendStatus.QUEUED, ladder.a.send(1, message));
        ladder.a.association.connect(ladder.a.now);
        ladder.z.receive(ladder.a.next());
        ladder.a.receive(ladder.z.next());
        assertEquals(SctpState.COOKIE_ECHOED, ladder.a.association.state());
        return ladder;
    }

    @Test
    @DisplayName(
            "C111 the handshake's round trip is the first measurement, unless the INIT was sent twice (Karn's rule)")
    void measuresTheHandshake() {
        assertEquals(30 * Peer.MILLI, roundTripAfterHandshake(false));
        assertEquals(0, roundTripAfterHandshake(true));
    }

    private static long roundTripAfterHandshake(boolean repeated) {
        Ladder ladder = new Ladder();
        ladder.a.association.connect(ladder.a.now);
        ByteBuffer init = ladder.a.next();
        if (repeated) {
            ladder.a.elapse();
            init = ladder.a.next();
        }
        ladder.z.receive(init);
        ladder.a.now += 30 * Peer.MILLI;
        ladder.exchange();
        assertEquals(SctpState.ESTABLISHED, ladder.a.association.state());
        return ladder.a.association.metrics().srttNanos();
    }
}
