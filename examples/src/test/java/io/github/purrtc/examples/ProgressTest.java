package io.github.purrtc.examples;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void rewritesOneLineOnATerminal() {
        try (Progress progress = new Progress(out, true)) {
            progress.show("one");
            progress.show("two");
        }
        assertEquals("\r\u001b[Kone\r\u001b[Ktwo\r\u001b[K", bytes.toString(StandardCharsets.UTF_8));
    }

    @Test
    void writesLinesElsewhere() {
        try (Progress progress = new Progress(out, false)) {
            progress.show("one");
            progress.show("two");
        }
        assertEquals(String.format("one%ntwo%n"), bytes.toString(StandardCharsets.UTF_8));
    }

    @Test
    void transfersFitIntoALine() {
        List<String> lines = new ArrayList<>();
        long[] sizes = {0, 1, 999, 999_949, 123_456_789_012L, Long.MAX_VALUE};
        for (String name : List.of("a", "cat.jpg", "x".repeat(300))) {
            for (long size : sizes) {
                for (long secondNanos : new long[] {1, 1_000_000_000L, 1_000_000_000_000L}) {
                    AtomicLong clock = new AtomicLong();
                    Progress progress = new Progress(out, false);
                    TransferProgress transfer = new TransferProgress(progress, clock::get, name, size / 10, size);
                    clock.set(300_000_000L + secondNanos);
                    transfer.at(size / 10 + (size - size / 10) / 3);
                }
            }
        }
        bytes.toString(StandardCharsets.UTF_8).lines().forEach(lines::add);
        assertEquals(54, lines.size());
        for (String line : lines) {
            assertTrue(line.length() < 80, line);
            assertTrue(line.endsWith(" left"), line);
        }
    }
}
