package io.github.purrtc.interop;

import java.time.Duration;

/** How much of it. */
enum Scale {
    /** For each build. */
    SHORT(4_000_000, 1 << 20, Duration.ofSeconds(5)),
    FULL(100_000_000, (1 << 30) - 1, Duration.ofSeconds(60));

    final int bulkBytes;
    /** What is tried where a peer takes more than this. */
    final int largestMessage;

    final Duration onLossyPath;

    Scale(int bulkBytes, int largestMessage, Duration onLossyPath) {
        this.bulkBytes = bulkBytes;
        this.largestMessage = largestMessage;
        this.onLossyPath = onLossyPath;
    }
}
