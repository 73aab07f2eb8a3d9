package io.github.purrtc.wpt;

import io.github.purrtc.IceCandidate;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.SdpType;
import io.github.purrtc.SessionDescription;
import io.github.purrtc.SignalingState;
import io.github.purrtc.testing.Await;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Two peers that negotiate whenever it is needed, as webrtc-pc §10.7 shows it: one gives way, the other does not. */
final class NegotiatingPair implements AutoCloseable {
    final Peer polite = new Peer(Manners.POLITE);
    final Peer impolite = new Peer(Manners.IMPOLITE);
    private final List<String> errors = new CopyOnWriteArrayList<>();
    /** Descriptions and candidates on their way, and operations begun. */
    private final AtomicInteger underWay = new AtomicInteger();

    private enum Manners {
        POLITE,
        IMPOLITE
    }

    NegotiatingPair() {
        polite.begin(impolite);
        impolite.begin(polite);
    }

    void assertNoErrors() {
        assertEquals(List.of(), errors);
    }

    void awaitStable() {
        Await.until("both are stable", () -> {
            Wpt.settle(polite.connection);
            Wpt.settle(impolite.connection);
            return underWay.get() == 0
                    && polite.connection.signalingState() == SignalingState.STABLE
                    && impolite.connection.signalingState() == SignalingState.STABLE;
        });
    }

    @Override
    public void close() {
        polite.connection.close();
        impolite.connection.close();
    }

    /** One side; its state belongs to its connection's loop. */
    final class Peer {
        final PeerConnection connection = Wpt.connection();
        private final Manners manners;
        private @Nullable Peer other;
        private boolean makingOffer;
        private boolean ignoresOffer;
        private boolean settingRemoteAnswer;

        private Peer(Manners manners) {
            this.manners = manners;
        }

        private void begin(Peer peer) {
            other = peer;
            connection.onIceCandidate(candidate -> peer.queue(() -> peer.onCandidate(candidate)));
            connection.onNegotiationNeeded(() -> {
                makingOffer = true;
                track(
                        "offer",
                        connection
                                .setLocalDescription()
                                .thenRun(() -> send(connection.localDescription()))
                                .whenComplete((done, e) -> makingOffer = false));
            });
        }

        private void send(@Nullable SessionDescription description) {
            Peer peer = other;
            if (peer != null && description != null) {
                peer.queue(() -> peer.onDescription(description));
            }
        }

        /** Runs a task on this connection's loop, as a message of signalling would come there. */
        private void queue(Runnable task) {
            underWay.incrementAndGet();
            connection.executor().execute(() -> {
                task.run();
                underWay.decrementAndGet();
            });
        }

        private void onDescription(SessionDescription description) {
            boolean readyForOffer =
                    !makingOffer && (connection.signalingState() == SignalingState.STABLE || settingRemoteAnswer);
            boolean collision = description.type() == SdpType.OFFER && !readyForOffer;
            ignoresOffer = manners == Manners.IMPOLITE && collision;
            if (ignoresOffer) {
                return;
            }
            settingRemoteAnswer = description.type() == SdpType.ANSWER;
            CompletionStage<Void> set =
                    connection.setRemoteDescription(description).whenComplete((done, e) -> settingRemoteAnswer = false);
            if (description.type() == SdpType.OFFER) {
                set = set.thenCompose(done -> connection.setLocalDescription())
                        .thenRun(() -> send(connection.localDescription()));
            }
            track(description.type().toString(), set);
        }

        private void onCandidate(@Nullable IceCandidate candidate) {
            boolean ignored = ignoresOffer;
            track("candidate", connection.addIceCandidate(candidate).exceptionally(e -> {
                if (!ignored && !ignoresOffer) {
                    errors.add(manners + " candidate: " + e);
                }
                return null;
            }));
        }

        private void track(String what, CompletionStage<Void> operation) {
            underWay.incrementAndGet();
            operation.whenComplete((done, e) -> {
                if (e != null) {
                    errors.add(manners + " " + what + ": " + e);
                }
                underWay.decrementAndGet();
            });
        }
    }
}
