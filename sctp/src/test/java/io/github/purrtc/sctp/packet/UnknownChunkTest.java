package io.github.purrtc.sctp.packet;

import org.junit.jupiter.api.Test;

import static io.github.purrtc.sctp.packet.WireTesting.*;
import static org.junit.jupiter.api.Assertions.*;

class UnknownChunkTest {
    @Test
    void fromCapture() throws MalformedPacketException {
        // A chunk of type 254 with flags 0x5A and one byte, padded by 3
        assertWire("""
                fe 5a 0005 aa 000000
                """, new UnknownChunk(254, 0x5A, Bytes.copyOf(hex("aa"))));
    }

    @Test
    void theHighestBitsOfTheTypeSayWhatToDo() {
        assertEquals(UnrecognizedAction.STOP, UnrecognizedAction.ofChunk(0x3F));
        assertEquals(UnrecognizedAction.STOP_AND_REPORT, UnrecognizedAction.ofChunk(0x7F));
        assertEquals(UnrecognizedAction.SKIP, UnrecognizedAction.ofChunk(0xBF));
        assertEquals(UnrecognizedAction.SKIP_AND_REPORT, UnrecognizedAction.ofChunk(0xFE));
        assertEquals(UnrecognizedAction.STOP, UnrecognizedAction.ofParameter(0x3FFF));
        assertEquals(UnrecognizedAction.STOP_AND_REPORT, UnrecognizedAction.ofParameter(0x4000));
        assertEquals(UnrecognizedAction.SKIP, UnrecognizedAction.ofParameter(0x8000));
        assertEquals(UnrecognizedAction.SKIP_AND_REPORT, UnrecognizedAction.ofParameter(0xFFFF));
        for (UnrecognizedAction action : UnrecognizedAction.values()) {
            assertEquals(action.name().startsWith("STOP"), action.stops());
            assertEquals(action.name().endsWith("REPORT"), action.reports());
        }
    }
}
