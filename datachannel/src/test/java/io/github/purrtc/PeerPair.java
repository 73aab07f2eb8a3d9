package io.github.purrtc;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Two connections in one process, A offering and Z answering, candidates trickling. */
final class PeerPair implements AutoCloseable {
    static final long LIMIT_SECONDS = Stages.LIMIT_SECONDS;

    final PeerConnection a;
    final PeerConnection z;

    PeerPair() {
        this(Configuration.builder().includeLoopback(true).build());
    }

    PeerPair(Configuration configuration) {
        this(WebRtc.shared(), configuration);
    }

    PeerPair(WebRtc webRtc, Configuration configuration) {
        this(webRtc.peerConnection(configuration), webRtc.peerConnection(configuration));
    }

    PeerPair(PeerConnection a, PeerConnection z) {
        this.a = a;
        this.z = z;
    }

    /** Exchanges descriptions, then candidates as they come. */
    CompletionStage<Void> negotiate() {
        trickle();
        return a.createOffer()
                .thenCompose(offer -> z.setRemoteDescription(offer).thenCompose(done -> a.setLocalDescription(offer)))
                .thenCompose(done -> z.createAnswer())
                .thenCompose(
                        answer -> a.setRemoteDescription(answer).thenCompose(done -> z.setLocalDescription(answer)));
    }

    /** Candidates go from each to the other from now on. */
    void trickle() {
        a.onIceCandidate(z::addIceCandidate);
        z.onIceCandidate(a::addIceCandidate);
    }

    PeerPair connect() {
        get(negotiate());
        return this;
    }

    static <T> T get(CompletionStage<T> stage) {
        return Stages.get(stage);
    }

    static void await(CountDownLatch latch, String what) {
        try {
            assertTrue(latch.await(LIMIT_SECONDS, TimeUnit.SECONDS), what + " did not happen in time");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        a.close();
        z.close();
    }
}
