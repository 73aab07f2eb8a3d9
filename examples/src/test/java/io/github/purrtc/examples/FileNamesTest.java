package io.github.purrtc.examples;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class FileNamesTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "cat.jpg, cat.jpg",
                "a cat.tar.gz, a cat.tar.gz",
                "../../etc/passwd, passwd",
                "/etc/passwd, passwd",
                "..\\..\\boot.ini, boot.ini",
                "C:\\cat.jpg, cat.jpg",
                ".., file",
                "., file",
                "cats/, file",
                ".bashrc, bashrc",
                "nul.txt, _nul.txt",
                "COM1, _COM1",
                "cat:stream, cat_stream",
                "cat.purrtc-part, cat.purrtc-part_",
                "cat.part, cat.part",
                "cat.PURRTC-PART, cat.PURRTC-PART_",
                "Katze–ä🐱.jpg, Katze–ä🐱.jpg"
            })
    void areOfOneFileInTheDirectory(String name, String expected) {
        assertEquals(expected, FileNames.sanitize(name));
    }

    @Test
    void haveNoControlCharactersAndAreNotTooLong() {
        assertEquals("a_b_c_d", FileNames.sanitize("a\nb\u0000c\u202ed"));
        assertEquals("file", FileNames.sanitize(""));
        String name = FileNames.sanitize("ü".repeat(1_000) + ".jpeg");
        assertTrue(name.endsWith(".jpeg"));
        assertTrue(name.getBytes(StandardCharsets.UTF_8).length <= 200);
    }

    @Property
    void stayInTheDirectory(@ForAll String name) {
        Path directory = Path.of("inbox").toAbsolutePath();
        String safe = FileNames.sanitize(name);
        Path path = directory.resolve(safe);
        assertEquals(directory, path.normalize().getParent());
        assertFalse(safe.isBlank());
        assertFalse(safe.endsWith(FileNames.PART));
        assertEquals(safe, FileNames.sanitize(safe));
    }

    @Test
    void areNumberedBeforeTheExtension() {
        assertEquals("cat (2).jpg", FileNames.numbered("cat.jpg", 2));
        assertEquals("cat (3)", FileNames.numbered("cat", 3));
    }
}
