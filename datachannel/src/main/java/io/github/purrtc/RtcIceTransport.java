package io.github.purrtc;

import io.github.purrtc.ice.Candidate;
import io.github.purrtc.ice.CandidatePair;
import io.github.purrtc.ice.IceParameters;
import io.github.purrtc.ice.IceRole;
import io.github.purrtc.ice.IceTransportState;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The ICE transport of a connection as others see it: webrtc-pc §5.6, {@code RTCIceTransport}. It stays the same over ICE restarts.
 *
 * <p>Thread-safe; listeners run on the connection's event loop and must not block it. Closing the connection closes it without a word.
 */
public final class RtcIceTransport {
    private final StateCell<IceTransportState> state =
            new StateCell<>("ICE statechange", IceTransportState.NEW, IceTransportState.CLOSED);
    private final StateCell<IceGatheringState> gatheringState =
            new StateCell<>("gatheringstatechange", IceGatheringState.NEW, IceGatheringState.COMPLETE);
    private volatile Consumer<CandidatePair> selectedPairListener = pair -> {};
    private volatile @Nullable CandidatePair selectedPair;
    private volatile @Nullable IceRole role;
    private volatile @Nullable IceParameters localParameters;
    private volatile @Nullable IceParameters remoteParameters;
    private volatile List<Candidate> localCandidates = List.of();
    private volatile List<Candidate> remoteCandidates = List.of();

    RtcIceTransport() {}

    /** Who nominates pairs; empty before there is a description that says who. */
    public Optional<IceRole> role() {
        return Optional.ofNullable(role);
    }

    /** The state of the transport: webrtc-pc §5.6.3. */
    public IceTransportState state() {
        return state.get();
    }

    /** How far gathering is: webrtc-pc §5.6.2. */
    public IceGatheringState gatheringState() {
        return gatheringState.get();
    }

    /** What was gathered and made known. */
    public List<Candidate> localCandidates() {
        return localCandidates;
    }

    /** What the peer signalled; addresses that only its packets have shown are not among them. */
    public List<Candidate> remoteCandidates() {
        return remoteCandidates;
    }

    /** The pair that data takes; null while there is none. */
    public @Nullable CandidatePair selectedCandidatePair() {
        return state() == IceTransportState.CLOSED ? null : selectedPair;
    }

    /** Our username fragment and password; empty before they are in a local description. */
    public Optional<IceParameters> localParameters() {
        return Optional.ofNullable(localParameters);
    }

    /** The peer's, as in its description. */
    public Optional<IceParameters> remoteParameters() {
        return Optional.ofNullable(remoteParameters);
    }

    /** Called with each new state, on the connection's event loop. */
    public RtcIceTransport onStateChange(Consumer<IceTransportState> listener) {
        state.listener(listener);
        return this;
    }

    /** Called with each new state of gathering, on the connection's event loop. */
    public RtcIceTransport onGatheringStateChange(Consumer<IceGatheringState> listener) {
        gatheringState.listener(listener);
        return this;
    }

    /** Called with the pair that data takes from now on. */
    public RtcIceTransport onSelectedCandidatePairChange(Consumer<CandidatePair> listener) {
        selectedPairListener = listener;
        return this;
    }

    // From here on: the loop's.

    void enter(IceTransportState next) {
        state.enter(next);
    }

    void enter(IceGatheringState next) {
        gatheringState.enter(next);
    }

    void select(@Nullable CandidatePair pair) {
        boolean tell = pair != null && !pair.equals(selectedPair);
        selectedPair = pair;
        if (tell && state() != IceTransportState.CLOSED) {
            selectedPairListener.accept(pair);
        }
    }

    void setRole(IceRole value) {
        role = value;
    }

    void setLocalParameters(IceParameters value) {
        localParameters = value;
    }

    void setRemoteParameters(IceParameters value) {
        remoteParameters = value;
    }

    void addLocal(Candidate candidate) {
        localCandidates = with(localCandidates, candidate);
    }

    void addRemote(Candidate candidate) {
        if (!remoteCandidates.contains(candidate)) {
            remoteCandidates = with(remoteCandidates, candidate);
        }
    }

    private static List<Candidate> with(List<Candidate> before, Candidate candidate) {
        List<Candidate> more = new ArrayList<>(before);
        more.add(candidate);
        return List.copyOf(more);
    }

    /** From any thread. */
    void close() {
        state.close();
        gatheringState.close();
    }
}
