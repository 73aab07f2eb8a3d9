package io.github.purrtc;

import io.github.purrtc.DescriptionPair.Described;
import io.github.purrtc.dtls.DtlsRole;
import io.github.purrtc.sdp.IceCredentials;
import io.github.purrtc.sdp.SdpDocument;
import io.github.purrtc.sdp.SetupRole;
import org.jspecify.annotations.Nullable;

/** Offer and answer: the states and descriptions of webrtc-pc §4.4.1, RFC 9429 §3.2, §4.1. Confined to the loop. */
final class Negotiation {
    private final DescriptionFactory factory;
    private final DescriptionFactory.LocalTransport local;
    private final Listener listener;

    private SignalingState state = SignalingState.STABLE;
    private DescriptionPair ours = DescriptionPair.NONE;
    private DescriptionPair theirs = DescriptionPair.NONE;
    private @Nullable SdpDocument lastOffer;
    private @Nullable SdpDocument lastAnswer;

    /** What an applied description changes. */
    interface Listener {
        void onSignalingState(SignalingState state);

        /** Candidates may be gathered. */
        void onLocalDescription(SdpDocument document);

        void onRemoteDescription(SdpDocument document);

        /** Both sides have spoken: transports can start. */
        void onNegotiated(SdpDocument localDocument, SdpDocument remoteDocument, DtlsRole role, boolean offerer);

        /**
         * The descriptions under way are taken back.
         *
         * @param offerIsOfUse whether an offer that was made before can be set yet, with the transports that it describes
         */
        void onRollback(boolean offerIsOfUse);

        /** What was agreed has no data channels, though they were offered or there were some. */
        void onDataRejected();
    }

    Negotiation(long sessionId, DescriptionFactory.LocalTransport local, Listener listener) {
        factory = new DescriptionFactory(sessionId, local);
        this.local = local;
        this.listener = listener;
    }

    SignalingState state() {
        return state;
    }

    DescriptionPair ours() {
        return ours;
    }

    DescriptionPair theirs() {
        return theirs;
    }

    /** Whether what was agreed has a section for data channels. */
    boolean hasDataSection() {
        return hasDataSection(ours) && hasDataSection(theirs);
    }

    private static boolean hasDataSection(DescriptionPair side) {
        Described current = side.current();
        return current != null && current.document().application() != null;
    }

    /** webrtc-pc §4.4.2, createOffer. */
    SdpDocument createOffer(boolean wantsDataSection, boolean iceRestart) {
        requireState("createOffer", SignalingState.STABLE, SignalingState.HAVE_LOCAL_OFFER);
        Described base = ours.current();
        SdpDocument offer = factory.offer(base == null ? null : base.document(), wantsDataSection, iceRestart);
        lastOffer = offer;
        return offer;
    }

    /** webrtc-pc §4.4.2, createAnswer. */
    SdpDocument createAnswer() {
        requireState("createAnswer", SignalingState.HAVE_REMOTE_OFFER, SignalingState.HAVE_LOCAL_PRANSWER);
        SdpDocument answer = factory.answer(pending(theirs).document());
        lastAnswer = answer;
        return answer;
    }

    private Described pending(DescriptionPair side) {
        Described pending = side.pending();
        if (pending == null) {
            throw new IllegalStateException("no offer in state " + state);
        }
        return pending;
    }

    /** webrtc-pc §4.4.2, setLocalDescription without a type: what the state asks for. */
    SdpType implicitType() {
        return switch (state) {
            case STABLE, HAVE_LOCAL_OFFER, HAVE_REMOTE_PRANSWER, CLOSED -> SdpType.OFFER;
            case HAVE_REMOTE_OFFER, HAVE_LOCAL_PRANSWER -> SdpType.ANSWER;
        };
    }

    /** webrtc-pc §4.4.2, setLocalDescription. An empty text stands for what was created last, if that still holds, else for a new one. */
    void setLocal(SdpType type, String sdp, boolean wantsDataSection) {
        switch (type) {
            case OFFER -> {
                requireUnchanged(sdp, lastOffer);
                requireState("setLocalDescription(offer)", SignalingState.STABLE, SignalingState.HAVE_LOCAL_OFFER);
                SdpDocument last = lastOffer;
                if (last == null || (sdp.isEmpty() && !isAccurate(last, wantsDataSection))) {
                    last = createOffer(wantsDataSection, false);
                }
                applyLocalOffer(last);
            }
            case ANSWER, PRANSWER -> {
                requireUnchanged(sdp, lastAnswer);
                requireState(
                        "setLocalDescription(" + type + ")",
                        SignalingState.HAVE_REMOTE_OFFER,
                        SignalingState.HAVE_LOCAL_PRANSWER);
                SdpDocument last = lastAnswer;
                applyLocalAnswer(type, last != null ? last : createAnswer());
            }
            case ROLLBACK -> rollback("setLocalDescription", SignalingState.HAVE_LOCAL_OFFER);
        }
    }

    private boolean isAccurate(SdpDocument offer, boolean wantsDataSection) {
        return (offer.application() != null || !wantsDataSection) && !local.wantsIceRestart();
    }

    private void applyLocalOffer(SdpDocument offer) {
        ours = ours.withPending(new Described(SdpType.OFFER, offer));
        factory.nextOrigin();
        listener.onLocalDescription(offer);
        become(SignalingState.HAVE_LOCAL_OFFER);
    }

    private void applyLocalAnswer(SdpType type, SdpDocument answer) {
        Described offer = pending(theirs);
        boolean hadData = hasDataSection();
        if (type == SdpType.PRANSWER) {
            ours = ours.withPending(new Described(type, answer));
        } else {
            settle(new Described(type, answer), offer);
        }
        factory.nextOrigin();
        listener.onLocalDescription(answer);
        int index = answer.applicationIndex();
        if (index >= 0) {
            SetupRole setup = answer.transport(index).setup();
            listener.onNegotiated(
                    answer, offer.document(), setup == SetupRole.PASSIVE ? DtlsRole.SERVER : DtlsRole.CLIENT, false);
        } else if (type == SdpType.ANSWER && hadData) {
            listener.onDataRejected();
        }
        become(type == SdpType.PRANSWER ? SignalingState.HAVE_LOCAL_PRANSWER : SignalingState.STABLE);
    }

    /** webrtc-pc §4.4.2, setRemoteDescription. */
    void setRemote(SdpType type, String sdp) {
        switch (type) {
            case OFFER -> {
                if (state == SignalingState.HAVE_LOCAL_OFFER) {
                    // RFC 9429 §4.1.10.2: the polite peer's own offer gives way, whatever comes of the other.
                    rollback("setRemoteDescription", SignalingState.HAVE_LOCAL_OFFER);
                }
                requireState("setRemoteDescription(offer)", SignalingState.STABLE, SignalingState.HAVE_REMOTE_OFFER);
                applyRemoteOffer(DescriptionRules.parse(sdp));
            }
            case ANSWER, PRANSWER -> {
                requireState(
                        "setRemoteDescription(" + type + ")",
                        SignalingState.HAVE_LOCAL_OFFER,
                        SignalingState.HAVE_REMOTE_PRANSWER);
                applyRemoteAnswer(type, DescriptionRules.parse(sdp));
            }
            case ROLLBACK -> rollback("setRemoteDescription", SignalingState.HAVE_REMOTE_OFFER);
        }
    }

    private void applyRemoteOffer(SdpDocument offer) {
        SdpDocument before = document(theirs.current());
        DescriptionRules.requireSuccessor(offer, before);
        DescriptionRules.requireFingerprints(offer);
        DescriptionRules.requireSameEndpoint(offer, before);
        requireUsableInit(offer);
        theirs = theirs.withPending(new Described(SdpType.OFFER, offer));
        lastAnswer = null;
        listener.onRemoteDescription(offer);
        become(SignalingState.HAVE_REMOTE_OFFER);
    }

    /** Who does not know {@code a=sctp-init} ignores it, whatever is in it. */
    private void requireUsableInit(SdpDocument remote) {
        if (local.signalsInit()) {
            SctpInits.requireUsable(remote, document(ours.current()), document(theirs.current()));
        }
    }

    private static @Nullable SdpDocument document(@Nullable Described described) {
        return described == null ? null : described.document();
    }

    private void applyRemoteAnswer(SdpType type, SdpDocument answer) {
        Described offer = pending(ours);
        SdpDocument before = document(theirs.current());
        DescriptionRules.requireAnswerTo(offer.document(), answer);
        DescriptionRules.requireFingerprints(answer);
        DescriptionRules.requireSameEndpoint(answer, before);
        if (SctpInits.init(offer.document()) != null) {
            requireUsableInit(answer);
        }
        int index = answer.applicationIndex();
        boolean offersData = offer.document().application() != null;
        if (index >= 0) {
            requireOfferedRestart(DescriptionRules.credentials(answer), offer.document());
        }
        DtlsRole role = index < 0
                ? null
                : DescriptionRules.roleAgainst(answer.transport(index).setup());
        if (type == SdpType.PRANSWER) {
            theirs = theirs.withPending(new Described(type, answer));
        } else {
            settle(offer, new Described(type, answer));
        }
        listener.onRemoteDescription(answer);
        if (role != null) {
            listener.onNegotiated(offer.document(), answer, role, true);
        } else if (type == SdpType.ANSWER && offersData) {
            listener.onDataRejected();
        }
        become(type == SdpType.PRANSWER ? SignalingState.HAVE_REMOTE_PRANSWER : SignalingState.STABLE);
    }

    /** RFC 8839 §4.4.3.1.1: only an offer restarts ICE. */
    private void requireOfferedRestart(IceCredentials answered, SdpDocument offer) {
        SdpDocument before = document(ours.current());
        if (local.isRestart(answered)
                && before != null
                && before.applicationIndex() >= 0
                && DescriptionRules.credentials(before).equals(DescriptionRules.credentials(offer))) {
            throw new RtcException(ErrorName.INVALID_ACCESS_ERROR, "the answer restarts ICE, the offer did not");
        }
    }

    private void settle(Described localDescription, Described remoteDescription) {
        ours = ours.settled(localDescription);
        theirs = theirs.settled(remoteDescription);
        lastOffer = null;
        lastAnswer = null;
    }

    private void rollback(String operation, SignalingState from) {
        requireState(operation + "(rollback)", from);
        ours = ours.rolledBack();
        theirs = theirs.rolledBack();
        if (from == SignalingState.HAVE_LOCAL_OFFER) {
            lastOffer = null;
        }
        lastAnswer = null;
        listener.onRollback(lastOffer != null);
        become(SignalingState.STABLE);
    }

    /** A gathered candidate becomes part of the local description. */
    void addLocalCandidate(String candidate) {
        ours = ours.withCandidate(candidate);
    }

    void endLocalCandidates() {
        ours = ours.withEndOfCandidates();
    }

    /** webrtc-pc §4.4.2, addIceCandidate: checks that the candidate belongs here, and notes it in the remote description. */
    RemoteCandidate addRemoteCandidate(@Nullable IceCandidate init) {
        RemoteCandidate candidate = RemoteCandidate.resolve(init, theirs);
        theirs = theirs.map(candidate::addedTo);
        return candidate;
    }

    void close() {
        state = SignalingState.CLOSED;
    }

    private void become(SignalingState next) {
        if (state != next) {
            state = next;
            listener.onSignalingState(next);
        }
    }

    private static void requireUnchanged(String sdp, @Nullable SdpDocument created) {
        if (!sdp.isEmpty() && (created == null || !sdp.equals(created.toString()))) {
            throw new RtcException(
                    ErrorName.INVALID_MODIFICATION_ERROR,
                    "a local description must be the one that was created last, unchanged");
        }
    }

    private void requireState(String operation, SignalingState... allowed) {
        for (SignalingState candidate : allowed) {
            if (state == candidate) {
                return;
            }
        }
        throw new RtcException(
                ErrorName.INVALID_STATE_ERROR, operation + " is not possible in signaling state " + state);
    }
}
