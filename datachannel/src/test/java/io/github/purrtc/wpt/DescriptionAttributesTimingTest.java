package io.github.purrtc.wpt;

import io.github.purrtc.PeerConnection;
import io.github.purrtc.SessionDescription;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

/** webrtc-pc §4.4.1.5: descriptions change together with the signaling state. */
@DisplayName("RTCPeerConnection-description-attributes-timing.https.html")
class DescriptionAttributesTimingTest {
    private final PeerConnection a = connection();
    private final PeerConnection z = connection();

    @AfterEach
    void close() {
        a.close();
        z.close();
    }

    /** What is seen before the operation, in the state's event, and when the operation is done. */
    private static void requireSurfaced(
            PeerConnection pc, Supplier<@Nullable SessionDescription> seen, Supplier<CompletionStage<Void>> operation) {
        AtomicReference<List<@Nullable SessionDescription>> inEvent = new AtomicReference<>();
        assertNull(seen.get());
        pc.onSignalingStateChange(state -> inEvent.set(Arrays.asList(seen.get())));
        SessionDescription atTheEnd = get(operation.get().thenApply(done -> seen.get()));
        assertNotNull(atTheEnd);
        assertEquals(
                Arrays.asList(atTheEnd.type()),
                inEvent.get().stream().map(SessionDescription::type).toList());
    }

    @Test
    @DisplayName("pendingLocalDescription is surfaced at the right time")
    void pendingLocal() {
        a.createDataChannel("test");
        SessionDescription offer = get(a.createOffer());
        requireSurfaced(a, a::pendingLocalDescription, () -> a.setLocalDescription(offer));
    }

    @Test
    @DisplayName("pendingRemoteDescription is surfaced at the right time")
    void pendingRemote() {
        a.createDataChannel("test");
        SessionDescription offer = get(a.createOffer());
        requireSurfaced(z, z::pendingRemoteDescription, () -> z.setRemoteDescription(offer));
    }

    @Test
    @DisplayName("currentLocalDescription is surfaced at the right time")
    void currentLocal() {
        a.createDataChannel("test");
        get(z.setRemoteDescription(get(a.createOffer())));
        SessionDescription answer = get(z.createAnswer());
        requireSurfaced(z, z::currentLocalDescription, () -> z.setLocalDescription(answer));
    }

    @Test
    @DisplayName("currentRemoteDescription is surfaced at the right time")
    void currentRemote() {
        a.createDataChannel("test");
        get(a.setLocalDescription());
        get(z.setRemoteDescription(a.localDescription()));
        SessionDescription answer = get(z.createAnswer());
        requireSurfaced(a, a::currentRemoteDescription, () -> a.setRemoteDescription(answer));
    }
}
