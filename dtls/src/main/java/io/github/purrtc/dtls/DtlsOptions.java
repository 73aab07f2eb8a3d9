package io.github.purrtc.dtls;

import io.github.purrtc.dtls.internal.Suite;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Consumer;

/**
 * Settings of a {@link DtlsTransport}.
 *
 * @param maxDatagramSize bytes of the largest datagram of the handshake, at least 128
 * @param retransmissionMillis milliseconds until a flight of the handshake is sent again the first time, where the round-trip time is
 *     not known; doubled each time
 * @param handshakeTimeoutMillis milliseconds after which a handshake that is not done has failed
 * @param keyLog takes a line in the format of {@code SSLKEYLOGFILE} for each handshake, with which whoever has it can read the
 *     connection; called on any thread; null: nobody
 * @param cipherSuites IANA's names of those to be used, of the ones there are, the best first; empty: all, the processor's best first
 */
public record DtlsOptions(
        int maxDatagramSize,
        int retransmissionMillis,
        int handshakeTimeoutMillis,
        @Nullable Consumer<String> keyLog,
        List<String> cipherSuites) {
    private static final int MIN_DATAGRAM_SIZE = 128;
    private static final int MAX_DATAGRAM_SIZE = 65_507;

    /** Datagrams of 1,200 bytes, first retransmission after 100 ms, 30 s in all, no key log. */
    public static final DtlsOptions DEFAULT = new DtlsOptions(1200, 100, 30_000, null, List.of());

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public DtlsOptions {
        if (maxDatagramSize < MIN_DATAGRAM_SIZE || maxDatagramSize > MAX_DATAGRAM_SIZE) {
            throw new IllegalArgumentException("maxDatagramSize out of range: " + maxDatagramSize);
        }
        if (retransmissionMillis < 1) {
            throw new IllegalArgumentException("retransmissionMillis is not positive: " + retransmissionMillis);
        }
        if (handshakeTimeoutMillis < 1) {
            throw new IllegalArgumentException("handshakeTimeoutMillis is not positive: " + handshakeTimeoutMillis);
        }
        cipherSuites = List.copyOf(cipherSuites);
        for (String name : cipherSuites) {
            if (!Suite.isKnown(name)) {
                throw new IllegalArgumentException("no such cipher suite: " + name);
            }
        }
    }

    /** These with another {@link #maxDatagramSize}. */
    public DtlsOptions withMaxDatagramSize(int bytes) {
        return new DtlsOptions(bytes, retransmissionMillis, handshakeTimeoutMillis, keyLog, cipherSuites);
    }

    /** These with another {@link #retransmissionMillis}. */
    public DtlsOptions withRetransmissionMillis(int millis) {
        return new DtlsOptions(maxDatagramSize, millis, handshakeTimeoutMillis, keyLog, cipherSuites);
    }

    /** These with another {@link #handshakeTimeoutMillis}. */
    public DtlsOptions withHandshakeTimeoutMillis(int millis) {
        return new DtlsOptions(maxDatagramSize, retransmissionMillis, millis, keyLog, cipherSuites);
    }

    /** These with another {@link #keyLog}. */
    public DtlsOptions withKeyLog(Consumer<String> sink) {
        return new DtlsOptions(maxDatagramSize, retransmissionMillis, handshakeTimeoutMillis, sink, cipherSuites);
    }

    /** These with other {@link #cipherSuites}. */
    public DtlsOptions withCipherSuites(String... names) {
        return new DtlsOptions(maxDatagramSize, retransmissionMillis, handshakeTimeoutMillis, keyLog, List.of(names));
    }
}
