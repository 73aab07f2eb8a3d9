package io.github.purrtc.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** What people type or paste, line by line; an empty line is the wish to end. */
final class LineInput {
    private final Story story;
    private final CompletableFuture<Integer> exitCode;

    /** What the lines are for. */
    interface Lines {
        /** Takes a line that is not blank, on the input's thread. */
        void take(String line);

        /** There will be no more. */
        void end();
    }

    /** @param exitCode gets 0 with an empty line, 1 when the input cannot be read */
    LineInput(Story story, CompletableFuture<Integer> exitCode) {
        this.story = story;
        this.exitCode = exitCode;
    }

    static BufferedReader standard() {
        return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    }

    /** Reads on a thread of its own. */
    void start(BufferedReader input, Lines lines) {
        Thread reader = new Thread(() -> read(input, lines), "input");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(BufferedReader input, Lines lines) {
        try {
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                if (line.isBlank()) {
                    story.tell("Exiting");
                    exitCode.complete(0);
                    return;
                }
                lines.take(line);
            }
            lines.end();
        } catch (IOException e) {
            story.tell("The input cannot be read: " + e.getMessage());
            exitCode.complete(1);
        }
    }
}
