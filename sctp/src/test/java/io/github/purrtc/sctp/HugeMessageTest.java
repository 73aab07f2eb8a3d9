package io.github.purrtc.sctp;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class HugeMessageTest {
    private static final long SIZE = Long.getLong("purrtc.messageSize", 1L << 30);

    @ParameterizedTest(name = "interleaving: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("a message of 1 GiB passes through a heap of 16 MiB")
    void fitsIntoASmallHeap(boolean interleaving) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx16m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        codeOf(SctpAssociation.class) + File.pathSeparator + codeOf(HugeMessage.class),
                        HugeMessage.class.getName(),
                        Long.toString(SIZE),
                        Boolean.toString(interleaving))
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(1, TimeUnit.MINUTES), output);
            assertEquals(0, process.exitValue(), output);
            assertTrue(output.contains("received " + SIZE + " bytes"), output);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String codeOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }
}
