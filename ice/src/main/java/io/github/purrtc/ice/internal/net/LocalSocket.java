package io.github.purrtc.ice.internal.net;

import java.net.InetSocketAddress;

/** What datagrams can be sent from, in bursts; to be used on its loop. */
public interface LocalSocket {
    /** Appends a copy of one datagram to the burst. */
    void write(byte[] buffer, int offset, int length, InetSocketAddress destination);

    /** Sends the burst. */
    void flush();

    /**
     * The peer has shown that it knows the password: an authentic request came from that address. A port that many share
     * takes it as a hint for whom what comes from there is.
     */
    default void onAuthenticated(InetSocketAddress remote) {}

    /** The peer has shown that it is at that address: an authentic answer to a request of ours came back from there. */
    default void onValidated(InetSocketAddress remote) {}

    /** Requests come with this user name fragment too from now on. A port that many share has to know. */
    default void addFragment(String usernameFragment) {}

    default void removeFragment(String usernameFragment) {}

    /** Sends the burst, as IP packets that must not be fragmented, by the system or on the way, as far as that can be had. */
    default void flushUnfragmented() {
        flush();
    }

    /** False while there is no room for what goes to that address: then hold back until {@link DatagramListener#onWritable}. */
    boolean isWritable(InetSocketAddress destination);

    /** Closes; what was written and not flushed is not sent. */
    void close();
}
