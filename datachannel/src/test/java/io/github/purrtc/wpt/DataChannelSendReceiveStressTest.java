package io.github.purrtc.wpt;

import io.github.purrtc.DataChannelMessage;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.wpt.Wpt.ChannelPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.concurrent.BlockingQueue;

import static io.github.purrtc.wpt.Wpt.channelPair;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.messages;
import static io.github.purrtc.wpt.Wpt.poll;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** More than fits into any buffer on the way. */
@DisplayName("RTCDataChannel-send-receive-stress.html")
class DataChannelSendReceiveStressTest {
    private final PeerConnection a = connection();
    private final PeerConnection z = connection();

    @AfterEach
    void close() {
        a.close();
        z.close();
    }

    @Test
    @DisplayName("Data channel should be able to send and receive a lot of small messages")
    void small() {
        ChannelPair pair = channelPair(a, z, false);
        BlockingQueue<DataChannelMessage> received = messages(pair.there());
        for (int i = 0; i < 10_000; i++) {
            pair.here().send("message " + i);
        }
        for (int i = 0; i < 10_000; i++) {
            assertEquals("message " + i, poll(received).text());
        }
    }

    @Test
    @DisplayName("Data channel should be able to send and receive large messages in both directions")
    void large() {
        ChannelPair pair = channelPair(a, z, false);
        BlockingQueue<DataChannelMessage> there = messages(pair.there());
        BlockingQueue<DataChannelMessage> here = messages(pair.here());
        for (int i = 1; i <= 20; i++) {
            pair.here().send(new byte[250_000 + i]);
            pair.there().send(new byte[200_000 + i]);
        }
        for (int i = 1; i <= 20; i++) {
            assertEquals(250_000 + i, poll(there).size());
            assertEquals(200_000 + i, poll(here).size());
        }
    }
}
