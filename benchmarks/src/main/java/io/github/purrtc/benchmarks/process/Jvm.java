package io.github.purrtc.benchmarks.process;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Command lines that run this program in a JVM like this one. */
public final class Jvm {
    private static final String MAIN = "io.github.purrtc.benchmarks.Benchmarks";

    private final List<String> options;
    private final String classPath;

    private Jvm(List<String> options, String classPath) {
        this.options = options;
        this.classPath = classPath;
    }

    /** With this JVM's class path, and none of its options. */
    public static Jvm likeThis() {
        return new Jvm(List.of(), System.getProperty("java.class.path"));
    }

    public Jvm with(String... more) {
        List<String> all = new ArrayList<>(options);
        all.addAll(Arrays.asList(more));
        return new Jvm(all, classPath);
    }

    public Jvm withClassPath(String more) {
        return new Jvm(options, classPath + File.pathSeparator + more);
    }

    public List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, MAIN));
        command.addAll(arguments);
        return command;
    }
}
