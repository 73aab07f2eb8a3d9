package io.github.purrtc.dtls.internal;

import io.github.purrtc.dtls.DtlsException;
import io.github.purrtc.dtls.DtlsSession;

import java.nio.ByteBuffer;

/**
 * One end of a DTLS connection, confined to its loop: all methods are called there, and the host is called there.
 *
 * <p>An engine tells its host nothing more once it said {@code closed} or {@code failed}, or once it was closed itself.
 */
public interface DtlsEngine {
    /** Begins the handshake. */
    void start();

    /** Takes a whole datagram, its content valid during the call; malformed, forged and repeated records are dropped. */
    void receive(ByteBuffer datagram);

    /** Writes one record of application data to the host, unflushed. Only when connected. */
    void send(byte[] buffer, int offset, int length);

    /** Says close_notify and ends, whatever is under way. */
    void close();

    /** The number of records dropped: malformed, forged, repeated, out of place, or more than there was room for. */
    long discardedRecords();

    /** What an engine needs from, and tells, its surroundings. */
    interface Host {
        void write(byte[] buffer, int offset, int length);

        void flush();

        /** The handshake is done and the peer verified. */
        void connected(DtlsSession session);

        /** A record's plaintext, which is never empty and only lent. */
        void applicationData(ByteBuffer plaintext);

        /** The peer said close_notify. */
        void closed();

        void failed(DtlsException cause);
    }
}
