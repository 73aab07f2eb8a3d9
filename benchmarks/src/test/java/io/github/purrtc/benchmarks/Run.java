package io.github.purrtc.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Runs the program in this JVM. */
public final class Run {
    private Run() {}

    /** The line of JSON that it printed. What others in this JVM have to say at the same time is passed over. */
    public static JsonNode json(String... arguments) throws IOException {
        String printed = text(arguments);
        String line = printed.lines()
                .filter(each -> each.startsWith("{"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no JSON: " + printed));
        return new JsonMapper().readTree(line);
    }

    /** What it printed. */
    public static String text(String... arguments) {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertEquals(0, Benchmarks.commandLine().execute(arguments));
        } finally {
            System.setOut(before);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
