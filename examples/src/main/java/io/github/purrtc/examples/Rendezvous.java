package io.github.purrtc.examples;

import io.github.purrtc.IceCandidate;
import io.github.purrtc.SessionDescription;

import java.io.IOException;
import java.util.function.Consumer;

/** How two ends find each other and exchange their descriptions. For one thread, which waits. */
interface Rendezvous extends AutoCloseable {
    /** Waits for the other end; returns whether this one makes the offer. */
    boolean meet() throws IOException, InterruptedException;

    void send(SessionDescription description) throws IOException, InterruptedException;

    /** Waits for the other end's. */
    SessionDescription receive() throws IOException, InterruptedException;

    /** Candidates that do not come with the description; those that came already, too. Called on any thread. */
    default void onCandidate(Consumer<IceCandidate> listener) {}

    @Override
    default void close() {}
}
