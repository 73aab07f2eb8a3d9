package io.github.purrtc;

import io.github.purrtc.dtls.DtlsCertificate;
import io.github.purrtc.dtls.DtlsSession;
import io.github.purrtc.dtls.DtlsTransportState;
import io.github.purrtc.ice.Candidate;
import io.github.purrtc.ice.IceParameters;
import io.github.purrtc.ice.IceTransportState;
import io.github.purrtc.ice.NetworkLoop;
import io.github.purrtc.sdp.SdpDocument;
import org.jspecify.annotations.Nullable;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The part of a connection that belongs to its loop: descriptions, transports and channels, and what one means to the others. */
final class PeerSession {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final NetworkLoop loop;
    private final WebRtc webRtc;
    private volatile Configuration configuration;
    private final List<DtlsCertificate> certificates;
    private final PeerView view;
    private final DataChannels channels;
    private final Negotiation negotiation;
    private final NegotiationNeed need;
    /** The fragments of the credentials that restartIce wants to be replaced: webrtc-pc §4.4.1, LocalIceCredentialsToReplace. */
    private final Set<String> fragmentsToReplace = new HashSet<>();

    /** Any thread may look at it. */
    private volatile @Nullable Transports transports;

    private @Nullable TransportEvents transportEvents;
    private boolean wantsDataSection;

    PeerSession(
            NetworkLoop loop,
            WebRtc webRtc,
            Configuration configuration,
            StreamIds ids,
            PeerView view,
            OperationsChain chain) {
        this.loop = loop;
        this.webRtc = webRtc;
        this.configuration = configuration;
        this.view = view;
        List<DtlsCertificate> given = configuration.certificates();
        given.forEach(PeerSession::requireValid);
        certificates = given.isEmpty() ? List.of(webRtc.nextCertificate()) : given;
        channels = new DataChannels(loop, ids, view::tellDataChannel);
        negotiation = new Negotiation(
                Integer.toUnsignedLong(RANDOM.nextInt()), new LocalSide(this), new NegotiationEvents(this));
        need = new NegotiationNeed(loop, chain, new NeedSubject());
        if (configuration.iceCandidatePoolSize() > 0) {
            loop.execute(this::gatherAhead);
        }
    }

    private static void requireValid(DtlsCertificate certificate) {
        if (!certificate.expires().isAfter(Instant.now())) {
            throw new RtcException(
                    ErrorName.INVALID_ACCESS_ERROR, "the certificate has expired: " + certificate.expires());
        }
    }

    private void gatherAhead() {
        if (!view.isClosed()) {
            transports().gatherAhead();
        }
    }

    NetworkLoop loop() {
        return loop;
    }

    Configuration configuration() {
        return configuration;
    }

    /** What was gathered for a description stays until ICE restarts; what was gathered ahead of the first is gathered anew. */
    void setConfiguration(Configuration next) {
        configuration = next;
        if (view.isClosed()) {
            return;
        }
        Transports existing = transports;
        boolean undescribed =
                negotiation.ours().latest() == null && negotiation.theirs().latest() == null;
        if (existing != null && undescribed && existing.hasGathered()) {
            // An offer may have been created, with these credentials.
            IceParameters localIce = existing.localIceParameters();
            discardTransports();
            makeTransports(localIce);
        } else if (existing != null) {
            existing.setConfiguration(next);
        }
        if (undescribed && next.iceCandidatePoolSize() > 0) {
            gatherAhead();
        }
    }

    List<DtlsCertificate> certificates() {
        return certificates;
    }

    PeerView view() {
        return view;
    }

    DataChannels channels() {
        return channels;
    }

    Negotiation negotiation() {
        return negotiation;
    }

    SessionDescription createOffer(boolean iceRestart) {
        SdpDocument offer = negotiation.createOffer(wantsDataSection, iceRestart);
        return new SessionDescription(SdpType.OFFER, offer.toString());
    }

    SessionDescription createAnswer() {
        return new SessionDescription(SdpType.ANSWER, negotiation.createAnswer().toString());
    }

    /** @param type null for the one that the state asks for */
    void setLocal(@Nullable SdpType type, String sdp) {
        negotiation.setLocal(type != null ? type : negotiation.implicitType(), sdp, wantsDataSection);
        onDescriptionsChanged();
    }

    void setRemote(SdpType type, String sdp) {
        try {
            negotiation.setRemote(type, sdp);
        } finally {
            // An implicit rollback stays, also when the offer that led to it is of no use.
            onDescriptionsChanged();
        }
    }

    void addIceCandidate(@Nullable IceCandidate init) {
        RemoteCandidate added = negotiation.addRemoteCandidate(init);
        DescriptionPair.Described remote = negotiation.theirs().latest();
        if (remote != null && added.isForData(remote.document())) {
            Candidate candidate = added.candidate();
            if (candidate != null) {
                transports().addRemoteCandidate(candidate.withUsernameFragment(added.usernameFragment()));
            } else {
                transports().endOfRemoteCandidates(added.usernameFragment());
            }
        }
        publishDescriptions();
    }

    /** webrtc-pc §4.4.2, restartIce. */
    void restartIce() {
        addFragment(negotiation.ours().current());
        addFragment(negotiation.ours().pending());
        need.update();
    }

    private void addFragment(DescriptionPair.@Nullable Described described) {
        if (described != null && described.document().applicationIndex() >= 0) {
            fragmentsToReplace.add(
                    DescriptionRules.credentials(described.document()).ufrag());
        }
    }

    boolean wantsIceRestart() {
        Transports existing = transports;
        return existing != null
                && fragmentsToReplace.contains(existing.localIceParameters().usernameFragment());
    }

    void add(DataChannel channel) {
        wantsDataSection = true;
        channels.add(channel);
        need.update();
    }

    void close() {
        negotiation.close();
        Transports existing = transports;
        if (existing != null) {
            existing.close();
        }
        channels.end(null);
    }

    /** Made when a description is: a connection that is not used costs no socket. */
    Transports transports() {
        Transports existing = transports;
        return existing != null ? existing : makeTransports(null);
    }

    private Transports makeTransports(@Nullable IceParameters localIce) {
        TransportEvents events = new TransportEvents(this);
        Transports made = new Transports(loop, webRtc, configuration, localIce, certificates, channels, events);
        transports = made;
        transportEvents = events;
        return made;
    }

    @Nullable
    Transports existingTransports() {
        return transports;
    }

    /** webrtc-pc §4.4.1.5: no description speaks of them any more. */
    void discardTransports() {
        Transports existing = transports;
        TransportEvents events = transportEvents;
        if (existing == null || events == null) {
            return;
        }
        events.mute();
        transports = null;
        transportEvents = null;
        existing.close();
        fragmentsToReplace.clear();
        view.sctp = null;
        view.select(null);
        view.enter(IceGatheringState.NEW);
        view.enter(IceConnectionState.NEW);
        view.enter(PeerConnectionState.NEW);
    }

    /** The peer wants no data channels; what comes later may be another matter. */
    void onDataRejected() {
        wantsDataSection = false;
        channels.end(new RtcException(
                RtcErrorDetails.of(RtcErrorDetail.DATA_CHANNEL_FAILURE), "the peer rejected data channels", null));
        discardTransports();
        channels.renew(List.of());
    }

    RtcStatsReport stats() {
        return new StatsCollector().collect(channels, certificates, transports);
    }

    void start(NegotiatedTransport negotiated) {
        Transports started = transports();
        started.start(negotiated);
        view.sctp = started.sctpView();
    }

    /** From any thread. */
    @Nullable
    DtlsSession dtlsSession() {
        Transports existing = transports;
        return existing == null ? null : existing.dtlsSession();
    }

    /** Gathers soon: candidates follow the description that they belong to. */
    void gather() {
        Transports described = transports();
        loop.execute(() -> {
            if (described == transports && !view.isClosed()) {
                described.gather();
            }
        });
    }

    void onSignalingState(SignalingState state) {
        publishDescriptions();
        if (state == SignalingState.STABLE) {
            Transports existing = transports;
            if (existing != null && !wantsIceRestart()) {
                fragmentsToReplace.clear();
            }
        }
        view.enter(state);
    }

    private void onDescriptionsChanged() {
        publishDescriptions();
        if (negotiation.state() == SignalingState.STABLE) {
            need.onStable();
        }
    }

    void publishDescriptions() {
        view.ours = negotiation.ours();
        view.theirs = negotiation.theirs();
        DescriptionPair.Described remote = negotiation.theirs().latest();
        view.canTrickleIceCandidates = remote == null ? null : canTrickle(remote.document());
    }

    /** webrtc-pc §4.4.2, canTrickleIceCandidates. */
    private static boolean canTrickle(SdpDocument remote) {
        return remote.session().trickle()
                || remote.sections().stream()
                        .anyMatch(section -> section.transport().trickle());
    }

    /** webrtc-pc §4.3.3: the state of ICE and DTLS taken together. */
    void updateConnectionState() {
        Transports existing = transports;
        if (existing != null) {
            view.enter(aggregate(existing.iceState(), existing.dtlsState()));
        }
    }

    static PeerConnectionState aggregate(IceTransportState ice, DtlsTransportState dtls) {
        if (ice == IceTransportState.FAILED || dtls == DtlsTransportState.FAILED) {
            return PeerConnectionState.FAILED;
        }
        if (ice == IceTransportState.DISCONNECTED) {
            return PeerConnectionState.DISCONNECTED;
        }
        boolean iceIdle = ice == IceTransportState.NEW || ice == IceTransportState.CLOSED;
        boolean dtlsIdle = dtls == DtlsTransportState.NEW || dtls == DtlsTransportState.CLOSED;
        if (iceIdle && dtlsIdle) {
            return PeerConnectionState.NEW;
        }
        boolean dtlsUp = dtls == DtlsTransportState.CONNECTED || dtls == DtlsTransportState.CLOSED;
        boolean iceUp = ice == IceTransportState.CONNECTED
                || ice == IceTransportState.COMPLETED
                || ice == IceTransportState.CLOSED;
        return iceUp && dtlsUp ? PeerConnectionState.CONNECTED : PeerConnectionState.CONNECTING;
    }

    private final class NeedSubject implements NegotiationNeed.Subject {
        @Override
        public boolean isStable() {
            return !view.isClosed() && negotiation.state() == SignalingState.STABLE;
        }

        @Override
        public boolean needsNegotiation() {
            return wantsIceRestart() || (wantsDataSection && !negotiation.hasDataSection());
        }

        @Override
        public void onNegotiationNeeded() {
            view.tellNegotiationNeeded();
        }
    }
}
