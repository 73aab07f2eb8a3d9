package io.github.purrtc.peers;

import io.github.purrtc.testing.Await;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** An end of a channel in Chromium. */
final class ChromiumChannel extends Channel {
    private final Browser browser;
    private final String name;

    ChromiumChannel(Browser browser, String name) {
        this.browser = browser;
        this.name = name;
        browser.listen(name, this::onEvent);
    }

    private void onEvent(Map<String, String> event) {
        if (event.get("kind").equals("text")) {
            texts.add(event.get("text"));
        } else {
            events.add(event.get("event"));
        }
    }

    @Override
    void send(String text) {
        Await.get(browser.call("sendText", name, text));
    }

    @Override
    CompletableFuture<Void> send(long bytes, int messageSize, long mostBuffered) {
        return browser.call("sendBytes", name, bytes, messageSize, mostBuffered).thenApply(nothing -> null);
    }

    @Override
    long received() {
        String[] received = Await.get(browser.call("received", name)).split(" ", 2);
        assertEquals("", received[1]);
        return Long.parseLong(received[0]);
    }

    @Override
    String shape() {
        return Await.get(browser.call("shape", name));
    }

    @Override
    String readyState() {
        return Await.get(browser.call("readyState", name));
    }

    @Override
    void close() {
        Await.get(browser.call("closeChannel", name));
    }
}
