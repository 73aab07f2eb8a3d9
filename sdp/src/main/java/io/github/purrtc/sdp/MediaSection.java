package io.github.purrtc.sdp;

import org.jspecify.annotations.Nullable;

/** One m-line and what follows it (RFC 8866 §5.14). */
public sealed interface MediaSection permits ApplicationSection, OtherSection {
    /** What every kind of section has. */
    MediaDescription description();

    /** The same section with another transport. */
    MediaSection withTransport(TransportAttributes transport);

    /** The same m-line in an answer, or a later offer, that does not want it: port 0 (RFC 3264 §6, §8.2). */
    MediaSection rejected();

    /** Whether it is not, or no longer, in use: port 0, and not because it is bundle-only. */
    default boolean isRejected() {
        return description().port() == 0 && !description().bundleOnly();
    }

    /** The identification tag, null where there is none. */
    default @Nullable String mid() {
        return description().mid();
    }

    /** What the section itself says; {@link SdpDocument#transport} tells what applies. */
    default TransportAttributes transport() {
        return description().transport();
    }
}
