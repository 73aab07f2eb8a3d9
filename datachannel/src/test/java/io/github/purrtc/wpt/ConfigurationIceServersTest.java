package io.github.purrtc.wpt;

import io.github.purrtc.Configuration;
import io.github.purrtc.ErrorName;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.ice.IceServer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Collections;
import java.util.List;

import static io.github.purrtc.wpt.Wpt.call;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** webrtc-pc §4.2.4: servers and their errors; the same by the constructor and by setConfiguration. */
@DisplayName("RTCConfiguration-iceServers.html")
class ConfigurationIceServersTest {
    private static Configuration with(String username, String credential, List<String> urls) {
        return Configuration.builder().iceServer(urls, username, credential).build();
    }

    private static Configuration applied(String name, Configuration configuration) {
        if (name.startsWith("new")) {
            try (PeerConnection pc = new PeerConnection(configuration)) {
                return pc.configuration();
            }
        }
        try (PeerConnection pc = new PeerConnection()) {
            pc.setConfiguration(configuration);
            return pc.configuration();
        }
    }

    @Test
    @DisplayName("new RTCPeerConnection() should have default configuration.iceServers of []")
    void none() {
        try (PeerConnection pc = new PeerConnection()) {
            assertEquals(List.of(), pc.configuration().iceServers());
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "new RTCPeerConnection(config) - {} should succeed",
                "setConfiguration(config) - {} should succeed",
                "new RTCPeerConnection(config) - { iceServers: [] } should succeed",
                "setConfiguration(config) - { iceServers: [] } should succeed"
            })
    void empty(String name) {
        Configuration.Builder builder = Configuration.builder();
        if (name.contains("[]")) {
            builder.iceServers(List.of());
        }
        assertEquals(List.of(), applied(name, builder.build()).iceServers());
    }

    @Test
    @DisplayName("setConfiguration(config) - without iceServers removes ice servers")
    void removed() {
        try (PeerConnection pc = new PeerConnection(with(null, null, List.of("stun:stun.example.net")))) {
            pc.setConfiguration(Configuration.DEFAULT);
            assertEquals(List.of(), pc.configuration().iceServers());
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            emptyValue = "",
            value = {
                "new RTCPeerConnection(config) - with stun server should succeed | none | none | stun:stun1.example.net",
                "setConfiguration(config) - with stun server should succeed | none | none | stun:stun1.example.net",
                "new RTCPeerConnection(config) - with stun server array should succeed | none | none | stun:stun1.example.net",
                "setConfiguration(config) - with stun server array should succeed | none | none | stun:stun1.example.net",
                "new RTCPeerConnection(config) - with 2 stun servers should succeed | none | none | stun:stun1.example.net stun:stun2.example.net",
                "setConfiguration(config) - with 2 stun servers should succeed | none | none | stun:stun1.example.net stun:stun2.example.net",
                "new RTCPeerConnection(config) - with turn server, username, credential should succeed | user | cred | turn:turn.example.org",
                "setConfiguration(config) - with turn server, username, credential should succeed | user | cred | turn:turn.example.org",
                "new RTCPeerConnection(config) - with turns server and empty string username, credential should succeed | '' | '' | turns:turn.example.org",
                "setConfiguration(config) - with turns server and empty string username, credential should succeed | '' | '' | turns:turn.example.org",
                "new RTCPeerConnection(config) - with turn server and empty string username, credential should succeed | '' | '' | turn:turn.example.org",
                "setConfiguration(config) - with turn server and empty string username, credential should succeed | '' | '' | turn:turn.example.org",
                "new RTCPeerConnection(config) - with one turns server, one turn server, username, credential should succeed | user | cred | turns:turn.example.org turn:turn.example.net",
                "setConfiguration(config) - with one turns server, one turn server, username, credential should succeed | user | cred | turns:turn.example.org turn:turn.example.net"
            })
    void valid(String name, String username, String credential, String urls) {
        List<String> all = List.of(urls.split(" ", -1));
        IceServer server =
                applied(name, with(username, credential, all)).iceServers().get(0);
        assertEquals(all, server.urls());
        assertEquals(username, server.username());
        assertEquals(credential, server.credential());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "new RTCPeerConnection(config) - with a turn server and a username of 509 characters should succeed",
                "setConfiguration(config) - with a turn server and a username of 509 characters should succeed"
            })
    void longUsername(String name) {
        String username = "u".repeat(509);
        Configuration applied = applied(name, with(username, "cred", List.of("turn:turn.example.org")));
        assertEquals(username, applied.iceServers().get(0).username());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "new RTCPeerConnection(config) - with a turn server and a username of 510 characters throw InvalidAccessError",
                "setConfiguration(config) - with a turn server and a username of 510 characters throw InvalidAccessError"
            })
    void tooLongUsername(String name) {
        assertEquals(
                ErrorName.INVALID_ACCESS_ERROR,
                call(() -> applied(name, with("u".repeat(510), "cred", List.of("turn:turn.example.org")))));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "new RTCPeerConnection(config) - with 32 ice servers must succeed",
                "setConfiguration(config) - with 32 ice servers must succeed"
            })
    void many(String name) {
        List<IceServer> servers = Collections.nCopies(32, IceServer.of("stun:stun.example.net"));
        Configuration configuration =
                Configuration.builder().iceServers(servers).build();
        assertEquals(servers, applied(name, configuration).iceServers());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "new RTCPeerConnection(config) - with turn server and no credentials should throw InvalidAccessError | none | none | turn:turn.example.net",
                "setConfiguration(config) - with turn server and no credentials should throw InvalidAccessError | none | none | turn:turn.example.net",
                "new RTCPeerConnection(config) - with turn server and only username should throw InvalidAccessError | user | none | turn:turn.example.net",
                "setConfiguration(config) - with turn server and only username should throw InvalidAccessError | user | none | turn:turn.example.net",
                "new RTCPeerConnection(config) - with turn server and only credential should throw InvalidAccessError | none | cred | turn:turn.example.net",
                "setConfiguration(config) - with turn server and only credential should throw InvalidAccessError | none | cred | turn:turn.example.net",
                "new RTCPeerConnection(config) - with turns server and no credentials should throw InvalidAccessError | none | none | turns:turn.example.net",
                "setConfiguration(config) - with turns server and no credentials should throw InvalidAccessError | none | none | turns:turn.example.net",
                "new RTCPeerConnection(config) - with turns server and only username should throw InvalidAccessError | user | none | turns:turn.example.net",
                "setConfiguration(config) - with turns server and only username should throw InvalidAccessError | user | none | turns:turn.example.net",
                "new RTCPeerConnection(config) - with turns server and only credential should throw InvalidAccessError | none | cred | turns:turn.example.net",
                "setConfiguration(config) - with turns server and only credential should throw InvalidAccessError | none | cred | turns:turn.example.net"
            })
    void incomplete(String name, String username, String credential, String url) {
        assertEquals(
                ErrorName.INVALID_ACCESS_ERROR, call(() -> applied(name, with(username, credential, List.of(url)))));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "new RTCPeerConnection(config) - with \"\" url should throw SyntaxError | ''",
                "setConfiguration(config) - with \"\" url should throw SyntaxError | ''",
                "new RTCPeerConnection(config) - with relative url should throw SyntaxError | relative-url",
                "setConfiguration(config) - with relative url should throw SyntaxError | relative-url",
                "new RTCPeerConnection(config) - with http url should throw SyntaxError | http://example.com",
                "setConfiguration(config) - with http url should throw SyntaxError | http://example.com",
                "new RTCPeerConnection(config) - with invalid turn url should throw SyntaxError | turn://example.org/foo?x=y",
                "setConfiguration(config) - with invalid turn url should throw SyntaxError | turn://example.org/foo?x=y",
                "new RTCPeerConnection(config) - with invalid stun url should throw SyntaxError | stun://example.org/foo?x=y",
                "setConfiguration(config) - with invalid stun url should throw SyntaxError | stun://example.org/foo?x=y"
            })
    void malformed(String name, String url) {
        assertEquals(ErrorName.SYNTAX_ERROR, call(() -> applied(name, with(null, null, List.of(url)))));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "new RTCPeerConnection(config) - with [\"stun:stun1.example.net\", \"\"] url should throw SyntaxError",
                "setConfiguration(config) - with [\"stun:stun1.example.net\", \"\"] url should throw SyntaxError"
            })
    void oneMalformed(String name) {
        assertEquals(
                ErrorName.SYNTAX_ERROR,
                call(() -> applied(name, with(null, null, List.of("stun:stun1.example.net", "")))));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "new RTCPeerConnection(config) - with empty urls should throw SyntaxError",
                "setConfiguration(config) - with empty urls should throw SyntaxError"
            })
    void noUrl(String name) {
        assertEquals(ErrorName.SYNTAX_ERROR, call(() -> applied(name, with(null, null, List.of()))));
    }
}
