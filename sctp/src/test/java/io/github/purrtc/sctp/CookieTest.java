package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.Bytes;
import io.github.purrtc.sctp.packet.CookieEchoChunk;
import io.github.purrtc.sctp.packet.CookiePreservativeParameter;
import io.github.purrtc.sctp.packet.ErrorChunk;
import io.github.purrtc.sctp.packet.ForwardTsnChunk;
import io.github.purrtc.sctp.packet.InitAckChunk;
import io.github.purrtc.sctp.packet.InitChunk;
import io.github.purrtc.sctp.packet.Parameter;
import io.github.purrtc.sctp.packet.ReConfigChunk;
import io.github.purrtc.sctp.packet.StaleCookieCause;
import io.github.purrtc.sctp.packet.StateCookieParameter;
import io.github.purrtc.sctp.packet.SupportedExtensionsParameter;
import io.github.purrtc.sctp.packet.ZeroChecksumAcceptableParameter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class CookieTest {
    @Test
    @DisplayName("C57 what comes out of a cookie is held against the own options: streams and extensions")
    void bindsCookiesToOptions() {
        SctpOptions options =
                SctpOptions.builder().outboundStreams(20).inboundStreams(30).build();
        Peer z = new Peer(2, options);
        // A peer that could do with everything.
        List<Parameter> all = List.of(
                SupportedExtensionsParameter.of(ForwardTsnChunk.TYPE, ReConfigChunk.TYPE, 64, 194),
                new ZeroChecksumAcceptableParameter(ZeroChecksumAcceptableParameter.DTLS));
        z.receive(0, new InitChunk(7, 100_000, 65_535, 65_535, 1, all));
        InitAckChunk initAck = Peer.first(InitAckChunk.class, z.next());
        z.receive(initAck.initiateTag(), new CookieEchoChunk(cookie(initAck)));
        assertEquals(List.of(new SctpEvent.Connected(20, 30)), z.events());
        // The own options say that packets carry a checksum.
        ByteBuffer cookieAck = z.next();
        assertEquals("CookieAck", Peer.names(cookieAck));
        assertNotEquals(0, cookieAck.getInt(8));
        PeerParameters boundless = PeerParameters.of(new InitChunk(7, 100_000, 65_535, 65_535, 1, all));
        assertTrue(boundless.capabilities().zeroChecksum());
        assertFalse(boundless.capabilities().negotiated(options).zeroChecksum());
    }

    @Test
    @DisplayName("C60 row C: a cookie of an INIT that another association has overtaken is dropped")
    void dropsLateCookies() {
        Peer z = new Peer(2);
        // Z answers an INIT of the peer, whose COOKIE ECHO is slow.
        z.receive(0, new InitChunk(7, 100_000, 10, 10, 1, List.of()));
        InitAckChunk late = Peer.first(InitAckChunk.class, z.next());
        // Meanwhile the two set up an association with the same tag of the peer and another one of Z.
        z.receive(0, new InitChunk(7, 100_000, 10, 10, 1, List.of()));
        InitAckChunk used = Peer.first(InitAckChunk.class, z.next());
        assertNotEquals(late.initiateTag(), used.initiateTag());
        z.receive(used.initiateTag(), new CookieEchoChunk(cookie(used)));
        assertEquals("CookieAck", Peer.names(z.next()));
        assertEquals(1, z.events().size());

        z.receive(late.initiateTag(), new CookieEchoChunk(cookie(late)));
        assertNull(z.next());
        assertEquals(List.of(), z.events());
        assertEquals(SctpState.ESTABLISHED, z.association.state());
        assertEquals(1, z.association.metrics().droppedPackets());
    }

    @Test
    @DisplayName("C53 whoever wants a cookie that lives for weeks gets one that lives a minute longer")
    void boundsTheLifeOfCookies() {
        for (long lateNanos : new long[] {0, 1}) {
            Peer z = new Peer(2);
            CookiePreservativeParameter weeks = new CookiePreservativeParameter(0xFFFF_FFFFL);
            z.receive(0, new InitChunk(7, 100_000, 10, 10, 1, List.of(weeks)));
            InitAckChunk initAck = Peer.first(InitAckChunk.class, z.next());
            z.now += 120 * Peer.SECOND + lateNanos;
            z.receive(initAck.initiateTag(), new CookieEchoChunk(cookie(initAck)));
            assertEquals(lateNanos == 0 ? "CookieAck" : "Error", Peer.names(z.next()));
        }
    }

    @Test
    @DisplayName("C54 a cookie said to be stale by an hour is asked to live a minute longer")
    void asksForAMinuteAtMost() {
        Peer a = new Peer(1);
        a.association.connect(a.now);
        InitChunk init = Peer.first(InitChunk.class, a.next());
        StateCookieParameter cookie = new StateCookieParameter(Bytes.utf8("cookie"));
        a.receive(init.initiateTag(), new InitAckChunk(9, 100_000, 1, 1, 5000, List.of(cookie)));
        a.next();
        a.receive(init.initiateTag(), new ErrorChunk(List.of(new StaleCookieCause(3_600_000_000L))));
        InitChunk again = Peer.first(InitChunk.class, a.next());
        assertEquals(
                new CookiePreservativeParameter(60_000),
                Parameter.first(CookiePreservativeParameter.class, again.parameters()));
    }

    private static Bytes cookie(InitAckChunk initAck) {
        StateCookieParameter parameter = Parameter.first(StateCookieParameter.class, initAck.parameters());
        if (parameter == null) {
            throw new AssertionError("no cookie");
        }
        return parameter.cookie();
    }
}
