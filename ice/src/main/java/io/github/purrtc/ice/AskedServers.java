package io.github.purrtc.ice;

import io.github.purrtc.ice.internal.harvest.ServerHarvest;
import io.github.purrtc.ice.internal.net.HostSocket;
import io.github.purrtc.ice.internal.net.LocalSocket;
import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The servers that one gatherer has asked, at the beginning and again when addresses or servers change. To be used on the loop. */
final class AskedServers {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Told on the loop; nothing after {@link #close}. */
    interface Listener {
        void onReflexive(HostSocket host, ServerHarvest.Found.Reflexive found);

        /**
         * A relayed address.
         *
         * @param order the place of the address among the relayed ones that were asked for together
         */
        void onRelayed(ServerHarvest.Found.Relayed found, int order);

        void onRelayLost(LocalSocket socket);

        void onError(IceCandidateError error);

        /** Nothing more will be found; told once for each {@link #ask}. */
        void onComplete();
    }

    private final NetworkLoop loop;
    private final Supplier<IceGatherOptions> currentOptions;
    private final HostSockets hostSockets;
    private final Listener listener;
    private final List<ServerGathering> all = new ArrayList<>(0);

    /** Those that have not all answered. */
    private final List<ServerGathering> waiting = new ArrayList<>(0);

    AskedServers(
            NetworkLoop loop, Supplier<IceGatherOptions> currentOptions, HostSockets hostSockets, Listener listener) {
        this.loop = loop;
        this.currentOptions = currentOptions;
        this.hostSockets = hostSockets;
        this.listener = listener;
    }

    /**
     * Asks the servers of now.
     *
     * @param hosts what reflexive addresses are wanted for
     * @param mapsPorts whether ports are to be mapped, if the options say so
     */
    void ask(List<HostSocket> hosts, boolean mapsPorts) {
        Events events = new Events(hosts);
        ServerGathering gathering = new ServerGathering(loop, currentOptions.get(), hostSockets, RANDOM, events);
        events.gathering = gathering;
        all.add(gathering);
        waiting.add(gathering);
        gathering.start(hosts, mapsPorts);
    }

    /** Does without those that have not answered, and without a word of them; false if all had. */
    boolean abandon() {
        List<ServerGathering> unanswered = List.copyOf(waiting);
        unanswered.forEach(ServerGathering::abandon);
        return !unanswered.isEmpty();
    }

    /** Whether a datagram on a host socket came from one of them. For each datagram. */
    boolean receive(int socketId, InetSocketAddress source, ByteBuffer datagram) {
        for (int i = 0; i < waiting.size(); i++) {
            if (waiting.get(i).receive(socketId, source, datagram)) {
                return true;
            }
        }
        return false;
    }

    /** Lets go of everything, relayed addresses too. */
    void close() {
        all.forEach(ServerGathering::close);
    }

    private final class Events implements ServerGathering.Listener {
        private final List<HostSocket> hosts;
        private @Nullable ServerGathering gathering;

        Events(List<HostSocket> hosts) {
            this.hosts = hosts;
        }

        @Override
        public void onReflexive(ServerHarvest.Found.Reflexive found) {
            listener.onReflexive(hosts.get(found.host()), found);
        }

        @Override
        public void onRelayed(ServerHarvest.Found.Relayed found, int order) {
            listener.onRelayed(found, order);
        }

        @Override
        public void onRelayLost(LocalSocket socket) {
            listener.onRelayLost(socket);
        }

        @Override
        public void onError(IceCandidateError error) {
            listener.onError(error);
        }

        @Override
        public void onComplete() {
            waiting.remove(gathering);
            listener.onComplete();
        }
    }
}
