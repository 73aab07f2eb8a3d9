package io.github.purrtc;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** {@code docs/conformance-*.md} say of each case which test shows it: the tests are there, and no case is missing. */
class ConformanceTableTest {
    private static final Pattern ROW = Pattern.compile("^\\| ([A-Z]\\d+) \\|(.*)\\|(.*)\\|$");
    private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");
    private static final Path ROOT = Path.of(System.getProperty("basedir", "")).resolve("..");
    private static final Map<String, String> SOURCES = sources();

    private enum Table {
        SCTP("docs/conformance-sctp.md", cases("C", 205)),
        ICE("docs/conformance-ice.md", Stream.concat(cases("I", 34), cases("T", 10))),
        DTLS("docs/conformance-dtls.md", Stream.concat(cases("D", 25), cases("S", 8)));

        private final List<String> lines;
        private final List<String> cases;

        Table(String path, Stream<String> cases) {
            lines = read(ROOT.resolve(path));
            this.cases = cases.toList();
        }

        private static Stream<String> cases(String letter, int count) {
            return IntStream.rangeClosed(1, count).mapToObj(number -> letter + number);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyCaseIsThereOnce(Table table) {
        List<String> cases = new ArrayList<>();
        for (String line : table.lines) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                cases.add(row.group(1));
                String shownBy = row.group(3).strip();
                boolean says = shownBy.startsWith("does not apply: ") || shownBy.startsWith("open: ");
                assertTrue(says || TEST.matcher(shownBy).lookingAt(), () -> "neither a test nor a reason: " + line);
            }
        }
        assertEquals(table.cases, cases);
    }

    @ParameterizedTest
    @EnumSource
    void everyTestThatIsNamedExists(Table table) {
        List<String> missing = new ArrayList<>();
        for (String line : table.lines) {
            Matcher test = TEST.matcher(line);
            while (test.find()) {
                String source = SOURCES.getOrDefault(test.group(1), "");
                if (!Pattern.compile("\\bvoid " + test.group(2) + "\\(")
                        .matcher(source)
                        .find()) {
                    missing.add(test.group());
                }
            }
        }
        assertEquals(List.of(), missing);
    }

    /** The test classes of all modules, by their simple names. */
    private static Map<String, String> sources() {
        Map<String, String> sources = new HashMap<>();
        for (String module : List.of("sctp", "sdp", "ice", "dtls", "datachannel", "examples")) {
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
