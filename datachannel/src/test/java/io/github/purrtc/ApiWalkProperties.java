package io.github.purrtc;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.Size;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Any calls in any order, from two threads at once: each has its result or the standard's error, and in the end everything is closed. */
class ApiWalkProperties {

    enum Call {
        CREATE_CHANNEL,
        SEND,
        CLOSE_CHANNEL,
        CREATE_OFFER,
        CREATE_ANSWER,
        SET_LOCAL,
        SET_REMOTE,
        ROLLBACK_LOCAL,
        ROLLBACK_REMOTE,
        END_OF_CANDIDATES,
        RESTART_ICE,
        GET_STATS,
        CLOSE
    }

    private final List<CompletionStage<?>> stages = new CopyOnWriteArrayList<>();
    private final List<DataChannel> channels = new CopyOnWriteArrayList<>();

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void everyCallHasItsEnd(
            @ForAll @Size(min = 5, max = 40) List<Call> ofA, @ForAll @Size(min = 5, max = 40) List<Call> ofZ) {
        stages.clear();
        channels.clear();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (PeerPair pair = new PeerPair()) {
            pair.trickle();
            pair.a.onDataChannel(channels::add);
            pair.z.onDataChannel(channels::add);
            CompletableFuture<Void> walks = CompletableFuture.allOf(
                    CompletableFuture.runAsync(() -> ofA.forEach(call -> make(call, pair.a, pair.z)), threads),
                    CompletableFuture.runAsync(() -> ofZ.forEach(call -> make(call, pair.z, pair.a)), threads));
            PeerPair.get(walks);
            stages.forEach(ApiWalkProperties::requireEnd);
            pair.a.close();
            pair.z.close();
            for (DataChannel channel : new ArrayList<>(channels)) {
                PeerPair.until("closed", () -> channel.readyState() == DataChannelState.CLOSED);
            }
            assertEquals(SignalingState.CLOSED, pair.a.signalingState());
            assertEquals(PeerConnectionState.CLOSED, pair.z.connectionState());
            RtcStats.PeerConnection stats = PeerPair.get(pair.a.getStats())
                    .of(RtcStats.PeerConnection.class)
                    .get(0);
            assertEquals(stats.dataChannelsOpened(), stats.dataChannelsClosed());
        } finally {
            threads.shutdown();
        }
    }

    private void make(Call call, PeerConnection self, PeerConnection other) {
        try {
            switch (call) {
                case CREATE_CHANNEL -> channels.add(self.createDataChannel("walk"));
                case SEND -> channels.forEach(channel -> channel.send("step"));
                case CLOSE_CHANNEL -> channels.stream().findAny().ifPresent(DataChannel::close);
                case CREATE_OFFER -> stages.add(self.createOffer());
                case CREATE_ANSWER -> stages.add(self.createAnswer());
                case SET_LOCAL -> stages.add(self.setLocalDescription());
                case SET_REMOTE -> setRemote(self, other.localDescription());
                case ROLLBACK_LOCAL ->
                    stages.add(self.setLocalDescription(new SessionDescription(SdpType.ROLLBACK, "")));
                case ROLLBACK_REMOTE ->
                    stages.add(self.setRemoteDescription(new SessionDescription(SdpType.ROLLBACK, "")));
                case END_OF_CANDIDATES -> stages.add(self.addIceCandidate(null));
                case RESTART_ICE -> self.restartIce();
                case GET_STATS -> stages.add(self.getStats());
                case CLOSE -> closeSeldom(self);
            }
        } catch (RtcException e) {
            requireStandard(e);
        }
    }

    private void setRemote(PeerConnection self, SessionDescription description) {
        if (description != null) {
            stages.add(self.setRemoteDescription(description));
        }
    }

    /** Else most walks would be over as they begin. */
    private void closeSeldom(PeerConnection self) {
        if (stages.size() > 25) {
            self.close();
        }
    }

    private static void requireEnd(CompletionStage<?> stage) {
        try {
            PeerPair.get(stage);
        } catch (RtcException e) {
            requireStandard(e);
        }
    }

    /** What went wrong inside would be an OperationError with a cause that is no error of ours. */
    private static void requireStandard(RtcException e) {
        boolean inside = e.errorName() == ErrorName.OPERATION_ERROR && e.getCause() instanceof IllegalStateException;
        assertTrue(!inside && !(e.getCause() instanceof NullPointerException), () -> "a fault inside: " + e);
    }
}
