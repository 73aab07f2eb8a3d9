package io.github.purrtc.examples;

import io.github.purrtc.DataChannel;
import io.github.purrtc.sdp.SdpDialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.URI;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** The tools as people use them: as processes. */
@Timeout(240)
class ProcessTest {
    private static final String TEST_DATA = "8192 bytes";

    @Test
    void echoSaysGoodByeOnCtrlC() throws Exception {
        try (Tool echo = Tool.start("echo", "--port", "0", "--include-loopback")) {
            String told = echo.out.await("address", line -> line.contains("The echo page is at http://127.0.0.1:"));
            URI signalling = URI.create(told.replaceAll(".*http(://\\S+)/ .*", "ws$1/connect"));
            try (JavaPage page = JavaPage.open(signalling)) {
                DataChannel channel = page.connect();
                channel.send("meow");
                assertEquals("meow", page.awaitEcho().text());
                echo.interrupt();
                page.channelClosed.get(JavaPage.LIMIT_SECONDS, TimeUnit.SECONDS);
                assertEquals(1001, page.socketClosed.get(JavaPage.LIMIT_SECONDS, TimeUnit.SECONDS));
            }
            echo.out.awaitStory("(A) Data channel closed: cat-noises");
            echo.out.awaitStory("Good-bye");
            assertEquals(0, echo.exitCode());
        }
    }

    @ParameterizedTest
    @EnumSource(SdpDialect.class)
    void twoPeersConnectByCopyAndPaste(SdpDialect dialect) throws Exception {
        try (Tool offering = dialect == SdpDialect.LEGACY
                        ? Tool.start("peer-connection", "--include-loopback", "--legacy-sdp", "1")
                        : Tool.start("peer-connection", "--include-loopback", "1", "host", "prflx");
                Tool answering = Tool.start("peer-connection", "--include-loopback", "0")) {
            answering.type(offering.out.await("offer", line -> line.startsWith("{\"type\":\"offer\"")));
            offering.type(answering.out.await("answer", line -> line.startsWith("{\"type\":\"answer\"")));
            for (Tool tool : new Tool[] {offering, answering}) {
                tool.err.awaitStory("(A) Peer connection state change: connected");
                tool.err.awaitStory("(A) Incoming message for data channel cat-noises: " + TEST_DATA);
            }
            offering.err.awaitStory("(A) Incoming message for data channel lion-noises: " + TEST_DATA);
            answering.err.awaitStory("(A) Data channel closed: bear-noises");
            offering.interrupt();
            offering.err.awaitStory("Good-bye");
            assertEquals(0, offering.exitCode());
            answering.err.awaitStory("(A) Data channel closed: cat-noises");
            assertEquals(0, answering.exitCode());
        }
    }

    @Test
    void theOtherPeerHearsOfAnEndRightAfterTheBeginning() throws Exception {
        try (Tool offering = Tool.start("peer-connection", "--include-loopback", "1");
                Tool answering = Tool.start("peer-connection", "--include-loopback", "0")) {
            answering.type(offering.out.await("offer", line -> line.startsWith("{\"type\":\"offer\"")));
            offering.type(answering.out.await("answer", line -> line.startsWith("{\"type\":\"answer\"")));
            offering.err.awaitStory("(A) Peer connection state change: connected");
            answering.err.awaitStory("(A) Peer connection state change: connected");
            offering.type("");
            assertEquals(0, offering.exitCode());
            assertEquals(0, answering.exitCode());
        }
    }

    @Test
    void aPeerSaysWhatIsWrongWithAPaste() throws Exception {
        try (Tool peer = Tool.start("peer-connection", "0")) {
            peer.type("purr");
            peer.err.await("reason", line -> line.contains("Invalid remote description: not JSON"));
            peer.type("{\"type\":\"offer\",\"sdp\":\"purr\"}");
            peer.err.await("reason", line -> line.contains("Invalid remote description: "));
            peer.type("");
            peer.err.awaitStory("Exiting");
            assertEquals(0, peer.exitCode());
        }
    }

    @Test
    void aPeerWithoutInputFails() throws Exception {
        try (Tool peer = Tool.start("peer-connection", "1")) {
            peer.endInput();
            peer.err.awaitStory("The input ended without a remote description");
            assertEquals(1, peer.exitCode());
        }
    }
}
