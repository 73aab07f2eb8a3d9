package io.github.purrtc.ice;

import io.github.purrtc.ice.internal.harvest.Ice4jHarvest;
import io.github.purrtc.ice.internal.harvest.SecureStunHarvest;
import io.github.purrtc.ice.internal.harvest.ServerHarvest;
import io.github.purrtc.ice.internal.harvest.ServerUrl;
import io.github.purrtc.ice.internal.harvest.TlsClient;
import io.github.purrtc.ice.internal.harvest.TurnHarvest;
import io.github.purrtc.ice.internal.harvest.UpnpHarvest;
import io.github.purrtc.ice.internal.net.HostSocket;
import io.github.purrtc.ice.internal.net.LocalSocket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** What one gatherer has from its servers, all asked at once and for a limited time. */
final class ServerGathering {
    /** Relays by TCP come after all by UDP, those by TLS last. */
    private static final int ORDERS_OF_A_TRANSPORT = 64;

    /** Told on the loop; nothing after {@link #close}. */
    interface Listener {
        void onReflexive(ServerHarvest.Found.Reflexive found);

        /**
         * A relayed address.
         *
         * @param order the place of the address among the relayed ones
         */
        void onRelayed(ServerHarvest.Found.Relayed found, int order);

        /** A relayed address that was found is of no use any longer. */
        void onRelayLost(LocalSocket socket);

        void onError(IceCandidateError error);

        /** Nothing more will be found; told once. */
        void onComplete();
    }

    private final NetworkLoop loop;
    private final IceGatherOptions options;
    private final HostSockets hostSockets;
    private final RandomGenerator random;
    private final Listener listener;
    private final List<ServerHarvest> harvests = new ArrayList<>();
    private final LoopTimer timer;
    private int pending;
    private int relayed;
    private boolean complete;
    private boolean abandoned;
    private boolean closed;

    ServerGathering(
            NetworkLoop loop,
            IceGatherOptions options,
            HostSockets hostSockets,
            RandomGenerator random,
            Listener listener) {
        this.loop = loop;
        this.options = options;
        this.hostSockets = hostSockets;
        this.random = random;
        this.listener = listener;
        this.timer = loop.newTimer(this::expire);
    }

    /**
     * Begins.
     *
     * @param hosts what reflexive addresses are wanted for
     * @param mapsPorts whether ports are to be mapped, if the options say so
     */
    void start(List<HostSocket> hosts, boolean mapsPorts) {
        List<ServerHarvest.Server> reflexive = new ArrayList<>();
        List<ServerHarvest.Server> secure = new ArrayList<>();
        List<ServerHarvest.Server> relaying = new ArrayList<>();
        List<IceServer> servers = new ArrayList<>(options.iceServers());
        if (!areMapped(hosts)) {
            servers.addAll(options.mappingServers());
        }
        for (IceServer server : servers) {
            for (String url : server.urls()) {
                ServerUrl parsed = ServerUrl.parse(url);
                (parsed.relays() ? relaying : parsed.isSecure() ? secure : reflexive)
                        .add(new ServerHarvest.Server(parsed, server.username(), server.credential()));
            }
        }
        boolean askForReflexive = !reflexive.isEmpty() && !hosts.isEmpty();
        boolean askSecurely = !secure.isEmpty() && !hosts.isEmpty();
        boolean mapPorts = mapsPorts && options.portMapping() == PortMapping.UPNP && !hosts.isEmpty();
        pending = 1
                + (askForReflexive ? 1 : 0)
                + (askSecurely ? 1 : 0)
                + (relaying.isEmpty() ? 0 : 1)
                + (mapPorts ? 1 : 0);
        if (pending > 1) {
            timer.arm(loop.nanoTime() + options.serverTimeout().toNanos());
        }
        if (askForReflexive) {
            startReflexive(hosts, reflexive);
        }
        if (askSecurely) {
            harvests.add(SecureStunHarvest.start(means(), hosts, secure, new HarvestEvents()));
        }
        if (!relaying.isEmpty()) {
            harvests.add(TurnHarvest.start(means(), relaying, new HarvestEvents()));
        }
        if (mapPorts) {
            harvests.add(UpnpHarvest.start(loop, hosts, new HarvestEvents()));
        }
        completeOne();
    }

    private boolean areMapped(List<HostSocket> hosts) {
        return hosts.stream()
                .allMatch(host -> LearnedMappings.external(host.localAddress().getAddress(), loop.nanoTime()) != null);
    }

    private void startReflexive(List<HostSocket> hosts, List<ServerHarvest.Server> servers) {
        try {
            harvests.add(Ice4jHarvest.start(loop, hosts, servers, new HarvestEvents()));
        } catch (IOException e) {
            listener.onError(IceCandidateError.local(null, "no harvest: " + e));
            completeOne();
        }
    }

    private TurnHarvest.Means means() {
        return new TurnHarvest.Means(
                loop,
                loop.sockets(),
                hostSockets.addresses(),
                hostSockets::openAlone,
                new TlsClient(options.tlsContext()),
                options.relayRenewal(),
                random);
    }

    private void expire() {
        List.copyOf(harvests).forEach(ServerHarvest::expire);
    }

    /** What was found stays; what has not answered is not waited for, nor is it an error. */
    void abandon() {
        abandoned = true;
        expire();
    }

    private void completeOne() {
        pending--;
        if (pending == 0 && !closed) {
            complete = true;
            timer.cancel();
            listener.onComplete();
        }
    }

    /** Whether a datagram on a host socket came from a server. */
    boolean receive(int socketId, InetSocketAddress source, ByteBuffer datagram) {
        for (int i = 0; !complete && i < harvests.size(); i++) {
            if (harvests.get(i).receive(socketId, source, datagram)) {
                return true;
            }
        }
        return false;
    }

    /** Lets go of everything, relayed addresses too. */
    void close() {
        closed = true;
        timer.cancel();
        harvests.forEach(ServerHarvest::close);
    }

    private int order(ServerUrl url) {
        int transport = url.isSecure() ? 2 : url.transport() == ServerUrl.Transport.TCP ? 1 : 0;
        return transport * ORDERS_OF_A_TRANSPORT + Math.min(relayed++, ORDERS_OF_A_TRANSPORT - 1);
    }

    private final class HarvestEvents implements ServerHarvest.Listener {
        @Override
        public void onFound(ServerHarvest.Found found) {
            if (closed) {
                return;
            }
            if (found instanceof ServerHarvest.Found.Relayed relay) {
                listener.onRelayed(relay, order(relay.url()));
            } else if (found instanceof ServerHarvest.Found.Reflexive reflexive) {
                listener.onReflexive(reflexive);
            }
        }

        @Override
        public void onFailure(String url, int errorCode, String reason) {
            if (!closed && !abandoned) {
                listener.onError(new IceCandidateError(null, 0, url, errorCode, reason));
            }
        }

        @Override
        public void onLost(ServerHarvest.RelaySocket socket, String url, int errorCode, String reason) {
            if (!closed) {
                listener.onError(new IceCandidateError(null, 0, url, errorCode, reason));
                listener.onRelayLost(socket);
            }
        }

        @Override
        public void onComplete() {
            completeOne();
        }
    }
}
