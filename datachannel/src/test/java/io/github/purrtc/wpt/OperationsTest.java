package io.github.purrtc.wpt;

import io.github.purrtc.DataChannel;
import io.github.purrtc.ErrorName;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.SdpType;
import io.github.purrtc.SessionDescription;
import io.github.purrtc.SignalingState;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import static io.github.purrtc.testing.Await.until;
import static io.github.purrtc.wpt.Wpt.ROLLBACK;
import static io.github.purrtc.wpt.Wpt.answer;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.described;
import static io.github.purrtc.wpt.Wpt.exchangeIceCandidates;
import static io.github.purrtc.wpt.Wpt.failure;
import static io.github.purrtc.wpt.Wpt.generateOffer;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.offer;
import static io.github.purrtc.wpt.Wpt.openChannel;
import static io.github.purrtc.wpt.Wpt.settle;
import static io.github.purrtc.wpt.Wpt.states;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** webrtc-pc §4.4.1.2: the operations chain. */
@DisplayName("RTCPeerConnection-operations.https.html")
class OperationsTest {
    @Test
    @DisplayName("operations of a closed connection fail with InvalidStateError")
    void closed() {
        PeerConnection pc = connection();
        pc.close();
        assertEquals(ErrorName.INVALID_STATE_ERROR, failure(pc.createOffer()));
        assertEquals(ErrorName.INVALID_STATE_ERROR, failure(pc.createAnswer()));
        assertEquals(ErrorName.INVALID_STATE_ERROR, failure(pc.setLocalDescription()));
        assertEquals(ErrorName.INVALID_STATE_ERROR, failure(pc.addIceCandidate(null)));
    }

    @Test
    @DisplayName("createAnswer in stable fails with InvalidStateError")
    void answerInStable() {
        try (PeerConnection pc = connection()) {
            assertEquals(ErrorName.INVALID_STATE_ERROR, failure(pc.createAnswer()));
        }
    }

    @Test
    @DisplayName("createOffer uses operations chain")
    void offerThenLocal() {
        try (PeerConnection pc = connection()) {
            CompletionStage<SessionDescription> offer = pc.createOffer();
            CompletionStage<Void> set = pc.setLocalDescription();
            get(set);
            assertTrue(offer.toCompletableFuture().isDone());
            assertEquals(SignalingState.HAVE_LOCAL_OFFER, pc.signalingState());
        }
    }

    @Test
    @DisplayName("setRemoteDescription uses operations chain")
    void remoteThenAnswer() {
        SessionDescription offer = generateOffer();
        try (PeerConnection pc = connection()) {
            CompletionStage<Void> remote = pc.setRemoteDescription(offer);
            CompletionStage<SessionDescription> answer = pc.createAnswer();
            CompletionStage<Void> local = pc.setLocalDescription();
            get(local);
            assertTrue(remote.toCompletableFuture().isDone());
            assertEquals(SdpType.ANSWER, get(answer).type());
            assertEquals(SignalingState.STABLE, pc.signalingState());
        }
    }

    @Test
    @DisplayName("addIceCandidate uses operations chain")
    void candidateAfterRemote() {
        SessionDescription offer = generateOffer();
        try (PeerConnection pc = connection()) {
            CompletionStage<Void> remote = pc.setRemoteDescription(offer);
            CompletionStage<Void> added = pc.addIceCandidate(null);
            get(added);
            assertTrue(remote.toCompletableFuture().isDone());
        }
    }

    @Test
    @DisplayName("addIceCandidate chains onto SRD, fails before")
    void failuresAreTheirOwn() {
        try (PeerConnection pc = connection()) {
            CompletionStage<Void> first = pc.addIceCandidate(null);
            CompletionStage<Void> second = pc.setRemoteDescription(offer("no description"));
            CompletionStage<SessionDescription> third = pc.createOffer();
            assertEquals(ErrorName.INVALID_STATE_ERROR, failure(first));
            assertEquals(ErrorName.OPERATION_ERROR, failure(second));
            get(third);
        }
    }

    @Test
    @DisplayName("Negotiationneeded only fires once operations chain is empty")
    void needWaitsForTheChain() {
        try (PeerConnection pc = connection()) {
            List<String> events = new CopyOnWriteArrayList<>();
            pc.onNegotiationNeeded(() -> events.add("negotiationneeded"));
            get(pc.setLocalDescription());
            pc.onSignalingStateChange(state -> {
                pc.createDataChannel("test");
                for (int i = 0; i < 5; i++) {
                    pc.createOffer().thenAccept(offer -> events.add("operation"));
                }
            });
            get(pc.setLocalDescription(ROLLBACK));
            until("negotiationneeded", () -> events.contains("negotiationneeded"));
            assertEquals("negotiationneeded", events.get(events.size() - 1));
            assertEquals(6, events.size());
        }
    }

    @Test
    @DisplayName("negotiationneeded does not fire while an operation that was chained keeps the chain busy")
    void needIsDroppedWhenTheChainSettlesIt() {
        try (PeerConnection pc = connection()) {
            AtomicInteger told = new AtomicInteger();
            pc.onNegotiationNeeded(told::incrementAndGet);
            get(pc.setLocalDescription());
            pc.onSignalingStateChange(state -> {
                if (state == SignalingState.STABLE) {
                    pc.createDataChannel("test");
                    pc.setLocalDescription();
                }
            });
            get(pc.setLocalDescription(ROLLBACK));
            settle(pc);
            assertEquals(0, told.get());
        }
    }

    @Test
    @DisplayName("Operations queue not vulnerable to recursion by chained negotiationneeded")
    void operationsOfTheListenerAreQueued() {
        try (PeerConnection pc = connection()) {
            List<String> events = new CopyOnWriteArrayList<>();
            CountDownLatch done = new CountDownLatch(1);
            pc.onNegotiationNeeded(() -> {
                pc.setLocalDescription().thenRun(() -> {
                    events.add("set");
                    done.countDown();
                });
                events.add("told");
            });
            pc.createDataChannel("test");
            until("set", () -> done.getCount() == 0);
            assertEquals(List.of("told", "set"), events);
        }
    }

    @Test
    @DisplayName("createAnswer uses operations chain")
    void answerIsChained() {
        SessionDescription offer = generateOffer();
        try (PeerConnection pc = connection()) {
            get(pc.setRemoteDescription(offer));
            CompletionStage<SessionDescription> answer = pc.createAnswer();
            CompletionStage<Void> set = pc.setLocalDescription();
            get(set);
            assertTrue(answer.toCompletableFuture().isDone());
            assertEquals(
                    get(answer).sdp().lines().toList().get(1),
                    described(pc.localDescription()).sdp().lines().toList().get(1));
        }
    }

    @Test
    @DisplayName("setLocalDescription uses operations chain")
    void localIsChained() {
        try (PeerConnection pc = connection()) {
            CompletionStage<Void> first = pc.setLocalDescription();
            CompletionStage<Void> second = pc.setLocalDescription(ROLLBACK);
            get(second);
            assertTrue(first.toCompletableFuture().isDone());
            assertEquals(SignalingState.STABLE, pc.signalingState());
        }
    }

    @Test
    @DisplayName("Pack operations queue with implicit offer and answer")
    void packed() {
        SessionDescription offer = generateOffer();
        try (PeerConnection pc = connection()) {
            pc.createDataChannel("test");
            List<SignalingState> states = states(pc);
            List<CompletionStage<Void>> packed = List.of(
                    pc.setLocalDescription(),
                    pc.setLocalDescription(),
                    pc.setRemoteDescription(offer),
                    pc.setLocalDescription(),
                    pc.setLocalDescription());
            packed.forEach(Wpt::get);
            assertEquals(
                    List.of(
                            SignalingState.HAVE_LOCAL_OFFER,
                            SignalingState.STABLE,
                            SignalingState.HAVE_REMOTE_OFFER,
                            SignalingState.STABLE,
                            SignalingState.HAVE_LOCAL_OFFER),
                    states);
        }
    }

    @Test
    @DisplayName("Negotiate solely by operations queue and signaling state")
    void bySignalingState() {
        try (PeerConnection a = connection();
                PeerConnection z = connection()) {
            a.onSignalingStateChange(state -> {
                if (state == SignalingState.HAVE_LOCAL_OFFER) {
                    z.setRemoteDescription(described(a.localDescription()));
                }
            });
            z.onSignalingStateChange(state -> {
                if (state == SignalingState.HAVE_REMOTE_OFFER) {
                    z.setLocalDescription();
                } else {
                    a.setRemoteDescription(described(z.localDescription()));
                }
            });
            exchangeIceCandidates(a, z);
            DataChannel channel = a.createDataChannel("test");
            a.setLocalDescription();
            openChannel(channel);
        }
    }
}
