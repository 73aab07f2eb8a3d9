package io.github.purrtc.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

/** One of the tools in a process of its own. */
final class Tool implements AutoCloseable {
    private static final int LIMIT_SECONDS = 60;
    private static final int SIGINT = 2;

    private final Process process;
    final Lines out;
    final Lines err;

    private Tool(Process process) {
        this.process = process;
        out = new Lines(process.getInputStream());
        err = new Lines(process.getErrorStream());
    }

    static Tool start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // A short life: the better compiler would cost more than it gives.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Purrtc.class.getName()));
        command.addAll(List.of(arguments));
        return new Tool(new ProcessBuilder(command).start());
    }

    /** Another program, which is used as these tools are; whatever it writes is in {@link #out}. */
    static Tool ofProgram(List<String> command) throws IOException {
        return new Tool(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    void type(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /** Ctrl-C; or SIGTERM, where whoever started this test has SIGINT ignored, which processes inherit. */
    void interrupt() throws Exception {
        String signal = ignoresInterrupt() ? "-TERM" : "-INT";
        int code = new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
                .start()
                .waitFor();
        assertTrue(code == 0, "kill failed");
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private boolean ignoresInterrupt() throws IOException {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        if (!Files.exists(status)) {
            return false;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .mapToLong(line -> Long.parseUnsignedLong(
                        line.substring("SigIgn:".length()).trim(), 16))
                .anyMatch(mask -> (mask & 1L << (SIGINT - 1)) != 0);
    }

    int exitCode() throws InterruptedException {
        assertTrue(
                process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS),
                () -> "the tool goes on\n" + out.seen + "\n" + err.seen);
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** The lines that a process writes. */
    static final class Lines {
        private final BlockingQueue<String> queue = new LinkedBlockingQueue<>();
        private final List<String> seen = new ArrayList<>();

        Lines(InputStream stream) {
            Thread reader = new Thread(() -> read(stream), "lines");
            reader.setDaemon(true);
            reader.start();
        }

        private void read(InputStream stream) {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                lines.lines().forEach(queue::add);
            } catch (IOException | UncheckedIOException e) {
                queue.add("(" + e.getMessage() + ")");
            }
        }

        /** The first line that is so, of those that came and will come. */
        String await(String what, Predicate<String> wanted) throws InterruptedException {
            for (String line : seen) {
                if (wanted.test(line)) {
                    return line;
                }
            }
            long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
            while (true) {
                String line = queue.poll(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (line == null) {
                    return fail("no " + what + " in\n" + String.join("\n", seen));
                }
                seen.add(line);
                if (wanted.test(line)) {
                    return line;
                }
            }
        }

        /** Waits for a line of the story. */
        void awaitStory(String text) throws InterruptedException {
            await("\"" + text + "\"", line -> line.matches("\\[\\d{9}] .*") && line.endsWith("] " + text));
        }
    }
}
