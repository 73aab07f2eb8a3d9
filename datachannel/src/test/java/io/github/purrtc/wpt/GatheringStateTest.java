package io.github.purrtc.wpt;

import io.github.purrtc.IceGatheringState;
import io.github.purrtc.PeerConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.generateOffer;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.settle;
import static io.github.purrtc.wpt.Wpt.states;
import static io.github.purrtc.wpt.Wpt.until;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** webrtc-pc §4.3.2: the states of gathering. */
@DisplayName("RTCPeerConnection-iceGatheringState.html")
class GatheringStateTest {
    private final PeerConnection a = connection();
    private final PeerConnection z = connection();

    @AfterEach
    void close() {
        a.close();
        z.close();
    }

    @Test
    @DisplayName("Initial iceGatheringState should be new")
    void initial() {
        assertEquals(IceGatheringState.NEW, a.iceGatheringState());
    }

    @Test
    @DisplayName("setLocalDescription() with no transports should not change iceGatheringState")
    void noTransports() {
        List<IceGatheringState> states = new CopyOnWriteArrayList<>();
        a.onIceGatheringStateChange(states::add);
        get(a.setLocalDescription());
        settle(a);
        assertEquals(List.of(), states);
    }

    @Test
    @DisplayName(
            "setLocalDescription(reoffer) with a new transport should cause iceGatheringState to go through gathering to complete")
    void gathers() {
        List<String> events = new CopyOnWriteArrayList<>();
        a.onIceGatheringStateChange(state -> events.add(state.toString()));
        a.onIceCandidate(candidate -> events.add(candidate == null ? "end" : "candidate"));
        a.createDataChannel("test");
        get(a.setLocalDescription());
        until("end", () -> events.contains("end"));
        assertEquals("gathering", events.get(0));
        assertEquals(List.of("complete", "end"), events.subList(events.size() - 2, events.size()));
    }

    @Test
    @DisplayName("sRD does not cause ICE gathering state changes")
    void remoteAlone() {
        List<IceGatheringState> states = new CopyOnWriteArrayList<>();
        a.onIceGatheringStateChange(states::add);
        get(a.setRemoteDescription(generateOffer()));
        settle(a);
        assertEquals(List.of(), states);
    }
}
