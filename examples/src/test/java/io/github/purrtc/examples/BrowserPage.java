package io.github.purrtc.examples;

import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The echo page in one of Chromium's windows. */
final class BrowserPage {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final ChromeDriver driver;
    private final String window;

    private BrowserPage(ChromeDriver driver) {
        this.driver = driver;
        window = driver.getWindowHandle();
    }

    /** Opens the page in the current window. */
    static BrowserPage open(ChromeDriver driver, URI address) {
        driver.get(address.toString());
        return new BrowserPage(driver);
    }

    /** Makes this the window that the driver talks to. */
    void show() {
        driver.switchTo().window(window);
    }

    void start() {
        element("start").click();
    }

    void stop() {
        element("stop").click();
    }

    /** Types a message, as text or binary, and sends it with Enter. */
    void say(String kind, String text) {
        new Select(element("kind")).selectByVisibleText(kind);
        say(text);
    }

    /** The same where there is no choice. */
    void say(String text) {
        element("text").sendKeys(text + "\n");
    }

    /** Waits until the page says how the other one can come; returns what to type at a terminal. */
    String awaitInvitation() {
        awaitScript("an invitation", "return !document.getElementById('invitation').hidden");
        return element("invitation-command").getText();
    }

    /** Waits until that error is shown. */
    void awaitError(String error) {
        awaitScript(error, "return document.getElementById('error').textContent === arguments[0]", error);
    }

    /** Waits until the row of that name shows the state. */
    void awaitState(String name, String state) {
        awaitScript(
                "the state of " + name + " to be " + state,
                "return document.querySelector('[data-state=\"' + arguments[0] + '\"] .value').textContent === arguments[1]",
                name,
                state);
    }

    /** The states that the row has shown. */
    List<String> trail(String name) {
        String trail = (String) driver.executeScript(
                "return document.querySelector('[data-state=\"' + arguments[0] + '\"] .trail').textContent", name);
        return List.of(trail.split(" → ")).stream()
                .map(step -> step.replaceAll(" \\d+\\u00a0ms$", ""))
                .toList();
    }

    /** What the list of messages shows: for each, its cells. */
    @SuppressWarnings("unchecked")
    List<List<String>> awaitMessages(int count) {
        awaitScript(
                count + " messages", "return document.querySelectorAll('#messages li').length === arguments[0]", count);
        return (List<List<String>>)
                driver.executeScript(
                        "return [...document.querySelectorAll('#messages li')].map(li => [...li.children].map(e => e.textContent))");
    }

    /** The error that is shown, "" if there is none. */
    String error() {
        WebElement error = element("error");
        return error.isDisplayed() ? error.getText() : "";
    }

    /** Waits until the description that is shown has that text in it. */
    void awaitDescription(String name, String part) {
        awaitScript(
                part + " in the " + name,
                "return document.getElementById(arguments[0]).textContent.includes(arguments[1])",
                name,
                part);
    }

    String description(String name) {
        return (String) driver.executeScript("return document.getElementById(arguments[0]).textContent", name);
    }

    /** Runs the body of an async function; an exception of its is the test's. */
    Object run(String body, Object... arguments) {
        Object result = driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                const parameters = [...arguments].slice(0, -1);
                (async () => { %s })().then(value => done({ value }), error => done({ error: String(error) }));
                """.formatted(body), arguments);
        Map<?, ?> outcome = (Map<?, ?>) result;
        if (outcome.get("error") != null) {
            throw new AssertionError(outcome.get("error").toString());
        }
        return outcome.get("value");
    }

    private void awaitScript(String what, String script, Object... arguments) {
        new WebDriverWait(driver, LIMIT, Duration.ofMillis(20))
                .withMessage(() -> "waiting for " + what + "; the page's error: " + error())
                .until(anything -> Boolean.TRUE.equals(driver.executeScript(script, arguments)));
    }

    private WebElement element(String id) {
        return driver.findElement(By.id(id));
    }
}
