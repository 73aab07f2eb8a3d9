package io.github.purrtc.benchmarks.stack;

/**
 * A candidate on its way to the other peer.
 *
 * @param candidate the attribute, {@code candidate:…}
 * @param sdpMid the media section it belongs to
 */
public record SignalledCandidate(String candidate, String sdpMid) {}
