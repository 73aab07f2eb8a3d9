package io.github.purrtc.ice;

import io.github.purrtc.ice.GatheredCandidates.Audience;
import io.github.purrtc.ice.internal.net.DatagramListener;
import io.github.purrtc.ice.internal.net.HostSocket;
import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** One socket for each address of this host, and the candidates that it gives without a server. To be used on the loop. */
final class HostGathering {
    /** Told on the loop. */
    interface Listener {
        void onCandidate(Candidate candidate, int socketId, Audience audience);

        void onError(IceCandidateError error);

        /** There is more to come, until {@link #onDone}. */
        void onPending();

        void onDone();

        /** Whether candidates are wanted. */
        boolean isGathering();
    }

    private final NetworkLoop loop;
    private final Supplier<IceGatherOptions> currentOptions;
    private final HostSockets hostSockets;
    private final GathererSockets sockets;
    private final CandidateFactory candidates;
    private final IntFunction<DatagramListener> inbound;
    private final HostNames names;
    private final Listener listener;

    private record Announced(IceProtocol protocol, InetSocketAddress address) {}

    /** Outer addresses, of which several of ours may have the same. */
    private final Set<Announced> announced = new HashSet<>();

    private final List<HostSocket> udpHosts = new ArrayList<>(0);
    private int opened;

    /** @param inbound what receives for the socket of a number */
    HostGathering(
            NetworkLoop loop,
            Supplier<IceGatherOptions> currentOptions,
            HostSockets hostSockets,
            GathererSockets sockets,
            CandidateFactory candidates,
            IntFunction<DatagramListener> inbound,
            Listener listener) {
        this.loop = loop;
        this.currentOptions = currentOptions;
        this.hostSockets = hostSockets;
        this.sockets = sockets;
        this.candidates = candidates;
        this.inbound = inbound;
        this.names = new HostNames(loop);
        this.listener = listener;
    }

    /** Whether that address of this host is kept from the peer. */
    static boolean isHidden(IceGatherOptions options, InetSocketAddress local) {
        return options.hostAddressPolicy() == HostAddressPolicy.MDNS_NAMES
                || !local.equals(options.addressMapping().apply(local));
    }

    /** None if only relayed candidates are wanted. */
    List<HostSocket> open(List<InetAddress> addresses) {
        IceGatherOptions options = currentOptions.get();
        List<HostSocket> hosts = new ArrayList<>();
        if (options.transportPolicy() == IceTransportPolicy.RELAY) {
            return hosts;
        }
        for (InetAddress address : addresses) {
            int order = opened++;
            HostSocket socket = openUdp(address, order);
            if (socket != null) {
                hosts.add(socket);
                udpHosts.add(socket);
            }
            options.tcpTypes().forEach(type -> openTcp(type, address, order));
            if (!listener.isGathering()) {
                break;
            }
        }
        return hosts;
    }

    /** The UDP sockets that are open and to stay. */
    List<HostSocket> udpHosts() {
        return List.copyOf(udpHosts);
    }

    private @Nullable HostSocket openUdp(InetAddress address, int order) {
        int socketId = sockets.nextId();
        HostSocket socket = hostSockets.open(address, inbound.apply(socketId));
        if (socket != null) {
            sockets.add(socket);
            InetSocketAddress local = socket.localAddress();
            tell(candidates.host(local, order), local, socketId);
            tellLearned(local, order, socketId);
        }
        return socket;
    }

    private void openTcp(TcpType type, InetAddress address, int order) {
        int socketId = sockets.nextId();
        HostSocket socket = hostSockets.openTcp(type, address, inbound.apply(socketId));
        if (socket != null) {
            sockets.add(socket);
            tell(candidates.tcpHost(type, socket.localAddress(), order), socket.localAddress(), socketId);
        }
    }

    /** Announced is where others reach it, once; checks are sent from what it is. */
    private void tell(Candidate host, InetSocketAddress local, int socketId) {
        IceGatherOptions options = currentOptions.get();
        listener.onCandidate(host, socketId, isHidden(options, local) ? Audience.TRANSPORT : Audience.BOTH);
        @Nullable InetSocketAddress reachedAt = options.addressMapping().apply(local);
        if (reachedAt != null && !reachedAt.equals(local) && announced.add(new Announced(host.protocol(), reachedAt))) {
            listener.onCandidate(CandidateFactory.mapped(host, reachedAt), socketId, Audience.BOTH);
        }
        if (options.hostAddressPolicy() == HostAddressPolicy.MDNS_NAMES) {
            listener.onPending();
            names.publish(local.getAddress(), socketId, name -> onPublished(host, socketId, name));
        }
    }

    private void tellLearned(InetSocketAddress local, int order, int socketId) {
        InetAddress external = currentOptions.get().mappingServers().isEmpty()
                ? null
                : LearnedMappings.external(local.getAddress(), loop.nanoTime());
        if (external != null) {
            listener.onCandidate(candidates.learned(local, order, external), socketId, Audience.BOTH);
        }
    }

    private void onPublished(Candidate host, int socketId, @Nullable String name) {
        boolean isWanted = listener.isGathering() && !sockets.isLost(socketId);
        if (isWanted && name == null) {
            listener.onError(IceCandidateError.local(null, "no multicast DNS: a host candidate is kept from the peer"));
        } else if (isWanted && name != null) {
            listener.onCandidate(host.withAddress(name), socketId, Audience.PEER);
        }
        listener.onDone();
    }

    void leave(int socketId) {
        udpHosts.remove(sockets.get(socketId));
    }

    void lose(int socketId) {
        leave(socketId);
        names.withdraw(socketId);
    }

    void close() {
        names.close();
    }
}
