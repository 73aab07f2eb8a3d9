package io.github.purrtc.benchmarks.compare;

import java.io.File;
import java.time.Duration;

/** A line on the error output that says how far it is: always the same one on a terminal. */
public final class Progress {
    @SuppressWarnings(
            "SystemConsoleNull") // From Java 22 on there is always one: then a file gets the terminal's line, which
    // does no harm.
    private final boolean terminal = System.console() != null;

    private long beginNanos;
    private int turns;
    private int done;

    public Progress() {}

    public void begin(int allTurns, File log) {
        turns = allTurns;
        beginNanos = System.nanoTime();
        tell(allTurns + " measurements; what the measured programs say besides goes to " + log);
    }

    /** The next one begins. */
    public void show(String what) {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - beginNanos);
        String line =
                "%3d/%d  %d:%02d  %s".formatted(++done, turns, elapsed.toMinutes(), elapsed.toSecondsPart(), what);
        System.err.print(terminal ? "\r\033[K" + line : line + System.lineSeparator());
        System.err.flush();
    }

    public void tell(String what) {
        System.err.println((terminal ? "\r\033[K" : "") + what);
    }

    public void end() {
        if (terminal) {
            System.err.print("\r\033[K");
        }
    }
}
