package io.github.purrtc.ice.internal.harvest;

import io.github.purrtc.ice.internal.net.DatagramListener;
import io.github.purrtc.ice.internal.net.LocalSocket;
import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * The candidates that STUN and TURN servers give, for one gatherer. To be used on its loop. (No class of ice4j is loaded by
 * this one.)
 */
public interface ServerHarvest {
    /** A server, and what it takes to use it. */
    record Server(
            ServerUrl url,
            @Nullable String username,
            @Nullable String credential) {
        @Override
        public String toString() {
            return url.url();
        }
    }

    /** What a server gave. */
    sealed interface Found {
        /** What others can send to. */
        InetSocketAddress address();

        InetAddress server();

        /**
         * The address that the server sees of a socket.
         *
         * @param host the host socket, by its place in the list, that it is for
         */
        record Reflexive(int host, InetSocketAddress address, InetAddress server) implements Found {}

        /**
         * An address at the server, used through {@code socket} from the moment that it is started.
         *
         * @param local what reaches the server
         * @param mapped what the server sees of it
         */
        record Relayed(
                ServerUrl url,
                InetSocketAddress address,
                InetAddress server,
                InetAddress local,
                InetSocketAddress mapped,
                RelaySocket socket)
                implements Found {}
    }

    /** Told on the loop. */
    interface Listener {
        void onFound(Found found);

        /** A server that was of no use; the others go on. */
        void onFailure(String url, int errorCode, String reason);

        /** What was found through this socket is of no use any longer. */
        void onLost(RelaySocket socket, String url, int errorCode, String reason);

        /** All servers have answered or failed; told once. */
        void onComplete();
    }

    /** What is sent and received by way of a server. */
    interface RelaySocket extends LocalSocket {
        void start(DatagramListener listener);
    }

    /** A datagram came in on that host socket; true if it came from a server, and was meant for the harvest. */
    boolean receive(int host, InetSocketAddress source, ByteBuffer datagram);

    /** Time is up: what has not answered by now has failed. */
    void expire();

    /** Lets go of everything, relayed addresses too. */
    void close();
}
