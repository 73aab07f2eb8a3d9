package io.github.purrtc.interop;

import java.time.Duration;

/** How much of it. */
enum Scale {
    /** For each build. */
    SHORT(4_000_000, 1 << 20, Duration.ofSeconds(5)),
    FULL(100_000_000, 16 << 20, Duration.ofSeconds(60));

    final int bulkBytes;
    /**
     * What is tried where a peer says that it takes more. Firefox 153 announces a gibibyte; of 64 MiB it acknowledges all and hands up
     * nothing, and two of its own connections get stuck with a message of 16 MiB.
     */
    final int largestMessage;

    final Duration onLossyPath;

    Scale(int bulkBytes, int largestMessage, Duration onLossyPath) {
        this.bulkBytes = bulkBytes;
        this.largestMessage = largestMessage;
        this.onLossyPath = onLossyPath;
    }
}
