package io.github.purrtc;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The program in the README compiles and does what it says. */
class ReadmeTest {
    @Test
    void twoPeersTalk(@TempDir Path folder) throws Exception {
        String readme = Files.readString(Path.of("..", "README.md"));
        Matcher program = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(readme);
        assertTrue(program.find(), "README has a program");
        Path source = folder.resolve("TwoPeers.java");
        Files.writeString(source, program.group(1));
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        source.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        String printed = Files.readString(output);
        assertTrue(ended, () -> "it did not end: " + printed);
        assertTrue(printed.contains("Bob says: meow"), printed);
        assertEquals(0, process.exitValue(), printed);
    }
}
