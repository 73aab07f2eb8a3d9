package io.github.purrtc.wpt;

import io.github.purrtc.DataChannel;
import io.github.purrtc.DataChannelState;
import io.github.purrtc.PeerConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.exchangeIceCandidates;
import static io.github.purrtc.wpt.Wpt.exchangeOfferAnswer;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.openChannel;
import static io.github.purrtc.wpt.Wpt.poll;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Data goes on while ICE restarts. */
@DisplayName("RTCDataChannel-iceRestart.html")
class DataChannelIceRestartTest {
    private final PeerConnection a = connection();
    private final PeerConnection z = connection();

    @AfterEach
    void close() {
        a.close();
        z.close();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "Data channel remains usable after ICE restart",
                "Data channel remains usable at each step of an ICE restart"
            })
    void restart(String name) {
        BlockingQueue<String> echoes = new LinkedBlockingQueue<>();
        z.onDataChannel(channel -> channel.onMessage(channel::send));
        exchangeIceCandidates(a, z);
        DataChannel channel = a.createDataChannel("test");
        channel.onMessage(message -> echoes.add(message.text()));
        exchangeOfferAnswer(a, z);
        openChannel(channel);
        int restarts = Integer.getInteger("purrtc.iceRestarts", 10);
        for (int i = 0; i < restarts; i++) {
            PeerConnection first = i % 2 == 0 ? a : z;
            PeerConnection second = i % 2 == 0 ? z : a;
            first.restartIce();
            get(first.setLocalDescription());
            if (name.contains("each step")) {
                ping(channel, echoes, "offer " + i);
            }
            get(second.setRemoteDescription(first.localDescription()));
            if (name.contains("each step")) {
                ping(channel, echoes, "offered " + i);
            }
            get(second.setLocalDescription());
            if (name.contains("each step")) {
                ping(channel, echoes, "answer " + i);
            }
            get(first.setRemoteDescription(second.localDescription()));
            ping(channel, echoes, "answered " + i);
        }
        assertEquals(DataChannelState.OPEN, channel.readyState());
    }

    private static void ping(DataChannel channel, BlockingQueue<String> echoes, String text) {
        channel.send(text);
        assertEquals(text, poll(echoes));
    }
}
