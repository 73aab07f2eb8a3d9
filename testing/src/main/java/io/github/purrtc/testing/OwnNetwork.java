package io.github.purrtc.testing;

import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A network namespace for a JVM, which root can make; elsewhere the test is skipped. */
public final class OwnNetwork {
    public static final long LIMIT_SECONDS = 60;

    private OwnNetwork() {}

    /**
     * Runs a program in one, and returns what it printed.
     *
     * @param setUp a shell's command that makes the interfaces
     */
    public static String run(String setUp, Class<?> program, String argument) throws IOException, InterruptedException {
        return run(setUp, program, argument, LIMIT_SECONDS);
    }

    /** Likewise, for what takes longer. */
    public static String run(String setUp, Class<?> program, String argument, long limitSeconds)
            throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                start(List.of("unshare", "--net", "sh", "-c", setUp)).waitFor() == 0,
                "Skipped: it takes root, unshare, iproute2, and a kernel that has all of: " + setUp);
        List<String> command =
                new ArrayList<>(List.of("unshare", "--net", "sh", "-c", setUp + " && exec \"$@\"", "sh"));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-ea",
                "-Djava.net.preferIPv4Stack=true",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName(),
                argument));
        Process process = start(command);
        boolean ended = process.waitFor(limitSeconds, TimeUnit.SECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(ended, output);
        assertEquals(0, process.exitValue(), output);
        return output.strip();
    }

    private static Process start(List<String> command) throws IOException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            Assumptions.abort("Skipped: no " + command.get(0));
            throw e;
        }
    }
}
