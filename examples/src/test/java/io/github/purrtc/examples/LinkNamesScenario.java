package io.github.purrtc.examples;

import io.github.purrtc.DataChannel;
import io.github.purrtc.DataChannelState;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.SdpType;
import io.github.purrtc.SessionDescription;
import org.openqa.selenium.chrome.ChromeDriver;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * To be run in a network of its own: a browser tells us nothing but names of multicast DNS, and we tell it nothing at all, so that it
 * is reached only by the addresses that its names stand for.
 */
final class LinkNamesScenario {
    private static final long LIMIT_SECONDS = 30;

    private static final String OFFER = """
            const done = arguments[arguments.length - 1];
            window.peer = new RTCPeerConnection();
            peer.createDataChannel('names').onopen = () => document.title = 'open';
            peer.onicecandidate = ({ candidate }) => candidate || done(peer.localDescription.sdp);
            peer.setLocalDescription();
            """;
    private static final String ANSWER = "peer.setRemoteDescription({ type: 'answer', sdp: arguments[0] })";

    private LinkNamesScenario() {}

    /** @param arguments how many browsers, one after the other */
    public static void main(String[] arguments) throws Exception {
        for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
            try (Chromium chromium = Chromium.open()) {
                long began = System.nanoTime();
                connect(chromium.driver());
                System.out.println("connected after " + (System.nanoTime() - began) / 1_000_000 + " ms");
            }
        }
        System.out.println("succeeded");
    }

    private static void connect(ChromeDriver driver) throws Exception {
        driver.get("about:blank");
        String offer = (String) driver.executeAsyncScript(OFFER);
        if (!offer.contains(".local ") || offer.contains("10.77.0.1 ")) {
            throw new AssertionError("names and nothing else: " + offer);
        }
        try (PeerConnection peer = new PeerConnection()) {
            CompletableFuture<DataChannel> opened = new CompletableFuture<>();
            peer.onDataChannel(opened::complete);
            await(peer.setRemoteDescription(new SessionDescription(SdpType.OFFER, offer)));
            await(peer.setLocalDescription());
            String answer = peer.localDescription()
                    .sdp()
                    .lines()
                    .filter(line -> !line.startsWith("a=candidate") && !line.startsWith("a=end-of"))
                    .collect(Collectors.joining("\r\n", "", "\r\n"));
            driver.executeScript(ANSWER, answer);
            DataChannel channel = opened.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            String remote = peer.selectedCandidatePair().remote().toString();
            if (channel.readyState() != DataChannelState.OPEN || !remote.contains(".local ")) {
                throw new AssertionError(channel.readyState() + " by " + remote);
            }
        }
    }

    private static void await(java.util.concurrent.CompletionStage<?> stage) throws Exception {
        stage.toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
}
