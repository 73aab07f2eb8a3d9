package io.github.purrtc.ice.internal.net;

import io.github.purrtc.ice.UnknownUsernameHook;
import io.github.purrtc.ice.internal.stun.TransactionId;
import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One UDP port of one local address that many connections share: whom a datagram is for. A request names the connection by
 * its USERNAME, a response by its transaction id; everything else is told apart by the remote address, which belongs to a
 * connection since the peer has authenticated itself there. All tables hold no more than each connection may put into them.
 *
 * <p>Thread-safe: the sockets of all loops look things up here.
 */
final class SharedPort {
    private final InetSocketAddress address;
    private final ConcurrentHashMap<FragmentKey, PortShare> byFragment = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<InetSocketAddress, PortShare> byRemote = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<TransactionId, PortShare> byTransaction = new ConcurrentHashMap<>();
    private final @Nullable UnknownUsernames unknown;

    SharedPort(InetSocketAddress address, @Nullable UnknownUsernameHook hook) {
        this.address = address;
        this.unknown = hook == null ? null : new UnknownUsernames(hook);
    }

    InetSocketAddress address() {
        return address;
    }

    @Nullable
    PortShare ofRemote(InetSocketAddress remote) {
        return byRemote.get(remote);
    }

    @Nullable
    PortShare ofTransaction(TransactionId id) {
        return byTransaction.get(id);
    }

    @Nullable
    PortShare ofFragment(FragmentKey fragment) {
        return byFragment.get(fragment);
    }

    /** A request whose username nobody has; most are dropped unseen. */
    void onUnknown(FragmentKey fragment, String remoteFragment, InetSocketAddress source, ByteBuffer request) {
        if (unknown != null) {
            unknown.onRequest(fragment, remoteFragment, source, request);
        }
    }

    boolean asksForUnknown() {
        return unknown != null;
    }

    /** False if another connection has that fragment. */
    boolean add(FragmentKey fragment, PortShare share) {
        PortShare present = byFragment.putIfAbsent(fragment, share);
        if (present == null && unknown != null) {
            unknown.deliverHeld(fragment, share);
        }
        return present == null || present == share;
    }

    /** A hint only: does not take the address from another connection. */
    boolean claim(InetSocketAddress remote, PortShare share) {
        PortShare present = byRemote.putIfAbsent(remote, share);
        return present == null || present == share;
    }

    /** The peer is there for certain: whoever had the address before, has it no more. */
    void bind(InetSocketAddress remote, PortShare share) {
        byRemote.put(remote, share);
    }

    void add(TransactionId id, PortShare share) {
        byTransaction.putIfAbsent(id, share);
    }

    void remove(FragmentKey fragment, PortShare share) {
        byFragment.remove(fragment, share);
    }

    void remove(InetSocketAddress remote, PortShare share) {
        byRemote.remove(remote, share);
    }

    void remove(TransactionId id, PortShare share) {
        byTransaction.remove(id, share);
    }

    /** Fragments, addresses and transactions: what the connections hold here. */
    int entries() {
        return byFragment.size() + byRemote.size() + byTransaction.size();
    }
}
