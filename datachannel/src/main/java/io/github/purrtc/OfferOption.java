package io.github.purrtc;

/** What an offer may be asked to do: webrtc-pc §4.2.7, {@code RTCOfferOptions}. */
public enum OfferOption {
    /** New ICE credentials: paths are looked for anew while data goes on by the one in use. */
    ICE_RESTART
}
