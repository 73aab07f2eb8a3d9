package io.github.purrtc;

/**
 * A session description as signalling carries it: webrtc-pc §4.6.2.
 *
 * @param type what it is
 * @param sdp the text, empty for a rollback
 */
public record SessionDescription(SdpType type, String sdp) {}
