package io.github.purrtc;

import io.github.purrtc.DescriptionPair.Described;
import io.github.purrtc.ice.Candidate;
import io.github.purrtc.sdp.IceCredentials;
import io.github.purrtc.sdp.MediaSection;
import io.github.purrtc.sdp.SdpDocument;
import io.github.purrtc.sdp.TransportAttributes;
import org.jspecify.annotations.Nullable;

/**
 * A candidate of the peer's, or the end of them, and where it belongs: webrtc-pc §4.4.2, addIceCandidate.
 *
 * @param candidate null for the end of candidates
 * @param sectionIndex of the section it was signalled for, -1 for all of them
 * @param usernameFragment of the generation it belongs to; null where the section has no transport
 */
record RemoteCandidate(
        @Nullable Candidate candidate,
        int sectionIndex,
        @Nullable String usernameFragment) {

    /** Throws a TypeError for a candidate that says nothing of where it belongs; done before anything is queued. */
    static void requirePlace(@Nullable IceCandidate init) {
        if (init != null && !init.candidate().isEmpty() && init.sdpMid() == null && init.sdpMLineIndex() == null) {
            throw new RtcException(ErrorName.TYPE_ERROR, "the candidate has neither sdpMid nor sdpMLineIndex");
        }
    }

    /** @throws RtcException InvalidStateError without a remote description; OperationError for what does not belong there */
    static RemoteCandidate resolve(@Nullable IceCandidate init, DescriptionPair theirs) {
        Described described = theirs.latest();
        if (described == null) {
            throw new RtcException(
                    ErrorName.INVALID_STATE_ERROR, "addIceCandidate: no remote description has been set");
        }
        SdpDocument document = described.document();
        if (init == null || (init.sdpMid() == null && init.sdpMLineIndex() == null)) {
            String given = init == null ? null : init.usernameFragment();
            if (given != null) {
                requireKnown(given, isAppliedAnywhere(given, document, theirs));
            }
            return new RemoteCandidate(
                    null, -1, given != null ? given : fragment(document, document.applicationIndex()));
        }
        int index = sectionOf(init, document);
        Candidate candidate = init.candidate().isEmpty() ? null : parse(init.candidate());
        String given = init.usernameFragment();
        if (given == null && candidate != null) {
            given = candidate.usernameFragment();
        }
        if (given != null) {
            requireKnown(given, isApplied(given, index, theirs));
        }
        return new RemoteCandidate(candidate, index, given != null ? given : fragment(document, index));
    }

    private static void requireKnown(String fragment, boolean known) {
        if (!known) {
            throw new RtcException(
                    ErrorName.OPERATION_ERROR, "the candidate is of the unknown username fragment " + fragment);
        }
    }

    private static boolean isAppliedAnywhere(String fragment, SdpDocument document, DescriptionPair theirs) {
        for (int i = 0; i < document.sections().size(); i++) {
            if (isApplied(fragment, i, theirs)) {
                return true;
            }
        }
        return false;
    }

    static Candidate parse(String text) {
        try {
            return Candidate.parse(text);
        } catch (IllegalArgumentException e) {
            throw new RtcException(ErrorName.OPERATION_ERROR, "not a candidate: " + e.getMessage(), e);
        }
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
        if (lineIndex == null
                || lineIndex < 0
                || lineIndex >= document.sections().size()) {
            throw new RtcException(ErrorName.OPERATION_ERROR, "there is no section " + lineIndex);
        }
        return lineIndex;
    }

    /** Descriptions that are being negotiated and those that were agreed on both count. */
    private static boolean isApplied(String fragment, int index, DescriptionPair theirs) {
        return isOf(fragment, index, theirs.pending()) || isOf(fragment, index, theirs.current());
    }

    private static boolean isOf(String fragment, int index, @Nullable Described described) {
        return described != null && fragment.equals(fragment(described.document(), index));
    }

    private static @Nullable String fragment(SdpDocument document, int index) {
        if (index < 0 || index >= document.sections().size()) {
            return null;
        }
        IceCredentials ice = document.transport(index).ice();
        return ice == null ? null : ice.ufrag();
    }

    /** The description with this candidate in it, if it is of that generation. */
    SdpDocument addedTo(SdpDocument document) {
        SdpDocument changed = document;
        for (int i = 0; i < document.sections().size(); i++) {
            boolean here = sectionIndex < 0 || sectionIndex == i;
            String fragment = fragment(document, i);
            if (here && fragment != null && (sectionIndex < 0 || fragment.equals(usernameFragment))) {
                changed = addedTo(changed, i);
            }
        }
        return changed;
    }

    private SdpDocument addedTo(SdpDocument document, int index) {
        MediaSection section = document.sections().get(index);
        TransportAttributes transport = section.transport();
        TransportAttributes added = candidate == null
                ? transport.withEndOfCandidates()
                : transport.withCandidate(candidate.withUsernameFragment(null).toString());
        return document.withSection(index, section.withTransport(added));
    }

    /** Whether it counts for the transport of data: that of its own section, or one that others share with it. */
    boolean isForData(SdpDocument document) {
        int application = document.applicationIndex();
        return application >= 0
                && (sectionIndex < 0
                        || sectionIndex == application
                        || (usernameFragment != null && usernameFragment.equals(fragment(document, application))));
    }
}
