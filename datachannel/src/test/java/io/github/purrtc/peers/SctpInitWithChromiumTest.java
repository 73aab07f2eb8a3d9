package io.github.purrtc.peers;

import io.github.purrtc.Configuration;
import io.github.purrtc.DataChannelOptions;
import io.github.purrtc.SctpPackets;
import io.github.purrtc.SessionDescription;
import io.github.purrtc.testing.Await;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** {@code a=sctp-init} with Chromium, in which it is an experiment that is switched on here. */
@Timeout(120)
class SctpInitWithChromiumTest {
    private static Browser browser;

    @BeforeAll
    static void openBrowser() throws Exception {
        browser = Browser.open("--force-fieldtrials=WebRTC-Sctp-Snap/Enabled/");
    }

    @AfterAll
    static void closeBrowser() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void echoes(boolean known, boolean purrtcOffers, @TempDir Path logs) throws InterruptedException {
        Configuration configuration = Configuration.builder()
                .includeLoopback(true)
                .sctpInit(known)
                .packetLog(logs)
                .build();
        try (PurrtcPeer a = new PurrtcPeer(configuration, Manners.POLITE);
                Peer z = new ChromiumPeer(browser, Manners.IMPOLITE)) {
            a.signalTo(z);
            z.signalTo(a);
            Peer maker = purrtcOffers ? a : z;
            Channel near = maker.createChannel("echo", DataChannelOptions.DEFAULT);
            Channel far = (purrtcOffers ? z : a).awaitChannel();
            near.awaitOpen();
            far.awaitOpen();
            near.send("meow");
            assertEquals("meow", far.texts.poll(Await.LIMIT_SECONDS, TimeUnit.SECONDS));
            far.send("purr");
            assertEquals("purr", near.texts.poll(Await.LIMIT_SECONDS, TimeUnit.SECONDS));
            long mebibyte = 1 << 20;
            far.send(mebibyte, 65_536, mebibyte);
            near.send(mebibyte, 65_536, mebibyte);
            near.awaitReceived(mebibyte);
            far.awaitReceived(mebibyte);

            assertEquals(known, hasInit(a.connection.localDescription()) && hasInit(a.connection.remoteDescription()));
            assertEquals(!known, SctpPackets.in(logs).stream().anyMatch(SctpPackets.Packet::isHandshake));
            a.detach();
            z.detach();
            a.assertNoFaults();
            z.assertNoFaults();
        }
    }

    private static boolean hasInit(@Nullable SessionDescription description) {
        return Objects.requireNonNull(description).sdp().contains("a=sctp-init:");
    }
}
