package io.github.purrtc;

import io.github.purrtc.dtls.DtlsRole;
import io.github.purrtc.ice.IceParameters;
import io.github.purrtc.ice.IceRole;
import io.github.purrtc.sdp.ApplicationSection;
import io.github.purrtc.sdp.IceCredentials;
import io.github.purrtc.sdp.MaxMessageSize;
import io.github.purrtc.sdp.SdpDialect;
import io.github.purrtc.sdp.SdpDocument;
import io.github.purrtc.sdp.TransportAttributes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies to the transports what descriptions say. */
final class NegotiationEvents implements Negotiation.Listener {
    private static final Logger LOGGER = LoggerFactory.getLogger(NegotiationEvents.class);

    private final PeerSession session;

    NegotiationEvents(PeerSession session) {
        this.session = session;
    }

    @Override
    public void onSignalingState(SignalingState state) {
        session.onSignalingState(state);
    }

    @Override
    public void onLocalDescription(SdpDocument document) {
        session.publishDescriptions();
        if (document.applicationIndex() >= 0) {
            Transports described = session.transports();
            described.onLocalDescription(DescriptionRules.credentials(document));
            DescriptionPair.Described latest = session.negotiation().ours().latest();
            if (latest != null && latest.type() == SdpType.OFFER) {
                described.onLocalOffer();
            }
            session.gather();
        }
    }

    @Override
    public void onRemoteDescription(SdpDocument document) {
        int index = document.applicationIndex();
        if (index < 0) {
            return;
        }
        TransportAttributes transport = document.transport(index);
        String fragment = transport.credentials().ufrag();
        for (String candidate : transport.candidates()) {
            addDescribedCandidate(candidate, fragment);
        }
        // RFC 8838 §10: who does not trickle has said all.
        if (transport.endOfCandidates() || !transport.trickle()) {
            session.transports().endOfRemoteCandidates(fragment);
        }
    }

    /** A candidate that cannot be used does not spoil the description that it stands in. */
    private void addDescribedCandidate(String text, String fragment) {
        try {
            session.transports().addRemoteCandidate(RemoteCandidate.parse(text).withUsernameFragment(fragment));
        } catch (RtcException e) {
            LOGGER.debug("A candidate of the remote description is left out: {}", e.getMessage());
        }
    }

    @Override
    public void onNegotiated(SdpDocument localDocument, SdpDocument remoteDocument, DtlsRole role, boolean offerer) {
        TransportAttributes remote = remoteDocument.transport(remoteDocument.applicationIndex());
        IceCredentials ice = remote.credentials();
        boolean renomination = remote.iceOptions().contains(LocalSide.RENOMINATION);
        session.start(new NegotiatedTransport(
                offerer ? IceRole.CONTROLLING : IceRole.CONTROLLED,
                new IceParameters(ice.ufrag(), ice.pwd(), remote.iceLite(), renomination),
                role,
                DescriptionRules.fingerprints(remote),
                remote.tlsId(),
                DescriptionRules.sctp(localDocument).port(),
                DescriptionRules.sctp(remoteDocument).port(),
                maxMessageSize(remoteDocument),
                SctpInits.of(localDocument, remoteDocument)));
    }

    /**
     * RFC 8841 §6.1. In the older dialect browsers announce no size, though they take the same messages as in today's: there, no
     * announcement means what we announce, if that is more.
     */
    private long maxMessageSize(SdpDocument remoteDocument) {
        MaxMessageSize announced = DescriptionRules.sctp(remoteDocument).maxMessageSize();
        long bytes = announced.bytes();
        ApplicationSection section = remoteDocument.application();
        if (section != null && section.dialect() == SdpDialect.LEGACY && announced instanceof MaxMessageSize.Absent) {
            bytes = Math.max(bytes, session.configuration().maxMessageSize());
        }
        return bytes;
    }

    @Override
    public void onRollback(boolean offerIsOfUse) {
        Transports existing = session.existingTransports();
        if (existing == null) {
            return;
        }
        if (session.negotiation().ours().current() != null) {
            existing.onRollback();
        } else if (!offerIsOfUse) {
            session.discardTransports();
        }
    }

    @Override
    public void onDataRejected() {
        session.onDataRejected();
    }
}
