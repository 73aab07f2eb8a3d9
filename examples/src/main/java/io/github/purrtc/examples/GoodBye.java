package io.github.purrtc.examples;

import io.github.purrtc.PeerConnection;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The end of a connection in a program that ends with it. */
final class GoodBye {
    private static final int LIMIT_SECONDS = 3;

    private GoodBye() {}

    /** Ends the connection; the other end has been told when this returns, even if the process ends now. */
    static void to(PeerConnection connection) {
        connection.close();
        CompletableFuture.runAsync(() -> {}, connection.executor())
                .completeOnTimeout(null, LIMIT_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
