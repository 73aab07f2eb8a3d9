package io.github.purrtc;

/**
 * How sections share transports: webrtc-pc §4.2.6, {@code RTCBundlePolicy}. Offers have the one section of data channels in a BUNDLE group of
 * its own whichever is chosen; the policy says what is taken of offers that have more sections.
 */
public enum BundlePolicy {
    /** Data channels are taken wherever they are. */
    BALANCED,

    /** As {@link #BALANCED}. */
    MAX_COMPAT,

    /** Data channels are taken in the first section or where they are bundled with it, and else rejected (RFC 9429 §5.3.1). */
    MAX_BUNDLE
}
