package io.github.purrtc.ice.internal.harvest;

import io.github.purrtc.ice.internal.net.HostSocket;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Ports of the router, mapped to ours by UPnP on request; taken back at the end. */
public final class UpnpHarvest implements ServerHarvest {
    private static final String NAME = "upnp";
    private static final int UNREACHABLE = 701;
    private static final int MOST_THREADS = 8;
    private static final Executor POOL = HarvestThreads.newPool("purrtc-upnp-", MOST_THREADS, new AtomicInteger());

    private record Mapping(UpnpGateway gateway, int host, InetSocketAddress external) {}

    private final Executor loop;
    private final List<InetSocketAddress> hosts;
    private final Listener listener;
    private final List<Mapping> mappings = new ArrayList<>();
    private boolean complete;
    private volatile boolean closed;

    private UpnpHarvest(Executor loop, List<InetSocketAddress> hosts, Listener listener) {
        this.loop = loop;
        this.hosts = hosts;
        this.listener = listener;
    }

    /** Begins; on the loop. */
    public static ServerHarvest start(Executor loop, List<HostSocket> hosts, Listener listener) {
        UpnpHarvest harvest = new UpnpHarvest(
                loop, hosts.stream().map(HostSocket::localAddress).toList(), listener);
        POOL.execute(harvest::run);
        return harvest;
    }

    private void run() {
        List<Mapping> made = new ArrayList<>();
        String reason = "no Internet gateway device";
        try {
            UpnpGateway gateway = closed ? null : UpnpGateway.find();
            if (gateway != null) {
                reason = "the gateway maps no port";
                map(gateway, made);
            }
        } catch (IOException | RuntimeException e) {
            reason = String.valueOf(e.getMessage());
        }
        String result = reason;
        try {
            loop.execute(() -> take(made, result));
        } catch (RejectedExecutionException e) {
            made.forEach(UpnpHarvest::unmap);
        }
    }

    private void map(UpnpGateway gateway, List<Mapping> made) throws IOException {
        for (int i = 0; i < hosts.size(); i++) {
            if (hosts.get(i).getAddress().equals(gateway.local())) {
                @Nullable InetSocketAddress external = gateway.map(hosts.get(i));
                if (external != null) {
                    made.add(new Mapping(gateway, i, external));
                }
            }
        }
    }

    private static void unmap(Mapping mapping) {
        mapping.gateway.unmap(mapping.external.getPort());
    }

    private void take(List<Mapping> made, String reason) {
        mappings.addAll(made);
        if (complete) {
            unmapAll();
            return;
        }
        for (Mapping mapping : made) {
            InetAddress gateway = mapping.external.getAddress();
            listener.onFound(new Found.Reflexive(mapping.host, mapping.external, gateway));
        }
        if (made.isEmpty()) {
            listener.onFailure(NAME, UNREACHABLE, reason);
        }
        end();
    }

    private void end() {
        if (!complete) {
            complete = true;
            listener.onComplete();
        }
    }

    private void unmapAll() {
        List<Mapping> gone = List.copyOf(mappings);
        mappings.clear();
        if (!gone.isEmpty()) {
            POOL.execute(() -> gone.forEach(UpnpHarvest::unmap));
        }
    }

    @Override
    public boolean receive(int host, InetSocketAddress source, ByteBuffer datagram) {
        return false;
    }

    @Override
    public void expire() {
        if (!complete) {
            listener.onFailure(NAME, UNREACHABLE, "no answer in time");
            end();
        }
    }

    @Override
    public void close() {
        closed = true;
        complete = true;
        unmapAll();
    }
}
