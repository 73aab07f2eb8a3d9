package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.DataChunk;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class BundlingTest {
    private static final int PAYLOAD = 1160 - 12 - 16;

    @Test
    @DisplayName("C108 DATA that does not fit beside a SACK that may wait does not wait for it")
    void dataDoesNotWaitForADelayedSack() {
        Ladder ladder = Ladder.connected();
        ladder.z.send(1, "first");
        ladder.exchange();
        // A <- DATA <- Z: A may acknowledge it 20 ms later
        ladder.z.send(1, "lone");
        ladder.a.receive(ladder.z.all());
        // A -> DATA -> Z, at once
        ladder.a.send(1, new byte[PAYLOAD], SctpSendOptions.RELIABLE_ORDERED);
        assertEquals("Data", Peer.names(ladder.a.next()));
        assertNull(ladder.a.next());
        ladder.a.elapse();
        assertEquals("Sack", Peer.names(ladder.a.next()));
    }

    @Test
    @DisplayName(
            "C11 COOKIE ECHO with DATA, COOKIE ACK with DATA, SACK with DATA, SACK with SHUTDOWN are taken as one packet")
    void takesLegalBundles() {
        Ladder ladder = new Ladder();
        Peer a = ladder.a;
        Peer z = ladder.z;
        a.send(1, "with the cookie");
        z.send(1, "with its answer");
        a.association.connect(a.now);
        z.receive(a.next());
        a.receive(z.next());
        ByteBuffer cookieEcho = a.next();
        assertEquals("CookieEcho Data", Peer.names(cookieEcho));
        z.receive(cookieEcho);
        ByteBuffer cookieAck = z.next();
        assertEquals("CookieAck Sack Data", Peer.names(cookieAck));
        assertNull(z.next());
        a.receive(cookieAck);
        assertEquals(List.of("with the cookie"), z.texts());
        assertEquals(List.of("with its answer"), a.texts());
        assertEquals(0, a.association.bufferedAmount(1));
        assertEquals(SctpState.ESTABLISHED, a.association.state());
        // A -> SHUTDOWN, SACK -> Z
        a.association.shutdown(a.now);
        ByteBuffer shutdown = a.next();
        assertEquals("Shutdown Sack", Peer.names(shutdown));
        z.receive(shutdown);
        assertEquals(0, z.association.bufferedAmount(1));
        ladder.exchange();
        assertEquals(SctpState.CLOSED, z.association.state());
    }

    @Test
    @DisplayName("C12 in a packet control chunks come first, and DATA in the order of TSNs")
    void ordersChunks() {
        Ladder ladder = Ladder.connected();
        ladder.a.association.resetStreams(new int[] {9}, ladder.a.now);
        for (int i = 0; i < 30; i++) {
            ladder.a.send(i % 3, "message " + i);
        }
        ByteBuffer packet = ladder.a.next();
        assertTrue(Peer.names(packet).startsWith("ReConfig Data Data"), () -> Peer.names(packet));
        List<Integer> tsns = tsns(packet);
        for (int i = 1; i < tsns.size(); i++) {
            assertEquals(tsns.get(0) + i, tsns.get(i));
        }
        assertTrue(tsns.size() > 20);
    }

    @Test
    @DisplayName("C10, C61 an INIT ACK is alone in its packet, also when DATA of the same peer is to be acknowledged")
    void initAckIsAlone() {
        Ladder ladder = new Ladder();
        Peer a = ladder.a;
        Peer z = ladder.z;
        a.association.connect(a.now);
        ByteBuffer init = a.next();
        z.receive(init);
        a.receive(z.next());
        ladder.exchange();
        // A -> DATA -> Z, and the INIT, which the network has sent twice
        a.send(1, "data");
        z.receive(a.next(), init);
        assertEquals("InitAck", Peer.names(z.next()));
        assertEquals("Sack", Peer.names(z.next()));
        assertNull(z.next());
    }

    private static List<Integer> tsns(ByteBuffer packet) {
        return Peer.chunks(packet).stream()
                .filter(DataChunk.class::isInstance)
                .map(chunk -> ((DataChunk) chunk).tsn())
                .toList();
    }
}
