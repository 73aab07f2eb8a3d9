package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.CookieAckChunk;
import io.github.purrtc.sctp.packet.CookieEchoChunk;
import io.github.purrtc.sctp.packet.DataChunk;
import io.github.purrtc.sctp.packet.InitAckChunk;
import io.github.purrtc.sctp.packet.InitChunk;
import io.github.purrtc.sctp.packet.Parameter;
import io.github.purrtc.sctp.packet.StateCookieParameter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** An association without a handshake: draft-hancke-tsvwg-snap. */
class SignalledInitTest {
    /** The offer's of the draft's example, §7. */
    private static final String EXAMPLE = "0100001e896cdd1d00500000ffffffffe079651dc00000048008000682c0";

    private static final SctpEvent CONNECTED = new SctpEvent.Connected(65_535, 65_535);

    private static SignalledInit of(Peer peer, int seed) {
        return SignalledInit.create(peer.options, new SplittableRandom(seed));
    }

    /** A and Z, which know each other's INIT and have not sent anything. */
    private static Ladder signalled(SctpOptions optionsA, SctpOptions optionsZ) {
        Ladder ladder = new Ladder(optionsA, optionsZ);
        SignalledInit ofA = of(ladder.a, 11);
        SignalledInit ofZ = of(ladder.z, 12);
        ladder.a.association.connect(ofA, ofZ, ladder.a.now);
        ladder.z.association.connect(ofZ, ofA, ladder.z.now);
        return ladder;
    }

    private static Ladder signalled() {
        return signalled(Peer.DEFAULTS, Peer.DEFAULTS);
    }

    @Test
    @DisplayName("both are connected before a packet, and the first one has the first message")
    void connectsWithoutAPacket() {
        Ladder ladder = signalled();
        Peer a = ladder.a;
        Peer z = ladder.z;
        assertEquals(SctpState.ESTABLISHED, a.association.state());
        assertEquals(List.of(CONNECTED), a.events());
        assertEquals(List.of(CONNECTED), z.events());
        assertNull(a.next());
        assertNull(z.next());
        // A -> DATA -> Z, A <- DATA <- Z at the same time
        a.send(1, "hello");
        z.send(2, "world");
        ByteBuffer ofA = a.next();
        ByteBuffer ofZ = z.next();
        assertEquals("Data", Peer.names(ofA));
        assertEquals("Data", Peer.names(ofZ));
        z.receive(ofA);
        a.receive(ofZ);
        assertEquals(List.of("hello"), z.texts());
        assertEquals(List.of("world"), a.texts());
        ladder.run(Peer.SECOND);
        assertEquals(0, a.association.bufferedAmount(1));
        assertEquals(0, z.association.bufferedAmount(2));
    }

    @Test
    @DisplayName("the first message arrives with the first packet, and not with the third: a round trip is saved")
    void savesRoundTrips() {
        assertEquals(1, flightsUntilHeard(signalled()));
        Ladder handshake = new Ladder();
        handshake.a.association.connect(handshake.a.now);
        // INIT, INIT ACK, then the message with the COOKIE ECHO.
        assertEquals(3, flightsUntilHeard(handshake));
    }

    /** How often packets cross the path, to or fro, until Z has the message that A gave away at once. */
    private static int flightsUntilHeard(Ladder ladder) {
        ladder.a.send(1, "hello");
        int flights = 0;
        while (true) {
            flights++;
            ladder.z.receive(ladder.a.all());
            if (!ladder.z.messages().isEmpty()) {
                return flights;
            }
            flights++;
            ladder.a.receive(ladder.z.all());
            assertTrue(flights < 10, "it never arrives");
        }
    }

    @Test
    @DisplayName("what was accepted before goes out with it")
    void sendsWhatWaited() {
        Ladder ladder = new Ladder();
        ladder.a.send(1, "early");
        SignalledInit ofA = of(ladder.a, 11);
        SignalledInit ofZ = of(ladder.z, 12);
        ladder.a.association.connect(ofA, ofZ, ladder.a.now);
        ladder.z.association.connect(ofZ, ofA, ladder.z.now);
        ladder.exchange();
        assertEquals(List.of("early"), ladder.z.texts());
    }

    @Test
    @DisplayName("tags, TSNs, streams and window are those of the INITs")
    void takesTheParameters() {
        Ladder ladder = signalled(
                Peer.options().outboundStreams(10).inboundStreams(7).build(),
                Peer.options()
                        .outboundStreams(20)
                        .inboundStreams(5)
                        .receiveWindow(6_000)
                        .build());
        assertEquals(List.of(new SctpEvent.Connected(5, 7)), ladder.a.events());
        assertEquals(List.of(new SctpEvent.Connected(7, 5)), ladder.z.events());
        assertEquals(6_000, ladder.a.association.metrics().peerWindow());
        ladder.a.send(1, "hello");
        ByteBuffer packet = ladder.a.next();
        InitChunk ofA = of(ladder.a, 11).init();
        InitChunk ofZ = of(ladder.z, 12).init();
        assertEquals(ofZ.initiateTag(), Peer.verificationTag(packet));
        assertEquals(ofA.initialTsn(), Peer.first(DataChunk.class, packet).tsn());
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    @DisplayName("no checksum where both sides are for it, from the first packet on; interleaving likewise")
    void takesTheExtensions(boolean ofA, boolean ofZ) {
        Ladder ladder = signalled(extended(ofA), extended(ofZ));
        ladder.a.send(1, "hello");
        ByteBuffer packet = ladder.a.next();
        assertEquals(ofA && ofZ, packet.getInt(8) == 0);
        int firstChunk = packet.get(12);
        assertEquals(ofA && ofZ ? 64 : 0, firstChunk);
        ladder.z.receive(packet);
        assertEquals(List.of("hello"), ladder.z.texts());
    }

    private static SctpOptions extended(boolean extended) {
        return SctpOptions.builder()
                .interleaving(extended)
                .zeroChecksum(extended)
                .build();
    }

    @Test
    @DisplayName("partial reliability and resets of streams are agreed on")
    void knowsItsExtensions() {
        Ladder ladder = signalled();
        ladder.a.send(1, "hello");
        ladder.exchange();
        ladder.z.messages();
        ladder.a.events();
        ladder.a.association.resetStreams(new int[] {1}, ladder.a.now);
        ladder.run(Peer.SECOND);
        assertTrue(ladder.a.events().stream().anyMatch(SctpEvent.OutgoingStreamsReset.class::isInstance));
        ladder.a.send(1, new byte[100], new SctpSendOptions(false, 0, -1));
        // A -> DATA /lost/ Z
        ladder.a.all();
        ladder.a.elapse(Peer.SECOND);
        ladder.run(Peer.SECOND);
        assertEquals(0, ladder.a.association.bufferedAmount(1));
        assertEquals(List.of(), ladder.z.messages());
    }

    @Test
    @DisplayName("what is sent before the peer is up is sent again")
    void repeatsWhatCameTooEarly() {
        Ladder ladder = new Ladder();
        SignalledInit ofA = of(ladder.a, 11);
        SignalledInit ofZ = of(ladder.z, 12);
        ladder.a.association.connect(ofA, ofZ, ladder.a.now);
        ladder.a.send(1, "hello");
        // A -> DATA -> Z, which does not know of A yet
        ladder.z.receive(ladder.a.all());
        assertEquals(1, ladder.z.association.metrics().droppedPackets());
        ladder.z.association.connect(ofZ, ofA, ladder.z.now);
        ladder.run(2 * Peer.SECOND);
        assertEquals(List.of("hello"), ladder.z.texts());
    }

    @Test
    @DisplayName("the round trip that ICE has measured makes the first timeout")
    void seedsTheTimer() {
        Peer a = new Peer(1);
        a.association.expectRoundTrip(100 * Peer.MILLI);
        a.association.connect(of(a, 11), of(a, 12), a.now);
        a.send(1, "hello");
        a.all();
        assertEquals(100 * Peer.MILLI, a.association.metrics().srttNanos());
    }

    @Test
    @DisplayName("an association that has begun otherwise goes on")
    void doesNotReplaceAHandshake() {
        Ladder ladder = Ladder.connected();
        SignalledInit ofA = of(ladder.a, 11);
        ladder.a.association.connect(ofA, of(ladder.z, 12), ladder.a.now);
        assertEquals(List.of(), ladder.a.events());
        ladder.a.send(1, "hello");
        ladder.exchange();
        assertEquals(List.of("hello"), ladder.z.texts());

        Peer waiting = new Peer(3);
        waiting.association.connect(waiting.now);
        waiting.association.connect(ofA, ofA, waiting.now);
        assertEquals(SctpState.COOKIE_WAIT, waiting.association.state());
        waiting.association.abort("the end", waiting.now);
        waiting.association.connect(ofA, ofA, waiting.now);
        assertEquals(SctpState.CLOSED, waiting.association.state());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("a peer that goes through the handshake all the same, with the INIT that it signalled or another one")
    void aPeerThatBeginsWithAHandshakeAllTheSame(boolean sameInit) {
        Peer a = new Peer(1);
        Peer z = new Peer(2);
        SignalledInit ofA = of(a, 11);
        SignalledInit ofZ = of(z, 12);
        a.association.connect(ofA, ofZ, a.now);
        a.send(1, "early");
        ByteBuffer lost = a.next();
        assertEquals("Data", Peer.names(lost));
        // A <- INIT <- Z
        InitChunk init = sameInit ? ofZ.init() : new InitChunk(99, 100_000, 65_535, 65_535, 7_000, List.of());
        a.receive(0, init);
        ByteBuffer answer = a.next();
        InitAckChunk initAck = Peer.first(InitAckChunk.class, answer);
        assertEquals(init.initiateTag(), Peer.verificationTag(answer));
        assertEquals(ofA.init().initiateTag(), initAck.initiateTag());
        assertEquals(ofA.init().initialTsn(), initAck.initialTsn());
        // A <- COOKIE ECHO <- Z
        StateCookieParameter cookie = Parameter.first(StateCookieParameter.class, initAck.parameters());
        assertNotNull(cookie);
        a.receive(initAck.initiateTag(), new CookieEchoChunk(cookie.cookie()));
        // A -> COOKIE ACK, DATA -> Z: what nobody understood before comes again.
        ByteBuffer back = a.next();
        assertEquals("CookieAck Data", Peer.names(back));
        assertEquals(init.initiateTag(), Peer.verificationTag(back));
        assertEquals(new CookieAckChunk(), Peer.chunks(back).get(0));
        assertEquals(SctpState.ESTABLISHED, a.association.state());
        assertTrue(a.events().stream().noneMatch(SctpEvent.Restarted.class::isInstance));
    }

    @Test
    @DisplayName("once the peer was heard, an INIT is a restart as ever")
    void aRestartIsARestart() {
        Ladder ladder = signalled();
        ladder.a.send(1, "hello");
        ladder.z.send(1, "hello");
        ladder.run(Peer.SECOND);
        ladder.a.events();
        Peer again = new Peer(9);
        Ladder after = new Ladder(ladder.a, again);
        again.association.connect(again.now);
        after.exchange();
        assertEquals(List.of(new SctpEvent.Restarted()), ladder.a.events());
    }

    @Test
    @DisplayName("an INIT as it is signalled: without the padding of the last parameter; with it it is read as well")
    void isTheChunk() {
        byte[] example = HexFormat.of().parseHex(EXAMPLE);
        assertArrayEquals(example, SignalledInit.parse(example).toBytes());
        byte[] padded = Arrays.copyOf(example, example.length + 2);
        assertEquals(SignalledInit.parse(example), SignalledInit.parse(padded));

        SignalledInit own = SignalledInit.create(Peer.DEFAULTS, new SplittableRandom(1));
        assertEquals(own, SignalledInit.parse(own.toBytes()));
        assertNotEquals(own, SignalledInit.create(Peer.DEFAULTS, new SplittableRandom(2)));
        Peer a = new Peer(1);
        a.association.connect(a.now);
        InitChunk sent = Peer.first(InitChunk.class, a.next());
        assertEquals(sent.parameters(), own.init().parameters());
        assertEquals(sent.aRwnd(), own.init().aRwnd());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "01",
                "010000",
                "01000004",
                "01000010896cdd1d00500000ffffffff",
                // tag 0
                "0100001400000000" + "00500000ffffffffe079651d",
                // a window of 1,499 bytes
                "01000014896cdd1d" + "000005dbffffffffe079651d",
                // no streams one way or the other
                "01000014896cdd1d" + "005000000000ffffe079651d",
                "01000014896cdd1d" + "00500000ffff0000e079651d",
                // INIT ACK, DATA
                "02000014896cdd1d" + "00500000ffffffffe079651d",
                "00000014896cdd1d" + "00500000ffffffffe079651d",
                // a length that is not there, one that leaves a rest, and lengths of nothing
                "01000018896cdd1d" + "00500000ffffffffe079651d",
                "01000014896cdd1d" + "00500000ffffffffe079651d" + "00000000",
                "01000000896cdd1d" + "00500000ffffffffe079651d",
                "01000003896cdd1d" + "00500000ffffffffe079651d",
                "0100ffff896cdd1d" + "00500000ffffffffe079651d",
                // parameters longer than the chunk, and shorter than themselves
                "01000018896cdd1d" + "00500000ffffffffe079651d" + "c0000008",
                "01000018896cdd1d" + "00500000ffffffffe079651d" + "c0000003",
                // Forward-TSN-Supported with a value
                "0100001c896cdd1d" + "00500000ffffffffe079651d" + "c000000800000000",
            })
    @DisplayName("what a handshake would not take is refused")
    void refusesWhatIsOfNoUse(String hex) {
        byte[] chunk = HexFormat.of().parseHex(hex);
        assertThrows(IllegalArgumentException.class, () -> SignalledInit.parse(chunk));
    }

    @Test
    @DisplayName("cut anywhere it is refused")
    void refusesEveryPrefix() {
        byte[] example = HexFormat.of().parseHex(EXAMPLE);
        for (int length = 0; length < example.length; length++) {
            byte[] cut = Arrays.copyOf(example, length);
            assertThrows(IllegalArgumentException.class, () -> SignalledInit.parse(cut), "length " + length);
        }
    }
}
