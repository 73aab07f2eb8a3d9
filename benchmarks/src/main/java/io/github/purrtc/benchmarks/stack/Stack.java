package io.github.purrtc.benchmarks.stack;

/** An implementation of data channels. Thread-safe. */
public interface Stack {
    /** One word, as in the tables. */
    String name();

    /** What exactly is measured: release, sockets, JDK. */
    String version();

    Peer newPeer(Peer.Listener listener);
}
