package io.github.purrtc.peers;

import io.github.purrtc.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** purrtc with Chromium, which offers in the dialect of today and answers in the one that it was offered. */
class ChromiumPeerTest extends PeerSuite {
    private static Browser browser;

    @BeforeAll
    static void openBrowser() throws Exception {
        browser = Browser.open();
    }

    @AfterAll
    static void closeBrowser() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    @Override
    Peer other(Configuration configuration, Manners manners) {
        return new ChromiumPeer(browser, manners);
    }
}
