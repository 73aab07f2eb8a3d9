package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.AbortChunk;
import io.github.purrtc.sctp.packet.ErrorChunk;
import io.github.purrtc.sctp.packet.InvalidStreamIdentifierCause;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

class AbortTest {
    @Test
    @DisplayName("C188, C189 abort: the peer learns why, and both are closed at once")
    void aborts() {
        Ladder ladder = Ladder.connected();
        ladder.a.send(1, new byte[100_000], SctpSendOptions.RELIABLE_ORDERED);
        ladder.a.association.abort("enough", ladder.a.now);
        ByteBuffer abort = ladder.a.next();
        assertEquals("Abort", Peer.names(abort));
        assertNull(ladder.a.next());
        assertEquals(List.of(new SctpEvent.Aborted(AbortOrigin.LOCAL, 12, "enough")), ladder.a.events());
        ladder.z.receive(abort);
        assertEquals(List.of(new SctpEvent.Aborted(AbortOrigin.PEER, 12, "enough")), ladder.z.events());
        // C32: an ABORT is not answered.
        assertNull(ladder.z.next());
        assertEquals(0, ladder.a.association.bufferedAmount(1));
    }

    @Test
    @DisplayName("C21 an ABORT without a cause, or with one that nobody knows, is an ABORT")
    void acceptsAnyCause() {
        Ladder ladder = Ladder.connected();
        int tag = RetransmissionTest.zToATag(ladder);
        ladder.a.receive(tag, new AbortChunk(false, List.of()));
        SctpEvent.Aborted aborted = (SctpEvent.Aborted) ladder.a.events().get(0);
        assertEquals(new SctpEvent.Aborted(AbortOrigin.PEER, 0, ""), aborted);
    }

    @Test
    @DisplayName("C190 an ERROR is told, and changes nothing")
    void reportsErrors() {
        Ladder ladder = Ladder.connected();
        int tag = RetransmissionTest.zToATag(ladder);
        ladder.a.receive(tag, new ErrorChunk(List.of(new InvalidStreamIdentifierCause(5))));
        assertEquals(List.of(new SctpEvent.PeerError(1, "invalid stream identifier 5")), ladder.a.events());
        assertEquals(SctpState.ESTABLISHED, ladder.a.association.state());
    }

    @Test
    @DisplayName("messages that came before the end can still be taken")
    void keepsWhatHadArrived() {
        Ladder ladder = Ladder.connected();
        ladder.a.send(1, "last words");
        ladder.z.receive(ladder.a.all());
        ladder.a.association.abort("", ladder.a.now);
        ladder.z.receive(ladder.a.all());
        assertEquals(List.of("last words"), ladder.z.texts());
    }
}
