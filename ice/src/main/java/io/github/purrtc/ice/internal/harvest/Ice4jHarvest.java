package io.github.purrtc.ice.internal.harvest;

import io.github.purrtc.ice.internal.net.HostSocket;
import io.github.purrtc.ice.internal.stun.StunDecoder;
import io.github.purrtc.ice.internal.stun.StunMessage;
import org.ice4j.TransportAddress;
import org.ice4j.ice.Agent;
import org.ice4j.ice.Component;
import org.ice4j.ice.HostCandidate;
import org.ice4j.ice.KeepAliveStrategy;
import org.ice4j.ice.LocalCandidate;
import org.ice4j.ice.ServerReflexiveCandidate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Server-reflexive candidates by ice4j, on our sockets. ice4j blocks, so it runs on threads of a pool; what it finds is told
 * on the loop. It serves for gathering alone: connectivity checks and data never pass it.
 */
public final class Ice4jHarvest implements ServerHarvest {
    private static final Logger LOG = LoggerFactory.getLogger(Ice4jHarvest.class);
    private static final int MOST_THREADS = 256;
    private static final int MOST_WAITING = 32;
    private static final int UNREACHABLE = 701;
    private static final int NO_ERROR = -1;

    private static final AtomicInteger THREADS = new AtomicInteger();
    private static final Executor POOL = HarvestThreads.newPool("purrtc-harvest-", MOST_THREADS, THREADS);

    private static final Executor POOL_FOR_SILENT = HarvestThreads.newPool("purrtc-silent-", MOST_WAITING, THREADS);
    private static final SilentServers SILENT = new SilentServers();

    private final Executor loop;
    private final List<HostSocket> hosts;
    private final List<Server> servers;
    private final Listener listener;
    private final List<BridgeSocket> bridges = new ArrayList<>();

    /** What each server address has answered: NO_ERROR, or the last STUN error code; absent before any answer. */
    private final Map<InetSocketAddress, Integer> answers = new ConcurrentHashMap<>();

    private final Map<InetSocketAddress, Server> asked = new ConcurrentHashMap<>();

    /** Which host candidate each found one belongs to. */
    private final Map<LocalCandidate, HostCandidate> origins = Collections.synchronizedMap(new IdentityHashMap<>());

    // on the loop
    private final List<Server> pending;

    /** Addresses of a server that are still to answer, beside the last. */
    private final IdentityHashMap<Server, Integer> parts = new IdentityHashMap<>();

    private final Set<Server> useful = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean complete;
    private boolean closed;

    private volatile @Nullable Agent agent;
    private volatile boolean ended;

    private Ice4jHarvest(Executor loop, List<HostSocket> hosts, List<Server> servers, Listener listener)
            throws IOException {
        this.loop = loop;
        this.hosts = List.copyOf(hosts);
        this.servers = List.copyOf(servers);
        this.listener = listener;
        this.pending = new ArrayList<>(servers);
        for (HostSocket host : hosts) {
            bridges.add(new BridgeSocket(loop, host));
        }
    }

    /** Begins; on the loop. */
    public static ServerHarvest start(Executor loop, List<HostSocket> hosts, List<Server> servers, Listener listener)
            throws IOException {
        Ice4jHarvest harvest = new Ice4jHarvest(loop, hosts, servers, listener);
        POOL.execute(harvest::run);
        return harvest;
    }

    private void run() {
        try {
            AutomaticModules.read();
            Ice4jSettings.apply();
            Agent made = new Agent();
            agent = made;
            made.setUseDynamicPorts(false);
            made.setTrickling(true);
            made.addCandidateHarvester(new HostBridges(bridges));
            Component component =
                    made.createComponent(made.createMediaStream("data"), KeepAliveStrategy.SELECTED_ONLY, false);
            if (ended) {
                free();
                return;
            }
            for (Server server : servers) {
                NameLookups.find(server.url().host(), POOL, addresses -> ask(server, addresses, component));
            }
        } catch (IOException | RuntimeException | LinkageError e) {
            LOG.warn("ice4j cannot gather", e);
            servers.forEach(server -> report(server, List.of(), UNREACHABLE, String.valueOf(e.getMessage())));
        }
    }

    /** Each address by itself: one that is silent holds no other up. */
    private void ask(Server server, List<InetAddress> addresses, Component component) {
        Collection<InetSocketAddress> there =
                firstOfEachFamily(addresses, server.url().port());
        if (there.isEmpty()) {
            report(
                    server,
                    List.of(),
                    UNREACHABLE,
                    "unknown host " + server.url().host());
            return;
        }
        onLoop(() -> parts.merge(server, there.size() - 1, Integer::sum));
        for (InetSocketAddress address : there) {
            asked.put(address, server);
            Executor pool = SILENT.isSilent(address, System.nanoTime()) ? POOL_FOR_SILENT : POOL;
            pool.execute(() -> ask(server, address, component));
        }
    }

    private void ask(Server server, InetSocketAddress address, Component component) {
        List<Found> found = new ArrayList<>();
        String reason = "no answer";
        try {
            Collection<LocalCandidate> candidates =
                    OneServerHarvest.of(address, origins).harvest(component);
            candidates.forEach(candidate -> addFound(candidate, address.getAddress(), found));
        } catch (RuntimeException e) {
            reason = String.valueOf(e.getMessage());
        }
        Integer answer = answers.get(address);
        SILENT.note(address, answer != null || !found.isEmpty(), System.nanoTime());
        // A server that sees the very address of the socket gives no candidate, and yet has not failed.
        if (!found.isEmpty() || (answer != null && answer == NO_ERROR)) {
            report(server, found, NO_ERROR, "");
        } else if (answer != null) {
            report(server, found, answer, "STUN error " + answer);
        } else {
            report(server, found, UNREACHABLE, reason);
        }
    }

    private static Collection<InetSocketAddress> firstOfEachFamily(List<InetAddress> addresses, int port) {
        Map<Class<?>, InetSocketAddress> byFamily = new LinkedHashMap<>();
        for (InetAddress address : addresses) {
            byFamily.putIfAbsent(address.getClass(), new InetSocketAddress(address, port));
        }
        return byFamily.values();
    }

    private void addFound(LocalCandidate candidate, InetAddress server, List<Found> found) {
        InetSocketAddress address = plain(candidate.getTransportAddress());
        HostCandidate origin = origins.get(candidate);
        int host = origin == null ? -1 : hostOf(plain(origin.getTransportAddress()));
        if (host < 0) {
            return;
        }
        if (candidate instanceof ServerReflexiveCandidate) {
            found.add(new Found.Reflexive(host, address, server));
        }
    }

    private static InetSocketAddress plain(TransportAddress address) {
        return new InetSocketAddress(address.getAddress(), address.getPort());
    }

    private int hostOf(InetSocketAddress local) {
        for (int i = 0; i < hosts.size(); i++) {
            if (hosts.get(i).localAddress().equals(local)) {
                return i;
            }
        }
        return -1;
    }

    private void report(Server server, List<Found> found, int errorCode, String reason) {
        onLoop(() -> take(server, found, errorCode, reason));
    }

    private void onLoop(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            free();
        }
    }

    private void take(Server server, List<Found> found, int errorCode, String reason) {
        if (complete) {
            return;
        }
        found.forEach(listener::onFound);
        if (errorCode == NO_ERROR) {
            useful.add(server);
        }
        // The loop does this in the order in which it was told: the number of addresses is known before the first of
        // them.
        if (parts.merge(server, -1, Integer::sum) < 0) {
            end(server, errorCode, reason);
        }
    }

    private void end(Server server, int errorCode, String reason) {
        if (pending.remove(server)) {
            if (!useful.contains(server)) {
                listener.onFailure(server.url().url(), errorCode, reason);
            }
            completeIfDone();
        }
    }

    private void completeIfDone() {
        if (!pending.isEmpty() || complete) {
            return;
        }
        complete = true;
        close();
        listener.onComplete();
    }

    @Override
    public boolean receive(int host, InetSocketAddress source, ByteBuffer datagram) {
        if (closed || host >= bridges.size() || !asked.containsKey(source)) {
            return false;
        }
        note(source, datagram.duplicate());
        ByteBuffer copy =
                ByteBuffer.allocate(datagram.remaining()).put(datagram).flip();
        bridges.get(host).offer(copy, source);
        return true;
    }

    private void note(InetSocketAddress source, ByteBuffer datagram) {
        if (!(StunDecoder.decode(datagram) instanceof StunMessage message)) {
            return;
        }
        if (message.errorCode() >= 0) {
            answers.put(source, message.errorCode());
        } else {
            answers.put(source, NO_ERROR);
        }
    }

    @Override
    public void expire() {
        for (Server server : List.copyOf(pending)) {
            end(server, UNREACHABLE, "no answer in time");
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        complete = true;
        ended = true;
        POOL.execute(this::free);
    }

    private void free() {
        Agent made = agent;
        if (made != null) {
            made.free();
        }
        bridges.forEach(BridgeSocket::close);
    }
}
