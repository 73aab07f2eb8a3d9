package io.github.purrtc.examples;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Which clients there are, and where their packets go. A check opens a way, and it stays if the node answers; the rest of the
 * client's packets go to the node that has answered. Anybody can send checks, from any address: ways without an answer are few,
 * and end soon.
 */
final class RouterFlows {
    /** A tenth of all, so that a flood of checks keeps nobody out for long who has a connection. */
    private static final int UNANSWERED_SHARE = 10;

    private static final long UNANSWERED_NANOS = TimeUnit.SECONDS.toNanos(3);

    /** Checks of consent come every five seconds (RFC 7675 §5.1). */
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** After it, another node may take over a client's address. */
    private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private record Key(InetSocketAddress client, String node) {}

    private final int maxClients;
    private final Map<Key, RouterFlow> flows = new HashMap<>();
    private final Map<InetSocketAddress, RouterFlow> ofClient = new HashMap<>();
    private int unanswered;

    RouterFlows(int maxClients) {
        this.maxClients = maxClients;
    }

    @Nullable
    RouterFlow find(InetSocketAddress client, String node) {
        return flows.get(new Key(client, node));
    }

    /** Where packets go that do not say whom they are for. */
    @Nullable
    RouterFlow ofClient(InetSocketAddress client) {
        return ofClient.get(client);
    }

    boolean hasRoom(long nowNanos) {
        if (flows.size() < maxClients && unanswered < Math.max(1, maxClients / UNANSWERED_SHARE)) {
            return true;
        }
        removeIdle(nowNanos);
        return flows.size() < maxClients && unanswered < Math.max(1, maxClients / UNANSWERED_SHARE);
    }

    void add(RouterFlow flow) {
        flows.put(new Key(flow.client(), flow.node()), flow);
        unanswered++;
    }

    void answered(RouterFlow flow, long nowNanos) {
        if (!flow.isAnswered()) {
            unanswered--;
        }
        flow.answered(nowNanos);
        RouterFlow owner = ofClient.get(flow.client());
        if (owner == null || nowNanos - owner.nodeHeardNanos() > SILENT_NANOS) {
            ofClient.put(flow.client(), flow);
        }
    }

    void removeIdle(long nowNanos) {
        Iterator<RouterFlow> each = flows.values().iterator();
        while (each.hasNext()) {
            RouterFlow flow = each.next();
            long limit = flow.isAnswered() ? IDLE_NANOS : UNANSWERED_NANOS;
            long sinceNanos = flow.isAnswered() ? flow.clientHeardNanos() : flow.nodeHeardNanos();
            if (nowNanos - sinceNanos > limit) {
                each.remove();
                forget(flow);
            }
        }
    }

    void remove(RouterFlow flow) {
        if (flows.remove(new Key(flow.client(), flow.node()), flow)) {
            forget(flow);
        }
    }

    private void forget(RouterFlow flow) {
        if (!flow.isAnswered()) {
            unanswered--;
        }
        ofClient.remove(flow.client(), flow);
        flow.close();
    }

    int size() {
        return flows.size();
    }

    void close() {
        flows.values().forEach(RouterFlow::close);
        flows.clear();
        ofClient.clear();
    }
}
