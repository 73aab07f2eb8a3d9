package io.github.purrtc.examples;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class StoryTest {
    private final StringWriter console = new StringWriter();

    @Test
    void stampsEachLineWithNineDigits() {
        try (Story story = new Story(console)) {
            story.tell("A", "Negotiation needed");
            story.tell("Good-bye");
        }
        List<String> lines = console.toString().lines().toList();
        assertEquals(2, lines.size());
        assertTrue(lines.get(0).matches("\\[\\d{9}] \\(A\\) Negotiation needed"), lines.get(0));
        assertTrue(lines.get(1).matches("\\[\\d{9}] Good-bye"), lines.get(1));
    }

    @Test
    void givesADescriptionItsOwnLine() {
        try (Story story = new Story(console)) {
            story.tellWithLine("Local Description:", "{\"type\":\"offer\"}");
        }
        List<String> lines = console.toString().lines().toList();
        assertTrue(lines.get(0).endsWith("] Local Description:"), lines.get(0));
        assertEquals("{\"type\":\"offer\"}", lines.get(1));
    }

    @Test
    void aPeerCannotForgeLinesOrMoveTheCursor() {
        try (Story story = new Story(console)) {
            story.tell("A", "Data channel open: cat\n[000000000] (B) noises\u001b[2J\u009b");
        }
        String text = console.toString();
        assertEquals(1, text.lines().count());
        assertTrue(text.contains("cat\\u000a[000000000] (B) noises\\u001b[2J\\u009b"), text);
    }

    @Test
    void neverWaitsForAConsoleThatDoesNotTakeLines() {
        CountDownLatch release = new CountDownLatch(1);
        Writer stuck = new StringWriter() {
            @Override
            public void write(String text) {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                console.write(text);
            }
        };
        try (Story story = new Story(stuck)) {
            for (int i = 0; i < 20_000; i++) {
                story.tell("line " + i);
            }
            release.countDown();
        }
        long told = console.toString()
                .lines()
                .filter(line -> line.contains("] line "))
                .count();
        String missing = console.toString()
                .lines()
                .filter(line -> line.endsWith("lines left out: the console is too slow"))
                .findFirst()
                .orElseThrow();
        assertEquals(20_000, told + Long.parseLong(missing.replaceAll("^\\[\\d+] (\\d+) lines.*", "$1")));
    }

    @Test
    void outlivesTheConsole() {
        Writer broken = new StringWriter() {
            @Override
            public void flush() {
                sneakyThrow(new IOException("the pipe is broken"));
            }
        };
        try (Story story = new Story(broken)) {
            for (int i = 0; i < 20_000; i++) {
                story.tell("line " + i);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneakyThrow(Throwable failure) throws E {
        throw (E) failure;
    }
}
