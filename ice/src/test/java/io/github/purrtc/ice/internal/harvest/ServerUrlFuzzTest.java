package io.github.purrtc.ice.internal.harvest;

import com.code_intelligence.jazzer.junit.FuzzTest;

import java.nio.charset.StandardCharsets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Any text is the URL of a server or is refused, and what was read is what was written. */
class ServerUrlFuzzTest {
    @FuzzTest(maxDuration = "5m")
    void reads(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        try {
            ServerUrl url = ServerUrl.parse(text);
            assertEquals(text, url.url());
            assertEquals(url, ServerUrl.parse(text));
            assertFalse(url.host().isEmpty());
            assertTrue(url.port() > 0 && url.port() <= 65_535);
        } catch (IllegalArgumentException e) {
            assertNotNull(e.getMessage());
        }
    }
}
