package io.github.purrtc;

import io.github.purrtc.sctp.SctpMessage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

class EarlyMessagesTest {
    private static final int KIB = 1024;

    private final EarlyMessages early = new EarlyMessages();

    private void keep(int streamId, int bytes) {
        early.keep(new SctpMessage(streamId, DataChannel.PPID_DCEP, true, ByteBuffer.allocate(bytes)));
    }

    private List<Integer> take(int streamId) {
        List<Integer> sizes = new ArrayList<>();
        early.take(streamId, (stream, ppid, unordered, payload, part) -> sizes.add(payload.remaining()));
        return sizes;
    }

    @Test
    @DisplayName("256 KiB are kept of messages whose channels are not known, each with 128 bytes for itself")
    void isBounded() {
        for (int i = 0; i < 255; i++) {
            keep(i % 3, KIB - 128);
        }
        keep(7, KIB - 127);
        assertEquals(List.of(), take(7));
        keep(7, KIB - 128);
        keep(7, 0);
        assertEquals(List.of(KIB - 128), take(7));
        assertEquals(85, take(0).size());
    }

    @Test
    @DisplayName("what was taken makes room, and so does the end of all")
    void makesRoom() {
        keep(1, 200 * KIB);
        keep(2, 100 * KIB);
        assertEquals(List.of(200 * KIB), take(1));
        keep(2, 100 * KIB);
        assertEquals(List.of(100 * KIB), take(2));
        keep(2, 100 * KIB);
        early.clear();
        keep(3, 255 * KIB);
        assertEquals(List.of(), take(2));
        assertEquals(List.of(255 * KIB), take(3));
    }
}
