package io.github.purrtc.examples;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;

import java.net.URI;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Somebody at the echo server's page talks with somebody at a terminal, or at another page. */
@Timeout(180)
class ChatBrowserTest {
    private static final String ROOM = "cats-and-dogs";

    private static Chromium chromium;
    private static ChromeDriver driver;

    @BeforeAll
    static void openBrowser() throws Exception {
        chromium = Chromium.open();
        driver = chromium.driver();
    }

    @AfterAll
    static void closeBrowser() throws Exception {
        if (chromium != null) {
            chromium.close();
        }
    }

    private static BrowserPage open(URI page) {
        driver.get("about:blank");
        return BrowserPage.open(driver, page.resolve("#" + ROOM));
    }

    private static Tool chat(TestServer server) throws Exception {
        return Tool.start(
                "chat", "--include-loopback", "--server", String.valueOf(server.signalling()), "--room", ROOM);
    }

    private static void talk(BrowserPage page, Tool terminal) throws Exception {
        terminal.err.await("connection", "Connected. Say something!"::equals);
        page.awaitState("channel", "open");
        page.say("woof, ü 日本");
        terminal.out.await("the text", "> woof, ü 日本"::equals);
        terminal.type("miaow");
        List<List<String>> lines = page.awaitMessages(2);
        assertEquals(List.of("You", "woof, ü 日本"), lines.get(0).subList(0, 2));
        assertEquals(List.of("They", "miaow"), lines.get(1).subList(0, 2));
    }

    @Test
    void thePageAnswersATerminal() throws Exception {
        try (TestServer server = TestServer.start();
                Tool terminal = chat(server)) {
            terminal.err.await(
                    "the page",
                    line -> line.endsWith(server.page().resolve("#" + ROOM).toString()));
            BrowserPage page = open(server.page());
            page.start();
            talk(page, terminal);
            terminal.interrupt();
            assertEquals(0, terminal.exitCode());
            page.awaitState("channel", "closed");
            assertEquals("The other one has gone.", page.error());
        }
    }

    @Test
    void thePageWaitsForATerminalAndTalksOnWithoutTheServer() throws Exception {
        try (TestServer server = TestServer.start()) {
            BrowserPage page = open(server.page());
            page.start();
            assertEquals("purrtc chat --room " + ROOM + " --server " + server.signalling(), page.awaitInvitation());
            try (Tool terminal = chat(server)) {
                page.awaitState("channel", "open");
                server.end();
                talk(page, terminal);
                assertEquals("", page.error());
                page.stop();
                terminal.err.await("the end", "The other one has gone."::equals);
                assertEquals(0, terminal.exitCode());
            }
        }
    }

    @Test
    void twoPagesTalkAndAThirdIsTurnedAway() throws Exception {
        try (TestServer server = TestServer.start()) {
            BrowserPage a = open(server.page());
            a.start();
            a.awaitInvitation();
            driver.switchTo().newWindow(WindowType.WINDOW);
            BrowserPage z = open(server.page());
            z.start();
            z.awaitState("channel", "open");
            z.say("woof");
            driver.switchTo().newWindow(WindowType.WINDOW);
            BrowserPage third = open(server.page());
            third.start();
            third.awaitError("The server says: two are in the room already");
            a.show();
            a.awaitState("channel", "open");
            assertEquals(List.of("They", "woof"), a.awaitMessages(1).get(0).subList(0, 2));
        }
    }
}
