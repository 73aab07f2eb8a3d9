package io.github.purrtc;

import io.github.purrtc.dtls.CertificateSupply;
import io.github.purrtc.dtls.DtlsCertificate;
import io.github.purrtc.dtls.Handshakes;
import io.github.purrtc.ice.Network;
import io.github.purrtc.ice.NetworkLoop;

/** The runtime that connections share: their event loops. Thread-safe. */
public final class WebRtc implements AutoCloseable {
    private final Network network;
    private final Handshakes handshakes;
    private final CertificateSupply certificates;
    private final BufferMemory bufferMemory;

    private WebRtc(Network network, Handshakes handshakes, int certificatesAhead, BufferMemory bufferMemory) {
        this.bufferMemory = bufferMemory;
        this.network = network;
        this.handshakes = handshakes;
        this.certificates = new CertificateSupply(certificatesAhead);
    }

    /** The runtime of {@link PeerConnection#PeerConnection()}: made on first use, with daemon threads, never closed. */
    public static WebRtc shared() {
        return Shared.INSTANCE;
    }

    /** A runtime of its own, to be closed. */
    public static WebRtc open(WebRtcOptions options) {
        Handshakes.prepare();
        return new WebRtc(
                Network.open(options.network()),
                options.handshakes(),
                options.certificatesAhead(),
                new BufferMemory(options.bufferMemory()));
    }

    /** A new connection, on one of the event loops. */
    public PeerConnection peerConnection(Configuration configuration) {
        return new PeerConnection(this, configuration);
    }

    /** What the sockets are: {@code "epoll (GSO, GRO)"}, {@code "epoll"} or {@code "nio"}. */
    public String transportName() {
        return network.transportName();
    }

    /** Ends the event loops; connections that are still open on them end with them. */
    @Override
    public void close() {
        network.close();
    }

    NetworkLoop nextLoop() {
        return network.nextLoop();
    }

    DtlsCertificate nextCertificate() {
        return certificates.get();
    }

    Handshakes handshakes() {
        return handshakes;
    }

    BufferMemory bufferMemory() {
        return bufferMemory;
    }

    private static final class Shared {
        static final WebRtc INSTANCE;

        static {
            Handshakes.prepare();
            INSTANCE = new WebRtc(Network.shared(), Handshakes.shared(), 0, BufferMemory.shared());
        }
    }
}
