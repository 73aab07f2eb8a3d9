package io.github.purrtc.interop;

import io.github.purrtc.interop.Bench.Role;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertTrue;

class PageTest {
    @Test
    @DisplayName("cases are rows, peers columns, and what was found stands below")
    void writes() {
        PeerResults chromium = new PeerResults(
                Kind.CHROMIUM,
                "Chromium 1",
                Scale.FULL,
                "2026-01-02",
                List.of(
                        new Result("text", Role.OFFERING, Outcome.WORKS, "3 | 4"),
                        new Result("text", Role.ANSWERING, Outcome.CANNOT, "no such thing")));
        PeerResults werift = new PeerResults(
                Kind.WERIFT,
                "werift 2",
                Scale.SHORT,
                "2026-01-03",
                List.of(new Result("text", Role.OFFERING, Outcome.FAILS, "late")));
        String page = Page.write(List.of(chromium, werift));
        assertTrue(page.contains("| we offer, we answer | Chromium | werift |"), page);
        assertTrue(page.contains("| text | ✓ – | ✗   |"), page);
        assertTrue(page.contains("Chromium 1, 2026-01-02.\n"), page);
        assertTrue(page.contains("werift 2, 2026-01-03, in the short form.\n"), page);
        assertTrue(page.contains("| text | ✓ 3 \\| 4 | – no such thing |"), page);
    }
}
