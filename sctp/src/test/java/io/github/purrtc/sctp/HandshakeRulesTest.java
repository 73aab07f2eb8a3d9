package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.AbortChunk;
import io.github.purrtc.sctp.packet.AddressParameter;
import io.github.purrtc.sctp.packet.Bytes;
import io.github.purrtc.sctp.packet.Chunk;
import io.github.purrtc.sctp.packet.CookieEchoChunk;
import io.github.purrtc.sctp.packet.ErrorChunk;
import io.github.purrtc.sctp.packet.ForwardTsnChunk;
import io.github.purrtc.sctp.packet.ForwardTsnSupportedParameter;
import io.github.purrtc.sctp.packet.HeartbeatChunk;
import io.github.purrtc.sctp.packet.InitAckChunk;
import io.github.purrtc.sctp.packet.InitChunk;
import io.github.purrtc.sctp.packet.Parameter;
import io.github.purrtc.sctp.packet.ReConfigChunk;
import io.github.purrtc.sctp.packet.StaleCookieCause;
import io.github.purrtc.sctp.packet.StateCookieParameter;
import io.github.purrtc.sctp.packet.SupportedExtensionsParameter;
import io.github.purrtc.sctp.packet.UnknownChunk;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What may and may not be in the packets of a handshake, and who they may come from. */
class HandshakeRulesTest {
    @Test
    @DisplayName("C19 two State Cookies, two Supported Extensions: the first counts")
    void theFirstOfTwoParametersCounts() {
        Peer a = new Peer(1);
        int tag = begin(a);
        a.receive(
                tag,
                initAck(
                        9,
                        5000,
                        1,
                        1,
                        new StateCookieParameter(Bytes.utf8("first")),
                        new StateCookieParameter(Bytes.utf8("second")),
                        SupportedExtensionsParameter.of(ForwardTsnChunk.TYPE),
                        SupportedExtensionsParameter.of(ReConfigChunk.TYPE)));
        CookieEchoChunk echo = Peer.first(CookieEchoChunk.class, a.next());
        assertEquals(Bytes.utf8("first"), echo.cookie());
    }

    @Test
    @DisplayName("C20 addresses mean nothing over DTLS, not even host names")
    void ignoresAddresses() {
        Peer z = new Peer(2);
        List<Parameter> addresses = List.of(
                new AddressParameter(AddressParameter.IPV4_ADDRESS, Bytes.copyOf(new byte[] {10, 0, 0, 1})),
                new AddressParameter(AddressParameter.IPV6_ADDRESS, Bytes.copyOf(new byte[16])),
                new AddressParameter(AddressParameter.HOST_NAME_ADDRESS, Bytes.utf8("example.org\0")),
                new AddressParameter(AddressParameter.SUPPORTED_ADDRESS_TYPES, Bytes.copyOf(new byte[] {0, 5})));
        z.receive(0, new InitChunk(7, 5000, 1, 1, 1, addresses));
        InitAckChunk initAck = Peer.first(InitAckChunk.class, z.next());
        assertTrue(initAck.parameters().stream().noneMatch(AddressParameter.class::isInstance));
        StateCookieParameter cookie = Parameter.first(StateCookieParameter.class, initAck.parameters());
        z.receive(initAck.initiateTag(), new CookieEchoChunk(cookie.cookie()));
        assertEquals(SctpState.ESTABLISHED, z.association.state());
    }

    @Test
    @DisplayName(
            "C23 ECNE, CWR, AUTH, ASCONF-ACK and ASCONF were not negotiated: unknown, each as its highest bits say")
    void treatsWhatWasNotNegotiatedAsUnknown() {
        Ladder ladder = Ladder.connected();
        int tag = RetransmissionTest.zToATag(ladder);
        ladder.run(100 * Peer.MILLI);
        for (int type : new int[] {0x0C, 0x0D, 0x0F, 0x80, 0xC1}) {
            ladder.a.receive(tag, new UnknownChunk(type, 0, Bytes.copyOf(new byte[4])));
            ByteBuffer answer = ladder.a.next();
            assertEquals(type == 0xC1, answer != null, "chunk type " + type);
            assertTrue(answer == null || Peer.names(answer).equals("Error"));
        }
        assertEquals(SctpState.ESTABLISHED, ladder.a.association.state());
    }

    @Test
    @DisplayName("C30 COOKIE ECHO counts under the tag that is in its cookie only")
    void cookieEchoNeedsItsTag() {
        Ladder ladder = new Ladder();
        begin(ladder.a, ladder.z);
        ByteBuffer echo = ladder.a.next();
        Chunk chunk = Peer.first(CookieEchoChunk.class, echo);
        for (int wrong : new int[] {0, 1, Peer.verificationTag(echo) + 1}) {
            ladder.z.receive(wrong, chunk);
            assertNull(ladder.z.next());
            assertEquals(SctpState.CLOSED, ladder.z.association.state());
        }
        ladder.z.receive(echo);
        assertEquals(SctpState.ESTABLISHED, ladder.z.association.state());
    }

    @Test
    @DisplayName("C32 a packet with an ABORT is never answered with an ABORT")
    void abortIsNotAnswered() {
        Ladder ladder = Ladder.connected();
        int tag = RetransmissionTest.zToATag(ladder);
        Chunk heartbeat = new HeartbeatChunk(List.of());
        for (int wrong : new int[] {0, tag + 1, tag ^ 0x8000_0000}) {
            ladder.a.receive(wrong, heartbeat, new AbortChunk(true, List.of()));
            ladder.a.receive(wrong, new AbortChunk(false, List.of()));
            assertNull(ladder.a.next());
        }
        assertEquals(SctpState.ESTABLISHED, ladder.a.association.state());
        ladder.a.receive(tag, heartbeat, new AbortChunk(false, List.of()));
        assertNull(ladder.a.next());
        assertEquals(SctpState.CLOSED, ladder.a.association.state());
        ladder.a.receive(tag, new AbortChunk(false, List.of()));
        assertNull(ladder.a.next());
    }

    @Test
    @DisplayName(
            "C38 an INIT that crosses our own, or our COOKIE ECHO, is answered with the tag and TSN we chose first")
    void answersACrossingInitWithTheSameParameters() {
        Ladder ladder = new Ladder();
        Peer a = ladder.a;
        a.association.connect(a.now);
        ByteBuffer first = a.next();
        InitChunk own = Peer.first(InitChunk.class, first);
        InitChunk crossing = new InitChunk(7, 5000, 1, 1, 1, List.of());
        // A <- INIT <- somebody: in COOKIE-WAIT
        a.receive(0, crossing);
        assertSameParameters(own, a.next());
        ladder.z.receive(first);
        a.receive(ladder.z.next());
        a.next();
        assertEquals(SctpState.COOKIE_ECHOED, a.association.state());
        // A <- INIT <- somebody: in COOKIE-ECHOED
        a.receive(0, crossing);
        assertSameParameters(own, a.next());
        assertEquals(SctpState.COOKIE_ECHOED, a.association.state());
    }

    @Test
    @DisplayName("C44, C45, C46 an INIT ACK without tag, streams or window ends the attempt")
    void refusesUnusableInitAck() {
        List<InitAckChunk> unusable = List.of(
                initAck(9, 5000, 0, 1, cookie()),
                initAck(9, 5000, 1, 0, cookie()),
                initAck(9, 1499, 1, 1, cookie()),
                initAck(0, 5000, 1, 1, cookie()));
        for (InitAckChunk initAck : unusable) {
            Peer a = new Peer(1);
            int tag = begin(a);
            a.receive(tag, initAck);
            ByteBuffer answer = a.next();
            assertEquals(initAck.initiateTag() == 0 ? null : "Abort", answer == null ? null : Peer.names(answer));
            assertTrue(answer == null || Peer.verificationTag(answer) == 9);
            assertEquals(SctpState.CLOSED, a.association.state());
            assertEquals(1, a.events().size());
            assertEquals(Long.MAX_VALUE, a.association.nextTimeout());
        }
    }

    @Test
    @DisplayName("C48 an INIT or INIT ACK that is cut anywhere makes no state")
    void dropsTruncatedInit() {
        Peer a = new Peer(1);
        a.association.connect(a.now);
        ByteBuffer init = a.next();
        Peer z = new Peer(2);
        int whole = Peer.first(InitChunk.class, init).length();
        for (int length = 4; length < 20; length++) {
            z.receive(cut(init, length));
            assertNull(z.next(), "length " + length);
        }
        assertEquals(16, z.association.metrics().malformedPackets());
        z.receive(cut(init, whole));
        ByteBuffer initAck = z.next();
        assertNotNull(initAck);
        for (int length = 4; length < 20; length++) {
            a.receive(cut(initAck, length));
            assertNull(a.next());
            assertEquals(SctpState.COOKIE_WAIT, a.association.state());
        }
    }

    @Test
    @DisplayName("C54 a Stale Cookie error counts in COOKIE-ECHOED only, and not for ever")
    void staleCookieErrorsEnd() {
        Ladder established = Ladder.connected();
        int tagOfA = RetransmissionTest.zToATag(established);
        established.a.receive(tagOfA, new ErrorChunk(List.of(new StaleCookieCause(1))));
        assertEquals(SctpState.ESTABLISHED, established.a.association.state());
        Peer a = new Peer(1);
        int tag = begin(a);
        int inits = 0;
        while (a.association.state() != SctpState.CLOSED) {
            a.receive(tag, initAck(9, 5000, 1, 1, cookie()));
            a.all();
            a.receive(tag, new ErrorChunk(List.of(new StaleCookieCause(0xFFFF_FFFFL))));
            a.all();
            assertTrue(++inits < 10, "it never gives up");
        }
        assertEquals(3, inits);
    }

    @Test
    @DisplayName("C62 a flood of INITs keeps nothing, and what is answered is bounded")
    void aFloodOfInitsKeepsNothing() {
        Peer z = new Peer(2);
        for (int i = 0; i < 100_000; i++) {
            z.receive(0, new InitChunk(1 + i, 5000, 1, 1, i, List.of()));
        }
        assertEquals(64, z.all().size());
        assertEquals(SctpState.CLOSED, z.association.state());
        assertEquals(Long.MAX_VALUE, z.association.nextTimeout());
        assertEquals(List.of(), z.events());
    }

    @Test
    @DisplayName("C63 both sides announce the same extensions, the ones for partial reliability and reset among them")
    void announcesItsExtensions() {
        Peer a = new Peer(1);
        Peer z = new Peer(2);
        a.association.connect(a.now);
        ByteBuffer init = a.next();
        z.receive(init);
        List<Parameter> ofInit = Peer.first(InitChunk.class, init).parameters();
        List<Parameter> ofInitAck = Peer.first(InitAckChunk.class, z.next()).parameters();
        SupportedExtensionsParameter extensions = Parameter.first(SupportedExtensionsParameter.class, ofInit);
        assertEquals(extensions, Parameter.first(SupportedExtensionsParameter.class, ofInitAck));
        assertTrue(extensions.supports(ForwardTsnChunk.TYPE) && extensions.supports(ReConfigChunk.TYPE));
        assertFalse(extensions.supports(0xC1), "ASCONF");
        assertNotNull(Parameter.first(ForwardTsnSupportedParameter.class, ofInit));
        assertNotNull(Parameter.first(ForwardTsnSupportedParameter.class, ofInitAck));
    }

    @Test
    @DisplayName("C64 Forward-TSN-Supported with a value it must not have makes no association, and does no harm")
    void survivesForwardTsnSupportedOfWrongLength() {
        Peer a = new Peer(1);
        a.association.connect(a.now);
        ByteBuffer init = a.next();
        for (int length : new int[] {0, 1, 3, 5, 8, 200, 65_535}) {
            Peer z = new Peer(2);
            byte[] bytes = new byte[init.remaining()];
            init.duplicate().get(bytes);
            ByteBuffer packet = ByteBuffer.wrap(bytes);
            int parameter = find(packet, ForwardTsnSupportedParameter.TYPE);
            packet.putShort(parameter + 2, (short) length);
            z.receive(MalformedInputTest.withChecksum(packet));
            ByteBuffer answer = z.next();
            assertTrue(answer == null || Peer.names(answer).equals("InitAck"), "length " + length);
            assertEquals(SctpState.CLOSED, z.association.state());
        }
    }

    private static int find(ByteBuffer packet, int parameterType) {
        for (int at = 12 + 20; at < packet.limit(); at += 4) {
            if ((packet.getShort(at) & 0xFFFF) == parameterType) {
                return at;
            }
        }
        throw new AssertionError("the parameter is not there");
    }

    private static void assertSameParameters(InitChunk own, ByteBuffer packet) {
        InitAckChunk initAck = Peer.first(InitAckChunk.class, packet);
        assertEquals(own.initiateTag(), initAck.initiateTag());
        assertEquals(own.initialTsn(), initAck.initialTsn());
    }

    /** The packet with its only chunk cut to that length. */
    private static ByteBuffer cut(ByteBuffer packet, int chunkLength) {
        ByteBuffer cut = ByteBuffer.allocate(12 + (chunkLength + 3 & ~3));
        byte[] bytes = new byte[12 + chunkLength];
        packet.duplicate().get(bytes);
        cut.put(bytes).rewind();
        cut.putShort(14, (short) chunkLength);
        return MalformedInputTest.withChecksum(cut);
    }

    private static int begin(Peer a) {
        a.association.connect(a.now);
        return Peer.first(InitChunk.class, a.next()).initiateTag();
    }

    /** A has a COOKIE ECHO to send to Z. */
    private static void begin(Peer a, Peer z) {
        a.association.connect(a.now);
        z.receive(a.next());
        a.receive(z.next());
    }

    private static Parameter cookie() {
        return new StateCookieParameter(Bytes.utf8("cookie"));
    }

    private static InitAckChunk initAck(
            int tag, int window, int outboundStreams, int inboundStreams, Parameter... parameters) {
        return new InitAckChunk(tag, window, outboundStreams, inboundStreams, 1000, List.of(parameters));
    }
}
