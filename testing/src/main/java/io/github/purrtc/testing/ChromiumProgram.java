package io.github.purrtc.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The Chromium on the PATH, and how it is started: headless, with a profile of its own. */
public final class ChromiumProgram {
    private ChromiumProgram() {}

    /** Where there is none, the test is skipped, or fails where CI is {@code true}. */
    public static Path require() {
        return Programs.require("chromium", "chromium", "chromium-browser", "google-chrome");
    }

    /** An empty folder for one run. */
    public static Path newProfile() throws IOException {
        return Files.createTempDirectory("purrtc-chromium-");
    }

    /** What it would do on the network by itself is switched off, and nothing that has to do with WebRTC. */
    public static List<String> arguments(Path profile) {
        return List.of(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-default-apps",
                "--user-data-dir=" + profile);
    }

    /** After its end. */
    public static void delete(Path profile) throws IOException {
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }
}
