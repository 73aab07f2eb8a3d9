package io.github.purrtc.wpt;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

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
            DisplayName name = method.getAnnotation(DisplayName.class);
            if (file != null && name != null && method.isAnnotationPresent(Test.class)) {
                cases.add(file.value() + ": " + name.value());
            }
        }
    }

    @Test
    void whatPassesIsTestedAndWhatIsTestedIsListed() throws Exception {
        TreeSet<String> passing = new TreeSet<>();
        for (Row row : rows()) {
            if (row.result().equals("passes")) {
                assertTrue(passing.add(row.file() + ": " + row.name()), "listed twice: " + row);
            }
        }
        assertEquals(tested(), passing);
    }

    @Test
    void everyRowSaysPassesOrWhyNot() throws IOException {
        List<Row> rows = rows();
        assertTrue(rows.size() > 100, "the table is there");
        for (Row row : rows) {
            assertTrue(row.result().matches("passes|(does not apply|open): .+"), row.toString());
        }
    }
}
