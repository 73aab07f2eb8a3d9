package io.github.purrtc.ice.internal.harvest;

import java.nio.ByteBuffer;

/** What carries messages to one server and back; to be used on its loop. */
interface ServerConnection {
    /** Told on the loop, and only after the connection was made. */
    interface Listener {
        void onConnected();

        /** One whole message of the server; valid during the call only. */
        void onMessage(ByteBuffer message);

        /** What was read is all handed over. */
        void onEndOfBurst();

        void onWritable();

        /** The connection could not be made, or has ended, not by {@link #close}. */
        void onFailure(String reason);
    }

    /** Appends a copy of one message to the burst; dropped if too much waits already. */
    void write(byte[] buffer, int offset, int length);

    void flush();

    boolean isWritable();

    void close();
}
