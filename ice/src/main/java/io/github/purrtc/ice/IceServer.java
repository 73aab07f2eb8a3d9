package io.github.purrtc.ice;

import io.github.purrtc.ice.internal.harvest.ServerUrl;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A STUN or TURN server (W3C webrtc-pc, RTCIceServer).
 *
 * <p>Over TLS a STUN server sees the address of this host, and no UDP port of it: the candidate is told with the port of the
 * host candidate, which is right behind a NAT that leaves ports alone.
 *
 * @param urls {@code stun:host[:port]}, {@code stuns:host[:port]}, {@code turn:host[:port][?transport=udp|tcp]} or {@code turns:host[:port]} (RFC 7064,
 *     RFC 7065)
 * @param username for TURN
 * @param credential the password, for TURN; never logged
 */
public record IceServer(
        List<String> urls,
        @Nullable String username,
        @Nullable String credential) {
    private static final int MOST_USERNAME_BYTES = 509; // webrtc-pc §4.4.1.6; RFC 8489 §14.3 has one less

    /**
     * Checks the URLs.
     *
     * @throws IllegalArgumentException if one is malformed, or a TURN URL comes without user name and credential
     */
    public IceServer {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("an ICE server needs a URL");
        }
        if (username != null && username.getBytes(StandardCharsets.UTF_8).length > MOST_USERNAME_BYTES) {
            throw new IllegalArgumentException("a user name of more than " + MOST_USERNAME_BYTES + " bytes");
        }
        for (String url : urls) {
            if (ServerUrl.parse(url).relays() && (username == null || credential == null)) {
                throw new IllegalArgumentException("\"" + url + "\" needs a user name and a credential");
            }
        }
    }

    /** A STUN server. */
    public static IceServer of(String url) {
        return new IceServer(List.of(url), null, null);
    }

    @Override
    public String toString() {
        return "IceServer" + urls;
    }
}
