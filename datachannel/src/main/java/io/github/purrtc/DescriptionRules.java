package io.github.purrtc;

import io.github.purrtc.dtls.DtlsRole;
import io.github.purrtc.dtls.Fingerprint;
import io.github.purrtc.sdp.ApplicationSection;
import io.github.purrtc.sdp.IceCredentials;
import io.github.purrtc.sdp.MediaSection;
import io.github.purrtc.sdp.SctpAttributes;
import io.github.purrtc.sdp.SdpDocument;
import io.github.purrtc.sdp.SdpException;
import io.github.purrtc.sdp.SetupRole;
import io.github.purrtc.sdp.TransportAttributes;
import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/** What a description of the peer must be like, beyond its grammar: RFC 9429 §5.8, §5.11. */
final class DescriptionRules {
    private DescriptionRules() {}

    /** webrtc-pc §4.4.1.5: a syntax error is an RTCError, wrong content an InvalidAccessError. */
    static SdpDocument parse(String sdp) {
        try {
            return SdpDocument.parse(sdp);
        } catch (SdpException e) {
            String problem = String.valueOf(e.getMessage());
            throw switch (e.kind()) {
                case SYNTAX -> new RtcException(RtcErrorDetails.sdpSyntaxError(e.lineNumber()), problem, e);
                case CONTENT -> new RtcException(ErrorName.INVALID_ACCESS_ERROR, problem, e);
            };
        }
    }

    /** RFC 3264 §8: sections stay, in their places. */
    static void requireSuccessor(SdpDocument offer, @Nullable SdpDocument before) {
        if (before != null && offer.sections().size() < before.sections().size()) {
            throw invalid("the offer has " + offer.sections().size() + " sections, before there were "
                    + before.sections().size());
        }
    }

    /** RFC 3264 §6: an answer has the offer's sections. */
    static void requireAnswerTo(SdpDocument offer, SdpDocument answer) {
        if (answer.sections().size() != offer.sections().size()) {
            throw invalid("the answer has " + answer.sections().size() + " sections, the offer "
                    + offer.sections().size());
        }
        for (int i = 0; i < offer.sections().size(); i++) {
            MediaSection offered = offer.sections().get(i);
            MediaSection answered = answer.sections().get(i);
            if (!offered.description().media().equals(answered.description().media())) {
                throw invalid("section " + i + " is of other media than in the offer");
            }
            if (offered.mid() != null && answered.mid() != null && !Objects.equals(offered.mid(), answered.mid())) {
                throw invalid("section " + i + " has another mid than in the offer");
            }
        }
    }

    /** RFC 8842 §5.5: who has another certificate is another endpoint, which an ICE restart must have led to. */
    static void requireSameEndpoint(SdpDocument description, @Nullable SdpDocument before) {
        if (before == null || before.applicationIndex() < 0 || description.applicationIndex() < 0) {
            return;
        }
        TransportAttributes now = description.transport(description.applicationIndex());
        TransportAttributes then = before.transport(before.applicationIndex());
        if (now.credentials().equals(then.credentials())
                && !new HashSet<>(now.fingerprints()).equals(new HashSet<>(then.fingerprints()))) {
            throw invalid("the fingerprints have changed without an ICE restart");
        }
    }

    /** RFC 8122 §5: what the peer's certificate is known by, one of them by a hash that is believed. */
    static List<Fingerprint> fingerprints(TransportAttributes transport) {
        List<Fingerprint> fingerprints;
        try {
            fingerprints = transport.fingerprints().stream()
                    .map(f -> new Fingerprint(f.algorithm(), f.value()))
                    .toList();
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
        if (fingerprints.stream().noneMatch(Fingerprint::isStrong)) {
            throw invalid("no fingerprint of sha-256, sha-384 or sha-512");
        }
        return fingerprints;
    }

    static void requireFingerprints(SdpDocument description) {
        if (description.applicationIndex() >= 0) {
            var unused = fingerprints(description.transport(description.applicationIndex()));
        }
    }

    /** RFC 8842 §5.3: our role, given the answer's. */
    static DtlsRole roleAgainst(@Nullable SetupRole answered) {
        if (answered == SetupRole.ACTPASS) {
            throw invalid("an answer cannot have a=setup:actpass");
        }
        return answered == SetupRole.PASSIVE ? DtlsRole.CLIENT : DtlsRole.SERVER;
    }

    private static RtcException invalid(String problem) {
        return new RtcException(ErrorName.INVALID_ACCESS_ERROR, problem);
    }

    /** Of the section for data channels, which there must be. */
    static TransportAttributes transport(SdpDocument document) {
        return document.transport(document.applicationIndex());
    }

    static IceCredentials credentials(SdpDocument document) {
        return transport(document).credentials();
    }

    static SctpAttributes sctp(SdpDocument document) {
        ApplicationSection section = document.application();
        if (section == null) {
            throw new IllegalStateException("no data channel section");
        }
        return section.sctp();
    }
}
