package io.github.purrtc.ice.internal.harvest;

import io.github.purrtc.ice.IpVersion;
import io.github.purrtc.ice.NetworkLoop;
import io.github.purrtc.ice.internal.net.DatagramListener;
import io.github.purrtc.ice.internal.net.LoopSockets;
import io.github.purrtc.ice.internal.net.UdpSocket;
import io.github.purrtc.ice.internal.turn.RelayRenewal;
import io.github.purrtc.ice.internal.turn.TurnEvent;
import org.jspecify.annotations.Nullable;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

/**
 * Relayed addresses at TURN servers, over UDP, TCP and TLS: at each server one of each version of IP that it is reached by, and where
 * that is IPv6 alone an IPv4 one too.
 */
public final class TurnHarvest implements ServerHarvest {
    /**
     * What connections to servers are made with.
     *
     * @param addresses those that may be used
     * @param opener opens a UDP socket on one of them, or gives null
     */
    public record Means(
            NetworkLoop loop,
            LoopSockets sockets,
            List<InetAddress> addresses,
            BiFunction<InetAddress, DatagramListener, @Nullable UdpSocket> opener,
            TlsClient tls,
            RelayRenewal renewal,
            RandomGenerator random) {}

    private final Means means;
    private final Listener listener;
    private final List<ServerAttempts> pending = new ArrayList<>();
    private final List<RelaySocket> relays = new ArrayList<>();
    private boolean complete;
    private boolean closed;

    private TurnHarvest(Means means, Listener listener) {
        this.means = means;
        this.listener = listener;
    }

    /** Begins; on the loop. */
    public static ServerHarvest start(Means means, List<Server> servers, Listener listener) {
        TurnHarvest harvest = new TurnHarvest(means, listener);
        for (Server server : servers) {
            harvest.pending.add(harvest.new ServerAttempts(server));
        }
        for (ServerAttempts attempts : List.copyOf(harvest.pending)) {
            NameLookups.find(attempts.server.url().host(), means.loop, attempts::begin);
        }
        return harvest;
    }

    @Override
    public boolean receive(int host, InetSocketAddress source, ByteBuffer datagram) {
        return false;
    }

    @Override
    public void expire() {
        for (ServerAttempts attempts : List.copyOf(pending)) {
            attempts.expire();
        }
    }

    @Override
    public void close() {
        closed = true;
        complete = true;
        for (ServerAttempts attempts : List.copyOf(pending)) {
            attempts.closeAttempts();
        }
        pending.clear();
        relays.forEach(RelaySocket::close);
        relays.clear();
    }

    private void completeIfDone() {
        if (pending.isEmpty() && !complete) {
            complete = true;
            listener.onComplete();
        }
    }

    /** All that is tried to get an address at one server. */
    private final class ServerAttempts {
        private final Server server;
        private final List<TurnAttempt> underWay = new ArrayList<>();
        private boolean found;
        private int errorCode = TurnEvent.UNREACHABLE;
        private String reason = "unknown host";

        ServerAttempts(Server server) {
            this.server = server;
        }

        void begin(List<InetAddress> addresses) {
            if (!pending.contains(this)) {
                return;
            }
            Map<IpVersion, InetAddress> firsts = firstOfEachVersion(addresses);
            firsts.forEach((version, address) -> prepare(address, version));
            if (firsts.size() == 1 && firsts.containsKey(IpVersion.IPV6)) {
                prepare(firsts.get(IpVersion.IPV6), IpVersion.IPV4); // peers may have nothing else
            }
            for (TurnAttempt attempt : List.copyOf(underWay)) {
                attempt.begin();
            }
            endIfDone();
        }

        private void prepare(InetAddress address, IpVersion relayed) {
            InetSocketAddress there =
                    new InetSocketAddress(address, server.url().port());
            underWay.add(new TurnAttempt(means, server, there, relayed, this::onEvent));
        }

        private void onEvent(TurnAttempt attempt, TurnRelay relay, TurnEvent event) {
            if (event instanceof TurnEvent.Allocated allocated) {
                underWay.remove(attempt);
                found = true;
                relays.add(relay);
                listener.onFound(new Found.Relayed(
                        server.url(),
                        allocated.relayed(),
                        attempt.address().getAddress(),
                        attempt.local(),
                        allocated.mapped(),
                        relay));
            } else if (event instanceof TurnEvent.Failed failed) {
                failed(attempt, relay, failed);
            }
            endIfDone();
        }

        private void failed(TurnAttempt attempt, TurnRelay relay, TurnEvent.Failed failed) {
            if (underWay.remove(attempt)) {
                errorCode = failed.errorCode();
                reason = failed.reason();
            } else if (relays.remove(relay) && !closed) {
                listener.onLost(relay, server.url().url(), failed.errorCode(), failed.reason());
            }
        }

        private void endIfDone() {
            if (underWay.isEmpty() && pending.remove(this)) {
                if (!found) {
                    listener.onFailure(server.url().url(), errorCode, reason);
                }
                completeIfDone();
            }
        }

        void expire() {
            reason = "no answer in time";
            closeAttempts();
            endIfDone();
        }

        void closeAttempts() {
            List<TurnAttempt> late = List.copyOf(underWay);
            underWay.clear();
            late.forEach(TurnAttempt::close);
        }
    }

    private static Map<IpVersion, InetAddress> firstOfEachVersion(List<InetAddress> addresses) {
        Map<IpVersion, InetAddress> firsts = new LinkedHashMap<>();
        for (InetAddress address : addresses) {
            firsts.putIfAbsent(address instanceof Inet4Address ? IpVersion.IPV4 : IpVersion.IPV6, address);
        }
        return firsts;
    }
}
