package io.github.purrtc.benchmarks.compare;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

import java.util.List;
import java.util.Objects;

/** What stood on the command line. */
public final class Words {
    private Words() {}

    /** Behind the program's name, the command itself first. */
    public static List<String> of(@Nullable CommandSpec command) {
        return Objects.requireNonNull(command)
                .root()
                .commandLine()
                .getParseResult()
                .originalArgs();
    }
}
