package io.github.purrtc.interop;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Who there is to talk to. */
enum Kind {
    CHROMIUM("Chromium"),
    FIREFOX("Firefox"),
    LIBDATACHANNEL("libdatachannel"),
    WERIFT("werift"),
    PURRTC("purrtc");

    private static final Path MODULES = Path.of("node_modules");

    private final String title;

    Kind(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    boolean isBrowser() {
        return this == CHROMIUM || this == FIREFOX;
    }

    /** What is missing for it here; empty if nothing. */
    Optional<String> missing(Path folder) {
        return switch (this) {
            case CHROMIUM, FIREFOX ->
                program().isPresent()
                        ? Optional.empty()
                        : Optional.of("no " + programs().get(0) + " on the PATH");
            case LIBDATACHANNEL, WERIFT -> {
                if (onPath("node").isEmpty()) {
                    yield Optional.of("no node on the PATH");
                }
                yield Files.isDirectory(folder.resolve(MODULES))
                        ? Optional.empty()
                        : Optional.of("no " + MODULES + " in " + folder + ": npm ci makes them");
            }
            case PURRTC -> Optional.empty();
        };
    }

    /** The browser's. */
    Optional<Path> program() {
        return programs().stream().flatMap(name -> onPath(name).stream()).findFirst();
    }

    private List<String> programs() {
        return switch (this) {
            case CHROMIUM -> List.of("chromium", "chromium-browser", "google-chrome");
            case FIREFOX -> List.of("firefox-esr", "firefox");
            default -> List.of();
        };
    }

    private static Optional<Path> onPath(String name) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A new one, which has said hello. */
    Opened open(Path folder, Addresses addresses) throws IOException, InterruptedException {
        return switch (this) {
            case CHROMIUM, FIREFOX -> Browser.open(this, folder, addresses);
            case LIBDATACHANNEL, WERIFT ->
                Processes.open(
                        title,
                        List.of(
                                "node",
                                folder.resolve("main.js").toString(),
                                name().toLowerCase(java.util.Locale.ROOT)));
            case PURRTC -> Processes.open(title, Processes.java(Interop.class, "agent"));
        };
    }

    /** How a browser shows its host candidates. */
    enum Addresses {
        SHOWN,
        HIDDEN
    }

    record Opened(Peer peer, String version) {}
}
