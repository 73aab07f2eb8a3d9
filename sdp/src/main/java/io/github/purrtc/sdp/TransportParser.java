package io.github.purrtc.sdp;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects the {@link TransportAttributes} of one level. */
final class TransportParser {
    private final Set<String> seen = new HashSet<>();
    private final Set<String> iceOptions = new LinkedHashSet<>();
    private final List<Fingerprint> fingerprints = new ArrayList<>();
    private final List<String> candidates = new ArrayList<>();
    private @Nullable String ufrag;
    private @Nullable String pwd;
    private boolean iceLite;
    private @Nullable SetupRole setup;
    private @Nullable String tlsId;
    private boolean endOfCandidates;

    void accept(Attribute attribute) {
        String value = attribute.value();
        switch (attribute.name()) {
            case "ice-ufrag" -> ufrag = IceCredentials.requireUfrag(once(attribute));
            case "ice-pwd" -> pwd = IceCredentials.requirePwd(once(attribute));
            case "ice-options" -> acceptIceOptions(value);
            case "ice-lite" -> iceLite = true;
            case "setup" -> setup = SetupRole.parse(once(attribute));
            case "fingerprint" -> fingerprints.add(Fingerprint.parse(value));
            case "tls-id" -> tlsId = TransportAttributes.requireTlsId(once(attribute));
            case "candidate" -> candidates.add("candidate:" + value);
            case "end-of-candidates" -> endOfCandidates = true;
            default -> {
                // RFC 8866 §5.13: what is not known is ignored.
            }
        }
    }

    /** RFC 8839 §5.6 puts spaces between the options, libdatachannel commas. */
    private void acceptIceOptions(String value) {
        for (String option : Text.words(value.replace(',', ' '))) {
            iceOptions.add(TransportAttributes.requireIceOption(option));
        }
    }

    /** The value of an attribute that may not stand twice at one level. */
    String once(Attribute attribute) {
        if (!seen.add(attribute.name())) {
            throw new ContentException("a second a=" + attribute.name());
        }
        return attribute.value();
    }

    TransportAttributes build() {
        IceCredentials ice = null;
        if (ufrag != null && pwd != null) {
            ice = new IceCredentials(ufrag, pwd);
        } else if (ufrag != null || pwd != null) {
            throw new ContentException("a=ice-ufrag and a=ice-pwd do not stand together");
        }
        return new TransportAttributes(
                ice, List.copyOf(iceOptions), iceLite, setup, fingerprints, tlsId, candidates, endOfCandidates);
    }
}
