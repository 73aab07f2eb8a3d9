package io.github.purrtc.ice;

import io.github.purrtc.ice.internal.IpLiteral;
import io.github.purrtc.ice.internal.mdns.LinkName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Which addresses of the peer are let in; and those of its candidates that are names of multicast DNS, looked up while
 * everything else goes on. To be used on the loop.
 */
final class RemoteGate {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteGate.class);
    private static final int MOST_LOOKUPS = 10;
    private static final int MOST_KEPT = 20;

    /** Who knows the names of the link. */
    interface Names {
        /**
         * Looks for the address.
         *
         * @param found told the address, or null if nobody knows it so far; then perhaps the address later
         */
        void find(String name, Consumer<@Nullable InetAddress> found);
    }

    /** Told on the loop. */
    interface Listener {
        /** An address to use; false to be told again at {@link #repeat}. */
        boolean onAddress(Candidate named, InetSocketAddress address);

        /** No lookup is under way any longer, and what waited for that was done. */
        void onIdle();
    }

    private record Known(Candidate named, InetSocketAddress address) {}

    private final Names names;
    private final Predicate<InetAddress> filter;
    private final Listener listener;
    private final List<Known> untold = new ArrayList<>(0);
    private final List<Runnable> waiting = new ArrayList<>(0);
    private int underWay;
    private boolean closed;

    RemoteGate(Names names, Predicate<InetAddress> filter, Listener listener) {
        this.names = names;
        this.filter = filter;
        this.listener = listener;
    }

    /** Whether the user lets that address in; a filter that throws lets none. */
    boolean admits(InetAddress address) {
        try {
            return filter.test(address);
        } catch (RuntimeException e) {
            LOG.warn("The filter of remote addresses failed", e);
            return false;
        }
    }

    /** Whether the candidate may be used, as far as its address can be seen. */
    boolean admits(Candidate candidate) {
        InetAddress literal = IpLiteral.parse(candidate.address());
        return literal == null || admits(literal);
    }

    /** Looks the name up, if it is one that is. */
    void lookUp(Candidate candidate) {
        if (candidate.protocol() == IceProtocol.UDP && LinkName.isOne(candidate.address()) && underWay < MOST_LOOKUPS) {
            underWay++;
            names.find(candidate.address(), new Lookup(candidate));
        }
    }

    /** Does it now, or when no lookup is under way any longer. */
    void whenIdle(Runnable task) {
        if (underWay == 0) {
            task.run();
        } else {
            waiting.add(task);
        }
    }

    /** Told once that there is an answer or none so far, and perhaps of a late one. */
    private final class Lookup implements Consumer<@Nullable InetAddress> {
        private final Candidate candidate;
        private boolean isOver;

        Lookup(Candidate candidate) {
            this.candidate = candidate;
        }

        @Override
        public void accept(@Nullable InetAddress address) {
            if (closed) {
                return;
            }
            if (address != null && admits(address)) {
                tell(new Known(candidate, new InetSocketAddress(address, candidate.port())));
            }
            if (!isOver) {
                isOver = true;
                underWay--;
                if (underWay == 0) {
                    waiting.forEach(Runnable::run);
                    waiting.clear();
                    listener.onIdle();
                }
            }
        }
    }

    private void tell(Known known) {
        if (!listener.onAddress(known.named, known.address) && untold.size() < MOST_KEPT) {
            untold.add(known);
        }
    }

    /** Tells what could not be told before. */
    void repeat() {
        List<Known> again = List.copyOf(untold);
        untold.clear();
        again.forEach(this::tell);
    }

    void close() {
        closed = true;
        untold.clear();
        waiting.clear();
    }
}
