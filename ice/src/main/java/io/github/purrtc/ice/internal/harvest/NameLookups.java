package io.github.purrtc.ice.internal.harvest;

import io.github.purrtc.ice.internal.IpLiteral;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Asks the system's resolver, which blocks, on threads apart; whoever asks for the same name meanwhile waits for one answer. */
final class NameLookups {
    private static final int MOST_THREADS = 64;
    private static final AtomicInteger THREADS = new AtomicInteger();
    private static final Executor POOL = HarvestThreads.newPool("purrtc-names-", MOST_THREADS, THREADS);
    private static final Map<String, CompletableFuture<List<InetAddress>>> UNDER_WAY = new ConcurrentHashMap<>();

    private NameLookups() {}

    /** @param found told on the loop, with no address if the name is unknown; at once if it is an address */
    static void find(String host, Executor loop, Consumer<List<InetAddress>> found) {
        InetAddress literal = IpLiteral.parse(host);
        if (literal != null) {
            found.accept(List.of(literal));
            return;
        }
        CompletableFuture<List<InetAddress>> lookup = new CompletableFuture<>();
        CompletableFuture<List<InetAddress>> underWay = UNDER_WAY.putIfAbsent(host, lookup);
        if (underWay == null) {
            POOL.execute(() -> ask(host, lookup));
            underWay = lookup;
        }
        var unused = underWay.thenAccept(addresses -> tell(loop, () -> found.accept(addresses)));
    }

    private static void ask(String host, CompletableFuture<List<InetAddress>> lookup) {
        List<InetAddress> addresses = List.of();
        try {
            addresses = List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            // no addresses, then
        } finally {
            UNDER_WAY.remove(host);
            lookup.complete(addresses);
        }
    }

    private static void tell(Executor loop, Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            // the network is closed: nobody waits any more
        }
    }
}
