package io.github.purrtc;

import io.github.purrtc.testing.Await;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** RFC 8831 §6.4: the priority of a channel is its share where channels compete. */
class PriorityTest {
    private static final int MESSAGES = 400;
    private static final ByteBuffer MESSAGE = ByteBuffer.allocate(16 * 1024).asReadOnlyBuffer();

    private static DataChannelOptions priority(DataChannelOptions.Priority priority) {
        return DataChannelOptions.builder().priority(priority).build();
    }

    /** Of 1,024 to 128, an eighth of the one has gone when the other has, and less than half in any case. */
    @Test
    void theHigherPriorityIsServedMore() {
        AtomicInteger low = new AtomicInteger();
        AtomicInteger high = new AtomicInteger();
        CompletableFuture<Integer> lowWhenHighWasDone = new CompletableFuture<>();
        try (PeerPair pair = new PeerPair()) {
            pair.z.onDataChannel(channel -> {
                if (channel.label().equals("low")) {
                    channel.onMessage(message -> low.incrementAndGet());
                } else {
                    channel.onMessage(message -> {
                        if (high.incrementAndGet() == MESSAGES) {
                            lowWhenHighWasDone.complete(low.get());
                        }
                    });
                }
            });
            DataChannel lowOne = pair.a.createDataChannel("low", priority(DataChannelOptions.Priority.VERY_LOW));
            DataChannel highOne = pair.a.createDataChannel("high", priority(DataChannelOptions.Priority.HIGH));
            pair.connect();
            Await.until("open", () -> highOne.readyState() == DataChannelState.OPEN);
            // In one task: neither is under way before the other is there.
            pair.a.executor().execute(() -> {
                for (int i = 0; i < MESSAGES; i++) {
                    lowOne.send(DataChannelMessage.binary(MESSAGE));
                    highOne.send(DataChannelMessage.binary(MESSAGE));
                }
            });
            int served = PeerPair.get(lowWhenHighWasDone);
            assertTrue(
                    served < MESSAGES / 2, () -> served + " of the low one's messages came before the high one's last");
            Await.until("all came", () -> low.get() == MESSAGES);
        }
    }
}
