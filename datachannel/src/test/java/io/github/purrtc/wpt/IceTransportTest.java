package io.github.purrtc.wpt;

import io.github.purrtc.DataChannel;
import io.github.purrtc.IceCandidate;
import io.github.purrtc.IceGatheringState;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.RtcIceTransport;
import io.github.purrtc.SignalingState;
import io.github.purrtc.ice.CandidatePair;
import io.github.purrtc.ice.CandidateType;
import io.github.purrtc.ice.IceRole;
import io.github.purrtc.ice.IceTransportState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

import static io.github.purrtc.testing.Await.until;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.deliverCandidates;
import static io.github.purrtc.wpt.Wpt.described;
import static io.github.purrtc.wpt.Wpt.exchangeIceCandidates;
import static io.github.purrtc.wpt.Wpt.exchangeOfferAnswer;
import static io.github.purrtc.wpt.Wpt.exchangeWithoutCandidates;
import static io.github.purrtc.wpt.Wpt.fragment;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.openChannel;
import static io.github.purrtc.wpt.Wpt.poll;
import static io.github.purrtc.wpt.Wpt.sctpOf;
import static io.github.purrtc.wpt.Wpt.settle;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

/** webrtc-pc §5.6: ICE as an object. */
@DisplayName("RTCIceTransport.html")
class IceTransportTest {
    private final PeerConnection a = connection();
    private final PeerConnection z = connection();

    @AfterEach
    void close() {
        a.close();
        z.close();
    }

    private RtcIceTransport iceOf(PeerConnection connection) {
        return sctpOf(connection).transport().iceTransport();
    }

    private DataChannel connect() {
        exchangeIceCandidates(a, z);
        DataChannel channel = a.createDataChannel("test");
        exchangeOfferAnswer(a, z);
        return openChannel(channel);
    }

    @Test
    @DisplayName("Two connected iceTransports should have matching local/remote candidates returned")
    void candidates() {
        connect();
        CandidatePair here = iceOf(a).selectedCandidatePair();
        until("pair", () -> iceOf(z).selectedCandidatePair() != null);
        CandidatePair there = iceOf(z).selectedCandidatePair();
        assertEquals(here.local().port(), there.remote().port());
        assertEquals(here.remote().port(), there.local().port());
        assertFalse(iceOf(a).localCandidates().isEmpty());
        assertFalse(iceOf(a).remoteCandidates().isEmpty());
        assertEquals(
                fragment(a.localDescription()),
                iceOf(a).localParameters().orElseThrow().usernameFragment());
        assertEquals(
                fragment(z.localDescription()),
                iceOf(a).remoteParameters().orElseThrow().usernameFragment());
    }

    @Test
    @DisplayName("Unconnected iceTransport should have empty remote candidates and selected pair")
    void unconnected() {
        a.createDataChannel("test");
        exchangeWithoutCandidates(a, z);
        assertEquals(List.of(), iceOf(a).remoteCandidates());
        assertNull(iceOf(a).selectedCandidatePair());
    }

    @Test
    @DisplayName("the offerer has the role controlling")
    void roles() {
        a.createDataChannel("test");
        exchangeOfferAnswer(a, z);
        assertEquals(IceRole.CONTROLLING, iceOf(a).role().orElseThrow());
        assertEquals(IceRole.CONTROLLED, iceOf(z).role().orElseThrow());
    }

    @Test
    @DisplayName(
            "RTCIceTransport should not transition to \"checking\" until after the answer is set _and_ the first remote candidate is received")
    void checking() {
        a.createDataChannel("test");
        exchangeWithoutCandidates(a, z);
        settle(a);
        assertEquals(IceTransportState.NEW, iceOf(a).state());
        until("gathered", () -> z.iceGatheringState() == IceGatheringState.COMPLETE);
        for (String line : described(z.localDescription()).sdp().split("\r\n", -1)) {
            if (line.startsWith("a=candidate:")) {
                get(a.addIceCandidate(new IceCandidate(line.substring(2), null, 0, null)));
            }
        }
        until("checking", () -> iceOf(a).state() != IceTransportState.NEW);
    }

    @Test
    @DisplayName(
            "RTCIceTransport should synchronously transition to \"closed\" with no event if the underlying transport is closed due to PC.close()")
    void closed() {
        connect();
        RtcIceTransport ice = iceOf(a);
        List<IceTransportState> states = new CopyOnWriteArrayList<>();
        ice.onStateChange(states::add);
        a.close();
        assertEquals(IceTransportState.CLOSED, ice.state());
        assertEquals(List.of(), states);
    }

    @Test
    @DisplayName("Local ICE restart should not result in a different ICE transport (DataChannel case)")
    void localRestart() {
        connect();
        RtcIceTransport before = iceOf(a);
        a.restartIce();
        exchangeOfferAnswer(a, z);
        assertSame(before, iceOf(a));
        assertEquals(
                fragment(a.localDescription()),
                before.localParameters().orElseThrow().usernameFragment());
    }

    @Test
    @DisplayName("Remote ICE restart should not result in a different ICE transport (DataChannel case)")
    void remoteRestart() {
        connect();
        RtcIceTransport before = iceOf(a);
        z.restartIce();
        exchangeOfferAnswer(z, a);
        assertSame(before, iceOf(a));
    }

    @Test
    @DisplayName("RTCIceTransport should be in state \"new\" initially")
    void initial() {
        a.createDataChannel("test");
        exchangeWithoutCandidates(a, z);
        assertEquals(IceTransportState.NEW, iceOf(a).state());
    }

    @Test
    @DisplayName("RTCIceTransport should transition to \"gathering\", then \"complete\" after sLD (DataChannel case)")
    void gathering() {
        List<IceGatheringState> states = new CopyOnWriteArrayList<>();
        z.onSignalingStateChange(state -> {
            if (state == SignalingState.STABLE) {
                // The transport is there, and gathering begins with the next task.
                iceOf(z).onGatheringStateChange(states::add);
            }
        });
        a.createDataChannel("test");
        get(z.setRemoteDescription(get(a.createOffer())));
        get(z.setLocalDescription());
        until("complete", () -> states.equals(List.of(IceGatheringState.GATHERING, IceGatheringState.COMPLETE)));
    }

    @Test
    @DisplayName("PC.close() should not cause the RTCIceTransport gathering state to transition to \"complete\"")
    void closedWhileGathering() {
        List<IceGatheringState> states = new CopyOnWriteArrayList<>();
        z.onSignalingStateChange(state -> {
            if (state == SignalingState.STABLE) {
                iceOf(z).onGatheringStateChange(states::add);
                z.close();
            }
        });
        a.createDataChannel("test");
        get(z.setRemoteDescription(get(a.createOffer())));
        get(z.setLocalDescription());
        get(z.getStats());
        assertEquals(List.of(), states);
    }

    @Test
    @DisplayName("RTCIceTransport should transition to \"disconnected\" if packets stop flowing (DataChannel case)")
    void disconnected() {
        try (CuttablePair pair = new CuttablePair()) {
            pair.connect();
            RtcIceTransport ice = iceOf(pair.a);
            BlockingQueue<IceTransportState> states = new LinkedBlockingQueue<>();
            ice.onStateChange(states::add);
            pair.cut();
            assertEquals(IceTransportState.DISCONNECTED, poll(states));
        }
    }

    @Test
    @DisplayName("RTCIceTransport does not expose remote peer-reflexive candidates.")
    void peerReflexive() {
        DataChannel channel = a.createDataChannel("test");
        exchangeWithoutCandidates(a, z);
        deliverCandidates(z, a);
        openChannel(channel);
        assertEquals(
                CandidateType.PEER_REFLEXIVE, z.selectedCandidatePair().remote().type());
        assertEquals(List.of(), iceOf(z).remoteCandidates());
    }
}
