package io.github.purrtc.examples;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
}
