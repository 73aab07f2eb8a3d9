package io.github.purrtc.sdp;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The attributes that describe a transport, at one level of a description (ICE: RFC 8839 §5, RFC 8840 §4; DTLS: RFC
 * 8842 §5). {@link SdpDocument#transport} puts the levels together.
 *
 * @param ice user name fragment and password, null where this level has none
 * @param iceOptions {@code trickle} among them where more candidates may follow
 * @param iceLite whether {@code a=ice-lite} stands here
 * @param setup the DTLS role, null where this level has none
 * @param fingerprints in the order of the lines
 * @param tlsId 20 to 255 characters, null where this level has none
 * @param candidates each as {@code candidate:…}; their grammar is ICE's affair
 * @param endOfCandidates whether {@code a=end-of-candidates} stands here
 */
public record TransportAttributes(
        @Nullable IceCredentials ice,
        List<String> iceOptions,
        boolean iceLite,
        @Nullable SetupRole setup,
        List<Fingerprint> fingerprints,
        @Nullable String tlsId,
        List<String> candidates,
        boolean endOfCandidates) {
    /** Nothing at all. */
    public static final TransportAttributes NONE =
            new TransportAttributes(null, List.of(), false, null, List.of(), null, List.of(), false);

    private static final String TRICKLE = "trickle";
    private static final String CANDIDATE = "candidate:";

    /** Requires values that fit their lines. */
    public TransportAttributes {
        iceOptions = List.copyOf(iceOptions);
        iceOptions.forEach(TransportAttributes::requireIceOption);
        fingerprints = List.copyOf(fingerprints);
        if (tlsId != null) {
            requireTlsId(tlsId);
        }
        candidates = List.copyOf(candidates);
        candidates.forEach(TransportAttributes::requireCandidate);
    }

    /** What an agent that gathers while it negotiates says of itself: no candidates yet, option {@code trickle}. */
    public static TransportAttributes trickling(
            IceCredentials ice, SetupRole setup, List<Fingerprint> fingerprints, @Nullable String tlsId) {
        return new TransportAttributes(ice, List.of(TRICKLE), false, setup, fingerprints, tlsId, List.of(), false);
    }

    /** Whether more candidates may follow outside of the description (RFC 8840 §4.1). */
    public boolean trickle() {
        return iceOptions.contains(TRICKLE);
    }

    /**
     * The credentials.
     *
     * @throws IllegalStateException when there are none, which cannot be for {@link SdpDocument#transport the whole
     *     transport} of an application section that is not rejected
     */
    public IceCredentials credentials() {
        if (ice == null) {
            throw new IllegalStateException("no a=ice-ufrag and a=ice-pwd");
        }
        return ice;
    }

    /** With one {@code a=ice-options} more. */
    public TransportAttributes withIceOption(String option) {
        List<String> more = new ArrayList<>(iceOptions);
        more.add(option);
        return new TransportAttributes(ice, more, iceLite, setup, fingerprints, tlsId, candidates, endOfCandidates);
    }

    /** With {@code a=ice-lite}. */
    public TransportAttributes withIceLite() {
        return new TransportAttributes(ice, iceOptions, true, setup, fingerprints, tlsId, candidates, endOfCandidates);
    }

    /** With one candidate more. */
    public TransportAttributes withCandidate(String candidate) {
        List<String> more = new ArrayList<>(candidates);
        more.add(candidate);
        return new TransportAttributes(ice, iceOptions, iceLite, setup, fingerprints, tlsId, more, endOfCandidates);
    }

    /** With {@code a=end-of-candidates}. */
    public TransportAttributes withEndOfCandidates() {
        return new TransportAttributes(ice, iceOptions, iceLite, setup, fingerprints, tlsId, candidates, true);
    }

    /** These attributes, and where one is missing, that of another level. */
    TransportAttributes orElse(TransportAttributes other) {
        Set<String> options = new LinkedHashSet<>(other.iceOptions);
        options.addAll(iceOptions);
        return new TransportAttributes(
                ice != null ? ice : other.ice,
                List.copyOf(options),
                iceLite || other.iceLite,
                setup != null ? setup : other.setup,
                fingerprints.isEmpty() ? other.fingerprints : fingerprints,
                tlsId != null ? tlsId : other.tlsId,
                candidates.isEmpty() ? other.candidates : candidates,
                endOfCandidates || other.endOfCandidates);
    }

    /** What speaks of the agent rather than of one transport, and stands at session level (RFC 9429 §5.2.1). */
    TransportAttributes sessionPart() {
        return new TransportAttributes(null, iceOptions, iceLite, null, List.of(), null, List.of(), false);
    }

    TransportAttributes sectionPart() {
        return new TransportAttributes(ice, List.of(), false, setup, fingerprints, tlsId, candidates, endOfCandidates);
    }

    static String requireIceOption(String option) {
        if (option.indexOf(',') >= 0) {
            throw new IllegalArgumentException("ice-options are separated, not " + Text.quote(option));
        }
        return Text.requireWord("ice-options", option);
    }

    static String requireTlsId(String tlsId) {
        Text.requireRange("length of tls-id", tlsId.length(), 20, 255);
        for (int i = 0; i < tlsId.length(); i++) {
            char c = tlsId.charAt(i);
            if (!Text.isAlphanumeric(c) && "+/-_".indexOf(c) < 0) {
                throw new IllegalArgumentException("tls-id holds a character that it may not at index " + i);
            }
        }
        return tlsId;
    }

    private static void requireCandidate(String candidate) {
        Text.requireOneLine("candidate", candidate);
        if (!candidate.startsWith(CANDIDATE)) {
            throw new IllegalArgumentException("a candidate starts with 'candidate:', not " + Text.quote(candidate));
        }
    }
}
