package io.github.purrtc;

import io.github.purrtc.dtls.DtlsTransportState;
import io.github.purrtc.ice.Candidate;
import io.github.purrtc.ice.CandidatePair;
import io.github.purrtc.ice.IceCandidateError;
import io.github.purrtc.ice.IceGathererState;
import io.github.purrtc.ice.IceTransportState;
import io.github.purrtc.sdp.SdpDocument;
import org.jspecify.annotations.Nullable;

/** Makes known what happens in the transports. */
final class TransportEvents implements Transports.Listener {
    private final PeerSession session;
    private final PeerView view;
    private boolean muted;

    TransportEvents(PeerSession session) {
        this.session = session;
        view = session.view();
    }

    /** The transports are not the connection's any more. */
    void mute() {
        muted = true;
    }

    @Override
    public void onCandidate(Candidate candidate) {
        if (muted) {
            return;
        }
        session.negotiation().addLocalCandidate(candidate.toString());
        session.publishDescriptions();
        DescriptionPair.Described local = session.negotiation().ours().latest();
        SdpDocument document = local == null ? null : local.document();
        int index = document == null ? -1 : document.applicationIndex();
        @Nullable
        String mid = document == null || index < 0
                ? null
                : document.sections().get(index).mid();
        String fragment = session.transports().localIceParameters().usernameFragment();
        view.tellCandidate(new IceCandidate(candidate.toString(), mid, index, fragment));
    }

    @Override
    public void onGathererState(IceGathererState state) {
        if (muted) {
            return;
        }
        switch (state) {
            case NEW -> view.enter(IceGatheringState.NEW);
            case GATHERING -> view.enter(IceGatheringState.GATHERING);
            case COMPLETE -> {
                session.negotiation().endLocalCandidates();
                session.publishDescriptions();
                view.enter(IceGatheringState.COMPLETE);
                view.tellCandidate(null);
            }
            case CLOSED -> {}
        }
    }

    @Override
    public void onCandidateError(IceCandidateError error) {
        if (!muted) {
            view.tellCandidateError(error);
        }
    }

    @Override
    public void onIceState(IceTransportState state) {
        Transports existing = session.existingTransports();
        if (muted || existing == null) {
            return;
        }
        view.select(existing.selectedPair());
        view.enter(IceConnectionState.valueOf(state.name()));
        session.updateConnectionState();
    }

    @Override
    public void onSelectedPair(CandidatePair pair) {
        if (!muted) {
            view.select(pair);
        }
    }

    @Override
    public void onDtlsState(DtlsTransportState state) {
        if (!muted) {
            session.updateConnectionState();
        }
    }
}
