package io.github.purrtc.benchmarks.dtls;

import io.github.purrtc.dtls.DatagramSink;
import io.github.purrtc.dtls.DtlsCertificate;
import io.github.purrtc.dtls.DtlsException;
import io.github.purrtc.dtls.DtlsOptions;
import io.github.purrtc.dtls.DtlsRole;
import io.github.purrtc.dtls.DtlsTransport;
import io.github.purrtc.dtls.DtlsTransportState;
import io.github.purrtc.dtls.Handshakes;

import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;

/** One end of a connection in memory; what it writes the other end receives. */
final class DtlsEnd implements DtlsTransport.Listener, DatagramSink {
    private static final int MAX_DATAGRAM = 1_500;

    private final ExecutorService loop;
    private final CountDownLatch connected;
    private final ByteBuffer datagram = ByteBuffer.allocateDirect(MAX_DATAGRAM);
    final DtlsTransport transport;
    private DtlsEnd remote = this;
    private boolean atOnce;
    long receivedBytes;

    private DtlsEnd(ExecutorService loop, CountDownLatch connected, DtlsCertificate certificate) {
        this.loop = loop;
        this.connected = connected;
        this.transport = new DtlsTransport(certificate, DtlsOptions.DEFAULT, loop, Handshakes.shared(), this, this);
    }

    /** Connects two ends, of which it gives the client. */
    static DtlsEnd connect(ExecutorService loop, DtlsCertificate client, DtlsCertificate server) {
        CountDownLatch connected = new CountDownLatch(2);
        DtlsEnd a = new DtlsEnd(loop, connected, client);
        DtlsEnd z = new DtlsEnd(loop, connected, server);
        a.remote = z;
        z.remote = a;
        loop.execute(() -> {
            z.transport.start(DtlsRole.SERVER, client.fingerprints());
            a.transport.start(DtlsRole.CLIENT, server.fingerprints());
        });
        try {
            connected.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return a;
    }

    DtlsEnd remote() {
        return remote;
    }

    /** From now on datagrams are received within the call that writes them. */
    void deliverAtOnce() {
        atOnce = true;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) {
        if (atOnce) {
            remote.transport.receive(
                    datagram.clear().put(buffer, offset, length).flip());
            return;
        }
        ByteBuffer copy =
                ByteBuffer.allocate(length).put(buffer, offset, length).flip();
        loop.execute(() -> remote.transport.receive(copy));
    }

    @Override
    public void flush() {}

    @Override
    public void onStateChange(DtlsTransportState state) {
        if (state == DtlsTransportState.CONNECTED || state == DtlsTransportState.FAILED) {
            connected.countDown();
        }
    }

    @Override
    public void onApplicationData(ByteBuffer plaintext) {
        receivedBytes += plaintext.remaining();
    }

    @Override
    public void onError(DtlsException cause) {
        throw new IllegalStateException(cause);
    }
}
