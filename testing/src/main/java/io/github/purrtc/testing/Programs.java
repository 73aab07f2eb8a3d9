package io.github.purrtc.testing;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Programs on the PATH. */
public final class Programs {
    private Programs() {}

    /** The first of these that is there. */
    public static Optional<Path> find(String... names) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(names)
                .flatMap(name -> Arrays.stream(path.split(File.pathSeparator))
                        .filter(folder -> !folder.isEmpty())
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Likewise; where there is none, the test is skipped, or fails where CI is {@code true}.
     *
     * @param debianPackage what has it
     */
    public static Path require(String debianPackage, String... names) {
        Optional<Path> found = find(names);
        if (found.isEmpty()) {
            String reason = "no " + names[0] + " on the PATH (Debian: apt-get install " + debianPackage + ")";
            if ("true".equals(System.getenv("CI"))) {
                Assertions.fail(reason);
            }
            Assumptions.abort("Skipped: " + reason);
        }
        return found.orElseThrow();
    }
}
