package io.github.purrtc.ice.internal.net;

import java.net.InetSocketAddress;

/** What datagrams can be sent from, in bursts; to be used on its loop. */
public interface LocalSocket {
    /** Appends a copy of one datagram to the burst. */
    void write(byte[] buffer, int offset, int length, InetSocketAddress destination);

    /** Sends the burst. */
    void flush();

    /** False while there is no room: then hold back. */
    boolean isWritable();

    /** Closes; what was written and not flushed is not sent. */
    void close();
}
