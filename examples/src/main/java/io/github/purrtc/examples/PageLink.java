package io.github.purrtc.examples;

import java.util.concurrent.CompletableFuture;

/** The way back to the page. Thread-safe. */
interface PageLink {
    void send(Signal signal);

    /** Closes the link; complete when it is closed. */
    CompletableFuture<Void> close();
}
