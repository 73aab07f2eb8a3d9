package io.github.purrtc.wpt;

import io.github.purrtc.DataChannel;
import io.github.purrtc.DataChannelState;
import io.github.purrtc.IceGatheringState;
import io.github.purrtc.OfferOption;
import io.github.purrtc.PeerConnection;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static io.github.purrtc.testing.Await.until;
import static io.github.purrtc.wpt.Wpt.ROLLBACK;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.exchangeIceCandidates;
import static io.github.purrtc.wpt.Wpt.exchangeOfferAnswer;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.openChannel;
import static io.github.purrtc.wpt.Wpt.settle;
import static io.github.purrtc.wpt.Wpt.states;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** webrtc-pc §4.4.1.5: transports that no description speaks of any more are gone. */
@DisplayName("RTCPeerConnection-explicit-rollback-iceGatheringState.html")
class ExplicitRollbackIceGatheringStateTest {
    @Test
    @DisplayName(
            "setLocalDescription(rollback) of original offer should cause iceGatheringState to reach \"new\" when starting in \"complete\" (DataChannel case)")
    void original() {
        try (PeerConnection pc = connection()) {
            pc.createDataChannel("test");
            get(pc.setLocalDescription());
            until("complete", () -> pc.iceGatheringState() == IceGatheringState.COMPLETE);
            get(pc.setLocalDescription(ROLLBACK));
            assertEquals(IceGatheringState.NEW, pc.iceGatheringState());
        }
    }

    @Test
    @DisplayName(
            "setLocalDescription(rollback) of original offer should cause iceGatheringState to reach \"new\" when starting in \"gathering\" (DataChannel case)")
    void whileGathering() {
        try (PeerConnection pc = connection()) {
            List<IceGatheringState> states = new CopyOnWriteArrayList<>();
            pc.onIceGatheringStateChange(state -> {
                states.add(state);
                if (state == IceGatheringState.GATHERING) {
                    pc.setLocalDescription(ROLLBACK);
                }
            });
            pc.createDataChannel("test");
            get(pc.setLocalDescription());
            until("new", () -> states.contains(IceGatheringState.NEW));
            assertEquals(IceGatheringState.NEW, pc.iceGatheringState());
        }
    }

    @Test
    @DisplayName(
            "rolling back an ICE restart when gathering is complete should not result in iceGatheringState changes (DataChannel case)")
    void restart() {
        try (PeerConnection a = connection();
                PeerConnection z = connection()) {
            DataChannel channel = a.createDataChannel("test");
            exchangeIceCandidates(a, z);
            exchangeOfferAnswer(a, z);
            openChannel(channel);
            until("complete", () -> a.iceGatheringState() == IceGatheringState.COMPLETE);
            get(a.setLocalDescription(get(a.createOffer(OfferOption.ICE_RESTART))));
            settle(a);
            until("complete", () -> a.iceGatheringState() == IceGatheringState.COMPLETE);
            List<IceGatheringState> states = new CopyOnWriteArrayList<>();
            a.onIceGatheringStateChange(states::add);
            get(a.setLocalDescription(ROLLBACK));
            settle(a);
            assertEquals(List.of(), states);
            assertEquals(DataChannelState.OPEN, channel.readyState());
        }
    }

    @Test
    @DisplayName("a connection whose offer was rolled back connects with the next one")
    void connectsAfterwards() {
        try (PeerConnection a = connection();
                PeerConnection z = connection()) {
            DataChannel channel = a.createDataChannel("test");
            exchangeIceCandidates(a, z);
            get(a.setLocalDescription());
            get(a.setLocalDescription(ROLLBACK));
            exchangeOfferAnswer(a, z);
            openChannel(channel);
        }
    }
}
