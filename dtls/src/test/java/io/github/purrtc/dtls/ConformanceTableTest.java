package io.github.purrtc.dtls;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** {@code docs/conformance-dtls.md} says of each case which test shows it: the tests are there, and no case is missing. */
class ConformanceTableTest {
    private static final int CASES = 25;
    private static final int SCARS = 8;
    private static final Pattern ROW = Pattern.compile("^\\| ([DS]\\d+) \\|(.*)\\|(.*)\\|$");
    private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");
    private static final Path ROOT = Path.of(System.getProperty("basedir", "")).resolve("..");

    private final List<String> lines = read(ROOT.resolve("docs/conformance-dtls.md"));

    @Test
    void everyCaseIsThereOnce() {
        List<String> cases = new ArrayList<>();
        for (String line : lines) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                cases.add(row.group(1));
                String shownBy = row.group(3).strip();
                boolean says = shownBy.startsWith("does not apply: ") || shownBy.startsWith("open: ");
                assertTrue(says || TEST.matcher(shownBy).lookingAt(), () -> "neither a test nor a reason: " + line);
            }
        }
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= CASES; i++) {
            expected.add("D" + i);
        }
        for (int i = 1; i <= SCARS; i++) {
            expected.add("S" + i);
        }
        assertEquals(expected, cases);
    }

    @Test
    void everyTestThatIsNamedExists() {
        Map<String, String> sources = sources();
        List<String> missing = new ArrayList<>();
        int named = 0;
        for (String line : lines) {
            Matcher test = TEST.matcher(line);
            while (test.find()) {
                named++;
                String source = sources.getOrDefault(test.group(1), "");
                if (!Pattern.compile("\\bvoid " + test.group(2) + "\\(")
                        .matcher(source)
                        .find()) {
                    missing.add(test.group());
                }
            }
        }
        assertEquals(List.of(), missing);
        assertTrue(named > CASES, "no tests found in the table");
    }

    /** The test classes of all modules, by their simple names. */
    private static Map<String, String> sources() {
        Map<String, String> sources = new HashMap<>();
        for (String module : List.of("dtls", "sdp", "datachannel")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .forEach(file -> sources.merge(
                                file.getFileName().toString().replace(".java", ""),
                                String.join("\n", read(file)),
                                (one, other) -> one + other));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return sources;
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
