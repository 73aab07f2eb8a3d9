package io.github.purrtc.consumer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The Java in a page of the documentation. */
final class JavaBlocks {
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private JavaBlocks() {}

    static List<String> in(Path page) throws IOException {
        return BLOCK.matcher(Files.readString(page))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    /** The program that README shows. */
    static String readme() throws IOException {
        return in(Path.of("..", "README.md")).get(0);
    }

    /** What programs of the documentation are compiled and run with. */
    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
