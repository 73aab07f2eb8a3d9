package io.github.purrtc;

import io.github.purrtc.sdp.SdpDocument;
import org.jspecify.annotations.Nullable;

import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * The descriptions of one side: webrtc-pc §4.4.1. Immutable.
 *
 * @param current the one that was agreed on last
 * @param pending the one that is being negotiated
 */
record DescriptionPair(
        @Nullable Described current, @Nullable Described pending) {
    static final DescriptionPair NONE = new DescriptionPair(null, null);

    /** A description that was set. */
    record Described(SdpType type, SdpDocument document) {
        SessionDescription toSessionDescription() {
            return new SessionDescription(type, document.toString());
        }
    }

    /** The pending one, else the current one. */
    @Nullable
    Described latest() {
        return pending != null ? pending : current;
    }

    DescriptionPair withPending(Described description) {
        return new DescriptionPair(current, description);
    }

    DescriptionPair settled(Described description) {
        return new DescriptionPair(description, null);
    }

    DescriptionPair rolledBack() {
        return new DescriptionPair(current, null);
    }

    /** With a candidate in the data section of the latest description. */
    DescriptionPair withCandidate(String candidate) {
        return change((document, index) -> document.withCandidate(index, candidate));
    }

    DescriptionPair withEndOfCandidates() {
        return change(SdpDocument::withEndOfCandidates);
    }

    private DescriptionPair change(BiFunction<SdpDocument, Integer, SdpDocument> change) {
        Described described = latest();
        if (described == null || described.document().applicationIndex() < 0) {
            return this;
        }
        SdpDocument document = described.document();
        Described changed = new Described(described.type(), change.apply(document, document.applicationIndex()));
        return pending != null ? new DescriptionPair(current, changed) : new DescriptionPair(changed, null);
    }

    /** With this done to both descriptions. */
    DescriptionPair map(UnaryOperator<SdpDocument> change) {
        return new DescriptionPair(map(current, change), map(pending, change));
    }

    private static @Nullable Described map(@Nullable Described described, UnaryOperator<SdpDocument> change) {
        return described == null ? null : new Described(described.type(), change.apply(described.document()));
    }
}
