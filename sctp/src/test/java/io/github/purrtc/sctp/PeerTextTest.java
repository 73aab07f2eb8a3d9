package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.AbortChunk;
import io.github.purrtc.sctp.packet.Bytes;
import io.github.purrtc.sctp.packet.ErrorChunk;
import io.github.purrtc.sctp.packet.ProtocolViolationCause;
import io.github.purrtc.sctp.packet.UserInitiatedAbortCause;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PeerTextTest {
    private static final int MOST_EVENTS = 1_024;

    @Test
    @DisplayName("what is fit to be read stays as it is")
    void keepsText() {
        assertEquals("Grüße, 世界 \uD83D\uDC08!", PeerText.of("Grüße, 世界 \uD83D\uDC08!"));
    }

    @Test
    @DisplayName(
            "line ends, controls, text direction and lone surrogates are escaped, and the escape is not to be imitated")
    void escapes() {
        assertEquals("a\\u000d\\u000ab", PeerText.of("a\r\nb"));
        assertEquals("\\u001b[31m", PeerText.of("\u001b[31m"));
        assertEquals("\\u202eevil", PeerText.of("\u202eevil"));
        assertEquals("\\u2028", PeerText.of("\u2028"));
        assertEquals("\\ud800", PeerText.of("\ud800"));
        assertEquals("\\u005cu000a", PeerText.of("\\u000a"));
    }

    @Test
    @DisplayName("128 characters at most, and nothing cut in two")
    void cuts() {
        assertEquals("x".repeat(128), PeerText.of("x".repeat(100_000)));
        assertEquals("x".repeat(127), PeerText.of("x".repeat(127) + "\n"));
        assertEquals("x".repeat(127), PeerText.of("x".repeat(127) + "\uD83D\uDC08"));
    }

    @Property(tries = 2_000)
    void isAlwaysShortAndOnOneLine(@ForAll String text) {
        String safe = PeerText.of(text);
        assertTrue(safe.length() <= PeerText.MAX_LENGTH);
        assertTrue(safe.codePoints().noneMatch(Character::isISOControl));
    }

    @Test
    @DisplayName("C190 the reason of an ABORT and the words of an ERROR reach the events in that form")
    void eventsBearIt() {
        Ladder ladder = Ladder.connected();
        int tag = RetransmissionTest.zToATag(ladder);
        Bytes forged = Bytes.utf8("bye\n2026-01-01 INFO all is well" + "!".repeat(400));
        ladder.a.receive(tag, new ErrorChunk(List.of(new ProtocolViolationCause(forged))));
        ladder.a.receive(tag, new AbortChunk(false, List.of(new UserInitiatedAbortCause(forged))));
        List<SctpEvent> events = ladder.a.events();
        String shown = ((SctpEvent.PeerError) events.get(0)).description();
        assertTrue(shown.startsWith("bye\\u000a2026"));
        assertEquals(128, shown.length());
        assertEquals(new SctpEvent.Aborted(AbortOrigin.PEER, 12, shown), events.get(1));
    }

    @Test
    @DisplayName("a peer that reports errors without end takes no memory with those that nobody reads")
    void reportsAreBounded() {
        Ladder ladder = Ladder.connected();
        int tag = RetransmissionTest.zToATag(ladder);
        ladder.a.events();
        ByteBuffer error = ladder.a.packet(tag, new ErrorChunk(List.of(new ProtocolViolationCause(Bytes.utf8("no")))));
        for (int i = 0; i < 10 * MOST_EVENTS; i++) {
            ladder.a.receive(error.duplicate());
        }
        ladder.a.receive(tag, new AbortChunk(false, List.of(new UserInitiatedAbortCause(Bytes.utf8("bye")))));
        List<SctpEvent> events = ladder.a.events();
        assertEquals(MOST_EVENTS + 1, events.size());
        assertEquals(new SctpEvent.Aborted(AbortOrigin.PEER, 12, "bye"), events.get(MOST_EVENTS), "the end is told");
    }
}
