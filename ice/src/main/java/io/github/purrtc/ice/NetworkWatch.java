package io.github.purrtc.ice;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Looks at this host's addresses, on request and from time to time. To be used on the loop. */
final class NetworkWatch {
    /** Told on the loop, when there is something to tell. */
    interface Listener {
        void onAddressesChanged(List<InetAddress> added, List<InetAddress> removed);
    }

    private final NetworkLoop loop;
    private final LongSupplier intervalNanos;
    private final Supplier<List<InetAddress>> addresses;
    private final Listener listener;
    private final LoopTimer timer;
    private List<InetAddress> known = List.of();
    private boolean looked;
    private boolean usesLoopback;
    private boolean closed;

    /** @param intervalNanos how often to look again after the first time; 0 for never */
    NetworkWatch(
            NetworkLoop loop, LongSupplier intervalNanos, Supplier<List<InetAddress>> addresses, Listener listener) {
        this.loop = loop;
        this.intervalNanos = intervalNanos;
        this.addresses = addresses;
        this.listener = listener;
        this.timer = loop.newTimer(this::look);
    }

    void look() {
        List<InetAddress> now = new ArrayList<>(addresses.get());
        if (!looked) {
            looked = true;
            usesLoopback = now.stream().anyMatch(InetAddress::isLoopbackAddress);
        } else if (!usesLoopback) {
            // What stands in for the others when there are none is of no use to a peer elsewhere.
            now.removeIf(InetAddress::isLoopbackAddress);
        }
        List<InetAddress> added = new ArrayList<>(now);
        added.removeAll(known);
        List<InetAddress> removed = new ArrayList<>(known);
        removed.removeAll(now);
        known = now;
        if (!added.isEmpty() || !removed.isEmpty()) {
            listener.onAddressesChanged(added, removed);
        }
        long interval = intervalNanos.getAsLong();
        if (interval > 0 && !closed) {
            timer.arm(loop.nanoTime() + interval);
        }
    }

    /** All addresses are new to it again. */
    void forget() {
        known = List.of();
    }

    /** Whether it looks again, and there was no address when it did last. */
    boolean isEmpty() {
        return intervalNanos.getAsLong() > 0 && known.isEmpty();
    }

    void close() {
        closed = true;
        timer.cancel();
    }
}
