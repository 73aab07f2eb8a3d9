package io.github.purrtc.dtls;

import io.github.purrtc.dtls.internal.BouncyCastleEngine;
import io.github.purrtc.dtls.internal.DtlsEngine;
import io.github.purrtc.dtls.internal.EngineSettings;
import io.github.purrtc.dtls.internal.HeldBack;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * One end of a DTLS association (RFC 6347; W3C's {@code RTCDtlsTransport}).
 *
 * <p>Confined to a loop: every method but {@link #state()} is called on it, and the sink and the listener are called on it.
 * Only the handshake runs elsewhere, and its thread is gone when it is done.
 */
public final class DtlsTransport {
    private static final Logger LOG = LoggerFactory.getLogger(DtlsTransport.class);

    /** DTLS 1.2 with AES-GCM: a header of 13 bytes, 8 of nonce, 16 of tag. */
    private static final int RECORD_OVERHEAD = 37;

    /** RFC 6347 §4.1. */
    private static final int MAX_RECORD_PLAINTEXT = 1 << 14;

    private static final int MIN_RETRANSMISSION_MILLIS = 50;

    private static final int MAX_EARLY_DATAGRAMS = 64;
    private static final int MAX_EARLY_BYTES = 16 * 1024;

    private final List<DtlsCertificate> certificates;
    private final DtlsOptions options;
    private final Executor loop;
    private final DtlsTimer timer;
    private final Handshakes handshakes;
    private final DatagramSink out;
    private final Listener listener;
    private final HeldBack early = new HeldBack(MAX_EARLY_DATAGRAMS, MAX_EARLY_BYTES);

    private volatile DtlsTransportState state = DtlsTransportState.NEW;
    private @Nullable DtlsEngine engine;
    private volatile @Nullable DtlsSession session;
    private long discardedDatagrams;

    /** What happens to a transport. All calls come on the loop; one that throws changes nothing. */
    public interface Listener {
        /** Called with each new state. */
        void onStateChange(DtlsTransportState state);

        /**
         * A record's plaintext, from the peer whose certificate has one of the fingerprints.
         *
         * @param plaintext a heap buffer, never empty, only lent for the call
         */
        void onApplicationData(ByteBuffer plaintext);

        /** Why the transport is about to become {@link DtlsTransportState#FAILED}. */
        void onError(DtlsException cause);
    }

    /**
     * A transport whose timeouts are the JVM's: {@link DtlsTimer#on}.
     *
     * @param loop runs tasks one at a time, on the thread that calls all other methods
     * @param handshakes runs handshakes, which block: see {@link Handshakes#shared()}
     */
    public DtlsTransport(
            DtlsCertificate certificate,
            DtlsOptions options,
            Executor loop,
            Handshakes handshakes,
            DatagramSink out,
            Listener listener) {
        this(List.of(certificate), options, loop, DtlsTimer.on(loop), handshakes, out, listener);
    }

    /**
     * @param certificates one or more, of which the first that the peer can verify is shown to it
     * @param loop runs tasks one at a time, on the thread that calls all other methods
     * @param timer the loop's
     * @param handshakes runs handshakes, which block: see {@link Handshakes#shared()}
     */
    public DtlsTransport(
            List<DtlsCertificate> certificates,
            DtlsOptions options,
            Executor loop,
            DtlsTimer timer,
            Handshakes handshakes,
            DatagramSink out,
            Listener listener) {
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("a transport needs a certificate");
        }
        this.certificates = List.copyOf(certificates);
        this.timer = timer;
        this.options = options;
        this.loop = loop;
        this.handshakes = handshakes;
        this.out = out;
        this.listener = listener;
    }

    /**
     * Begins the handshake, with the datagrams that arrived before.
     *
     * @param remoteFingerprints one of which, and of SHA-256 or stronger, the peer's certificate must have (RFC 8122 §5)
     * @throws IllegalArgumentException when none of the fingerprints is of such a hash
     * @throws IllegalStateException when the transport is not new
     */
    public void start(DtlsRole role, List<Fingerprint> remoteFingerprints) {
        begin(role, remoteFingerprints, options.retransmissionMillis());
    }

    /**
     * Begins the handshake as {@link #start(DtlsRole, List)} does, with a retransmission timer after the path's round-trip time.
     *
     * @param roundTripNanos as measured by ICE's checks, in nanoseconds; negative where it is not known
     */
    public void start(DtlsRole role, List<Fingerprint> remoteFingerprints, long roundTripNanos) {
        begin(role, remoteFingerprints, retransmissionMillis(roundTripNanos));
    }

    private int retransmissionMillis(long roundTripNanos) {
        if (roundTripNanos < 0) {
            return options.retransmissionMillis();
        }
        long twice = TimeUnit.NANOSECONDS.toMillis(2 * roundTripNanos);
        return (int) Math.min(options.handshakeTimeoutMillis(), Math.max(MIN_RETRANSMISSION_MILLIS, twice));
    }

    private void begin(DtlsRole role, List<Fingerprint> remoteFingerprints, int retransmissionMillis) {
        if (state != DtlsTransportState.NEW) {
            throw new IllegalStateException("start() on a transport that is " + state);
        }
        if (remoteFingerprints.stream().noneMatch(Fingerprint::isStrong)) {
            throw new IllegalArgumentException("no fingerprint of sha-256, sha-384 or sha-512: " + remoteFingerprints);
        }
        EngineSettings settings = new EngineSettings(
                role,
                certificates.stream().map(DtlsCertificate::own).toList(),
                List.copyOf(remoteFingerprints),
                options,
                retransmissionMillis);
        DtlsEngine started = new BouncyCastleEngine(settings, loop, timer, handshakes.of(role), new Host());
        engine = started;
        become(DtlsTransportState.CONNECTING);
        if (state == DtlsTransportState.CONNECTING) {
            started.start();
        }
        for (byte[] datagram = early.poll(); datagram != null; datagram = early.poll()) {
            started.receive(ByteBuffer.wrap(datagram));
        }
    }

    /**
     * Takes a datagram from the peer: a whole one, whatever it holds. What is malformed, forged, repeated or out of place
     * is dropped and counted.
     *
     * @param datagram from its position to its limit, which stay as they are; only lent for the call
     */
    public void receive(ByteBuffer datagram) {
        if (engine != null) {
            engine.receive(datagram);
        } else if (state == DtlsTransportState.NEW) {
            discardedDatagrams += early.add(datagram, datagram.position(), datagram.remaining()) ? 0 : 1;
        }
    }

    /**
     * Writes one record to the sink; the caller flushes it.
     *
     * @param length 1 to 16,384; the record is up to {@link #recordOverhead()} bytes longer
     * @throws IllegalStateException when the transport is not connected
     */
    public void send(byte[] buffer, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length < 1 || length > MAX_RECORD_PLAINTEXT) {
            throw new IllegalArgumentException("a record holds 1 to " + MAX_RECORD_PLAINTEXT + " bytes, not " + length);
        }
        if (engine == null || state != DtlsTransportState.CONNECTED) {
            throw new IllegalStateException("send() on a transport that is " + state);
        }
        engine.send(buffer, offset, length);
    }

    /** Says close_notify to the peer, in any state, and is closed. Does nothing when closed or failed. */
    public void close() {
        if (isEnded()) {
            return;
        }
        if (engine != null) {
            engine.close();
        }
        ended(DtlsTransportState.CLOSED);
    }

    /** Readable from any thread. */
    public DtlsTransportState state() {
        return state;
    }

    /** What the handshake agreed upon; null before it is done. Readable from any thread. */
    public @Nullable DtlsSession session() {
        return session;
    }

    /** The peer's chain, its own certificate first, each in DER; empty before the handshake is done. Readable from any thread. */
    public List<byte[]> remoteCertificates() {
        DtlsSession agreed = session;
        return agreed == null ? List.of() : agreed.remoteCertificates();
    }

    /** The bytes that a record adds to its plaintext, at most. */
    public int recordOverhead() {
        return RECORD_OVERHEAD;
    }

    /** The records (before the start, datagrams) dropped: malformed, forged, repeated, out of place, or too many. */
    public long discarded() {
        return discardedDatagrams + (engine == null ? 0 : engine.discardedRecords());
    }

    private boolean isEnded() {
        return state == DtlsTransportState.CLOSED || state == DtlsTransportState.FAILED;
    }

    private void ended(DtlsTransportState end) {
        early.clear();
        become(end);
    }

    private void become(DtlsTransportState next) {
        state = next;
        tell(() -> listener.onStateChange(next));
    }

    private static void tell(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException e) {
            LOG.warn("a listener threw an exception", e);
        }
    }

    /** What the engine sees of this transport. */
    private final class Host implements DtlsEngine.Host {
        @Override
        public void write(byte[] buffer, int offset, int length) {
            out.write(buffer, offset, length);
        }

        @Override
        public void flush() {
            try {
                out.flush();
            } catch (RuntimeException e) {
                LOG.warn("datagrams were not sent", e);
            }
        }

        @Override
        public void connected(DtlsSession agreed) {
            session = agreed;
            become(DtlsTransportState.CONNECTED);
        }

        @Override
        public void applicationData(ByteBuffer plaintext) {
            try {
                listener.onApplicationData(plaintext);
            } catch (RuntimeException e) {
                LOG.warn("a listener threw an exception", e);
            }
        }

        @Override
        public void closed() {
            ended(DtlsTransportState.CLOSED);
        }

        @Override
        public void failed(DtlsException cause) {
            tell(() -> listener.onError(cause));
            if (!isEnded()) {
                ended(DtlsTransportState.FAILED);
            }
        }
    }
}
