package io.github.purrtc.wpt;

import io.github.purrtc.IceGatheringState;
import io.github.purrtc.PeerConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

import static io.github.purrtc.testing.Await.until;
import static io.github.purrtc.wpt.Wpt.channelPair;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.described;
import static io.github.purrtc.wpt.Wpt.exchangeIceCandidates;
import static io.github.purrtc.wpt.Wpt.exchangeOfferAnswer;
import static io.github.purrtc.wpt.Wpt.generateOffer;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.poll;
import static io.github.purrtc.wpt.Wpt.sctpOf;
import static io.github.purrtc.wpt.Wpt.settle;
import static io.github.purrtc.wpt.Wpt.states;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    @DisplayName("setLocalDescription() with no transports should not cause iceGatheringState to change")
    void noTransports() {
        List<IceGatheringState> states = new CopyOnWriteArrayList<>();
        a.onIceGatheringStateChange(states::add);
        get(a.setLocalDescription());
        settle(a);
        assertEquals(List.of(), states);
    }

    @Test
    @DisplayName("iceGatheringState should eventually become complete after setLocalDescription")
    void completes() {
        a.createDataChannel("test");
        get(a.setLocalDescription());
        until("complete", () -> a.iceGatheringState() == IceGatheringState.COMPLETE);
    }

    @Test
    @DisplayName("setLocalDescription(reoffer) with no new transports should not cause iceGatheringState to change")
    void reoffer() {
        a.createDataChannel("test");
        exchangeOfferAnswer(a, z);
        until("complete", () -> a.iceGatheringState() == IceGatheringState.COMPLETE);
        List<IceGatheringState> states = new CopyOnWriteArrayList<>();
        a.onIceGatheringStateChange(states::add);
        get(a.setLocalDescription());
        settle(a);
        assertEquals(List.of(), states);
    }

    @Test
    @DisplayName("local description should have a=end-of-candidates when gathering completes")
    void endOfCandidates() {
        a.createDataChannel("test");
        BlockingQueue<String> sdp = new LinkedBlockingQueue<>();
        a.onIceGatheringStateChange(state -> {
            if (state == IceGatheringState.COMPLETE) {
                sdp.add(described(a.localDescription()).sdp());
            }
        });
        get(a.setLocalDescription());
        assertTrue(poll(sdp).contains("\r\na=end-of-candidates\r\n"));
    }

    @Test
    @DisplayName(
            "setLocalDescription(reoffer) with a restarted transport should cause iceGatheringState to go to \"gathering\" and then \"complete\"")
    void restarted() {
        a.createDataChannel("test");
        exchangeIceCandidates(a, z);
        exchangeOfferAnswer(a, z);
        until("complete", () -> a.iceGatheringState() == IceGatheringState.COMPLETE);
        List<IceGatheringState> states = new CopyOnWriteArrayList<>();
        a.onIceGatheringStateChange(states::add);
        a.restartIce();
        get(a.setLocalDescription());
        until("complete", () -> states.equals(List.of(IceGatheringState.GATHERING, IceGatheringState.COMPLETE)));
    }

    @Test
    @DisplayName("connection with one data channel should eventually have connected connection state")
    void connected() {
        channelPair(a, z, false);
        until("complete", () -> a.iceGatheringState() == IceGatheringState.COMPLETE);
        assertEquals(
                IceGatheringState.COMPLETE, sctpOf(a).transport().iceTransport().gatheringState());
    }

    @Test
    @DisplayName("gathering state and candidate callbacks should fire in the correct order")
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
