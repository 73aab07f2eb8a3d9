package io.github.purrtc.consumer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program that README shows. */
final class Readme {
    private static final Pattern PROGRAM = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private Readme() {}

    static String program() throws IOException {
        Matcher program = PROGRAM.matcher(Files.readString(Path.of("..", "README.md")));
        if (!program.find()) {
            throw new IOException("README has no program");
        }
        return program.group(1);
    }
}
