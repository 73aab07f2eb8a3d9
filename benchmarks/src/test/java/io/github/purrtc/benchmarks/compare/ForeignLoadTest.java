package io.github.purrtc.benchmarks.compare;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertTrue;

class ForeignLoadTest {
    @Test
    @DisplayName("a child is no foreigner once it has ended, but is one until then")
    void countsChildrenThatEnded() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/stat")), "needs Linux");
        ForeignLoad load = new ForeignLoad();
        Process busy = new ProcessBuilder(
                        "sh", "-c", "i=0; while [ $i -lt 400000 ]; do i=$((i+1)); done; echo; read x; exit 0")
                .start();
        try {
            busy.getInputStream().read();
            double before = load.share();
            busy.getOutputStream().close();
            assertTrue(busy.waitFor(10, TimeUnit.SECONDS));
            double after = load.share();
            assertTrue(before > 0 && after < before, before + ", then " + after);
        } finally {
            busy.destroyForcibly();
        }
    }
}
