package io.github.purrtc.ice.internal.net;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** What a socket tells, on its loop. */
public interface DatagramListener {
    /** The content is valid during the call only. */
    void onDatagram(InetSocketAddress source, ByteBuffer datagram);

    /** The datagrams of this socket read are all in. */
    void onEndOfBurst();

    /** After {@link LocalSocket#isWritable} was false. */
    void onWritable();

    /** The TCP connection with that address has ended, or could not be made. */
    default void onDisconnected(InetSocketAddress remote) {}
}
