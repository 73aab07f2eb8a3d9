package io.github.purrtc.ice.internal.net;

import io.netty.channel.epoll.Epoll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** In a network namespace of its own, whose loopback interface is narrow. */
class UnfragmentedTest {
    private static final String NARROW = "ip link set lo up mtu 1300";

    @Test
    void epollSendsOnRequestInOnePacketOrNotAtAll() throws Exception {
        Assumptions.assumeTrue(Epoll.isAvailable(), "Skipped: no epoll");
        String story = inNamespace("epoll");
        assertTrue(story.endsWith(" 1400 null 1200 1400 10, refused"), story);
    }

    @Test
    void nioDoesFromJdk19On() throws Exception {
        String story = inNamespace("nio");
        String expected = Runtime.version().feature() >= 19
                ? "nio 1400 null 1200 1400 10, refused"
                : "nio 1400 1400 1200 1400 10, nothing refused";
        assertEquals(expected, story);
    }

    private static String inNamespace(String kind) throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                succeeds(NARROW), "Skipped: no network namespace can be made here (unshare, iproute2, root)");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = List.of(
                "unshare",
                "-n",
                "sh",
                "-c",
                NARROW + " && exec \"$@\"",
                "sh",
                java,
                "-ea",
                "-cp",
                System.getProperty("java.class.path"),
                NarrowLoopback.class.getName(),
                kind);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue(), output);
            return output.strip();
        } finally {
            process.destroyForcibly();
        }
    }

    private static boolean succeeds(String script) throws InterruptedException {
        try {
            Process process = new ProcessBuilder("unshare", "-n", "sh", "-c", script)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
