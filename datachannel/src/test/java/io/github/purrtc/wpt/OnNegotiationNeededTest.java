package io.github.purrtc.wpt;

import io.github.purrtc.PeerConnection;
import io.github.purrtc.SessionDescription;
import io.github.purrtc.SignalingState;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import static io.github.purrtc.testing.Await.until;
import static io.github.purrtc.wpt.Wpt.ROLLBACK;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.generateAnswer;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.offer;
import static io.github.purrtc.wpt.Wpt.settle;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** webrtc-pc §4.7.3: told once, when it is time. */
@DisplayName("RTCPeerConnection-onnegotiationneeded.html")
class OnNegotiationNeededTest {
    @Test
    @DisplayName("Creating first data channel should fire negotiationneeded event")
    void firstChannel() {
        try (PeerConnection pc = connection()) {
            CountDownLatch told = new CountDownLatch(1);
            pc.onNegotiationNeeded(told::countDown);
            pc.createDataChannel("test");
            until("negotiationneeded", () -> told.getCount() == 0);
        }
    }

    @Test
    @DisplayName("calling createDataChannel twice should fire negotiationneeded event once")
    void twoChannels() {
        try (PeerConnection pc = connection()) {
            AtomicInteger told = new AtomicInteger();
            pc.onNegotiationNeeded(told::incrementAndGet);
            pc.createDataChannel("foo");
            until("negotiationneeded", () -> told.get() == 1);
            pc.createDataChannel("bar");
            settle(pc);
            assertEquals(1, told.get());
        }
    }

    @Test
    @DisplayName("negotiationneeded event should not fire if signaling state is not stable")
    void notStable() {
        try (PeerConnection pc = connection()) {
            AtomicInteger told = new AtomicInteger();
            pc.onNegotiationNeeded(told::incrementAndGet);
            get(pc.setLocalDescription(get(pc.createOffer())));
            assertEquals(SignalingState.HAVE_LOCAL_OFFER, pc.signalingState());
            pc.createDataChannel("test");
            settle(pc);
            assertEquals(0, told.get());
        }
    }

    @Test
    @DisplayName(
            "negotiationneeded event should fire only after signaling state goes back to stable after setRemoteDescription")
    void afterRemoteAnswer() {
        try (PeerConnection pc = connection()) {
            List<String> events = new CopyOnWriteArrayList<>();
            pc.onNegotiationNeeded(() -> events.add("negotiationneeded"));
            pc.onSignalingStateChange(state -> events.add(state.toString()));
            SessionDescription offer = get(pc.createOffer());
            get(pc.setLocalDescription(offer));
            pc.createDataChannel("test");
            get(pc.setRemoteDescription(generateAnswer(offer)));
            until("negotiationneeded", () -> events.contains("negotiationneeded"));
            assertEquals(List.of("have-local-offer", "stable", "negotiationneeded"), events);
        }
    }

    @Test
    @DisplayName(
            "negotiationneeded event should fire only after signaling state goes back to stable after setLocalDescription")
    void afterLocalAnswer() {
        try (PeerConnection pc = connection();
                PeerConnection remote = connection()) {
            List<String> events = new CopyOnWriteArrayList<>();
            pc.onNegotiationNeeded(() -> events.add("negotiationneeded"));
            pc.onSignalingStateChange(state -> events.add(state.toString()));
            get(pc.setRemoteDescription(get(remote.createOffer())));
            pc.createDataChannel("test");
            settle(pc);
            get(pc.setLocalDescription());
            until("negotiationneeded", () -> events.contains("negotiationneeded"));
            assertEquals(List.of("have-remote-offer", "stable", "negotiationneeded"), events);
        }
    }

    @Test
    @DisplayName("negotiationneeded should fire only once for each round until resolved")
    void onceARound() {
        try (PeerConnection pc = connection()) {
            AtomicInteger told = new AtomicInteger();
            pc.onNegotiationNeeded(told::incrementAndGet);
            pc.createDataChannel("test");
            until("negotiationneeded", () -> told.get() == 1);
            get(pc.setLocalDescription());
            get(pc.setLocalDescription(ROLLBACK));
            until("negotiationneeded again", () -> told.get() == 2);
            settle(pc);
            assertEquals(2, told.get());
        }
    }

    @Test
    @DisplayName(
            "negotiationneeded event should fire only after signalingstatechange event fires from setRemoteDescription")
    void afterTheEventOfTheRemote() {
        try (PeerConnection pc = connection()) {
            SessionDescription offer = get(pc.createOffer());
            get(pc.setLocalDescription(offer));
            SessionDescription answer = generateAnswer(offer);
            List<String> events = events(pc);
            pc.createDataChannel("test");
            get(pc.setRemoteDescription(answer));
            until("negotiationneeded", () -> events.contains("negotiationneeded"));
            assertEquals(List.of("stable", "negotiationneeded"), events);
        }
    }

    @Test
    @DisplayName(
            "negotiationneeded event should fire only after signalingstatechange event fires from setLocalDescription")
    void afterTheEventOfTheLocal() {
        try (PeerConnection pc = connection();
                PeerConnection peer = connection()) {
            get(pc.setRemoteDescription(get(peer.createOffer())));
            List<String> events = events(pc);
            pc.createDataChannel("test");
            get(pc.setLocalDescription());
            until("negotiationneeded", () -> events.contains("negotiationneeded"));
            assertEquals(List.of("stable", "negotiationneeded"), events);
        }
    }

    private static List<String> events(PeerConnection pc) {
        List<String> events = new CopyOnWriteArrayList<>();
        pc.onNegotiationNeeded(() -> events.add("negotiationneeded"));
        pc.onSignalingStateChange(state -> events.add(state.toString()));
        return events;
    }
}
