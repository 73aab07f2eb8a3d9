package io.github.purrtc.dtls;

import org.jspecify.annotations.Nullable;

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
 */
public record DtlsOptions(
        int maxDatagramSize,
        int retransmissionMillis,
        int handshakeTimeoutMillis,
        @Nullable Consumer<String> keyLog) {
    private static final int MIN_DATAGRAM_SIZE = 128;
    private static final int MAX_DATAGRAM_SIZE = 65_507;

    /** Datagrams of 1,200 bytes, first retransmission after 100 ms, 30 s in all, no key log. */
    public static final DtlsOptions DEFAULT = new DtlsOptions(1200, 100, 30_000, null);

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
    }

    public DtlsOptions withMaxDatagramSize(int bytes) {
        return new DtlsOptions(bytes, retransmissionMillis, handshakeTimeoutMillis, keyLog);
    }

    public DtlsOptions withRetransmissionMillis(int millis) {
        return new DtlsOptions(maxDatagramSize, millis, handshakeTimeoutMillis, keyLog);
    }

    public DtlsOptions withHandshakeTimeoutMillis(int millis) {
        return new DtlsOptions(maxDatagramSize, retransmissionMillis, millis, keyLog);
    }

    public DtlsOptions withKeyLog(Consumer<String> sink) {
        return new DtlsOptions(maxDatagramSize, retransmissionMillis, handshakeTimeoutMillis, sink);
    }
}
