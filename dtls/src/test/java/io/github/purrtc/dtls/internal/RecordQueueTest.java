package io.github.purrtc.dtls.internal;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class RecordQueueTest {
    private static final int MOST_RECORDS = 64;
    private static final int MOST_BYTES = 18 * 1024;

    private final RecordQueue queue = new RecordQueue();

    @Test
    @DisplayName("64 records wait at most, and as many fit again as are taken")
    void recordsAreBounded() {
        assertTrue(queue.hasRoom(MOST_RECORDS, 0));
        assertFalse(queue.hasRoom(MOST_RECORDS + 1, 0));
        for (int i = 0; i < MOST_RECORDS; i++) {
            assertTrue(queue.hasRoom(1, 1));
            queue.accept(new byte[1]);
        }
        assertFalse(queue.hasRoom(1, 1));
        assertNotNull(queue.poll());
        assertTrue(queue.hasRoom(1, 1));
        assertFalse(queue.hasRoom(2, 2));
    }

    @Test
    @DisplayName("18 KiB wait at most, and as many fit again as are taken")
    void bytesAreBounded() {
        queue.accept(new byte[MOST_BYTES - 10]);
        assertTrue(queue.hasRoom(1, 10));
        assertFalse(queue.hasRoom(1, 11));
        assertNotNull(queue.poll());
        assertNull(queue.poll());
        assertTrue(queue.hasRoom(1, MOST_BYTES));
        assertFalse(queue.hasRoom(1, MOST_BYTES + 1));
    }
}
