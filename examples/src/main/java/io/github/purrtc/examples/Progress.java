package io.github.purrtc.examples;

import org.jspecify.annotations.Nullable;

import java.io.Console;
import java.io.PrintStream;

/** Lines that tell how far something has come: on a terminal one line, written anew each time; else line by line. */
final class Progress implements AutoCloseable {
    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean terminal;
    private boolean lineShown;
    private boolean ended;

    Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    static Progress onStandardError() {
        return new Progress(System.err, isTerminal(System.console()));
    }

    synchronized void show(String line) {
        if (ended) {
            return;
        }
        if (terminal) {
            out.print(ERASE_LINE + line);
            out.flush();
            lineShown = true;
        } else {
            out.println(line);
        }
    }

    /** From now on nothing is shown. */
    @Override
    public synchronized void close() {
        clear();
        ended = true;
    }

    /** Takes the line away. */
    synchronized void clear() {
        if (lineShown) {
            out.print(ERASE_LINE);
            out.flush();
            lineShown = false;
        }
    }

    /** From Java 22 on there is a console even where there is no terminal, and a method that tells. */
    private static boolean isTerminal(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
