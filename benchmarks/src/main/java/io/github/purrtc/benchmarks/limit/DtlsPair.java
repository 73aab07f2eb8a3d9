package io.github.purrtc.benchmarks.limit;

import io.github.purrtc.dtls.DatagramSink;
import io.github.purrtc.dtls.DtlsCertificate;
import io.github.purrtc.dtls.DtlsException;
import io.github.purrtc.dtls.DtlsOptions;
import io.github.purrtc.dtls.DtlsRole;
import io.github.purrtc.dtls.DtlsTransport;
import io.github.purrtc.dtls.DtlsTransportState;
import io.github.purrtc.dtls.Handshakes;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Two ends of DTLS on one thread, with nothing between them: A encrypts, Z decrypts. */
public final class DtlsPair {
    private static final int LIMIT_SECONDS = 30;

    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final Queue<byte[]> toA = new ArrayDeque<>();
    private final Queue<byte[]> toZ = new ArrayDeque<>();
    private final DtlsTransport a;
    private final DtlsTransport z;
    private final ByteBuffer records;
    private boolean connected;
    private long receivedBytes;

    /** Connected, with room for that much between the two. */
    public static DtlsPair connect(int recordsBytes) throws InterruptedException {
        DtlsPair pair = new DtlsPair(recordsBytes);
        pair.handshake();
        return pair;
    }

    private DtlsPair(int recordsBytes) {
        records = ByteBuffer.allocateDirect(recordsBytes);
        DtlsCertificate certificate = DtlsCertificate.generate();
        a = transport(certificate, toZ, true);
        z = transport(certificate, toA, false);
        a.start(DtlsRole.CLIENT, certificate.fingerprints());
        z.start(DtlsRole.SERVER, certificate.fingerprints());
    }

    private DtlsTransport transport(DtlsCertificate certificate, Queue<byte[]> handshakeOut, boolean sends) {
        DatagramSink sink = new DatagramSink() {
            @Override
            public void write(byte[] buffer, int offset, int length) {
                if (connected && sends) {
                    records.put(buffer, offset, length);
                } else {
                    handshakeOut.add(java.util.Arrays.copyOfRange(buffer, offset, offset + length));
                }
            }

            @Override
            public void flush() {}
        };
        DtlsTransport.Listener listener = new DtlsTransport.Listener() {
            @Override
            public void onStateChange(DtlsTransportState state) {}

            @Override
            public void onApplicationData(ByteBuffer plaintext) {
                receivedBytes += plaintext.remaining();
            }

            @Override
            public void onError(DtlsException cause) {
                throw new IllegalStateException(cause);
            }
        };
        return new DtlsTransport(certificate, DtlsOptions.DEFAULT, tasks::add, Handshakes.shared(), sink, listener);
    }

    private void handshake() throws InterruptedException {
        long limitNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (a.state() != DtlsTransportState.CONNECTED || z.state() != DtlsTransportState.CONNECTED) {
            Runnable task = tasks.poll(1, TimeUnit.MILLISECONDS);
            if (task != null) {
                task.run();
            }
            deliver(toA, a);
            deliver(toZ, z);
            if (System.nanoTime() > limitNanos) {
                throw new IllegalStateException("no handshake: " + a.state() + ", " + z.state());
            }
        }
        connected = true;
    }

    private static void deliver(Queue<byte[]> datagrams, DtlsTransport to) {
        for (byte[] next = datagrams.poll(); next != null; next = datagrams.poll()) {
            to.receive(ByteBuffer.wrap(next));
        }
    }

    /** Forgets the records that lie between the two. */
    public void clear() {
        records.clear();
    }

    /** Encrypts so many records of these bytes. */
    public void encrypt(byte[] plaintext, int count) {
        for (int i = 0; i < count; i++) {
            a.send(plaintext, 0, plaintext.length);
        }
    }

    /** Decrypts what lies between the two, records of equal size, and returns the bytes that came out. */
    public long decrypt(int recordBytes) {
        int end = records.position();
        long before = receivedBytes;
        for (int begin = 0; begin < end; begin += recordBytes) {
            z.receive(records.limit(begin + recordBytes).position(begin));
        }
        return receivedBytes - before;
    }

    /** Bytes that a record has beside its plaintext. */
    public int overhead() {
        return a.recordOverhead();
    }
}
