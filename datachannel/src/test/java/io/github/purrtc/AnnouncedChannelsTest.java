package io.github.purrtc;

import io.github.purrtc.testing.Await;
import org.junit.jupiter.api.Test;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

/** How much a peer may make us keep. */
class AnnouncedChannelsTest {
    private static final String LONGEST = "x".repeat(65_535);

    /** They are more than may be kept at once. */
    @Test
    void labelsOfClosedChannelsCountNoMore() throws InterruptedException {
        BlockingQueue<DataChannel> announced = new LinkedBlockingQueue<>();
        try (PeerPair pair = new PeerPair()) {
            pair.z.onDataChannel(announced::add);
            DataChannel first = pair.a.createDataChannel("first");
            pair.connect();
            Await.until("open", () -> first.readyState() == DataChannelState.OPEN);
            assertNotNull(announced.poll(PeerPair.LIMIT_SECONDS, TimeUnit.SECONDS));
            for (int i = 0; i < 70; i++) {
                DataChannel channel = pair.a.createDataChannel(LONGEST);
                DataChannel far = announced.poll(PeerPair.LIMIT_SECONDS, TimeUnit.SECONDS);
                assertNotNull(far, "channel " + i);
                assertEquals(LONGEST, far.label());
                channel.close();
                Await.until(
                        "closed",
                        () -> far.readyState() == DataChannelState.CLOSED
                                && channel.readyState() == DataChannelState.CLOSED);
            }
        }
    }
}
