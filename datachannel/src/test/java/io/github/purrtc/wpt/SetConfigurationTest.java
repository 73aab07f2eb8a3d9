package io.github.purrtc.wpt;

import io.github.purrtc.BundlePolicy;
import io.github.purrtc.Configuration;
import io.github.purrtc.ErrorName;
import io.github.purrtc.IceGatheringState;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.dtls.DtlsCertificate;
import io.github.purrtc.ice.IceTransportPolicy;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static io.github.purrtc.testing.Await.until;
import static io.github.purrtc.wpt.Wpt.call;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.described;
import static io.github.purrtc.wpt.Wpt.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

/** webrtc-pc §4.4.1.6: what may be changed later. */
@DisplayName("RTCConfiguration-validation.html")
class SetConfigurationTest {
    private static Configuration.Builder loopback() {
        return Configuration.builder().includeLoopback(true);
    }

    @Test
    @DisplayName("setConfiguration on a closed connection should throw InvalidStateError")
    void closed() {
        PeerConnection pc = connection();
        pc.close();
        assertEquals(
                ErrorName.INVALID_STATE_ERROR, call(() -> set(pc, loopback().build())));
    }

    private static Configuration set(PeerConnection pc, Configuration configuration) {
        pc.setConfiguration(configuration);
        return pc.configuration();
    }

    @Test
    @DisplayName("setConfiguration should change the value of iceTransportPolicy")
    void policy() {
        try (PeerConnection pc = connection()) {
            Configuration next =
                    loopback().iceTransportPolicy(IceTransportPolicy.RELAY).build();
            assertSame(next, set(pc, next));
            pc.createDataChannel("test");
            get(pc.setLocalDescription());
            until("complete", () -> pc.iceGatheringState() == IceGatheringState.COMPLETE);
            assertFalse(described(pc.localDescription()).sdp().contains("a=candidate:"));
        }
    }

    @Test
    @DisplayName("setConfiguration with a different bundlePolicy should throw InvalidModificationError")
    void bundlePolicy() {
        try (PeerConnection pc = connection()) {
            assertEquals(
                    ErrorName.INVALID_MODIFICATION_ERROR,
                    call(() -> set(
                            pc, loopback().bundlePolicy(BundlePolicy.MAX_BUNDLE).build())));
        }
    }

    @Test
    @DisplayName("setConfiguration with different certificates should throw InvalidModificationError")
    void certificate() {
        try (PeerConnection pc = connection()) {
            assertEquals(
                    ErrorName.INVALID_MODIFICATION_ERROR,
                    call(() -> set(
                            pc,
                            loopback().certificate(DtlsCertificate.generate()).build())));
        }
    }

    @Test
    @DisplayName(
            "setConfiguration with a changed iceCandidatePoolSize after setLocalDescription should throw InvalidModificationError")
    void poolSize() {
        try (PeerConnection pc = connection()) {
            Configuration pooled = loopback().iceCandidatePoolSize(1).build();
            set(pc, pooled);
            pc.createDataChannel("test");
            get(pc.setLocalDescription());
            set(pc, pooled);
            assertEquals(
                    ErrorName.INVALID_MODIFICATION_ERROR,
                    call(() -> set(pc, loopback().iceCandidatePoolSize(2).build())));
        }
    }

    @Test
    @DisplayName("iceCandidatePoolSize out of range should throw TypeError")
    void poolSizeRange() {
        assertEquals(ErrorName.TYPE_ERROR, call(() -> loopback().iceCandidatePoolSize(-1)));
        assertEquals(ErrorName.TYPE_ERROR, call(() -> loopback().iceCandidatePoolSize(256)));
        assertEquals(255, loopback().iceCandidatePoolSize(255).build().iceCandidatePoolSize());
    }

    @Test
    @DisplayName("setConfiguration only applies if the entire configuration is valid")
    void wholeOrNothing() {
        try (PeerConnection pc = connection()) {
            Configuration next = loopback()
                    .iceTransportPolicy(IceTransportPolicy.RELAY)
                    .bundlePolicy(BundlePolicy.MAX_BUNDLE)
                    .build();
            assertEquals(ErrorName.INVALID_MODIFICATION_ERROR, call(() -> set(pc, next)));
            assertEquals(IceTransportPolicy.ALL, pc.configuration().iceTransportPolicy());
        }
    }
}
