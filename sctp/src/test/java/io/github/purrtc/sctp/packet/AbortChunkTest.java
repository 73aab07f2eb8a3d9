package io.github.purrtc.sctp.packet;

import org.junit.jupiter.api.Test;

import java.util.List;

import static io.github.purrtc.sctp.packet.WireTesting.*;
import static org.junit.jupiter.api.Assertions.*;

class AbortChunkTest {
    @Test
    void fromCapture() throws MalformedPacketException {
        // ABORT, T=1, User-Initiated Abort "bye", padded by 1
        assertWire("""
                06 01 000b
                000c 0007 627965 00
                """, new AbortChunk(true, List.of(new UserInitiatedAbortCause(Bytes.utf8("bye")))));
    }

    @Test
    void isAnAbortHoweverMalformedItsCauses() throws MalformedPacketException {
        assertEquals(new AbortChunk(false, List.of()), decode(hex("06 fe 0008 000c 0000")));
        assertEquals(new AbortChunk(false, List.of()), decode(hex("06 00 0006 000c")));
        assertEquals(
                new AbortChunk(false, List.of(new OutOfResourceCause())),
                decode(hex("06 00 000c 0004 0004 000c ffff")));
    }
}
