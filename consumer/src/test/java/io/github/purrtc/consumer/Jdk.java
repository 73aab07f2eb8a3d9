package io.github.purrtc.consumer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A JDK on this machine. */
record Jdk(int release, Path home) {
    private static final int OLDEST = 17;
    private static final Pattern VERSION = Pattern.compile("^JAVA_VERSION=\"(\\d+)", Pattern.MULTILINE);

    /** The one that runs this, and those beside it, each release once. */
    static List<Jdk> all() throws IOException {
        Path own = Path.of(System.getProperty("java.home")).toRealPath();
        try (Stream<Path> beside = Files.list(own.getParent())) {
            return Stream.concat(Stream.of(own), beside.sorted())
                    .flatMap(Jdk::at)
                    .filter(jdk -> jdk.release >= OLDEST)
                    .collect(Collectors.toMap(Jdk::release, jdk -> jdk, (first, second) -> first))
                    .values()
                    .stream()
                    .toList();
        }
    }

    private static Stream<Jdk> at(Path home) {
        Path release = home.resolve("release");
        if (!Files.exists(home.resolve("bin").resolve("javac")) || !Files.exists(release)) {
            return Stream.empty();
        }
        try {
            Matcher version = VERSION.matcher(Files.readString(release));
            return version.find() ? Stream.of(new Jdk(Integer.parseInt(version.group(1)), home)) : Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String java() {
        return home.resolve("bin").resolve("java").toString();
    }

    @Override
    public String toString() {
        return "JDK " + release;
    }
}
