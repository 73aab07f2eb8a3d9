package io.github.purrtc.ice.internal.net;

import io.github.purrtc.ice.UnknownUsernameHook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Asks the hook about requests with unknown usernames, and keeps those that it wants kept. Thread-safe. */
final class UnknownUsernames {
    private static final Logger LOG = LoggerFactory.getLogger(UnknownUsernames.class);
    private static final int MOST_CALLS_PER_SECOND = 1_000;
    private static final int MOST_HELD = 256;

    /** Longer than any check of ours, and of others. */
    private static final int MOST_BYTES = 1_280;

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private record Held(InetSocketAddress source, ByteBuffer request, long expiresNanos) {}

    private final UnknownUsernameHook hook;
    private final Map<String, Held> held = new LinkedHashMap<>();
    private long windowStartNanos = System.nanoTime();
    private int callsInWindow;

    UnknownUsernames(UnknownUsernameHook hook) {
        this.hook = hook;
    }

    void onRequest(FragmentKey fragment, String remoteFragment, InetSocketAddress source, ByteBuffer request) {
        if (request.remaining() > MOST_BYTES || !mayCall()) {
            return;
        }
        String localFragment = fragment.toString();
        try {
            if (hook.onRequest(localFragment, remoteFragment, source) == UnknownUsernameHook.Decision.HOLD) {
                ByteBuffer copy = ByteBuffer.allocate(request.remaining())
                        .put(request.duplicate())
                        .flip();
                hold(localFragment, new Held(source, copy, System.nanoTime() + SECOND_NANOS));
            }
        } catch (RuntimeException e) {
            LOG.warn("The hook for unknown usernames failed", e);
        }
    }

    private synchronized boolean mayCall() {
        long now = System.nanoTime();
        if (now - windowStartNanos >= SECOND_NANOS) {
            windowStartNanos = now;
            callsInWindow = 0;
        }
        return callsInWindow < MOST_CALLS_PER_SECOND && ++callsInWindow > 0;
    }

    private synchronized void hold(String localFragment, Held request) {
        held.remove(localFragment);
        Iterator<Held> oldest = held.values().iterator();
        while (oldest.hasNext() && oldest.next().expiresNanos - System.nanoTime() <= 0) {
            oldest.remove();
        }
        if (held.size() < MOST_HELD) {
            held.put(localFragment, request);
        }
    }

    /** A connection with that fragment is there now. */
    void deliverHeld(FragmentKey fragment, PortShare share) {
        Held request;
        synchronized (this) {
            request = held.remove(fragment.toString());
        }
        if (request != null && request.expiresNanos - System.nanoTime() > 0) {
            share.receiveLater(request.source, request.request);
        }
    }
}
