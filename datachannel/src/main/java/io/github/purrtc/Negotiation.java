package io.github.purrtc;

import io.github.purrtc.DescriptionPair.Described;
import io.github.purrtc.dtls.DtlsRole;
import io.github.purrtc.ice.Candidate;
import io.github.purrtc.sdp.ApplicationSection;
import io.github.purrtc.sdp.BundleGroup;
import io.github.purrtc.sdp.IceCredentials;
import io.github.purrtc.sdp.MediaSection;
import io.github.purrtc.sdp.Origin;
import io.github.purrtc.sdp.SctpAttributes;
import io.github.purrtc.sdp.SdpDialect;
import io.github.purrtc.sdp.SdpDocument;
import io.github.purrtc.sdp.SdpException;
import io.github.purrtc.sdp.SetupRole;
import io.github.purrtc.sdp.TransportAttributes;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Offer and answer (RFC 9429 §3.2, §4.1) for the one section that data channels need. Confined to the loop. */
final class Negotiation {
    static final String MID = "purrtc-sctp-dc";

    private final LocalTransport local;
    private final Listener listener;

    private Origin origin;
    private SignalingState state = SignalingState.STABLE;
    private DescriptionPair ours = DescriptionPair.NONE;
    private DescriptionPair theirs = DescriptionPair.NONE;
    private @Nullable SdpDocument lastOffer;
    private @Nullable SdpDocument lastAnswer;

    /** What our descriptions say of ourselves. */
    interface LocalTransport {
        SdpDialect dialect();

        SctpAttributes sctp();

        /** With the candidates gathered so far. */
        TransportAttributes transport(SetupRole setup);

        /** The role of the DTLS association that there is, if there is one. */
        @Nullable
        DtlsRole dtlsRole();
    }

    /** What an applied description changes. */
    interface Listener {
        void onSignalingState(SignalingState state);

        /** Candidates may be gathered. */
        void onLocalDescription(SdpDocument document);

        void onRemoteDescription(SdpDocument document);

        /** Both sides have spoken: transports can start. */
        void onNegotiated(SdpDocument localDocument, SdpDocument remoteDocument, DtlsRole role, boolean offerer);

        /** The descriptions under way are taken back. */
        void onRollback();

        /** The peer answered that it wants no data channels. */
        void onDataRejected();
    }

    Negotiation(long sessionId, LocalTransport local, Listener listener) {
        origin = Origin.purrtc(sessionId);
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

    /** RFC 9429 §5.2. Without data channels the offer has no section. */
    SdpDocument createOffer(boolean wantsDataSection) {
        requireState("createOffer", SignalingState.STABLE, SignalingState.HAVE_LOCAL_OFFER);
        SdpDocument offer;
        Described base = ours.current();
        if (base == null) {
            offer = wantsDataSection
                    ? freshOffer()
                    : new SdpDocument(origin, TransportAttributes.NONE, List.of(), List.of());
        } else {
            offer = subsequentOffer(base.document().withOrigin(origin), wantsDataSection);
        }
        lastOffer = offer;
        return offer;
    }

    private SdpDocument freshOffer() {
        return SdpDocument.offer(origin, local.dialect(), MID, local.sctp(), local.transport(SetupRole.ACTPASS));
    }

    /** RFC 9429 §5.2.2: sections keep their places; ours is made anew where it is, or added. */
    private SdpDocument subsequentOffer(SdpDocument base, boolean wantsDataSection) {
        int index = base.applicationIndex();
        if (index >= 0) {
            MediaSection section = base.sections().get(index);
            TransportAttributes fresh = local.transport(SetupRole.ACTPASS);
            return base.withSection(
                    index,
                    section.withTransport(new TransportAttributes(
                            fresh.ice(),
                            List.of(),
                            false,
                            SetupRole.ACTPASS,
                            fresh.fingerprints(),
                            fresh.tlsId(),
                            fresh.candidates(),
                            fresh.endOfCandidates())));
        }
        if (!wantsDataSection) {
            return base;
        }
        SdpDocument fresh = freshOffer();
        List<MediaSection> sections = new ArrayList<>(base.sections());
        sections.addAll(fresh.sections());
        return new SdpDocument(base.origin(), fresh.session(), List.of(new BundleGroup(List.of(MID))), sections);
    }

    /** RFC 9429 §5.3. */
    SdpDocument createAnswer() {
        requireState("createAnswer", SignalingState.HAVE_REMOTE_OFFER, SignalingState.HAVE_LOCAL_PRANSWER);
        Described offer = theirs.pending();
        if (offer == null) {
            throw new IllegalStateException("no offer in state " + state);
        }
        int index = offer.document().applicationIndex();
        SetupRole offered = index < 0 ? null : offer.document().transport(index).setup();
        SdpDocument answer = offer.document().answer(origin, local.sctp(), local.transport(answeringSetup(offered)));
        lastAnswer = answer;
        return answer;
    }

    /** RFC 8842 §5.3: an association that exists keeps its roles. */
    private SetupRole answeringSetup(@Nullable SetupRole offered) {
        DtlsRole role = local.dtlsRole();
        if (role != null && (offered == null || offered == SetupRole.ACTPASS)) {
            return role == DtlsRole.CLIENT ? SetupRole.ACTIVE : SetupRole.PASSIVE;
        }
        return SetupRole.answering(offered);
    }

    /** webrtc-pc §4.4.1.6. An empty text stands for what was created last. */
    void setLocal(SdpType type, String sdp, boolean wantsDataSection) {
        switch (type) {
            case OFFER -> {
                requireState("setLocalDescription(offer)", SignalingState.STABLE, SignalingState.HAVE_LOCAL_OFFER);
                if (sdp.isEmpty() && lastOffer == null) {
                    createOffer(wantsDataSection);
                }
                SdpDocument offer = requireUnchanged(sdp, lastOffer);
                ours = ours.withPending(new Described(type, offer));
                nextOrigin();
                listener.onLocalDescription(offer);
                become(SignalingState.HAVE_LOCAL_OFFER);
            }
            case ANSWER, PRANSWER -> {
                requireState(
                        "setLocalDescription(" + type + ")",
                        SignalingState.HAVE_REMOTE_OFFER,
                        SignalingState.HAVE_LOCAL_PRANSWER);
                if (sdp.isEmpty() && lastAnswer == null) {
                    createAnswer();
                }
                applyLocalAnswer(type, requireUnchanged(sdp, lastAnswer));
            }
            case ROLLBACK -> rollback("setLocalDescription", SignalingState.HAVE_LOCAL_OFFER);
        }
    }

    private void applyLocalAnswer(SdpType type, SdpDocument answer) {
        Described offer = theirs.pending();
        if (offer == null) {
            throw new IllegalStateException("no offer in state " + state);
        }
        if (type == SdpType.PRANSWER) {
            ours = ours.withPending(new Described(type, answer));
        } else {
            settle(new Described(type, answer), offer);
        }
        nextOrigin();
        listener.onLocalDescription(answer);
        int index = answer.applicationIndex();
        if (index >= 0) {
            SetupRole setup = answer.transport(index).setup();
            listener.onNegotiated(
                    answer, offer.document(), setup == SetupRole.PASSIVE ? DtlsRole.SERVER : DtlsRole.CLIENT, false);
        }
        become(type == SdpType.PRANSWER ? SignalingState.HAVE_LOCAL_PRANSWER : SignalingState.STABLE);
    }

    /** webrtc-pc §4.4.1.7. */
    void setRemote(SdpType type, String sdp) {
        switch (type) {
            case OFFER -> setRemoteOffer(parse(sdp));
            case ANSWER, PRANSWER -> {
                requireState(
                        "setRemoteDescription(" + type + ")",
                        SignalingState.HAVE_LOCAL_OFFER,
                        SignalingState.HAVE_REMOTE_PRANSWER);
                applyRemoteAnswer(type, parse(sdp));
            }
            case ROLLBACK -> rollback("setRemoteDescription", SignalingState.HAVE_REMOTE_OFFER);
        }
    }

    private void setRemoteOffer(SdpDocument offer) {
        if (state == SignalingState.HAVE_LOCAL_OFFER) {
            // RFC 9429 §4.1.10.2, webrtc-pc §4.4.1.5: the polite peer's own offer gives way.
            rollback("setRemoteDescription", SignalingState.HAVE_LOCAL_OFFER);
        }
        requireState("setRemoteDescription(offer)", SignalingState.STABLE, SignalingState.HAVE_REMOTE_OFFER);
        theirs = theirs.withPending(new Described(SdpType.OFFER, offer));
        lastAnswer = null;
        listener.onRemoteDescription(offer);
        become(SignalingState.HAVE_REMOTE_OFFER);
    }

    private void applyRemoteAnswer(SdpType type, SdpDocument answer) {
        Described offer = ours.pending();
        if (offer == null) {
            throw new IllegalStateException("no offer in state " + state);
        }
        if (answer.sections().size() != offer.document().sections().size()) {
            throw new RtcException(
                    ErrorName.INVALID_ACCESS_ERROR,
                    "the answer has " + answer.sections().size() + " sections, the offer "
                            + offer.document().sections().size());
        }
        int index = answer.applicationIndex();
        DtlsRole role = index < 0 ? null : roleAgainst(answer.transport(index).setup());
        if (type == SdpType.PRANSWER) {
            theirs = theirs.withPending(new Described(type, answer));
        } else {
            settle(offer, new Described(type, answer));
        }
        listener.onRemoteDescription(answer);
        if (role != null) {
            listener.onNegotiated(offer.document(), answer, role, true);
        } else if (type == SdpType.ANSWER && offer.document().application() != null) {
            listener.onDataRejected();
        }
        become(type == SdpType.PRANSWER ? SignalingState.HAVE_REMOTE_PRANSWER : SignalingState.STABLE);
    }

    /** RFC 8842 §5.3: our role, given the answer's. */
    private static DtlsRole roleAgainst(@Nullable SetupRole answered) {
        if (answered == SetupRole.ACTPASS) {
            throw new RtcException(ErrorName.INVALID_ACCESS_ERROR, "an answer cannot have a=setup:actpass");
        }
        return answered == SetupRole.PASSIVE ? DtlsRole.CLIENT : DtlsRole.SERVER;
    }

    private void settle(Described local, Described remote) {
        ours = ours.settled(local);
        theirs = theirs.settled(remote);
        lastOffer = null;
        lastAnswer = null;
    }

    private void rollback(String operation, SignalingState from) {
        requireState(operation + "(rollback)", from);
        ours = ours.rolledBack();
        theirs = theirs.rolledBack();
        lastOffer = null;
        lastAnswer = null;
        listener.onRollback();
        become(SignalingState.STABLE);
    }

    /** A gathered candidate becomes part of the local description. */
    void addLocalCandidate(String candidate) {
        ours = ours.withCandidate(candidate);
    }

    void endLocalCandidates() {
        ours = ours.withEndOfCandidates();
    }

    /**
     * webrtc-pc §4.4.1.8: checks that the candidate belongs here, and notes it in the remote description.
     *
     * @return the candidate for ICE; null for the end of candidates or for one of a section without a transport
     */
    @Nullable
    Candidate addRemoteCandidate(@Nullable IceCandidate init) {
        Described described = theirs.latest();
        if (described == null) {
            throw new RtcException(
                    ErrorName.INVALID_STATE_ERROR, "addIceCandidate: no remote description has been set");
        }
        SdpDocument document = described.document();
        int application = document.applicationIndex();
        if (init == null || init.candidate().isEmpty()) {
            theirs = theirs.withEndOfCandidates();
            return null;
        }
        int index = sectionOf(init, document);
        Candidate candidate = parseCandidate(init.candidate());
        String fragment = init.usernameFragment() != null ? init.usernameFragment() : candidate.usernameFragment();
        if (index != application) {
            return null;
        }
        String expected = document.transport(index).credentials().ufrag();
        if (fragment != null && !fragment.equals(expected)) {
            throw new RtcException(
                    ErrorName.OPERATION_ERROR, "the candidate is of the unknown username fragment " + fragment);
        }
        theirs = theirs.withCandidate(candidate.toString());
        return candidate.withUsernameFragment(expected);
    }

    private static int sectionOf(IceCandidate init, SdpDocument document) {
        String mid = init.sdpMid();
        Integer lineIndex = init.sdpMLineIndex();
        if (mid != null) {
            int index = document.indexOf(mid);
            if (index < 0) {
                throw new RtcException(ErrorName.OPERATION_ERROR, "no section has the mid '" + mid + "'");
            }
            return index;
        }
        if (lineIndex == null) {
            throw new RtcException(ErrorName.TYPE_ERROR, "the candidate has neither sdpMid nor sdpMLineIndex");
        }
        if (lineIndex < 0 || lineIndex >= document.sections().size()) {
            throw new RtcException(ErrorName.OPERATION_ERROR, "there is no section " + lineIndex);
        }
        return lineIndex;
    }

    static Candidate parseCandidate(String text) {
        try {
            return Candidate.parse(text);
        } catch (IllegalArgumentException e) {
            throw new RtcException(ErrorName.OPERATION_ERROR, "not a candidate: " + e.getMessage(), e);
        }
    }

    void close() {
        state = SignalingState.CLOSED;
    }

    private void nextOrigin() {
        origin = origin.next();
    }

    private void become(SignalingState next) {
        if (state != next) {
            state = next;
            listener.onSignalingState(next);
        }
    }

    private SdpDocument requireUnchanged(String sdp, @Nullable SdpDocument created) {
        if (created == null || (!sdp.isEmpty() && !sdp.equals(created.toString()))) {
            throw new RtcException(
                    ErrorName.INVALID_MODIFICATION_ERROR,
                    "a local description must be the one that was created last, unchanged");
        }
        return created;
    }

    private static SdpDocument parse(String sdp) {
        try {
            return SdpDocument.parse(sdp);
        } catch (SdpException e) {
            throw new RtcException(ErrorName.RTC_ERROR, "sdp-syntax-error: " + e.getMessage(), e);
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

    static IceCredentials credentials(SdpDocument document) {
        return document.transport(document.applicationIndex()).credentials();
    }

    static SctpAttributes sctp(SdpDocument document) {
        ApplicationSection section = document.application();
        if (section == null) {
            throw new IllegalStateException("no data channel section");
        }
        return section.sctp();
    }
}
