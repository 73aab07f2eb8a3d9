package io.github.purrtc;

import io.github.purrtc.dtls.Handshakes;
import io.github.purrtc.ice.NetworkOptions;

/**
 * Options of the runtime.
 *
 * @param network how many event loops there are and what kind of sockets they use
 * @param handshakes how many DTLS handshakes run at once: {@link Handshakes#atMost}
 * @param certificatesAhead how many certificates are kept ready for connections that bring none of their own
 * @param bufferMemory the bytes that receive windows and send buffers of all connections may have together, beyond 1 MiB for each direction
 *     of a connection; those whose size was fixed in the {@link Configuration} do not count
 */
public record WebRtcOptions(NetworkOptions network, Handshakes handshakes, int certificatesAhead, long bufferMemory) {
    /** @throws IllegalArgumentException if {@code bufferMemory} is negative */
    public WebRtcOptions {
        if (bufferMemory < 0) {
            throw new IllegalArgumentException("bufferMemory is negative: " + bufferMemory);
        }
    }

    /** With a quarter of the memory that the JVM may have for buffers. */
    public WebRtcOptions(NetworkOptions network, Handshakes handshakes, int certificatesAhead) {
        this(network, handshakes, certificatesAhead, BufferMemory.defaultBytes());
    }

    /** With as many handshakes at once as {@link Handshakes#shared()} has, and no certificate made ahead. */
    public WebRtcOptions(NetworkOptions network) {
        this(network, Handshakes.shared(), 0);
    }
}
