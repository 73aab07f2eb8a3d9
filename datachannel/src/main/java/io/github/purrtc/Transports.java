package io.github.purrtc;

import io.github.purrtc.dtls.DtlsCertificate;
import io.github.purrtc.dtls.DtlsRole;
import io.github.purrtc.dtls.DtlsSession;
import io.github.purrtc.dtls.DtlsTransportState;
import io.github.purrtc.ice.Candidate;
import io.github.purrtc.ice.CandidatePair;
import io.github.purrtc.ice.IceCandidateError;
import io.github.purrtc.ice.IceGatherOptions;
import io.github.purrtc.ice.IceGatherer;
import io.github.purrtc.ice.IceGathererState;
import io.github.purrtc.ice.IceOptions;
import io.github.purrtc.ice.IceParameters;
import io.github.purrtc.ice.IceRole;
import io.github.purrtc.ice.IceTransport;
import io.github.purrtc.ice.IceTransportState;
import io.github.purrtc.ice.IceTransportStats;
import io.github.purrtc.ice.NetworkLoop;
import io.github.purrtc.sctp.SignalledInit;
import io.github.purrtc.sdp.IceCredentials;
import io.github.purrtc.sdp.TransportAttributes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.util.List;

/** ICE, and over it DTLS and SCTP with the peer that there is, each made known to the next. Confined to the loop. */
final class Transports {
    private static final Logger LOGGER = LoggerFactory.getLogger(Transports.class);

    private final NetworkLoop loop;
    private final WebRtc webRtc;
    private Configuration configuration;
    private final List<DtlsCertificate> certificates;
    private final DataChannels channels;
    private final Listener listener;
    private final IceGatherer gatherer;
    private final IceTransport ice;
    private final RtcIceTransport iceView = new RtcIceTransport();
    /** Any thread may look at it. */
    private volatile @Nullable PeerAssociation association;

    private @Nullable IceParameters preparedIce;
    private @Nullable SignalledInit init;
    private boolean restarting;
    /** Whether the peer may know of what is gathered. */
    private boolean isTold;

    private boolean closed;

    /** All on the loop. */
    interface Listener {
        void onCandidate(Candidate candidate);

        void onGathererState(IceGathererState state);

        void onCandidateError(IceCandidateError error);

        void onIceState(IceTransportState state);

        void onSelectedPair(CandidatePair pair);

        void onDtlsState(DtlsTransportState state);
    }

    /** @param localIce the credentials to have, null for new ones */
    Transports(
            NetworkLoop loop,
            WebRtc webRtc,
            Configuration configuration,
            @Nullable IceParameters localIce,
            List<DtlsCertificate> certificates,
            DataChannels channels,
            Listener listener) {
        this.loop = loop;
        this.webRtc = webRtc;
        this.configuration = configuration;
        this.certificates = certificates;
        this.channels = channels;
        this.listener = listener;
        IceGatherOptions options = gatherOptions(configuration);
        gatherer = localIce == null ? new IceGatherer(loop, options) : new IceGatherer(loop, options, localIce);
        gatherer.listener(new GathererListener());
        ice = new IceTransport(loop, gatherer, IceOptions.defaults(), new IceListener());
    }

    /** For the next gathering, and for a peer that there is not yet. */
    void setConfiguration(Configuration next) {
        gatherer.options(gatherOptions(next));
        configuration = next;
    }

    boolean hasGathered() {
        return gatherer.state() != IceGathererState.NEW;
    }

    /** From any thread; throws what the user's own settings throw. */
    static IceGatherOptions gatherOptions(Configuration configuration) {
        IceGatherOptions.Builder options = IceGatherOptions.builder()
                .includeLoopback(configuration.includeLoopback())
                .iceServers(configuration.iceServers())
                .transportPolicy(configuration.iceTransportPolicy())
                .tcpTypes(configuration.tcpTypes())
                .usernameFragmentPrefix(configuration.usernameFragmentPrefix())
                .addressMapping(configuration.addressMapping())
                .lite(configuration.iceLite());
        return configuration.gathering().apply(options).build();
    }

    IceParameters localIceParameters() {
        return gatherer.localParameters();
    }

    /** The credentials that a description which restarts ICE is to have: new ones, the same until it is set. */
    IceParameters restartParameters() {
        IceParameters prepared = preparedIce;
        if (prepared == null && !restarting) {
            prepared = gatherer.newParameters();
            preparedIce = prepared;
        }
        return prepared != null ? prepared : gatherer.localParameters();
    }

    /** Whether a peer with these credentials has restarted ICE (RFC 8839 §4.4.1.1.1). */
    boolean isRestart(IceCredentials remote) {
        PeerAssociation existing = association;
        return existing != null
                && !existing.negotiated().remoteIce().usernameFragment().equals(remote.ufrag())
                && !existing.negotiated().remoteIce().password().equals(remote.pwd());
    }

    /**
     * Our INIT for a description: of the association that there is, if it begins with INITs that were signalled, or of the next one; else
     * null.
     *
     * @param offered what the peer says of itself in an offer, null where the offer is ours
     */
    @Nullable
    SignalledInit init(@Nullable TransportAttributes offered) {
        PeerAssociation existing = association;
        if (existing != null && (offered == null || !existing.negotiated().isOtherAssociation(offered))) {
            SctpInits inits = existing.negotiated().inits();
            return inits == null ? null : inits.own();
        }
        SignalledInit made = init;
        if (made == null) {
            made = AssociationSettings.newInit(configuration);
            init = made;
        }
        return made;
    }

    /** A local description was set: ICE restarts if it says so. */
    void onLocalDescription(IceCredentials local) {
        IceParameters prepared = preparedIce;
        if (prepared != null && prepared.usernameFragment().equals(local.ufrag())) {
            preparedIce = null;
            restarting = true;
            ice.restart(prepared);
        }
        iceView.setLocalParameters(gatherer.localParameters());
    }

    /** RFC 8445 §6.1.1: who offers first controls, a lite one excepted. */
    void onLocalOffer() {
        if (association == null) {
            iceView.setRole(gatherer.localParameters().lite() ? IceRole.CONTROLLED : IceRole.CONTROLLING);
        }
    }

    /** The local description is taken back, and the restart with it. */
    void onRollback() {
        preparedIce = null;
        if (restarting) {
            restarting = false;
            ice.cancelRestart();
            iceView.setLocalParameters(gatherer.localParameters());
        }
    }

    List<Candidate> localCandidates() {
        return told(gatherer.localCandidates());
    }

    /** What a description that restarts ICE says. */
    List<Candidate> candidatesForRestart() {
        return told(gatherer.candidatesForRestart());
    }

    private List<Candidate> told(List<Candidate> gathered) {
        return (isTold ? gathered : List.<Candidate>of())
                .stream()
                        .filter(candidate -> configuration.candidateTypes().contains(candidate.type()))
                        .toList();
    }

    /** Gathers, and makes known what was gathered before. */
    void gather() {
        if (closed) {
            return;
        }
        if (!isTold) {
            isTold = true;
            IceGathererState reached = gatherer.state();
            if (reached != IceGathererState.NEW) {
                tellGathererState(IceGathererState.GATHERING);
                localCandidates().forEach(this::tellCandidate);
            }
            if (reached == IceGathererState.COMPLETE) {
                tellGathererState(reached);
            }
        }
        gatherer.gather();
    }

    private void tellCandidate(Candidate candidate) {
        iceView.addLocal(candidate);
        listener.onCandidate(candidate);
    }

    private void tellGathererState(IceGathererState state) {
        switch (state) {
            case NEW, CLOSED -> {}
            case GATHERING -> iceView.enter(IceGatheringState.GATHERING);
            case COMPLETE -> iceView.enter(IceGatheringState.COMPLETE);
        }
        listener.onGathererState(state);
    }

    /** Gathers without a word until {@link #gather}: webrtc-pc §4.4.1.1, the candidate pool. */
    void gatherAhead() {
        gatherer.gather();
    }

    void addRemoteCandidate(Candidate candidate) {
        if (configuration.candidateTypes().contains(candidate.type())) {
            iceView.addRemote(candidate);
            ice.addRemoteCandidate(candidate);
        }
    }

    void endOfRemoteCandidates(@Nullable String usernameFragment) {
        ice.endOfRemoteCandidates(usernameFragment);
    }

    /** Starts; later descriptions can restart ICE, lead to another peer and change the size of messages. */
    void start(NegotiatedTransport negotiated) {
        PeerAssociation existing = association;
        iceView.setRemoteParameters(negotiated.remoteIce());
        if (existing == null) {
            restarting = false;
            iceView.setRole(negotiated.iceRole());
            associate(negotiated);
            ice.start(negotiated.iceRole(), negotiated.remoteIce());
            return;
        }
        boolean other = negotiated.isOtherAssociation(existing.negotiated());
        if (other) {
            List<DataChannel> waiting = channels.endAssociation(RtcException.sctpFailure("there is another peer now"));
            existing.close();
            channels.renew(waiting);
            associate(negotiated);
            listener.onDtlsState(DtlsTransportState.NEW);
        } else {
            existing.update(negotiated);
        }
        if (restarting && other) {
            restarting = false;
            // What the peer before still sends would spoil the new one's handshake.
            iceView.select(null);
            iceView.setRole(negotiated.iceRole());
            ice.startWithOtherPeer(negotiated.iceRole(), negotiated.remoteIce());
        } else if (restarting) {
            restarting = false;
            ice.start(ice.role(), negotiated.remoteIce());
        } else if (other && ice.selectedPair() != null) {
            onPath();
        }
    }

    private void associate(NegotiatedTransport negotiated) {
        association = new PeerAssociation(
                loop, webRtc, configuration, certificates, ice, iceView, channels, listener::onDtlsState, negotiated);
        // RFC 9260 §5.3.1: the next association has a tag of its own.
        init = null;
    }

    private void onPath() {
        PeerAssociation existing = association;
        if (existing != null && !closed) {
            existing.onPath();
        }
    }

    @Nullable
    DtlsRole dtlsRole() {
        PeerAssociation existing = association;
        return existing == null ? null : existing.negotiated().dtlsRole();
    }

    RtcIceTransport iceView() {
        return iceView;
    }

    @Nullable
    RtcSctpTransport sctpView() {
        PeerAssociation existing = association;
        return existing == null ? null : existing.view();
    }

    IceTransportStats iceStats() {
        return ice.stats();
    }

    @Nullable
    CandidatePair selectedPair() {
        return ice.selectedPair();
    }

    IceTransportState iceState() {
        return ice.state();
    }

    /** From any thread. */
    @Nullable
    DtlsSession dtlsSession() {
        PeerAssociation existing = association;
        return existing == null ? null : existing.dtlsSession();
    }

    DtlsTransportState dtlsState() {
        PeerAssociation existing = association;
        return existing == null ? DtlsTransportState.NEW : existing.dtlsState();
    }

    /** Tells the peer at each layer, then lets go of everything. */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        PeerAssociation existing = association;
        if (existing != null) {
            existing.close();
        }
        ice.stop();
    }

    private final class GathererListener implements IceGatherer.Listener {
        @Override
        public void onCandidate(Candidate candidate) {
            if (isTold && configuration.candidateTypes().contains(candidate.type())) {
                tellCandidate(candidate);
            }
        }

        @Override
        public void onStateChange(IceGathererState state) {
            if (isTold) {
                tellGathererState(state);
            }
        }

        @Override
        public void onError(IceCandidateError error) {
            listener.onCandidateError(error);
        }
    }

    private final class IceListener implements IceTransport.Listener {
        @Override
        public void onStateChange(IceTransportState state) {
            iceView.enter(state);
            listener.onIceState(state);
        }

        @Override
        public void onSelectedPair(CandidatePair pair) {
            LOGGER.debug("Selected pair: {}", pair);
            iceView.select(pair);
            listener.onSelectedPair(pair);
            onPath();
        }

        @Override
        public void onDatagram(ByteBuffer datagram) {
            PeerAssociation existing = association;
            if (existing != null) {
                existing.receive(datagram);
            }
        }

        @Override
        public void onEndOfBurst() {
            PeerAssociation existing = association;
            if (existing != null) {
                existing.endOfBurst();
            }
        }

        @Override
        public void onWritable() {
            PeerAssociation existing = association;
            if (existing != null) {
                existing.onWritable();
            }
        }
    }
}
