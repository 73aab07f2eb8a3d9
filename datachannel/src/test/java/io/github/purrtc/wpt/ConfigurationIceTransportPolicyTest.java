package io.github.purrtc.wpt;

import io.github.purrtc.Configuration;
import io.github.purrtc.DataChannel;
import io.github.purrtc.IceCandidate;
import io.github.purrtc.IceGatheringState;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.ice.IceTransportPolicy;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

import static io.github.purrtc.testing.Await.until;
import static io.github.purrtc.wpt.Wpt.described;
import static io.github.purrtc.wpt.Wpt.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** webrtc-pc §4.2.5. */
@DisplayName("RTCConfiguration-iceTransportPolicy.html")
class ConfigurationIceTransportPolicyTest {
    private static Configuration of(IceTransportPolicy policy) {
        return Configuration.builder()
                .includeLoopback(true)
                .iceTransportPolicy(policy)
                .build();
    }

    @Test
    @DisplayName("new RTCPeerConnection() should have default iceTransportPolicy all")
    void byDefault() {
        try (PeerConnection pc = new PeerConnection()) {
            assertEquals(IceTransportPolicy.ALL, pc.configuration().iceTransportPolicy());
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "new RTCPeerConnection({ iceTransportPolicy: 'all' }) should succeed | ALL",
                "new RTCPeerConnection({ iceTransportPolicy: 'relay' }) should succeed | RELAY"
            })
    void given(String name, IceTransportPolicy policy) {
        try (PeerConnection pc = new PeerConnection(of(policy))) {
            assertEquals(policy, pc.configuration().iceTransportPolicy());
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "setConfiguration({ iceTransportPolicy: 'relay' }) with initial iceTransportPolicy all should succeed | ALL | RELAY",
                "setConfiguration({ iceTransportPolicy: 'all' }) with initial iceTransportPolicy relay should succeed | RELAY | ALL",
                "setConfiguration({}) with initial iceTransportPolicy relay should set new value to all | RELAY | ALL"
            })
    void changed(String name, IceTransportPolicy before, IceTransportPolicy after) {
        try (PeerConnection pc = new PeerConnection(of(before))) {
            pc.setConfiguration(name.contains("({})") ? Configuration.builder().build() : of(after));
            assertEquals(after, pc.configuration().iceTransportPolicy());
        }
    }

    private static String gathered(PeerConnection pc) {
        pc.createDataChannel("test");
        get(pc.setLocalDescription());
        until("gathered", () -> pc.iceGatheringState() == IceGatheringState.COMPLETE);
        return described(pc.localDescription()).sdp();
    }

    @Test
    @DisplayName("iceTransportPolicy \"relay\" on offerer should prevent candidate gathering")
    void relayOffers() {
        try (PeerConnection pc = new PeerConnection(of(IceTransportPolicy.RELAY))) {
            assertFalse(gathered(pc).contains("a=candidate:"));
        }
    }

    @Test
    @DisplayName("iceTransportPolicy \"relay\" on answerer should prevent candidate gathering")
    void relayAnswers() {
        try (PeerConnection pc = new PeerConnection(of(IceTransportPolicy.RELAY))) {
            get(pc.setRemoteDescription(Wpt.generateOffer()));
            assertFalse(gathered(pc).contains("a=candidate:"));
        }
    }

    @Test
    @DisplayName(
            "Changing iceTransportPolicy from \"all\" to \"relay\" causes the next gathering to have relay candidates alone")
    void toRelay() {
        try (PeerConnection pc = new PeerConnection(of(IceTransportPolicy.ALL))) {
            pc.setConfiguration(of(IceTransportPolicy.RELAY));
            assertFalse(gathered(pc).contains("a=candidate:"));
        }
    }

    @Test
    @DisplayName("Changing iceTransportPolicy from \"relay\" to \"all\" causes the next gathering to have candidates")
    void toAll() {
        try (PeerConnection pc = new PeerConnection(of(IceTransportPolicy.RELAY))) {
            pc.setConfiguration(of(IceTransportPolicy.ALL));
            assertTrue(gathered(pc).contains("a=candidate:"));
        }
    }

    @Test
    @DisplayName(
            "Changing iceTransportPolicy from \"all\" to \"relay\" causes an ICE restart which should fail, with no new candidates")
    void restartWithRelay() {
        try (PeerConnection a = new PeerConnection(of(IceTransportPolicy.ALL));
                PeerConnection z = Wpt.connection()) {
            Wpt.channelPair(a, z, false);
            until("gathered", () -> a.iceGatheringState() == IceGatheringState.COMPLETE);
            a.setConfiguration(of(IceTransportPolicy.RELAY));
            a.restartIce();
            List<IceCandidate> candidates = new CopyOnWriteArrayList<>();
            BlockingQueue<IceGatheringState> states = new LinkedBlockingQueue<>();
            a.onIceCandidate(candidate -> {
                if (candidate != null) {
                    candidates.add(candidate);
                }
            });
            a.onIceGatheringStateChange(states::add);
            Wpt.exchangeOfferAnswer(a, z);
            while (Wpt.poll(states) != IceGatheringState.COMPLETE) {
                // It gathers.
            }
            assertEquals(List.of(), candidates);
            assertFalse(described(a.localDescription()).sdp().contains("a=candidate:"));
        }
    }

    @Test
    @DisplayName(
            "Changing iceTransportPolicy from \"relay\" to \"all\" causes an ICE restart which should succeed, with new candidates")
    void restartWithAll() {
        try (PeerConnection a = new PeerConnection(of(IceTransportPolicy.RELAY));
                PeerConnection z = new PeerConnection(of(IceTransportPolicy.RELAY))) {
            DataChannel channel = a.createDataChannel("test");
            Wpt.exchangeIceCandidates(a, z);
            Wpt.exchangeOfferAnswer(a, z);
            until("gathered", () -> a.iceGatheringState() == IceGatheringState.COMPLETE);
            assertFalse(described(a.localDescription()).sdp().contains("a=candidate:"));
            a.setConfiguration(of(IceTransportPolicy.ALL));
            z.setConfiguration(of(IceTransportPolicy.ALL));
            a.restartIce();
            Wpt.exchangeOfferAnswer(a, z);
            Wpt.openChannel(channel);
        }
    }
}
