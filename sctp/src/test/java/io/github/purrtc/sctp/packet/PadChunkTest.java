package io.github.purrtc.sctp.packet;

import org.junit.jupiter.api.Test;

import static io.github.purrtc.sctp.packet.WireTesting.*;
import static org.junit.jupiter.api.Assertions.*;

class PadChunkTest {
    @Test
    void fromCapture() throws MalformedPacketException {
        // PAD of 3 bytes
        assertWire("""
                84 00 0007 000000 00
                """, new PadChunk(3));
    }

    @Test
    void doesNotCareWhatThePaddingIs() throws MalformedPacketException {
        assertEquals(new PadChunk(2), decode(hex("84 00 0006 dead 0000")));
    }
}
