package io.github.purrtc;

import io.github.purrtc.dtls.Handshakes;
import io.github.purrtc.ice.NetworkOptions;

/**
 * Options of the runtime.
 *
 * @param network how many event loops there are and what kind of sockets they use
 * @param handshakes how many DTLS handshakes run at once: {@link Handshakes#atMost}
 */
public record WebRtcOptions(NetworkOptions network, Handshakes handshakes) {
    /** With as many handshakes at once as {@link Handshakes#shared()} has. */
    public WebRtcOptions(NetworkOptions network) {
        this(network, Handshakes.shared());
    }
}
