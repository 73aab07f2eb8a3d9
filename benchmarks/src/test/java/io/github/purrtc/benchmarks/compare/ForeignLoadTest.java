package io.github.purrtc.benchmarks.compare;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertTrue;

class ForeignLoadTest {
    private static final long MILLIS_PER_TICK = 10;

    @Test
    @DisplayName("what a child and its children take is this program's, while they run and when they have ended")
    void countsWhatWasStarted() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/stat")), "needs Linux");
        long before = ForeignLoad.ownTicks();
        Process busy = new ProcessBuilder(
                        "sh", "-c", "sh -c 'i=0; while [ $i -lt 400000 ]; do i=$((i+1)); done; echo; read x'; exit 0")
                .start();
        try {
            busy.getInputStream().read();
            long taken = busy.descendants()
                            .mapToLong(child -> child.info()
                                    .totalCpuDuration()
                                    .orElse(Duration.ZERO)
                                    .toMillis())
                            .sum()
                    / MILLIS_PER_TICK;
            long running = ForeignLoad.ownTicks() - before;
            assertTrue(taken > 0 && running >= taken, running + " of " + taken);
            busy.getOutputStream().close();
            assertTrue(busy.waitFor(20, TimeUnit.SECONDS));
            long ended = ForeignLoad.ownTicks() - before;
            assertTrue(ended >= taken, ended + " of " + taken);
        } finally {
            busy.destroyForcibly();
        }
    }
}
