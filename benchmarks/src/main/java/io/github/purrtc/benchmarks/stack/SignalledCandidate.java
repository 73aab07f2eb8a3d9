package io.github.purrtc.benchmarks.stack;

/**
 * A candidate on its way to the other peer, or that there are no more.
 *
 * @param candidate the attribute, {@code candidate:…}; empty when there are no more
 * @param sdpMid the media section it belongs to
 */
public record SignalledCandidate(String candidate, String sdpMid) {
    /** There are no more: the other peer need not wait for a better pair. */
    public static final SignalledCandidate END = new SignalledCandidate("", "0");

    public boolean isEnd() {
        return candidate.isEmpty();
    }
}
