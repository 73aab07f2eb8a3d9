package io.github.purrtc;

import io.github.purrtc.dtls.Handshakes;
import io.github.purrtc.ice.NetworkOptions;

/**
 * Options of the runtime.
 *
 * @param network how many event loops there are and what kind of sockets they use
 * @param handshakes how many DTLS handshakes run at once: {@link Handshakes#atMost}
 * @param certificatesAhead how many certificates are kept ready for connections that bring none of their own
 */
public record WebRtcOptions(NetworkOptions network, Handshakes handshakes, int certificatesAhead) {
    /** With as many handshakes at once as {@link Handshakes#shared()} has, and no certificate made ahead. */
    public WebRtcOptions(NetworkOptions network) {
        this(network, Handshakes.shared(), 0);
    }
}
