package io.github.purrtc.dtls;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Peers A and Z, joined by a network in memory. */
final class Pair implements AutoCloseable {
    /** Made once: what matters is seldom who they are. */
    static final DtlsCertificate A_CERTIFICATE = DtlsCertificate.generate();

    static final DtlsCertificate Z_CERTIFICATE = DtlsCertificate.generate();

    static final DtlsOptions OPTIONS = DtlsOptions.DEFAULT.withRetransmissionMillis(50);

    final Loop loop = new Loop();
    final ExecutorService handshakes = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "test-handshake");
        thread.setDaemon(true);
        return thread;
    });
    final Peer a;
    final Peer z;

    Pair() {
        this(OPTIONS);
    }

    Pair(DtlsOptions options) {
        this(options, A_CERTIFICATE, Z_CERTIFICATE);
    }

    Pair(DtlsOptions options, DtlsCertificate certificateOfA, DtlsCertificate certificateOfZ) {
        Executor executor = handshakes;
        a = new Peer(loop, certificateOfA, options, executor);
        z = new Peer(loop, certificateOfZ, options, executor);
        a.remote = z;
        z.remote = a;
    }

    /** Starts both, A as the client. */
    Pair start() {
        z.start(DtlsRole.SERVER, a.certificate.fingerprints());
        a.start(DtlsRole.CLIENT, z.certificate.fingerprints());
        return this;
    }

    Pair connect() {
        start();
        a.awaitState(DtlsTransportState.CONNECTED);
        z.awaitState(DtlsTransportState.CONNECTED);
        return this;
    }

    @Override
    public void close() {
        a.close();
        z.close();
        loop.close();
        handshakes.shutdownNow();
    }
}
