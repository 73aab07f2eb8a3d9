package io.github.purrtc.dtls;

/**
 * Settings of a {@link DtlsTransport}.
 *
 * @param maxDatagramSize bytes of the largest datagram of the handshake, at least 128
 * @param retransmissionMillis milliseconds until a flight of the handshake is sent again the first time; doubled each time
 * @param handshakeTimeoutMillis milliseconds after which a handshake that is not done has failed
 */
public record DtlsOptions(int maxDatagramSize, int retransmissionMillis, int handshakeTimeoutMillis) {
    private static final int MIN_DATAGRAM_SIZE = 128;
    private static final int MAX_DATAGRAM_SIZE = 65_507;

    /** Datagrams of 1,200 bytes, first retransmission after 100 ms, 30 s in all. */
    public static final DtlsOptions DEFAULT = new DtlsOptions(1200, 100, 30_000);

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
        return new DtlsOptions(bytes, retransmissionMillis, handshakeTimeoutMillis);
    }

    public DtlsOptions withRetransmissionMillis(int millis) {
        return new DtlsOptions(maxDatagramSize, millis, handshakeTimeoutMillis);
    }

    public DtlsOptions withHandshakeTimeoutMillis(int millis) {
        return new DtlsOptions(maxDatagramSize, retransmissionMillis, millis);
    }
}
