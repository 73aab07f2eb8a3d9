package io.github.purrtc.examples;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The names that a real Chromium hides its addresses behind, looked up: {@link LinkNamesScenario} in a network of its own. */
class LinkNamesBrowserTest {
    private static final String BROWSERS = System.getProperty("purrtc.browsers", "1");
    private static final String SET_UP = "ip link set lo up && ip link add v0 type veth peer name v1"
            + " && ip addr add 10.77.0.1/24 dev v0 && ip link set v1 up && ip link set v0 up"
            + " && ip route add default via 10.77.0.2";

    @Test
    void aBrowserIsReachedByItsNamesAlone() throws Exception {
        Chromium.requireInstalled();
        Assumptions.assumeTrue(
                run(List.of("unshare", "--net", "sh", "-c", SET_UP)).exitValue() == 0,
                "networks of their own take root, unshare and veth");
        List<String> command =
                new ArrayList<>(List.of("unshare", "--net", "sh", "-c", SET_UP + " && exec \"$@\"", "sh"));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.net.preferIPv4Stack=true",
                "-cp",
                System.getProperty("java.class.path"),
                LinkNamesScenario.class.getName(),
                BROWSERS));
        Process process = run(command);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.exitValue(), output);
        assertTrue(output.contains("succeeded"), output);
    }

    private static Process run(List<String> command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            Assumptions.abort("no " + command.get(0));
            throw e;
        }
        process.getOutputStream().close();
        boolean ended = process.waitFor(60L * Integer.parseInt(BROWSERS), TimeUnit.SECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        return process;
    }
}
