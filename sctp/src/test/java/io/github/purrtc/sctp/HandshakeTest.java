package io.github.purrtc.sctp;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
