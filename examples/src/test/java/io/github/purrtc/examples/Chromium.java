package io.github.purrtc.examples;

import io.github.purrtc.testing.ChromiumProgram;
import io.github.purrtc.testing.Programs;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A headless Chromium, the one on the PATH; Selenium is told where it is, so that it fetches nothing. */
final class Chromium implements AutoCloseable {
    private static final Duration SCRIPT_LIMIT = Duration.ofSeconds(30);

    private final Path profile;
    private final ChromeDriver driver;

    private Chromium(Path chromium, Path chromedriver) throws IOException {
        profile = ChromiumProgram.newProfile();
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.toFile())
                .usingAnyFreePort()
                .build();
        ChromeOptions options =
                new ChromeOptions().setBinary(chromium.toFile()).addArguments(ChromiumProgram.arguments(profile));
        driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(SCRIPT_LIMIT);
    }

    /** Opens it; where there is none, the test is skipped, or fails where CI is {@code true}. */
    static Chromium open() throws IOException {
        return new Chromium(ChromiumProgram.require(), requireDriver());
    }

    static void requireInstalled() {
        ChromiumProgram.require();
        requireDriver();
    }

    private static Path requireDriver() {
        return Programs.require("chromium-driver", "chromedriver");
    }

    ChromeDriver driver() {
        return driver;
    }

    @Override
    public void close() throws IOException {
        driver.quit();
        ChromiumProgram.delete(profile);
    }
}
