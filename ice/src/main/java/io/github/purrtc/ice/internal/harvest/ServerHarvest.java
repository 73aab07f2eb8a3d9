package io.github.purrtc.ice.internal.harvest;

import io.github.purrtc.ice.internal.net.DatagramListener;
import io.github.purrtc.ice.internal.net.LocalSocket;
import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * The candidates that STUN and TURN servers give, for the sockets of one gatherer. To be used on their loop. (No class of
 * ice4j is loaded by this one.)
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
        /** The host socket, by its place in the list, that it is for. */
        int host();

        /** What others can send to. */
        InetSocketAddress address();

        InetAddress server();

        /** The address that the server sees of the socket. */
        record Reflexive(int host, InetSocketAddress address, InetAddress server) implements Found {}

        /** An address at the server, used through {@code socket} from the moment that it is started. */
        record Relayed(int host, InetSocketAddress address, InetAddress server, RelaySocket socket) implements Found {}
    }

    /** Told on the loop. */
    interface Listener {
        void onFound(Found found);

        /** A server that was of no use; the others go on. */
        void onFailure(Server server, int errorCode, String reason);

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
