package io.github.purrtc.ice;

import io.github.purrtc.ice.internal.harvest.ServerUrl;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A STUN or TURN server (W3C webrtc-pc, RTCIceServer).
 *
 * @param urls {@code stun:host[:port]} or {@code turn:host[:port][?transport=udp]} (RFC 7064, RFC 7065)
 * @param username for TURN
 * @param credential the password, for TURN; never logged
 */
public record IceServer(
        List<String> urls,
        @Nullable String username,
        @Nullable String credential) {
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
