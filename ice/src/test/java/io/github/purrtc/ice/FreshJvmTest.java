package io.github.purrtc.ice;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class FreshJvmTest {
    @Test
    void withNoNativeLibraryNioConnects() throws Exception {
        String output = run("-Dio.netty.transport.noNative=true");
        assertTrue(output.contains("connected by nio"), output);
    }

    @Test
    void withNoServerNoClassOfIce4jIsLoaded() throws Exception {
        String output = run("-verbose:class");
        assertTrue(output.contains("connected by "), () -> tail(output));
        assertTrue(output.contains("io.github.purrtc.ice.IceGatherer "), () -> tail(output));
        for (String line : output.split("\n")) {
            assertFalse(line.contains("org.ice4j") || line.contains("org.jitsi") || line.contains("kotlin."), line);
        }
    }

    private static String tail(String output) {
        return output.substring(Math.max(0, output.length() - 2_000));
    }

    private static String run(String option) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(option);
        command.add("-ea");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(FreshConnection.class.getName());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(30, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue(), () -> tail(output));
            return output;
        } finally {
            process.destroyForcibly();
        }
    }
}
