package io.github.purrtc.benchmarks.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A process that speaks lines of JSON. What else it prints is passed over. */
public final class Child implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int END_SECONDS = 8;

    private final List<String> command;
    private final Process process;
    private volatile boolean closed;

    private Child(List<String> command, Process process) {
        this.command = command;
        this.process = process;
    }

    /** Its error output is this process's. */
    public static Child start(List<String> command) throws IOException {
        return start(command, Redirect.INHERIT);
    }

    /** Its error output goes to the end of the log. */
    public static Child start(List<String> command, File log) throws IOException {
        return start(command, Redirect.appendTo(log));
    }

    private static Child start(List<String> command, Redirect errors) throws IOException {
        return new Child(
                command, new ProcessBuilder(command).redirectError(errors).start());
    }

    /**
     * Waits for its end and returns the last line of JSON it printed.
     *
     * @throws IOException if it takes longer than that, fails or prints no such line
     */
    public JsonNode result(Duration limit) throws IOException, InterruptedException {
        JsonNode[] last = new JsonNode[1];
        Thread reader = read(line -> last[0] = line);
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException("not done after " + limit.toSeconds() + " s: " + this);
        }
        reader.join();
        if (last[0] == null || process.exitValue() != 0) {
            throw new IOException("exit code " + process.exitValue() + ": " + this);
        }
        return last[0];
    }

    /** Calls the listener with each line of JSON, on a thread that ends with the output. */
    public Thread read(Consumer<JsonNode> listener) {
        Thread reader = new Thread(() -> readAll(listener), "output of " + process.pid());
        reader.setDaemon(true);
        reader.start();
        return reader;
    }

    private void readAll(Consumer<JsonNode> listener) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("{")) {
                    listener.accept(MAPPER.readTree(line));
                }
            }
        } catch (IOException e) {
            if (!closed) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Writes a line to its input; one that has ended does not hear it. */
    public void say(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            System.err.println(this + " does not listen: " + e.getMessage());
        }
    }

    /** User and system time so far; 0 where the system does not tell. */
    public double cpuSeconds() {
        return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L) / 1e9;
    }

    /** Runs the action when it has ended. */
    @SuppressWarnings("FutureReturnValueIgnored") // the action is all there is
    public void onEnd(Runnable action) {
        process.onExit().thenRun(action);
    }

    public boolean awaitEnd() throws InterruptedException {
        return process.waitFor(END_SECONDS, TimeUnit.SECONDS);
    }

    /** Whether it has ended, and not as it should. */
    public boolean hasFailed() {
        return !process.isAlive() && process.exitValue() != 0;
    }

    /** Ends it if it has not ended. */
    @Override
    public void close() {
        closed = true;
        process.destroyForcibly();
    }

    @Override
    public String toString() {
        return String.join(" ", command);
    }
}
