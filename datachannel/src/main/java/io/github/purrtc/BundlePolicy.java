package io.github.purrtc;

/**
 * How sections share transports: webrtc-pc §4.2.6, {@code RTCBundlePolicy}. Data channels have one section, which is in a group of its own
 * whichever is chosen.
 */
public enum BundlePolicy {
    BALANCED,
    MAX_COMPAT,
    MAX_BUNDLE
}
