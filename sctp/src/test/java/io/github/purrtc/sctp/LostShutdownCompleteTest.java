package io.github.purrtc.sctp;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

class LostShutdownCompleteTest {
    @Test
    @DisplayName("RFC 9260 §8.4: who is closed already answers SHUTDOWN ACK with SHUTDOWN COMPLETE")
    void theOtherSideClosesToo() {
        Ladder ladder = Ladder.connected();
        Peer a = ladder.a;
        Peer z = ladder.z;
        // A -> SHUTDOWN -> Z, A <- SHUTDOWN ACK <- Z
        a.association.shutdown(a.now);
        z.receive(a.next());
        a.receive(z.next());
        // A -> SHUTDOWN COMPLETE -> /lost/
        assertEquals("ShutdownComplete", Peer.names(a.next()));
        assertEquals(List.of(new SctpEvent.Closed()), a.events());
        // A <- SHUTDOWN ACK <- Z
        z.elapse();
        ByteBuffer again = z.next();
        assertEquals("ShutdownAck", Peer.names(again));
        a.receive(again);
        // A -> SHUTDOWN COMPLETE -> Z
        ByteBuffer complete = a.next();
        assertEquals("ShutdownComplete", Peer.names(complete));
        assertEquals(Peer.verificationTag(again), Peer.verificationTag(complete));
        z.receive(complete);
        assertEquals(List.of(new SctpEvent.Closed()), z.events());
        assertNull(a.next());
    }
}
