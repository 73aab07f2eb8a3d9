package io.github.purrtc;

import io.github.purrtc.SignalingModel.Operation;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A connection that is walked over, with what is known of it. */
final class WalkingPeer {
    private static final int SELDOM = 3;

    final PeerConnection connection;
    private final Company company;
    private final SignalingModel model = new SignalingModel();
    private final List<WalkedChannel> channels = new CopyOnWriteArrayList<>();
    private int closings;

    /** Who else calls the connections at the same time. */
    enum Company {
        ALONE,
        TOGETHER
    }

    WalkingPeer(PeerConnection connection, Company company) {
        this.connection = connection;
        this.company = company;
        connection.onDataChannel(channel -> channels.add(new WalkedChannel(channel)));
    }

    /** Makes the call on some thread and follows it in the model: it ends as the standard says, or with its error. */
    void walk(Operation operation, Walker walker, @Nullable SessionDescription description) {
        ErrorName error = failure(walker.call(() -> begin(operation, description)));
        if (company == Company.TOGETHER) {
            return;
        }
        boolean allowed = model.allows(operation);
        if (!allowed) {
            assertEquals(ErrorName.INVALID_STATE_ERROR, error, operation + " in " + model.state());
        } else if (error != null) {
            assertTrue(
                    model.objections(operation).contains(error),
                    () -> operation + " in " + model.state() + ": " + error);
        }
        model.follow(operation, error);
    }

    private CompletionStage<?> begin(Operation operation, @Nullable SessionDescription description) {
        return switch (operation) {
            case CREATE_OFFER -> connection.createOffer();
            case CREATE_ANSWER -> connection.createAnswer();
            case SET_LOCAL_IMPLICIT -> connection.setLocalDescription();
            case SET_LOCAL_PRANSWER -> connection.setLocalDescription(new SessionDescription(SdpType.PRANSWER, ""));
            case SET_LOCAL_ROLLBACK -> connection.setLocalDescription(new SessionDescription(SdpType.ROLLBACK, ""));
            case SET_REMOTE_OFFER, SET_REMOTE_PRANSWER, SET_REMOTE_ANSWER ->
                connection.setRemoteDescription(Objects.requireNonNull(description));
            case SET_REMOTE_ROLLBACK -> connection.setRemoteDescription(new SessionDescription(SdpType.ROLLBACK, ""));
        };
    }

    /** Sets what the other has described last. */
    void walkToDescriptionOf(WalkingPeer other, Walker walker) {
        SessionDescription description = other.connection.localDescription();
        if (description != null) {
            Operation operation =
                    switch (description.type()) {
                        case OFFER -> Operation.SET_REMOTE_OFFER;
                        case PRANSWER -> Operation.SET_REMOTE_PRANSWER;
                        case ANSWER, ROLLBACK -> Operation.SET_REMOTE_ANSWER;
                    };
            walk(operation, walker, description);
        }
    }

    /** @return the name of the error; null if there was none */
    static @Nullable ErrorName failure(CompletionStage<?> stage) {
        try {
            PeerPair.get(stage);
            return null;
        } catch (RtcException e) {
            requireStandard(e);
            return e.errorName();
        }
    }

    /** What went wrong inside would be an OperationError with a cause that is no error of ours. */
    static void requireStandard(RtcException e) {
        boolean inside = e.errorName() == ErrorName.OPERATION_ERROR && e.getCause() instanceof RuntimeException;
        assertTrue(!inside, () -> "a fault inside: " + e.getCause());
    }

    /** Makes a channel, unless the connection is closed or the id in use. */
    void createChannel(DataChannelOptions options, Walker walker) {
        List<WalkedChannel> before = new ArrayList<>(channels);
        List<WalkedChannel> holders =
                before.stream().filter(channel -> channel.holds(options)).toList();
        ErrorName error = failure(walker.call(() -> {
            channels.add(new WalkedChannel(connection.createDataChannel("walk", options)));
            return CompletableFuture.completedStage(null);
        }));
        if (company == Company.TOGETHER) {
            return;
        }
        if (model.state() == SignalingState.CLOSED) {
            assertEquals(ErrorName.INVALID_STATE_ERROR, error);
        } else if (error == null) {
            assertTrue(holders.stream().noneMatch(WalkedChannel::isUsable), "two channels have one id");
        } else {
            assertEquals(ErrorName.OPERATION_ERROR, error);
            assertTrue(!holders.isEmpty(), "nothing has the id");
        }
    }

    void send(int which, Walker walker) {
        channel(which, channel -> walker.call(() -> channel.send(1 + which * 7)));
    }

    void closeChannel(int which, Walker walker) {
        channel(
                which,
                channel -> walker.call(() -> {
                    channel.close();
                    return CompletableFuture.completedStage(null);
                }));
    }

    private void channel(int which, Consumer<WalkedChannel> call) {
        if (!channels.isEmpty()) {
            call.accept(channels.get(which % channels.size()));
        }
    }

    /** The end of candidates, which needs a remote description. */
    void endCandidates(Walker walker) {
        ErrorName error = failure(walker.call(() -> connection.addIceCandidate(null)));
        if (company == Company.ALONE) {
            assertEquals(
                    connection.remoteDescription() == null || isClosed() ? ErrorName.INVALID_STATE_ERROR : null, error);
        }
    }

    /** Else most walks would be over as they begin. */
    void closeSeldom(Walker walker) {
        if (++closings % SELDOM == 0) {
            walker.run(connection::close);
            model.close();
        }
    }

    private boolean isClosed() {
        return model.state() == SignalingState.CLOSED;
    }

    /** What holds between any two calls. */
    void check() {
        if (company == Company.ALONE) {
            assertEquals(model.state(), connection.signalingState());
            checkDescriptions();
        }
        checkChannels();
    }

    private void checkDescriptions() {
        SessionDescription pendingLocal = connection.pendingLocalDescription();
        SessionDescription pendingRemote = connection.pendingRemoteDescription();
        switch (model.state()) {
            case STABLE -> {
                assertNull(pendingLocal);
                assertNull(pendingRemote);
            }
            case HAVE_LOCAL_OFFER -> requireTypes(SdpType.OFFER, null);
            case HAVE_REMOTE_OFFER -> requireTypes(null, SdpType.OFFER);
            case HAVE_LOCAL_PRANSWER -> requireTypes(SdpType.PRANSWER, SdpType.OFFER);
            case HAVE_REMOTE_PRANSWER -> requireTypes(SdpType.OFFER, SdpType.PRANSWER);
            case CLOSED -> {}
        }
        SdpType local = type(connection.currentLocalDescription());
        SdpType remote = type(connection.currentRemoteDescription());
        boolean agreed =
                local == SdpType.OFFER ? remote == SdpType.ANSWER : local == SdpType.ANSWER && remote == SdpType.OFFER;
        assertTrue(agreed || (local == null && remote == null), () -> local + " with " + remote);
    }

    private void requireTypes(@Nullable SdpType local, @Nullable SdpType remote) {
        assertEquals(local, type(connection.pendingLocalDescription()));
        assertEquals(remote, type(connection.pendingRemoteDescription()));
    }

    private static @Nullable SdpType type(@Nullable SessionDescription description) {
        return description == null ? null : description.type();
    }

    private void checkChannels() {
        Set<Integer> ids = new HashSet<>();
        for (WalkedChannel channel : channels) {
            channel.check();
            channel.certainId().ifPresent(id -> assertTrue(ids.add(id), () -> "two channels have the id " + id));
        }
    }

    /** Closes, and sees that everything is closed with it. */
    void end() {
        connection.close();
        model.close();
        assertEquals(SignalingState.CLOSED, connection.signalingState());
        assertEquals(PeerConnectionState.CLOSED, connection.connectionState());
        assertEquals(IceConnectionState.CLOSED, connection.iceConnectionState());
        assertEquals(
                ErrorName.INVALID_STATE_ERROR,
                failure(connection.createOffer()),
                "an operation of a closed connection");
        RtcStats.PeerConnection stats = PeerPair.get(connection.getStats())
                .of(RtcStats.PeerConnection.class)
                .get(0);
        assertEquals(stats.dataChannelsOpened(), stats.dataChannelsClosed());
        for (WalkedChannel channel : new ArrayList<>(channels)) {
            channel.requireEnd();
        }
    }

    /** How many of its channels were open at some time. */
    long opened() {
        return channels.stream().filter(WalkedChannel::wasOpen).count();
    }

    /** Makes a call on a thread, and returns what it returned. */
    interface Walker {
        CompletionStage<?> call(Supplier<CompletionStage<?>> call);

        default void run(Runnable call) {
            PeerPair.get(call(() -> {
                call.run();
                return CompletableFuture.completedStage(null);
            }));
        }
    }
}
