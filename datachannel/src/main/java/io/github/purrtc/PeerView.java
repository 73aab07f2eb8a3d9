package io.github.purrtc;

import io.github.purrtc.ice.CandidatePair;
import io.github.purrtc.ice.IceCandidateError;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * What is seen of a connection: its states, which any thread may read and the loop alone changes, and the listeners, which any thread
 * may set and the loop calls. A closed connection tells nothing any more.
 */
final class PeerView {
    private static final Logger LOGGER = LoggerFactory.getLogger(PeerConnection.class);

    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile SignalingState signalingState = SignalingState.STABLE;
    private volatile IceGatheringState iceGatheringState = IceGatheringState.NEW;
    private volatile IceConnectionState iceConnectionState = IceConnectionState.NEW;
    private volatile PeerConnectionState connectionState = PeerConnectionState.NEW;
    private volatile @Nullable CandidatePair selectedCandidatePair;
    volatile DescriptionPair ours = DescriptionPair.NONE;
    volatile DescriptionPair theirs = DescriptionPair.NONE;
    volatile @Nullable RtcSctpTransport sctp;
    volatile @Nullable Boolean canTrickleIceCandidates;

    volatile Runnable negotiationNeededListener = () -> {};
    volatile Consumer<SignalingState> signalingStateListener = state -> {};
    volatile Consumer<IceGatheringState> iceGatheringStateListener = state -> {};
    volatile Consumer<IceConnectionState> iceConnectionStateListener = state -> {};
    volatile Consumer<CandidatePair> selectedCandidatePairListener = pair -> {};
    volatile Consumer<PeerConnectionState> connectionStateListener = state -> {};
    volatile Consumer<@Nullable IceCandidate> iceCandidateListener = candidate -> {};
    volatile Consumer<IceCandidateError> iceCandidateErrorListener = error -> {};
    volatile @Nullable Consumer<DataChannel> dataChannelListener;

    boolean isClosed() {
        return closed.get();
    }

    /** From any thread; false if it was closed before. */
    boolean close() {
        if (!closed.compareAndSet(false, true)) {
            return false;
        }
        RtcSctpTransport transport = sctp;
        if (transport != null) {
            transport.close();
            transport.transport().iceTransport().close();
        }
        return true;
    }

    SignalingState signalingState() {
        return isClosed() ? SignalingState.CLOSED : signalingState;
    }

    IceGatheringState iceGatheringState() {
        return iceGatheringState;
    }

    IceConnectionState iceConnectionState() {
        return isClosed() ? IceConnectionState.CLOSED : iceConnectionState;
    }

    PeerConnectionState connectionState() {
        return isClosed() ? PeerConnectionState.CLOSED : connectionState;
    }

    @Nullable
    CandidatePair selectedCandidatePair() {
        return isClosed() ? null : selectedCandidatePair;
    }

    void enter(SignalingState next) {
        if (next != signalingState) {
            signalingState = next;
            tell("signalingstatechange", () -> signalingStateListener.accept(next));
        }
    }

    void enter(IceGatheringState next) {
        if (next != iceGatheringState && !isClosed()) {
            iceGatheringState = next;
            tell("icegatheringstatechange", () -> iceGatheringStateListener.accept(next));
        }
    }

    void enter(IceConnectionState next) {
        if (next != iceConnectionState) {
            iceConnectionState = next;
            tell("iceconnectionstatechange", () -> iceConnectionStateListener.accept(next));
        }
    }

    void enter(PeerConnectionState next) {
        if (next != connectionState) {
            connectionState = next;
            tell("connectionstatechange", () -> connectionStateListener.accept(next));
        }
    }

    void select(@Nullable CandidatePair pair) {
        boolean same = pair == null || pair.equals(selectedCandidatePair);
        selectedCandidatePair = pair;
        if (!same) {
            tell("selectedcandidatepairchange", () -> selectedCandidatePairListener.accept(pair));
        }
    }

    void tellNegotiationNeeded() {
        tell("negotiationneeded", () -> negotiationNeededListener.run());
    }

    /** @param candidate null after the last */
    void tellCandidate(@Nullable IceCandidate candidate) {
        tell("icecandidate", () -> iceCandidateListener.accept(candidate));
    }

    void tellCandidateError(IceCandidateError error) {
        tell("icecandidateerror", () -> iceCandidateErrorListener.accept(error));
    }

    void tellDataChannel(DataChannel channel) {
        Consumer<DataChannel> listener = dataChannelListener;
        if (listener == null) {
            channel.onMessage(message -> {});
        } else {
            tell("datachannel", () -> listener.accept(channel));
        }
    }

    private void tell(String event, Runnable listener) {
        if (isClosed()) {
            return;
        }
        try {
            listener.run();
        } catch (RuntimeException | Error e) {
            LOGGER.error("The {} listener failed", event, e);
        }
    }
}
