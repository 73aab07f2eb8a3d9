package io.github.purrtc;

import io.github.purrtc.dtls.DtlsCertificate;
import io.github.purrtc.dtls.DtlsRole;
import io.github.purrtc.dtls.DtlsSession;
import io.github.purrtc.dtls.DtlsTransportState;
import io.github.purrtc.dtls.Fingerprint;
import io.github.purrtc.ice.Candidate;
import io.github.purrtc.ice.CandidatePair;
import io.github.purrtc.ice.IceCandidateError;
import io.github.purrtc.ice.IceGathererState;
import io.github.purrtc.ice.IceParameters;
import io.github.purrtc.ice.IceRole;
import io.github.purrtc.ice.IceTransportState;
import io.github.purrtc.ice.NetworkLoop;
import io.github.purrtc.sdp.ApplicationSection;
import io.github.purrtc.sdp.IceCredentials;
import io.github.purrtc.sdp.MaxMessageSize;
import io.github.purrtc.sdp.SctpAttributes;
import io.github.purrtc.sdp.SdpDialect;
import io.github.purrtc.sdp.SdpDocument;
import io.github.purrtc.sdp.SetupRole;
import io.github.purrtc.sdp.TransportAttributes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A connection to a peer: webrtc-pc §4.4, {@code RTCPeerConnection}.
 *
 * <p>Thread-safe. Operations are carried out one after the other on the connection's event loop; their stages complete there,
 * and fail with an {@link RtcException}. Listeners run on the loop too and must not block it; set them before the first
 * operation. A listener that throws is logged and breaks nothing.
 */
public final class PeerConnection implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(PeerConnection.class);
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Of {@code a=ice-options}: draft-thatcher-ice-renomination. */
    private static final String RENOMINATION = "renomination";

    private static final int SCTP_STREAMS = 65_535;
    private static final int TLS_ID_LENGTH = 32;
    private static final String TLS_ID_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final NetworkLoop loop;
    private final Configuration configuration;
    private final DtlsCertificate certificate;
    private final String tlsId = randomTlsId();
    private final StreamIds ids = new StreamIds();
    private final AtomicBoolean closed = new AtomicBoolean();

    private volatile SignalingState signalingState = SignalingState.STABLE;
    private volatile IceGatheringState iceGatheringState = IceGatheringState.NEW;
    private volatile @Nullable CandidatePair selectedCandidatePair;
    private volatile IceConnectionState iceConnectionState = IceConnectionState.NEW;
    private volatile PeerConnectionState connectionState = PeerConnectionState.NEW;
    private volatile DescriptionPair ours = DescriptionPair.NONE;
    private volatile DescriptionPair theirs = DescriptionPair.NONE;

    private volatile Runnable negotiationNeededListener = () -> {};
    private volatile Consumer<SignalingState> signalingStateListener = state -> {};
    private volatile Consumer<IceGatheringState> iceGatheringStateListener = state -> {};
    private volatile Consumer<IceConnectionState> iceConnectionStateListener = state -> {};
    private volatile Consumer<CandidatePair> selectedCandidatePairListener = pair -> {};
    private volatile Consumer<PeerConnectionState> connectionStateListener = state -> {};
    private volatile Consumer<@Nullable IceCandidate> iceCandidateListener = candidate -> {};
    private volatile Consumer<IceCandidateError> iceCandidateErrorListener = error -> {};
    private volatile @Nullable Consumer<DataChannel> dataChannelListener;

    // The rest belongs to the loop.
    private final DataChannels channels;
    private final Negotiation negotiation;
    private final WebRtc webRtc;
    private volatile @Nullable Transports transports;
    private boolean wantsDataSection;
    private boolean wantsIceRestart;
    private NegotiationNeed negotiationNeed = NegotiationNeed.NONE;

    private enum NegotiationNeed {
        NONE,
        ANNOUNCED
    }

    /** A connection on the {@linkplain WebRtc#shared shared} runtime, host candidates only. */
    public PeerConnection() {
        this(Configuration.DEFAULT);
    }

    /** A connection on the {@linkplain WebRtc#shared shared} runtime. */
    public PeerConnection(Configuration configuration) {
        this(WebRtc.shared(), configuration);
    }

    PeerConnection(WebRtc webRtc, Configuration configuration) {
        this.webRtc = webRtc;
        this.configuration = configuration;
        loop = webRtc.nextLoop();
        DtlsCertificate given = configuration.certificate();
        if (given != null && given.expires().isBefore(Instant.now())) {
            throw new RtcException(ErrorName.INVALID_ACCESS_ERROR, "the certificate has expired: " + given.expires());
        }
        certificate = given != null ? given : DtlsCertificate.generate();
        channels = new DataChannels(loop, ids, this::onIncomingChannel);
        negotiation =
                new Negotiation(Integer.toUnsignedLong(RANDOM.nextInt()), new LocalSide(), new NegotiationListener());
        if (configuration.iceCandidatePoolSize() > 0) {
            loop.execute(this::gatherAhead);
        }
    }

    private void gatherAhead() {
        if (!closed.get()) {
            transports().gatherAhead();
        }
    }

    /**
     * webrtc-pc §4.4.2, restartIce: the next offer has new ICE credentials, and paths are looked for anew, on new network interfaces too.
     * Data goes on by the path in use until there is another. Without effect before the first negotiation.
     */
    public void restartIce() {
        inLoop(() -> {
            wantsIceRestart = !closed.get() && negotiation.hasDataSection();
            updateNegotiationNeed();
        });
    }

    /** webrtc-pc §4.4.2, createOffer. */
    public CompletionStage<SessionDescription> createOffer() {
        return operation(() -> new SessionDescription(
                SdpType.OFFER, negotiation.createOffer(wantsDataSection).toString()));
    }

    /** webrtc-pc §4.4.2, createAnswer. */
    public CompletionStage<SessionDescription> createAnswer() {
        return operation(() -> new SessionDescription(
                SdpType.ANSWER, negotiation.createAnswer().toString()));
    }

    /** Creates and sets the description that the signaling state asks for: an answer to an offer, else an offer. */
    public CompletionStage<Void> setLocalDescription() {
        return operation(() -> {
            boolean answering = signalingState == SignalingState.HAVE_REMOTE_OFFER
                    || signalingState == SignalingState.HAVE_LOCAL_PRANSWER;
            setLocal(answering ? SdpType.ANSWER : SdpType.OFFER, "");
            return null;
        });
    }

    /** Sets what {@link #createOffer} or {@link #createAnswer} gave, unchanged; candidates are gathered from now on. */
    public CompletionStage<Void> setLocalDescription(SessionDescription description) {
        return operation(() -> {
            setLocal(description.type(), description.sdp());
            return null;
        });
    }

    /** Sets what the peer sent. An offer takes back a local one that is still unanswered. */
    public CompletionStage<Void> setRemoteDescription(SessionDescription description) {
        return operation(() -> {
            negotiation.setRemote(description.type(), description.sdp());
            onDescriptionsChanged();
            return null;
        });
    }

    /** Adds a candidate of the peer: webrtc-pc §4.4.2, addIceCandidate.
     *
     * @param candidate null for the end of candidates
     */
    public CompletionStage<Void> addIceCandidate(@Nullable IceCandidate candidate) {
        return operation(() -> {
            Candidate parsed = negotiation.addRemoteCandidate(candidate);
            if (parsed != null) {
                transports().addRemoteCandidate(parsed);
            } else if (candidate == null || candidate.candidate().isEmpty()) {
                transports().endOfRemoteCandidates(remoteFragment());
            }
            publishDescriptions();
            return null;
        });
    }

    private @Nullable String remoteFragment() {
        DescriptionPair.Described remote = negotiation.theirs().latest();
        boolean described = remote != null && remote.document().applicationIndex() >= 0;
        return described ? Negotiation.credentials(remote.document()).ufrag() : null;
    }

    /** Makes a reliable, ordered channel that is announced to the peer. */
    public DataChannel createDataChannel(String label) {
        return createDataChannel(label, DataChannelOptions.DEFAULT);
    }

    /**
     * webrtc-pc §6.1, createDataChannel.
     *
     * @param label at most 65,535 bytes of UTF-8
     * @throws RtcException InvalidStateError, if the connection is closed; TypeError, if the label is too long;
     *     OperationError, if the id is in use
     */
    public DataChannel createDataChannel(String label, DataChannelOptions options) {
        requireNotClosed("createDataChannel");
        Dcep.requireShort("label", label);
        if (options.negotiated() && !ids.reserve(options.id().orElseThrow())) {
            throw new RtcException(
                    ErrorName.OPERATION_ERROR,
                    "the id " + options.id().getAsInt() + " is in use by another data channel");
        }
        DataChannel channel = new DataChannel(
                loop,
                channels,
                label,
                options,
                options.negotiated() ? DataChannel.Establishment.CONFIRMED : DataChannel.Establishment.LOCAL,
                options.id());
        inLoop(() -> {
            wantsDataSection = true;
            channels.add(channel);
            updateNegotiationNeed();
        });
        return channel;
    }

    public @Nullable SessionDescription localDescription() {
        return text(ours.latest());
    }

    public @Nullable SessionDescription remoteDescription() {
        return text(theirs.latest());
    }

    public @Nullable SessionDescription currentLocalDescription() {
        return text(ours.current());
    }

    public @Nullable SessionDescription pendingLocalDescription() {
        return text(ours.pending());
    }

    public @Nullable SessionDescription currentRemoteDescription() {
        return text(theirs.current());
    }

    public @Nullable SessionDescription pendingRemoteDescription() {
        return text(theirs.pending());
    }

    private static @Nullable SessionDescription text(DescriptionPair.@Nullable Described described) {
        return described == null ? null : described.toSessionDescription();
    }

    public SignalingState signalingState() {
        return signalingState;
    }

    public IceGatheringState iceGatheringState() {
        return iceGatheringState;
    }

    public IceConnectionState iceConnectionState() {
        return iceConnectionState;
    }

    public PeerConnectionState connectionState() {
        return connectionState;
    }

    /** The pair of addresses that data takes (webrtc-pc §5.6.1, getSelectedCandidatePair); null while there is none. */
    public @Nullable CandidatePair selectedCandidatePair() {
        return selectedCandidatePair;
    }

    /** What DTLS agreed upon, the cipher and the peer's certificates among it; null before it is connected. */
    public @Nullable DtlsSession dtlsSession() {
        Transports existing = transports;
        return existing == null ? null : existing.dtlsSession();
    }

    /** Called when offer and answer must be exchanged (anew). */
    public PeerConnection onNegotiationNeeded(Runnable listener) {
        negotiationNeededListener = listener;
        return this;
    }

    public PeerConnection onSignalingStateChange(Consumer<SignalingState> listener) {
        signalingStateListener = listener;
        return this;
    }

    public PeerConnection onIceGatheringStateChange(Consumer<IceGatheringState> listener) {
        iceGatheringStateListener = listener;
        return this;
    }

    /** Called with each candidate that was gathered, for the peer; with null after the last. */
    public PeerConnection onIceCandidate(Consumer<@Nullable IceCandidate> listener) {
        iceCandidateListener = listener;
        return this;
    }

    /** A STUN or TURN server, or an address of this host, that was of no use; gathering goes on with the others. */
    public PeerConnection onIceCandidateError(Consumer<IceCandidateError> listener) {
        iceCandidateErrorListener = listener;
        return this;
    }

    public PeerConnection onIceConnectionStateChange(Consumer<IceConnectionState> listener) {
        iceConnectionStateListener = listener;
        return this;
    }

    /** Called when data takes another pair of addresses, and for the first one. */
    public PeerConnection onSelectedCandidatePairChange(Consumer<CandidatePair> listener) {
        selectedCandidatePairListener = listener;
        return this;
    }

    public PeerConnection onConnectionStateChange(Consumer<PeerConnectionState> listener) {
        connectionStateListener = listener;
        return this;
    }

    /**
     * Called with each channel that the peer made; it is open. Set its listeners before returning. Without a listener here the
     * messages of such channels are dropped.
     */
    public PeerConnection onDataChannel(Consumer<DataChannel> listener) {
        dataChannelListener = listener;
        return this;
    }

    /** Ends the connection at once; the peer is told. What was not delivered yet is lost. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        signalingState = SignalingState.CLOSED;
        iceConnectionState = IceConnectionState.CLOSED;
        connectionState = PeerConnectionState.CLOSED;
        inLoop(() -> {
            negotiation.close();
            Transports existing = transports;
            if (existing != null) {
                existing.close();
            }
            channels.end(null);
        });
    }

    /** Made when a description is: a connection that is not used costs no socket. */
    private Transports transports() {
        Transports existing = transports;
        if (existing == null) {
            existing = new Transports(
                    loop, webRtc.handshakes(), configuration, certificate, channels, new TransportListener());
            transports = existing;
        }
        return existing;
    }

    private void gather() {
        if (!closed.get()) {
            transports().gather();
        }
    }

    private void setLocal(SdpType type, String sdp) {
        negotiation.setLocal(type, sdp, wantsDataSection);
        onDescriptionsChanged();
    }

    private void onDescriptionsChanged() {
        publishDescriptions();
        if (signalingState == SignalingState.STABLE) {
            negotiationNeed = NegotiationNeed.NONE;
            updateNegotiationNeed();
        }
    }

    private void publishDescriptions() {
        ours = negotiation.ours();
        theirs = negotiation.theirs();
    }

    /** webrtc-pc §4.7.3: announced once, when nothing is under way. */
    private void updateNegotiationNeed() {
        if (needsNegotiation() && negotiationNeed == NegotiationNeed.NONE && signalingState == SignalingState.STABLE) {
            negotiationNeed = NegotiationNeed.ANNOUNCED;
            loop.execute(() -> {
                if (signalingState == SignalingState.STABLE && needsNegotiation()) {
                    tell("negotiationneeded", negotiationNeededListener);
                }
            });
        }
    }

    private boolean needsNegotiation() {
        return wantsIceRestart || (wantsDataSection && !negotiation.hasDataSection());
    }

    private void onIncomingChannel(DataChannel channel) {
        Consumer<DataChannel> listener = dataChannelListener;
        if (listener == null) {
            channel.onMessage(message -> {});
        } else {
            tell("datachannel", () -> listener.accept(channel));
        }
    }

    /** webrtc-pc §4.3.3: the state of ICE and DTLS taken together. */
    private void updateConnectionState() {
        PeerConnectionState next =
                aggregate(transports().iceState(), transports().dtlsState());
        if (!closed.get() && next != connectionState) {
            connectionState = next;
            tell("connectionstatechange", () -> connectionStateListener.accept(next));
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

    private <T> CompletionStage<T> operation(Supplier<T> operation) {
        CompletableFuture<T> result = new CompletableFuture<>();
        // Never at once, even on the loop: the loop's queue is the operations chain of webrtc-pc §4.4.1.2.
        loop.execute(() -> {
            try {
                requireNotClosed("the operation");
                result.complete(operation.get());
            } catch (RtcException e) {
                result.completeExceptionally(e);
            } catch (RuntimeException e) {
                LOGGER.error("An operation failed", e);
                result.completeExceptionally(new RtcException(ErrorName.OPERATION_ERROR, e.toString(), e));
            }
        });
        return result;
    }

    private void requireNotClosed(String operation) {
        if (closed.get()) {
            throw new RtcException(
                    ErrorName.INVALID_STATE_ERROR, operation + " is not possible: the connection is closed");
        }
    }

    private void inLoop(Runnable task) {
        if (loop.inLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }

    private static void tell(String event, Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException | Error e) {
            LOGGER.error("The {} listener failed", event, e);
        }
    }

    private static String randomTlsId() {
        StringBuilder id = new StringBuilder(TLS_ID_LENGTH);
        for (int i = 0; i < TLS_ID_LENGTH; i++) {
            id.append(TLS_ID_ALPHABET.charAt(RANDOM.nextInt(TLS_ID_ALPHABET.length())));
        }
        return id.toString();
    }

    /** What our descriptions say. */
    private final class LocalSide implements Negotiation.LocalTransport {
        @Override
        public SdpDialect dialect() {
            return configuration.sdpDialect();
        }

        @Override
        public SctpAttributes sctp() {
            MaxMessageSize size = configuration.messagesOfAnySize()
                    ? MaxMessageSize.UNLIMITED
                    : MaxMessageSize.of(configuration.maxMessageSize());
            return new SctpAttributes(SctpAttributes.DEFAULT_PORT, SCTP_STREAMS, size);
        }

        @Override
        public TransportAttributes transport(SetupRole setup) {
            boolean restart = setup == SetupRole.ACTPASS ? wantsIceRestart : isPeerRestarting();
            IceParameters ice =
                    restart ? transports().restartParameters() : transports().localIceParameters();
            List<io.github.purrtc.sdp.Fingerprint> fingerprints = certificate.fingerprints().stream()
                    .map(f -> new io.github.purrtc.sdp.Fingerprint(f.algorithm(), f.value()))
                    .toList();
            TransportAttributes transport = TransportAttributes.trickling(
                            new IceCredentials(ice.usernameFragment(), ice.password()), setup, fingerprints, tlsId)
                    .withIceOption(RENOMINATION);
            if (ice.lite()) {
                transport = transport.withIceLite();
            }
            for (Candidate candidate : transports().localCandidates()) {
                transport = transport.withCandidate(candidate.toString());
            }
            // With a restart interfaces are looked up again.
            boolean complete = iceGatheringState == IceGatheringState.COMPLETE && !restart;
            return complete ? transport.withEndOfCandidates() : transport;
        }

        private boolean isPeerRestarting() {
            DescriptionPair.Described offer = negotiation.theirs().pending();
            return offer != null
                    && offer.document().applicationIndex() >= 0
                    && transports().isRestart(Negotiation.credentials(offer.document()));
        }

        @Override
        public @Nullable DtlsRole dtlsRole() {
            Transports existing = transports;
            return existing == null ? null : existing.dtlsRole();
        }
    }

    private final class NegotiationListener implements Negotiation.Listener {
        @Override
        public void onSignalingState(SignalingState state) {
            signalingState = state;
            publishDescriptions();
            tell("signalingstatechange", () -> signalingStateListener.accept(state));
        }

        @Override
        public void onLocalDescription(SdpDocument document) {
            publishDescriptions();
            if (document.applicationIndex() >= 0) {
                transports().onLocalDescription(Negotiation.credentials(document));
                // After the state change, so that candidates follow the description that they belong to.
                loop.execute(PeerConnection.this::gather);
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
            if (transport.endOfCandidates()) {
                transports().endOfRemoteCandidates(fragment);
            }
        }

        /** A candidate that cannot be used does not spoil the description that it stands in. */
        private void addDescribedCandidate(String text, String fragment) {
            try {
                transports().addRemoteCandidate(Negotiation.parseCandidate(text).withUsernameFragment(fragment));
            } catch (RtcException e) {
                LOGGER.debug("A candidate of the remote description is left out: {}", e.getMessage());
            }
        }

        @Override
        public void onNegotiated(
                SdpDocument localDocument, SdpDocument remoteDocument, DtlsRole role, boolean offerer) {
            TransportAttributes remote = remoteDocument.transport(remoteDocument.applicationIndex());
            IceCredentials ice = remote.credentials();
            // Whoever of the two has asked for it.
            wantsIceRestart &= !transports().isRestart(ice);
            SctpAttributes remoteSctp = Negotiation.sctp(remoteDocument);
            transports()
                    .start(new Transports.Parameters(
                            offerer ? IceRole.CONTROLLING : IceRole.CONTROLLED,
                            new IceParameters(
                                    ice.ufrag(),
                                    ice.pwd(),
                                    remote.iceLite(),
                                    remote.iceOptions().contains(RENOMINATION)),
                            role,
                            remote.fingerprints().stream()
                                    .map(f -> new Fingerprint(f.algorithm(), f.value()))
                                    .toList(),
                            Negotiation.sctp(localDocument).port(),
                            remoteSctp.port(),
                            maxMessageSize(remoteDocument)));
        }

        @Override
        public void onRollback() {
            Transports existing = transports;
            if (existing != null) {
                existing.onRollback();
            }
        }

        @Override
        public void onDataRejected() {
            wantsDataSection = false;
            channels.end(new RtcException(ErrorName.OPERATION_ERROR, "the peer rejected data channels"));
        }

        /**
         * RFC 8841 §6.1. In the older dialect browsers announce no size, though they take the same messages as in today's: there, no
         * announcement means what we announce, if that is more.
         */
        private long maxMessageSize(SdpDocument remoteDocument) {
            MaxMessageSize announced = Negotiation.sctp(remoteDocument).maxMessageSize();
            long bytes = announced.bytes();
            ApplicationSection section = remoteDocument.application();
            if (section != null
                    && section.dialect() == SdpDialect.LEGACY
                    && announced instanceof MaxMessageSize.Absent) {
                bytes = Math.max(bytes, configuration.maxMessageSize());
            }
            return bytes;
        }
    }

    private final class TransportListener implements Transports.Listener {
        @Override
        public void onCandidate(Candidate candidate) {
            negotiation.addLocalCandidate(candidate.toString());
            publishDescriptions();
            String fragment = transports().localIceParameters().usernameFragment();
            tell(
                    "icecandidate",
                    () -> iceCandidateListener.accept(
                            new IceCandidate(candidate.toString(), localMid(), localIndex(), fragment)));
        }

        @Override
        public void onGathererState(IceGathererState state) {
            if (state == IceGathererState.COMPLETE) {
                negotiation.endLocalCandidates();
                publishDescriptions();
            }
            IceGatheringState next =
                    switch (state) {
                        case NEW -> IceGatheringState.NEW;
                        case GATHERING -> IceGatheringState.GATHERING;
                        case COMPLETE, CLOSED -> IceGatheringState.COMPLETE;
                    };
            if (state != IceGathererState.CLOSED && next != iceGatheringState) {
                iceGatheringState = next;
                tell("icegatheringstatechange", () -> iceGatheringStateListener.accept(next));
            }
            if (state == IceGathererState.COMPLETE) {
                tell("icecandidate", () -> iceCandidateListener.accept(null));
            }
        }

        @Override
        public void onCandidateError(IceCandidateError error) {
            tell("icecandidateerror", () -> iceCandidateErrorListener.accept(error));
        }

        @Override
        public void onIceState(IceTransportState state) {
            selectedCandidatePair = transports().selectedPair();
            IceConnectionState next = IceConnectionState.valueOf(state.name());
            if (!closed.get() && next != iceConnectionState) {
                iceConnectionState = next;
                tell("iceconnectionstatechange", () -> iceConnectionStateListener.accept(next));
                updateConnectionState();
            }
        }

        @Override
        public void onSelectedPair(CandidatePair pair) {
            if (!closed.get() && !pair.equals(selectedCandidatePair)) {
                selectedCandidatePair = pair;
                tell("selectedcandidatepairchange", () -> selectedCandidatePairListener.accept(pair));
            }
        }

        @Override
        public void onDtlsState(DtlsTransportState state) {
            updateConnectionState();
        }

        private @Nullable String localMid() {
            DescriptionPair.Described local = ours.latest();
            int index = localIndex();
            return local == null || index < 0
                    ? null
                    : local.document().sections().get(index).mid();
        }

        private int localIndex() {
            DescriptionPair.Described local = ours.latest();
            return local == null ? -1 : local.document().applicationIndex();
        }
    }
}
