package io.github.purrtc.wpt;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Holds docs/wpt.md against the tests of this package: what passes there is tested here, and the other way round. */
class WptTableTest {
    private static final Path TABLE = Path.of("../docs/wpt.md");

    private record Row(String file, String name, String result) {}

    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        String file = "";
        for (String line : Files.readAllLines(TABLE)) {
            String[] cells = line.split(" \\| ", -1);
            if (line.startsWith("## ")) {
                file = line.substring(3);
            } else if (line.startsWith("| ")
                    && cells.length == 2
                    && !line.startsWith("| case")
                    && !line.startsWith("| ---")) {
                rows.add(new Row(file, cells[0].substring(2), cells[1].replaceFirst(" \\|$", "")));
            }
        }
        return rows;
    }

    private static TreeSet<String> tested() throws IOException, ReflectiveOperationException {
        Path classes = Path.of(
                WptTableTest.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath(),
                WptTableTest.class.getPackageName().replace('.', '/'));
        TreeSet<String> tested = new TreeSet<>();
        try (Stream<Path> files = Files.list(classes)) {
            for (Path each : files.toList()) {
                String name = each.getFileName().toString();
                if (name.endsWith("Test.class")) {
                    Class<?> type = Class.forName(
                            WptTableTest.class.getPackageName() + '.' + name.substring(0, name.length() - 6));
                    addCases(type, tested);
                }
            }
        }
        return tested;
    }

    private static void addCases(Class<?> type, TreeSet<String> cases) {
        DisplayName file = type.getAnnotation(DisplayName.class);
        for (Method method : type.getDeclaredMethods()) {
            for (String name : names(method)) {
                if (file != null) {
                    cases.add(file.value() + ": " + name);
                }
            }
        }
    }

    /** A test has one name, or its arguments begin with the names. */
    private static List<String> names(Method method) {
        DisplayName name = method.getAnnotation(DisplayName.class);
        ValueSource values = method.getAnnotation(ValueSource.class);
        CsvSource rows = method.getAnnotation(CsvSource.class);
        if (name != null && method.isAnnotationPresent(Test.class)) {
            return List.of(name.value());
        }
        if (values != null) {
            return List.of(values.strings());
        }
        return rows == null
                ? List.of()
                : Stream.of(rows.value())
                        .map(row -> row.split("\\|", -1)[0].strip())
                        .toList();
    }

    @Test
    void whatPassesIsTestedAndWhatIsTestedIsListed() throws Exception {
        TreeSet<String> passing = new TreeSet<>();
        for (Row row : rows()) {
            if (row.result().startsWith("passes")) {
                assertTrue(passing.add(row.file() + ": " + row.name()), "listed twice: " + row);
            }
        }
        assertEquals(tested(), passing);
    }

    /** Rows of several cases begin with their number; whole files are not counted. */
    private static int count(List<Row> rows, String result) {
        return rows.stream()
                .filter(row ->
                        !row.file().startsWith("Whole files") && !row.name().equals("whole file"))
                .filter(row -> row.result().matches(result))
                .mapToInt(row -> row.name().matches("\\d+ cases?\\b.*")
                        ? Integer.parseInt(row.name().split(" ", -1)[0])
                        : 1)
                .sum();
    }

    @Test
    void theNumbersAreThoseOfTheTable() throws IOException {
        List<Row> rows = rows();
        int pass = count(rows, "passes");
        int fail = count(rows, "fails: .+");
        String told = String.join(" ", Files.readAllLines(TABLE).subList(0, 20));
        String numbers = "%d pass, %d fail and %d do not apply: **%.1f %% of those that apply pass**"
                .formatted(pass, fail, count(rows, "does not apply: .+"), 100.0 * pass / (pass + fail));
        assertTrue(told.contains(numbers), numbers);
        assertTrue(pass >= 0.95 * (pass + fail), numbers);
    }

    @Test
    void everyRowSaysPassesOrWhyNot() throws IOException {
        List<Row> rows = rows();
        assertTrue(rows.size() > 100, "the table is there");
        for (Row row : rows) {
            assertTrue(row.result().matches("passes(, beyond the suite)?|(does not apply|fails): .+"), row.toString());
        }
    }
}
