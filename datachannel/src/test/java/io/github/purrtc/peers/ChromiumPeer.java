package io.github.purrtc.peers;

import io.github.purrtc.DataChannelOptions;
import io.github.purrtc.IceCandidate;
import io.github.purrtc.SdpType;
import io.github.purrtc.SessionDescription;
import io.github.purrtc.testing.Await;
import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/** A connection in Chromium. */
final class ChromiumPeer extends Peer {
    private final Browser browser;
    private final String name;

    ChromiumPeer(Browser browser, Manners manners) {
        this.browser = browser;
        name = browser.newName();
        browser.listen(name, this::onEvent);
        Await.get(browser.call("createPeer", name, manners == Manners.POLITE));
    }

    private void onEvent(Map<String, String> event) {
        switch (event.get("kind")) {
            case "description" ->
                signal(new Signal.Description(new SessionDescription(SdpType.of(event.get("type")), event.get("sdp"))));
            case "candidate" -> signal(new Signal.Candidate(candidate(event)));
            case "datachannel" -> announce(new ChromiumChannel(browser, event.get("channel")));
            default -> fault(event.get("fault"));
        }
    }

    private static IceCandidate candidate(Map<String, String> event) {
        String index = event.get("sdpMLineIndex");
        return new IceCandidate(
                event.get("candidate"),
                event.get("sdpMid"),
                index == null ? null : Integer.valueOf(index),
                event.get("usernameFragment"));
    }

    @Override
    void receive(Signal signal) {
        if (signal instanceof Signal.Description told) {
            expect(browser.call(
                    "description",
                    name,
                    told.description().type(),
                    told.description().sdp()));
        } else if (signal instanceof Signal.Candidate told) {
            IceCandidate candidate = told.candidate();
            expect(browser.call(
                    "candidate",
                    name,
                    candidate.candidate(),
                    orEmpty(candidate.sdpMid()),
                    orEmpty(candidate.sdpMLineIndex()),
                    orEmpty(candidate.usernameFragment())));
        }
    }

    private void expect(CompletableFuture<String> call) {
        call.whenComplete((value, e) -> {
            if (e != null) {
                fault(e.toString());
            }
        });
    }

    private static Object orEmpty(@Nullable Object value) {
        return value == null ? "" : value;
    }

    private static Object orEmpty(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : "";
    }

    @Override
    Channel createChannel(String label, DataChannelOptions options) {
        String channel = browser.newName();
        Channel created = new ChromiumChannel(browser, channel);
        Await.get(browser.call(
                "createChannel",
                name,
                channel,
                label,
                options.protocol(),
                options.ordered(),
                orEmpty(options.maxPacketLifeTime()),
                orEmpty(options.maxRetransmits()),
                orEmpty(options.id())));
        return created;
    }

    @Override
    void restartIce() {
        Await.get(browser.call("restartIce", name));
    }

    @Override
    Standing standing() {
        String[] states = Await.get(browser.call("standing", name)).split(" ", 4);
        return new Standing(states[0], states[1], states[2], states[3]);
    }

    @Override
    long maxMessageSize() {
        return Long.parseLong(Await.get(browser.call("maxMessageSize", name)));
    }

    @Override
    public void close() {
        Await.get(browser.call("closePeer", name));
    }
}
