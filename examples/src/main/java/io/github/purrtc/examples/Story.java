package io.github.purrtc.examples;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The console: what happens, line by line, stamped with the milliseconds since the start in nine digits, as rawrtc's tools
 * write it.
 *
 * <p>Thread-safe. Telling never waits for the console: lines wait for a thread of the story's own, and when too many do, the
 * rest is left out and counted.
 */
final class Story implements AutoCloseable {
    private static final int MAX_WAITING_LINES = 16_384;
    private static final long CLOSE_LIMIT_MILLIS = 2_000;
    /** Ends the writer's thread. */
    private static final String END = "";

    private final long startNanos = System.nanoTime();
    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MAX_WAITING_LINES);
    private final AtomicLong leftOut = new AtomicLong();
    private final Thread writer;

    Story(Writer console) {
        writer = new Thread(() -> write(console), "story");
        writer.setDaemon(true);
        writer.start();
    }

    static Story onStandardOutput() {
        return on(System.out);
    }

    static Story onStandardError() {
        return on(System.err);
    }

    private static Story on(PrintStream console) {
        return new Story(new OutputStreamWriter(console, StandardCharsets.UTF_8));
    }

    void tell(String text) {
        enqueue(stamp() + Printable.of(text) + '\n');
    }

    /** Tells what happens to the peer of that name. */
    void tell(String name, String text) {
        tell("(" + name + ") " + text);
    }

    /** Tells something that has a line of its own, unstamped. */
    void tellWithLine(String text, String line) {
        enqueue(stamp() + Printable.of(text) + '\n' + Printable.of(line) + '\n');
    }

    /** Ends the story; what was told is written, if the console takes it. */
    @Override
    public void close() {
        try {
            if (waiting.offer(END, CLOSE_LIMIT_MILLIS, TimeUnit.MILLISECONDS)) {
                writer.join(CLOSE_LIMIT_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void enqueue(String lines) {
        if (!waiting.offer(lines)) {
            leftOut.incrementAndGet();
        }
    }

    private String stamp() {
        String millis = Long.toString(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos));
        return "[" + "0".repeat(Math.max(0, 9 - millis.length())) + millis + "] ";
    }

    private void write(Writer console) {
        try {
            for (String lines = waiting.take(); !lines.equals(END); lines = waiting.take()) {
                console.write(lines);
                long missing = leftOut.getAndSet(0);
                if (missing > 0) {
                    console.write(stamp() + missing + " lines left out: the console is too slow\n");
                }
                if (waiting.isEmpty()) {
                    console.flush();
                }
            }
            console.flush();
        } catch (IOException e) {
            // The console is gone; there is nobody left to tell it to.
            waiting.clear();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
