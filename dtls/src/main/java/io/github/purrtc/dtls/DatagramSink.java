package io.github.purrtc.dtls;

/** Where outgoing datagrams go. Always called on the transport's loop. */
public interface DatagramSink {
    /** Takes one datagram and copies it: the buffer is only lent. */
    void write(byte[] buffer, int offset, int length);

    /** Sends what was written since the last flush. */
    void flush();
}
