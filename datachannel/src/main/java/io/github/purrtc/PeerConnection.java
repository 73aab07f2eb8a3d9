package io.github.purrtc;

import io.github.purrtc.dtls.DtlsCertificate;
import io.github.purrtc.dtls.DtlsSession;
import io.github.purrtc.ice.CandidatePair;
import io.github.purrtc.ice.IceCandidateError;
import io.github.purrtc.ice.NetworkLoop;
import org.jspecify.annotations.Nullable;

import java.security.spec.AlgorithmParameterSpec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A connection to a peer: webrtc-pc §4.4, {@code RTCPeerConnection}.
 *
 * <p>Thread-safe. Operations are carried out one after the other on the connection's event loop; their stages complete there,
 * and fail with an {@link RtcException}. Listeners run on the loop too and must not block it; set them before the first
 * operation. A listener that throws is logged and breaks nothing. Operations of a closed connection fail with an InvalidStateError, also
 * those that were waiting when it was closed: unlike a promise of the standard's, a stage always completes.
 */
public final class PeerConnection implements AutoCloseable {
    private final NetworkLoop loop;
    private final PeerView view = new PeerView();
    private final OperationsChain chain;
    private final PeerSession session;
    private volatile Configuration configuration;

    /** A connection on the {@linkplain WebRtc#shared shared} runtime, host candidates only. */
    public PeerConnection() {
        this(Configuration.DEFAULT);
    }

    /** A connection on the {@linkplain WebRtc#shared shared} runtime. */
    public PeerConnection(Configuration configuration) {
        this(WebRtc.shared(), configuration);
    }

    /** An ECDSA P-256 certificate for {@link Configuration.Builder#certificates}, valid for 30 days. */
    public static CompletionStage<DtlsCertificate> generateCertificate() {
        return GeneratedCertificates.generate(GeneratedCertificates.P_256, GeneratedCertificates.LIFETIME);
    }

    /**
     * webrtc-pc §4.9, generateCertificate: made on a thread of {@link java.util.concurrent.ForkJoinPool#commonPool}, as keys of RSA take their
     * time.
     *
     * @param algorithm an {@link java.security.spec.ECGenParameterSpec} of {@code secp256r1} or {@code secp384r1}, or an
     *     {@link java.security.spec.RSAKeyGenParameterSpec} of 2,048, 3,072 or 4,096 bits and the exponent 65,537
     * @param expires how long from now it is valid; no more than 365 days count
     * @return fails with a NotSupportedError for another algorithm, with a TypeError for a negative time
     */
    public static CompletionStage<DtlsCertificate> generateCertificate(
            AlgorithmParameterSpec algorithm, Duration expires) {
        return GeneratedCertificates.generate(algorithm, expires);
    }

    PeerConnection(WebRtc webRtc, Configuration configuration) {
        this.configuration = configuration;
        loop = webRtc.nextLoop();
        chain = new OperationsChain(loop, view::isClosed);
        session = new PeerSession(loop, webRtc, configuration, new StreamIds(), view, chain);
    }

    /**
     * Runs tasks on the connection's event loop, one after the other. Nothing that listeners are told of changes within a task, so that
     * what is decided there by a state still holds when the operation that follows from it is queued: signalling that is to yield to the
     * peer's offers, or not to (webrtc-pc §10.7), belongs here. Tasks must not block.
     */
    public Executor executor() {
        return loop;
    }

    /** What the connection was made with, or was told by {@link #setConfiguration}. */
    public Configuration configuration() {
        return configuration;
    }

    /**
     * webrtc-pc §4.4.2, setConfiguration: other ICE servers, other credentials, policies and pool, for the next gathering, which is the first
     * or that of an ICE restart; one that has begun goes on as it began. Data goes on by what there was until the restart has led to
     * something else.
     *
     * @throws RtcException InvalidStateError, if the connection is closed; InvalidModificationError, if something differs that cannot be
     *     changed: the certificate, the bundle policy, the size of the pool after a local description was set, and what descriptions have said
     *     (dialect, ICE-lite, sizes of messages, window and buffer)
     */
    public void setConfiguration(Configuration next) {
        chain.requireOpen("setConfiguration");
        ConfigurationRules.requireChangeable(configuration, next, view.ours.latest() != null);
        configuration = next;
        inLoop(() -> session.setConfiguration(next));
    }

    /**
     * webrtc-pc §4.4.2, restartIce: the next offer has new ICE credentials, and paths are looked for anew, on new network interfaces too.
     * Data goes on by the path in use until there is another. Without effect before the first negotiation.
     */
    public void restartIce() {
        inLoop(() -> {
            if (!view.isClosed()) {
                session.restartIce();
            }
        });
    }

    /**
     * webrtc-pc §4.4.2, createOffer.
     *
     * @return fails with an InvalidStateError, if a remote offer waits for its answer
     */
    public CompletionStage<SessionDescription> createOffer(OfferOption... options) {
        boolean iceRestart = List.of(options).contains(OfferOption.ICE_RESTART);
        return chain.enqueue("createOffer", () -> session.createOffer(iceRestart));
    }

    /**
     * webrtc-pc §4.4.2, createAnswer.
     *
     * @return fails with an InvalidStateError, if there is no remote offer
     */
    public CompletionStage<SessionDescription> createAnswer() {
        return chain.enqueue("createAnswer", session::createAnswer);
    }

    /** Creates and sets the description that the signaling state asks for: an answer to an offer, else an offer. */
    public CompletionStage<Void> setLocalDescription() {
        return chain.enqueue("setLocalDescription", () -> {
            session.setLocal(null, "");
            return null;
        });
    }

    /**
     * webrtc-pc §4.4.2, setLocalDescription: sets what {@link #createOffer} or {@link #createAnswer} gave, unchanged; an empty text stands
     * for it. Candidates are gathered from now on.
     *
     * @return fails with an InvalidModificationError, if the text is not the one that was created last; with an InvalidStateError, if the
     *     type does not fit the signaling state
     */
    public CompletionStage<Void> setLocalDescription(SessionDescription description) {
        return chain.enqueue("setLocalDescription", () -> {
            session.setLocal(description.type(), description.sdp());
            return null;
        });
    }

    /**
     * webrtc-pc §4.4.2, setRemoteDescription: sets what the peer sent. An offer takes back a local one that is still unanswered.
     *
     * @return fails with an InvalidStateError, if the type does not fit the signaling state; with an OperationError that has
     *     {@linkplain RtcException#details details} (sdp-syntax-error and the line), if the text breaks the grammar; with an
     *     InvalidAccessError, if its content is not allowed, such as other fingerprints without an ICE restart
     */
    public CompletionStage<Void> setRemoteDescription(SessionDescription description) {
        return chain.enqueue("setRemoteDescription", () -> {
            session.setRemote(description.type(), description.sdp());
            return null;
        });
    }

    /**
     * Adds a candidate of the peer: webrtc-pc §4.4.2, addIceCandidate.
     *
     * @param candidate null, or one with an empty text, for the end of candidates
     * @return fails with a TypeError, if a candidate has neither mid nor index; with an InvalidStateError, if there is no remote
     *     description; with an OperationError, if it has no such section or username fragment, or the text is no candidate
     */
    public CompletionStage<Void> addIceCandidate(@Nullable IceCandidate candidate) {
        try {
            RemoteCandidate.requirePlace(candidate);
        } catch (RtcException e) {
            return CompletableFuture.failedFuture(e);
        }
        return chain.enqueue("addIceCandidate", () -> {
            session.addIceCandidate(candidate);
            return null;
        });
    }

    /** Makes a reliable, ordered channel that is announced to the peer. */
    public DataChannel createDataChannel(String label) {
        return createDataChannel(label, DataChannelOptions.DEFAULT);
    }

    /**
     * webrtc-pc §6.1, createDataChannel.
     *
     * @param label at most 65,535 bytes of UTF-8; a lone surrogate becomes U+FFFD
     * @throws RtcException InvalidStateError, if the connection is closed; TypeError, if the label is too long;
     *     OperationError, if the id is in use
     */
    public DataChannel createDataChannel(String label, DataChannelOptions options) {
        chain.requireOpen("createDataChannel");
        DataChannel channel = session.channels().create(label, options);
        inLoop(() -> session.add(channel));
        return channel;
    }

    /** The one that is being negotiated, else the one that was agreed on last; with the candidates gathered so far. */
    public @Nullable SessionDescription localDescription() {
        return text(view.ours.latest());
    }

    /** The one that is being negotiated, else the one that was agreed on last; with the candidates added so far. */
    public @Nullable SessionDescription remoteDescription() {
        return text(view.theirs.latest());
    }

    /** The one that was agreed on last: webrtc-pc §4.4.1.1; null before. */
    public @Nullable SessionDescription currentLocalDescription() {
        return text(view.ours.current());
    }

    /** The one that is being negotiated, with the candidates gathered so far; null if none is. */
    public @Nullable SessionDescription pendingLocalDescription() {
        return text(view.ours.pending());
    }

    /** The peer's that was agreed on last; null before. */
    public @Nullable SessionDescription currentRemoteDescription() {
        return text(view.theirs.current());
    }

    /** The peer's that is being negotiated, with the candidates added so far; null if none is. */
    public @Nullable SessionDescription pendingRemoteDescription() {
        return text(view.theirs.pending());
    }

    private static @Nullable SessionDescription text(DescriptionPair.@Nullable Described described) {
        return described == null ? null : described.toSessionDescription();
    }

    /** Whether the peer takes candidates after its description; null before there is one. */
    public @Nullable Boolean canTrickleIceCandidates() {
        return view.canTrickleIceCandidates;
    }

    /** How far offer and answer are: webrtc-pc §4.3.1. */
    public SignalingState signalingState() {
        return view.signalingState();
    }

    /** How far gathering is: webrtc-pc §4.3.2. */
    public IceGatheringState iceGatheringState() {
        return view.iceGatheringState();
    }

    /** The state of the connectivity checks: webrtc-pc §4.3.4. */
    public IceConnectionState iceConnectionState() {
        return view.iceConnectionState();
    }

    /** The state of the transports, taken together: webrtc-pc §4.3.3. */
    public PeerConnectionState connectionState() {
        return view.connectionState();
    }

    /** The pair of addresses that data takes (webrtc-pc §5.6.1, getSelectedCandidatePair); null while there is none. */
    public @Nullable CandidatePair selectedCandidatePair() {
        return view.selectedCandidatePair();
    }

    /** webrtc-pc §6.1, the association of the data channels; null before both descriptions have a section for it. */
    public @Nullable RtcSctpTransport sctp() {
        return view.sctp;
    }

    /** webrtc-pc §8.2, getStats: what is known of the connection now, its transports and its channels; of a closed one, its last numbers. */
    public CompletionStage<RtcStatsReport> getStats() {
        CompletableFuture<RtcStatsReport> report = new CompletableFuture<>();
        loop.execute(() -> report.complete(session.stats()));
        return report;
    }

    /** What DTLS agreed upon, the cipher and the peer's certificates among it; null before it is connected. */
    public @Nullable DtlsSession dtlsSession() {
        return session.dtlsSession();
    }

    /** Called when offer and answer must be exchanged (anew): once, when no operation is waiting and the signaling state is stable. */
    public PeerConnection onNegotiationNeeded(Runnable listener) {
        view.negotiationNeededListener = listener;
        return this;
    }

    /** Called with each new state of offer and answer. */
    public PeerConnection onSignalingStateChange(Consumer<SignalingState> listener) {
        view.signalingStateListener = listener;
        return this;
    }

    /** Called with each new state of gathering. */
    public PeerConnection onIceGatheringStateChange(Consumer<IceGatheringState> listener) {
        view.iceGatheringStateListener = listener;
        return this;
    }

    /**
     * Called with each candidate that was gathered, for the peer; with null after the last. The first can come before what was
     * chained to {@link #setLocalDescription} runs, and the peer refuses candidates without the description: either it goes
     * first, or candidates wait for it.
     */
    public PeerConnection onIceCandidate(Consumer<@Nullable IceCandidate> listener) {
        view.iceCandidateListener = listener;
        return this;
    }

    /** A STUN or TURN server, or an address of this host, that was of no use; gathering goes on with the others. */
    public PeerConnection onIceCandidateError(Consumer<IceCandidateError> listener) {
        view.iceCandidateErrorListener = listener;
        return this;
    }

    /** Called with each new state of the connectivity checks. */
    public PeerConnection onIceConnectionStateChange(Consumer<IceConnectionState> listener) {
        view.iceConnectionStateListener = listener;
        return this;
    }

    /** Called when data takes another pair of addresses, and for the first one. */
    public PeerConnection onSelectedCandidatePairChange(Consumer<CandidatePair> listener) {
        view.selectedCandidatePairListener = listener;
        return this;
    }

    /** Called with each new state of the transports. */
    public PeerConnection onConnectionStateChange(Consumer<PeerConnectionState> listener) {
        view.connectionStateListener = listener;
        return this;
    }

    /**
     * Called with each channel that the peer made; it is open. Set its listeners before returning. Without a listener here the
     * messages of such channels are dropped.
     */
    public PeerConnection onDataChannel(Consumer<DataChannel> listener) {
        view.dataChannelListener = listener;
        return this;
    }

    /** Ends the connection at once; the peer is told. What was not delivered yet is lost. */
    @Override
    public void close() {
        if (view.close()) {
            session.channels().onConnectionClosed();
            inLoop(session::close);
        }
    }

    private void inLoop(Runnable task) {
        if (loop.inLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }
}
