package io.github.purrtc.ice;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What takes interfaces of its own: each {@link NamespaceScenario} in a JVM in a network namespace, which root can make. */
class NetworkNamespaceTest {
    @ParameterizedTest
    @EnumSource
    void succeedsInANetworkOfItsOwn(NamespaceScenario scenario) throws Exception {
        Assumptions.assumeTrue(
                run(List.of("unshare", "--net", "true")).exitValue() == 0, "network namespaces take root and unshare");
        Assumptions.assumeTrue(
                run(List.of("unshare", "--net", "sh", "-c", scenario.setUp())).exitValue() == 0,
                "the kernel lacks what " + scenario + " takes");
        String setUp = scenario.setUp() + " && exec \"$@\"";
        List<String> java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-ea",
                "-Djava.net.preferIPv4Stack=true",
                "-cp",
                System.getProperty("java.class.path"),
                NamespaceScenario.class.getName(),
                scenario.name());
        List<String> command = new java.util.ArrayList<>(List.of("unshare", "--net", "sh", "-c", setUp, "sh"));
        command.addAll(java);
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
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        return process;
    }
}
