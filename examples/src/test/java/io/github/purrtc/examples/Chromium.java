package io.github.purrtc.examples;

import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.fail;

/** A headless Chromium, the one on the PATH; Selenium is told where it is, so that it fetches nothing. */
final class Chromium implements AutoCloseable {
    private static final Duration SCRIPT_LIMIT = Duration.ofSeconds(30);

    private final Path profile;
    private final ChromeDriver driver;

    private Chromium(Path chromium, Path chromedriver) throws IOException {
        profile = Files.createTempDirectory("purrtc-chromium-");
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.toFile())
                .usingAnyFreePort()
                .build();
        // What it would do on the network by itself is switched off, and nothing that has to do with WebRTC.
        ChromeOptions options = new ChromeOptions()
                .setBinary(chromium.toFile())
                .addArguments(
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
        driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(SCRIPT_LIMIT);
    }

    /** Opens it; where there is none, the test is skipped, or fails where CI is {@code true}. */
    static Chromium open() throws IOException {
        requireInstalled();
        return new Chromium(find().orElseThrow(), onPath("chromedriver").orElseThrow());
    }

    static void requireInstalled() {
        boolean isBrowser = find().isPresent();
        if (!isBrowser || onPath("chromedriver").isEmpty()) {
            String reason = "no " + (isBrowser ? "chromedriver" : "chromium")
                    + " on the PATH (Debian: apt-get install chromium chromium-driver)";
            if ("true".equals(System.getenv("CI"))) {
                fail(reason);
            }
            Assumptions.abort("Skipped: " + reason);
        }
    }

    private static Optional<Path> find() {
        return onPath("chromium", "chromium-browser", "google-chrome");
    }

    private static Optional<Path> onPath(String... names) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(names)
                .flatMap(name -> Arrays.stream(path.split(File.pathSeparator))
                        .filter(folder -> !folder.isEmpty())
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    ChromeDriver driver() {
        return driver;
    }

    @Override
    public void close() throws IOException {
        driver.quit();
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }
}
