package io.github.purrtc.ice.internal.net;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP port that connections come to, and whose username fragments are served there. Thread-safe. */
final class TcpPort {
    private final InetSocketAddress address;
    private final Runnable onShareClosed;
    private final ConcurrentHashMap<FragmentKey, TcpShare> byFragment = new ConcurrentHashMap<>();

    /** @param onShareClosed what ends with a share: the port itself, if it has only one */
    TcpPort(InetSocketAddress address, Runnable onShareClosed) {
        this.address = address;
        this.onShareClosed = onShareClosed;
    }

    InetSocketAddress address() {
        return address;
    }

    @Nullable
    TcpShare ofFragment(FragmentKey fragment) {
        return byFragment.get(fragment);
    }

    boolean add(FragmentKey fragment, TcpShare share) {
        return byFragment.putIfAbsent(fragment, share) == null;
    }

    void remove(FragmentKey fragment, TcpShare share) {
        byFragment.remove(fragment, share);
    }

    void onShareClosed() {
        onShareClosed.run();
    }

    int entries() {
        return byFragment.size();
    }
}
