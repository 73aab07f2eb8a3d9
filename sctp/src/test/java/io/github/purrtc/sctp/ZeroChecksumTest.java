package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.ChecksumMode;
import io.github.purrtc.sctp.packet.InitChunk;
import io.github.purrtc.sctp.packet.PacketReader;
import io.github.purrtc.sctp.packet.PacketStatus;
import io.github.purrtc.sctp.packet.Parameter;
import io.github.purrtc.sctp.packet.ZeroChecksumAcceptableParameter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ZeroChecksumTest {
    private static final SctpOptions ON = Peer.options().zeroChecksum(true).build();
    private static final SctpOptions OFF = Peer.DEFAULTS;
    private static final int CHECKSUM = 8;

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    @DisplayName("C65 no checksum only where both sides are for it")
    void needsBoth(boolean ofA, boolean ofZ) {
        Ladder ladder = new Ladder(ofA ? ON : OFF, ofZ ? ON : OFF).connect();
        List<ByteBuffer> packets = new ArrayList<>();
        ladder.a.send(1, "question");
        ladder.z.send(1, "answer");
        packets.addAll(ladder.a.all());
        packets.addAll(ladder.z.all());
        assertEquals(2, packets.size());
        for (ByteBuffer packet : packets) {
            assertEquals(ofA && ofZ, checksum(packet) == 0);
        }
        ladder.z.receive(packets.get(0));
        ladder.a.receive(packets.get(1));
        assertEquals(List.of("question"), ladder.z.texts());
        assertEquals(List.of("answer"), ladder.a.texts());
    }

    @Test
    @DisplayName(
            "C66 INIT, INIT ACK and COOKIE ECHO carry a CRC32c, also when sent again and with DATA; COOKIE ACK need not")
    void setsUpWithChecksums() {
        Ladder ladder = new Ladder(ON);
        ladder.a.association.connect(ladder.a.now);
        ladder.a.send(1, "early");
        ByteBuffer init = valid(ladder.a.next());
        ladder.z.receive(init);
        ladder.a.receive(valid(ladder.z.next()));
        assertEquals("CookieEcho Data", Peer.names(valid(ladder.a.next())));
        // A -> COOKIE ECHO /lost/ Z
        ladder.a.elapse();
        ByteBuffer again = valid(ladder.a.next());
        assertEquals("CookieEcho Data", Peer.names(again));
        ladder.z.receive(again);
        ByteBuffer cookieAck = ladder.z.next();
        assertEquals(0, checksum(cookieAck));
        ladder.a.receive(cookieAck);
        assertEquals(SctpState.ESTABLISHED, ladder.a.association.state());
    }

    @Test
    @DisplayName("C66 a COOKIE ECHO that was overtaken by its COOKIE ACK still carries a CRC32c")
    void lateCookieEcho() {
        Ladder ladder = new Ladder(ON);
        ladder.a.association.connect(ladder.a.now);
        ladder.z.receive(ladder.a.next());
        ladder.a.receive(ladder.z.next());
        ladder.z.receive(ladder.a.next());
        // T1-cookie expires, and before the socket takes the packet the COOKIE ACK is here.
        ladder.a.elapse();
        ladder.a.receive(ladder.z.all());
        assertTrue(Peer.names(valid(ladder.a.next())).startsWith("CookieEcho"));
    }

    @Test
    @DisplayName("C67 who did not announce it takes no packet without a checksum")
    void dropsWhatWasNotAnnounced() {
        Ladder ladder = Ladder.connected();
        ladder.a.send(1, "text");
        ladder.z.receive(withChecksum(ladder.a.next(), 0));
        assertEquals(List.of(), ladder.z.messages());
        assertEquals(1, ladder.z.association.metrics().malformedPackets());
    }

    @Test
    @DisplayName("C67 who announced it takes packets with the right checksum and without, and none with a wrong one")
    void takesRightOrNone() {
        Ladder ladder = new Ladder(ON).connect();
        ladder.a.send(1, "one");
        ByteBuffer packet = ladder.a.next();
        ladder.z.receive(withChecksum(packet, 0x1234));
        assertEquals(List.of(), ladder.z.messages());
        assertEquals(1, ladder.z.association.metrics().malformedPackets());
        ladder.z.receive(withChecksum(packet, crcOf(packet)));
        assertEquals(List.of("one"), ladder.z.texts());
        ladder.a.send(1, "two");
        ladder.z.receive(ladder.a.next());
        assertEquals(List.of("two"), ladder.z.texts());
    }

    @Test
    @DisplayName("C66 an INIT or a COOKIE ECHO without a checksum is dropped even where it was announced")
    void dropsSetUpWithout() {
        Ladder ladder = new Ladder(ON);
        ladder.a.association.connect(ladder.a.now);
        ByteBuffer init = ladder.a.next();
        ladder.z.receive(withChecksum(init, 0));
        assertNull(ladder.z.next());
        ladder.z.receive(init);
        ladder.a.receive(ladder.z.next());
        ladder.z.receive(withChecksum(ladder.a.next(), 0));
        assertNull(ladder.z.next());
        assertEquals(SctpState.CLOSED, ladder.z.association.state());
        assertEquals(2, ladder.z.association.metrics().malformedPackets());
    }

    @Test
    @DisplayName("C65 another method of error detection than DTLS is none")
    void knowsDtlsOnly() {
        Peer z = new Peer(2, ON);
        List<Parameter> parameters = List.of(new ZeroChecksumAcceptableParameter(2));
        z.receive(0, new InitChunk(7, 100_000, 10, 10, 1, parameters));
        assertFalse(Peer.chunks(z.next()).isEmpty());
        assertFalse(Capabilities.of(parameters).negotiated(ON).zeroChecksum());
        assertTrue(Capabilities.of(List.of(new ZeroChecksumAcceptableParameter(1)))
                .negotiated(ON)
                .zeroChecksum());
    }

    @Test
    @DisplayName("C58, C66 after a restart the new peer's word counts")
    void restartForgets() {
        Ladder ladder = new Ladder(ON).connect();
        Peer fresh = new Peer(3, OFF);
        fresh.now = ladder.z.now;
        fresh.association.connect(fresh.now);
        ladder.z.receive(fresh.next());
        fresh.receive(valid(ladder.z.next()));
        ladder.z.receive(fresh.next());
        fresh.receive(valid(ladder.z.next()));
        ladder.z.send(1, "text");
        fresh.receive(valid(ladder.z.next()));
        assertEquals(List.of("text"), fresh.texts());
    }

    private static int checksum(ByteBuffer packet) {
        return packet.getInt(packet.position() + CHECKSUM);
    }

    private static ByteBuffer withChecksum(ByteBuffer packet, int checksum) {
        ByteBuffer copy = ByteBuffer.allocate(packet.remaining()).put(packet.duplicate());
        return copy.putInt(CHECKSUM, checksum).flip();
    }

    private static ByteBuffer valid(ByteBuffer packet) {
        assertEquals(PacketStatus.VALID, new PacketReader().wrap(packet, ChecksumMode.CRC32C));
        return packet;
    }

    private static int crcOf(ByteBuffer packet) {
        java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
        crc.update(withChecksum(packet, 0));
        return Integer.reverseBytes((int) crc.getValue());
    }
}
