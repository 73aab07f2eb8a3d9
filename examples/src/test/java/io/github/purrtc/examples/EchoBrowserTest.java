package io.github.purrtc.examples;

import io.github.purrtc.sdp.SdpDialect;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A real browser and its WebRTC stack: headless Chromium on the echo page, with the candidates it makes by default. */
@Timeout(120)
class EchoBrowserTest {
    /** Sends the messages that {@code make} gives; returns what comes back, once all has. */
    private static final String ECHO = """
            const exchange = messages => new Promise(resolve => {
              const echoes = [];
              const listener = ({ data }) => {
                if (echoes.push(data) === messages.length) {
                  echo.channel.removeEventListener('message', listener);
                  resolve(echoes);
                }
              };
              echo.channel.addEventListener('message', listener);
              for (const message of messages) echo.send(message);
            });
            """;

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

    @AfterEach
    void leaveOneWindow() {
        List<String> windows = new ArrayList<>(driver.getWindowHandles());
        for (String window : windows.subList(1, windows.size())) {
            driver.switchTo().window(window).close();
        }
        driver.switchTo().window(windows.get(0)).get("about:blank");
    }

    private static BrowserPage connect(TestServer server) {
        BrowserPage page = BrowserPage.open(driver, server.page());
        page.start();
        page.awaitState("channel", "open");
        return page;
    }

    @ParameterizedTest
    @EnumSource(SdpDialect.class)
    void echoesAThousandTextsInOrder(SdpDialect dialect) throws Exception {
        try (TestServer server = TestServer.start(dialect)) {
            List<String> texts =
                    IntStream.range(0, 1000).mapToObj(i -> "message " + i).toList();
            assertEquals(texts, connect(server).run(ECHO + "return exchange(parameters[0])", texts));
        }
    }

    @ParameterizedTest
    @EnumSource(SdpDialect.class)
    void echoesUnicodeAndEmptyMessages(SdpDialect dialect) throws Exception {
        try (TestServer server = TestServer.start(dialect)) {
            List<String> texts = List.of("Grüße", "", "猫の鳴き声", "🐈‍⬛ meow \u0000 \ufeff", "\u202Eenod", "e\u0301", "");
            BrowserPage page = connect(server);
            assertEquals(texts, page.run(ECHO + "return exchange(parameters[0])", texts));
            assertEquals(
                    List.of(0L, "", 0L),
                    page.run(ECHO
                            + "const echoes = await exchange([new Uint8Array(0), '', new ArrayBuffer(0)]);"
                            + "return echoes.map(e => e instanceof ArrayBuffer ? e.byteLength : e)"));
        }
    }

    @ParameterizedTest
    @EnumSource(SdpDialect.class)
    void echoesLargeBinariesExactly(SdpDialect dialect) throws Exception {
        try (TestServer server = TestServer.start(dialect)) {
            BrowserPage page = connect(server);
            for (long size : new long[] {1, 16 * 1024, 65_535, 256 * 1024}) {
                assertEquals(List.of(size, 0L), page.run(ECHO + """
                                        const sent = new Uint8Array(parameters[0]);
                                        for (let at = 0; at < sent.length; at += 65536) {
                                          crypto.getRandomValues(sent.subarray(at, at + 65536));
                                        }
                                        const [echoed] = await exchange([sent]);
                                        const bytes = new Uint8Array(echoed);
                                        return [bytes.length, bytes.filter((byte, i) => byte !== sent[i]).length];
                                        """, size));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SdpDialect.class)
    void speaksTheDialectWithHiddenAddresses(SdpDialect dialect) throws Exception {
        try (TestServer server = TestServer.start(dialect)) {
            BrowserPage page = connect(server);
            String protocol = dialect == SdpDialect.LEGACY ? "DTLS/SCTP 5000" : "UDP/DTLS/SCTP webrtc-datachannel";
            for (String description : List.of("offer", "answer")) {
                String sdp = page.description(description);
                assertTrue(sdp.lines().anyMatch(line -> line.matches("m=application \\d+ " + protocol)), sdp);
            }
            page.awaitDescription("offer", " typ host");
            page.awaitState("gathering", "complete");
            List<String> candidates = page.description("answer")
                    .lines()
                    .filter(line -> line.startsWith("a=candidate:"))
                    .toList();
            assertTrue(candidates.stream().anyMatch(line -> line.contains(".local ")), candidates::toString);
        }
    }

    @ParameterizedTest
    @EnumSource(SdpDialect.class)
    void startsAgainAfterStop(SdpDialect dialect) throws Exception {
        try (TestServer server = TestServer.start(dialect)) {
            BrowserPage page = connect(server);
            for (int round = 0; round < 3; round++) {
                page.say("text", "meow " + round);
                page.say("binary", "purr");
                List<List<String>> messages = page.awaitMessages(2);
                assertEquals(
                        List.of("meow " + round, "text, 6 B"), messages.get(0).subList(0, 2));
                assertEquals(
                        List.of("70 75 72 72", "binary, 4 B"), messages.get(1).subList(0, 2));
                assertTrue(messages.get(0).get(2).matches("\\d+\\.\\d+ ms"), messages::toString);
                page.stop();
                page.awaitState("channel", "closed");
                page.awaitState("connection", "closed");
                assertEquals(List.of("stable", "have-remote-offer", "stable", "closed"), page.trail("signalling"));
                assertEquals("", page.error());
                page.start();
                page.awaitState("channel", "open");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SdpDialect.class)
    void servesFivePagesAtOnce(SdpDialect dialect) throws Exception {
        try (TestServer server = TestServer.start(dialect)) {
            List<BrowserPage> pages = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                driver.switchTo().newWindow(WindowType.WINDOW);
                pages.add(BrowserPage.open(driver, server.page()));
            }
            for (BrowserPage page : pages) {
                page.show();
                page.start();
            }
            for (int i = 0; i < pages.size(); i++) {
                pages.get(i).show();
                pages.get(i).awaitState("channel", "open");
                List<String> texts = List.of("from page " + i, "and again from " + i);
                assertEquals(texts, pages.get(i).run(ECHO + "return exchange(parameters[0])", texts));
            }
            String console = server.end();
            for (String name : List.of("A", "B", "C", "D", "E")) {
                assertTrue(console.contains("] (" + name + ") Data channel open: cat-noises"), console);
                assertTrue(console.contains("] (" + name + ") Data channel closed: cat-noises"), console);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void echoesOnAChannelThatThePageOpens(boolean ordered) throws Exception {
        try (TestServer server = TestServer.start()) {
            assertEquals(List.of("woof", 3L, "closed"), connect(server).run("""
                                    const channel = echo.connection.createDataChannel('dog-noises', { ordered: parameters[0] });
                                    channel.binaryType = 'arraybuffer';
                                    const next = event => new Promise(resolve => {
                                      channel.addEventListener(event, resolve, { once: true });
                                    });
                                    await next('open');
                                    channel.send('woof');
                                    const text = (await next('message')).data;
                                    channel.send(new Uint8Array(3));
                                    const bytes = (await next('message')).data.byteLength;
                                    channel.close();
                                    await next('close');
                                    return [text, bytes, channel.readyState];
                                    """, ordered));
        }
    }

    @Test
    void seesTheServerSayGoodBye() throws Exception {
        try (TestServer server = TestServer.start()) {
            BrowserPage page = connect(server);
            String console = server.end();
            page.awaitState("channel", "closed");
            assertEquals("The server closed the channel.", page.error());
            assertTrue(console.contains("] (A) Data channel closed: cat-noises"), console);
        }
    }

    @Test
    void showsWhatIsWrong() throws Exception {
        try (TestServer server = TestServer.start()) {
            BrowserPage page = connect(server);
            page.run("echo.call.signal({ type: 'purr' });"
                    + "while (document.getElementById('error').hidden) await new Promise(requestAnimationFrame);");
            assertEquals("The server says: unknown type \"purr\"", page.error());
            assertEquals(List.of("still there?"), page.run(ECHO + "return exchange(['still there?'])"));
        }
    }
}
