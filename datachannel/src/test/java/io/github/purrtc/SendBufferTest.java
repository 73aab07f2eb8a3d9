package io.github.purrtc;

import io.github.purrtc.sctp.SharedMemory;
import org.junit.jupiter.api.Test;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SendBufferTest {
    private static final long MIB = 1 << 20;

    private final BufferMemory all = new BufferMemory(8 * MIB);
    private final ConnectionMemory memory = new ConnectionMemory(all);

    @Test
    void theFirstMebibyteIsEverybodysOwn() {
        SendBuffer buffer = new SendBuffer(16 * MIB, 64 * MIB, memory);
        assertTrue(buffer.accept(MIB));
        assertEquals(0, all.reservedBytes());
        assertTrue(buffer.accept(1));
        assertEquals(SendBuffer.STEP, all.reservedBytes());
    }

    @Test
    void theLimitHoldsUntilThePathHasRoomForMore() {
        SendBuffer buffer = new SendBuffer(2 * MIB, 4 * MIB, memory);
        assertTrue(buffer.accept(2 * MIB));
        assertFalse(buffer.accept(1));
        assertFalse(buffer.hasRoom());
        buffer.refresh(0, 3 * MIB / 2);
        assertEquals(3 * MIB, buffer.limit());
        assertTrue(buffer.hasRoom());
        assertTrue(buffer.accept(MIB));
        assertFalse(buffer.accept(1));
        buffer.refresh(0, 64 * MIB);
        assertEquals(4 * MIB, buffer.limit());
    }

    @Test
    void whatIsAcknowledgedIsForOthersAgain() {
        SendBuffer buffer = new SendBuffer(16 * MIB, 64 * MIB, memory);
        assertTrue(buffer.accept(8 * MIB));
        assertEquals(7 * MIB, all.reservedBytes());
        buffer.refresh(-7 * MIB, 0);
        assertEquals(0, all.reservedBytes());
        assertTrue(buffer.hasRoom());
    }

    @Test
    void whenOthersHaveAllTheMemoryOneMessageCanBeSentAllTheSame() {
        assertTrue(all.reserve(8 * MIB));
        SendBuffer buffer = new SendBuffer(16 * MIB, 64 * MIB, memory);
        assertTrue(buffer.accept(3 * MIB), "nothing else waits: no event would tell when it can be sent");
        assertFalse(buffer.hasRoom());
        assertFalse(buffer.accept(1));
        buffer.refresh(-3 * MIB, 0);
        assertTrue(buffer.accept(1));
        assertFalse(new SendBuffer(16 * MIB, 64 * MIB, memory).accept(17 * MIB), "more than the limit");
    }

    @Test
    void theRefusalNamesWhatThereIsTooLittleOf() {
        SendBuffer buffer = new SendBuffer(2 * MIB, 4 * MIB, memory);
        assertTrue(buffer.accept(2 * MIB));
        assertEquals("the send buffer is full: its limit is 2097152 bytes", buffer.refusal(1));
        assertTrue(all.reserve(7 * MIB));
        SendBuffer other = new SendBuffer(16 * MIB, 64 * MIB, memory);
        assertTrue(other.accept(MIB));
        assertFalse(other.accept(1));
        assertEquals(
                "the send buffer cannot grow beyond the 1048576 bytes that wait: "
                        + "the memory that all connections share (WebRtcOptions.bufferMemory) is used up",
                other.refusal(1));
        assertEquals("the send buffer is full: its limit is 16777216 bytes", other.refusal(16 * MIB));
    }

    @Test
    void aFixedLimitAsksNobody() {
        SendBuffer buffer = new SendBuffer(16 * MIB, 16 * MIB, memory);
        assertTrue(buffer.accept(16 * MIB));
        buffer.refresh(0, 64 * MIB);
        assertFalse(buffer.accept(1));
        assertEquals(0, all.reservedBytes());
    }

    @Test
    void theEndGivesEverythingBackOnce() {
        SendBuffer buffer = new SendBuffer(16 * MIB, 64 * MIB, memory);
        assertTrue(buffer.accept(4 * MIB));
        assertTrue(all.reserve(MIB));
        memory.end();
        assertEquals(MIB, all.reservedBytes());
        buffer.refresh(-4 * MIB, 0);
        assertEquals(MIB, all.reservedBytes());
        assertFalse(memory.reserve(1));
    }

    @Test
    void manyThreadsNeverTakeMoreThanThereIs() throws InterruptedException {
        SharedMemory one = new ConnectionMemory(all);
        SharedMemory other = new ConnectionMemory(all);
        SendBuffer[] buffers = {new SendBuffer(16 * MIB, 64 * MIB, one), new SendBuffer(16 * MIB, 64 * MIB, other)};
        ExecutorService threads = Executors.newFixedThreadPool(4);
        CountDownLatch done = new CountDownLatch(4);
        try {
            for (int i = 0; i < 4; i++) {
                SendBuffer buffer = buffers[i % 2];
                threads.execute(() -> {
                    for (int n = 0; n < 100_000; n++) {
                        buffer.accept(1_000);
                    }
                    done.countDown();
                });
            }
            assertTrue(done.await(60, TimeUnit.SECONDS));
        } finally {
            threads.shutdownNow();
        }
        assertTrue(all.reservedBytes() <= 8 * MIB && all.reservedBytes() > 7 * MIB, () -> "" + all.reservedBytes());
        assertTrue(all.isScarce());
    }
}
