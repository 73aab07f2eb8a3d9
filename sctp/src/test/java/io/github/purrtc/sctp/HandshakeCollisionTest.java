package io.github.purrtc.sctp;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

class HandshakeCollisionTest {
    @Test
    @DisplayName("C37 what went with a COOKIE ECHO that came to nothing is sent again, numbered from the start")
    void dataOfALostCookieEchoIsDelivered() {
        Ladder ladder = new Ladder();
        Peer a = ladder.a;
        Peer z = ladder.z;
        a.association.connect(a.now);
        a.send(1, "first");
        a.send(1, "second");
        // A -> INIT -> Z, A <- INIT ACK <- Z
        z.receive(a.next());
        a.receive(z.next());
        // Z begins as well: its INIT crosses the COOKIE ECHO, which means nothing to it any more.
        z.association.connect(z.now);
        ByteBuffer init = z.next();
        ByteBuffer cookieEcho = a.next();
        assertEquals("CookieEcho Data Data", Peer.names(cookieEcho));
        z.receive(cookieEcho);
        a.receive(init);
        ladder.exchange();

        assertEquals(SctpState.ESTABLISHED, a.association.state());
        assertEquals(SctpState.ESTABLISHED, z.association.state());
        assertEquals(List.of("first", "second"), z.texts());
        assertEquals(0, a.association.bufferedAmount(1));
    }
}
