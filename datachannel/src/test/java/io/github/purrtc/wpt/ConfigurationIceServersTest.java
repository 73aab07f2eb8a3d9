package io.github.purrtc.wpt;

import io.github.purrtc.Configuration;
import io.github.purrtc.ErrorName;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;

import static io.github.purrtc.wpt.Wpt.call;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** webrtc-pc §4.2.4: servers and their errors. */
@DisplayName("RTCConfiguration-iceServers.html")
class ConfigurationIceServersTest {
    private static Configuration.Builder with(String username, String credential, String... urls) {
        return Configuration.builder().iceServer(List.of(urls), username, credential);
    }

    @Test
    @DisplayName("new RTCPeerConnection() should have default configuration.iceServers of []")
    void none() {
        assertEquals(List.of(), Configuration.DEFAULT.iceServers());
    }

    @Test
    @DisplayName("with stun server should succeed")
    void stun() {
        Configuration made = with(null, null, "stun:stun.example.net").build();
        assertEquals(List.of("stun:stun.example.net"), made.iceServers().get(0).urls());
    }

    @Test
    @DisplayName("with urls array of stun and turn should succeed")
    void several() {
        with("user", "cred", "turns:turn.example.net", "stun:stun.example.net").build();
    }

    @Test
    @DisplayName("with empty urls should throw SyntaxError")
    void noUrl() {
        assertEquals(ErrorName.SYNTAX_ERROR, call(() -> with(null, null)));
    }

    @Test
    @DisplayName("with http url should throw SyntaxError")
    void http() {
        assertEquals(ErrorName.SYNTAX_ERROR, call(() -> with(null, null, "https://example.net")));
        assertEquals(ErrorName.SYNTAX_ERROR, call(() -> with(null, null, "relative-url")));
        assertEquals(ErrorName.SYNTAX_ERROR, call(() -> with(null, null, "")));
    }

    @Test
    @DisplayName("with turn server and no credentials should throw InvalidAccessError")
    void turnWithoutCredentials() {
        assertEquals(ErrorName.INVALID_ACCESS_ERROR, call(() -> with(null, null, "turn:turn.example.net")));
        assertEquals(ErrorName.INVALID_ACCESS_ERROR, call(() -> with("user", null, "turns:turn.example.net")));
        assertEquals(ErrorName.INVALID_ACCESS_ERROR, call(() -> with(null, "cred", "turn:turn.example.net")));
    }
}
