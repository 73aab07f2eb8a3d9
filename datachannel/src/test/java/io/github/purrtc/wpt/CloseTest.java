package io.github.purrtc.wpt;

import io.github.purrtc.DataChannel;
import io.github.purrtc.DataChannelOptions;
import io.github.purrtc.DataChannelState;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.SctpTransportState;
import io.github.purrtc.SignalingState;
import io.github.purrtc.wpt.Wpt.ChannelPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static io.github.purrtc.wpt.Wpt.channelPair;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.sctpOf;
import static io.github.purrtc.wpt.Wpt.states;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

/** webrtc-pc §4.4.2, close. */
@DisplayName("RTCPeerConnection-close.html")
class CloseTest {
    private static final int CHANNELS = 24;

    private final PeerConnection a = connection();
    private final PeerConnection z = connection();

    @AfterEach
    void close() {
        a.close();
        z.close();
    }

    /** Channels from this number on, each second one negotiated. */
    private List<DataChannel> channelsFrom(int first) {
        List<DataChannel> channels = new ArrayList<>();
        for (int i = first; i < CHANNELS; i++) {
            DataChannelOptions.Builder options = DataChannelOptions.builder();
            if (i % 2 == 0) {
                options.negotiated(i);
            }
            DataChannel channel = a.createDataChannel("test-channel-" + i, options.build());
            assertNotEquals(DataChannelState.CLOSED, channel.readyState());
            channels.add(channel);
        }
        return channels;
    }

    private static void requireClosed(List<DataChannel> channels) {
        channels.forEach(channel -> assertEquals(DataChannelState.CLOSED, channel.readyState()));
    }

    @Test
    @DisplayName("Closing the peer connection should close all channels (before connection establishment)")
    void before() {
        List<DataChannel> channels = channelsFrom(0);
        a.close();
        requireClosed(channels);
    }

    @Test
    @DisplayName("Closing the peer connection should close all channels (after connection establishment)")
    void after() {
        ChannelPair pair = channelPair(a, z, false);
        List<DataChannel> channels = channelsFrom(2);
        channels.add(pair.here());
        channels.add(pair.there());
        a.close();
        z.close();
        requireClosed(channels);
    }

    @Test
    @DisplayName("Closing the peer connection should set the SCTP transport to closed")
    void transport() {
        channelPair(a, z, false);
        a.close();
        z.close();
        assertEquals(SctpTransportState.CLOSED, sctpOf(a).state());
        assertEquals(SctpTransportState.CLOSED, sctpOf(z).state());
    }

    @Test
    @DisplayName("RTCPeerConnection.close() does not fire signalingstatechange event.")
    void silent() {
        List<SignalingState> states = states(a);
        a.close();
        assertEquals(SignalingState.CLOSED, a.signalingState());
        assertEquals(List.of(), states);
    }
}
