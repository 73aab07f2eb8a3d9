package io.github.purrtc.ice.internal.turn;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** Whom data is exchanged with through one allocation; bounded, as the peer chooses its candidates. */
final class TurnPeers {
    private static final int MOST = 512;

    private static final long UNUSED_NANOS = TimeUnit.MINUTES.toNanos(5);

    /** RFC 8656 §12: when it was renewed last, a channel lived for ten minutes more. */
    private static final long FORGOTTEN_NANOS = UNUSED_NANOS + TimeUnit.MINUTES.toNanos(10);

    private static final long REFUSAL_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Map<InetSocketAddress, TurnPeer> byAddress = new HashMap<>();
    private final Map<InetAddress, TurnPeer.Permission> permissions = new HashMap<>();
    private final List<TurnPeer> byChannel = new ArrayList<>();
    private final RelayRenewal renewal;
    private @Nullable TurnPeer last;

    TurnPeers(RelayRenewal renewal) {
        this.renewal = renewal;
    }

    /** The peer of that address, made if need be; null if there are too many in use. */
    @Nullable
    TurnPeer find(InetSocketAddress address, long now) {
        TurnPeer latest = last;
        if (latest != null && latest.address.equals(address)) {
            return latest;
        }
        TurnPeer known = byAddress.get(address);
        if (known == null && byAddress.size() == MOST) {
            forgetUnused(now);
        }
        if (known == null && byAddress.size() < MOST) {
            known = new TurnPeer(
                    address, permissions.computeIfAbsent(address.getAddress(), ip -> new TurnPeer.Permission()));
            byAddress.put(address, known);
        }
        last = known;
        return known;
    }

    /** A peer that moves about has many addresses in an allocation's life. */
    private void forgetUnused(long now) {
        Predicate<TurnPeer.Permission> isForgotten = permission -> now - permission.lastUsedNanos >= FORGOTTEN_NANOS;
        permissions.values().removeIf(isForgotten);
        byAddress.values().removeIf(peer -> isForgotten.test(peer.permission));
    }

    boolean isPermitted(InetAddress address) {
        TurnPeer.Permission permission = permissions.get(address);
        return permission != null
                && (permission.grant == TurnPeer.Grant.GRANTED || permission.grant == TurnPeer.Grant.ASKED);
    }

    /** Gives the peer a channel's number, which no other gets in the allocation's life; false if they have run out. */
    boolean number(TurnPeer peer) {
        if (peer.channel == 0 && byChannel.size() <= Turn.LAST_CHANNEL - Turn.FIRST_CHANNEL) {
            peer.channel = Turn.FIRST_CHANNEL + byChannel.size();
            byChannel.add(peer);
        }
        return peer.channel != 0;
    }

    @Nullable
    TurnPeer ofChannel(int number) {
        int index = number - Turn.FIRST_CHANNEL;
        return index >= 0 && index < byChannel.size() ? byChannel.get(index) : null;
    }

    void permissionAnswered(TurnPeer peer, boolean granted, long now) {
        peer.permission.grant = granted ? TurnPeer.Grant.GRANTED : TurnPeer.Grant.REFUSED;
        peer.permission.renewNanos = now + (granted ? renewal.permissionNanos() : REFUSAL_NANOS);
    }

    void channelAnswered(TurnPeer peer, boolean granted, long now) {
        peer.channelGrant = granted ? TurnPeer.Grant.GRANTED : TurnPeer.Grant.REFUSED;
        peer.channelRenewNanos = granted ? now + renewal.channelNanos() : Long.MAX_VALUE;
    }

    /** Asks anew for what is due and in use; what is not in use lapses, and is asked for when it is wanted again. */
    void renew(long now, BiConsumer<TurnRequest.Kind, TurnPeer> ask) {
        for (TurnPeer peer : byAddress.values()) {
            TurnPeer.Permission permission = peer.permission;
            boolean used = now - permission.lastUsedNanos < UNUSED_NANOS;
            if (permission.renewNanos <= now) {
                permission.renewNanos = Long.MAX_VALUE;
                if (used && permission.grant == TurnPeer.Grant.GRANTED) {
                    ask.accept(TurnRequest.Kind.PERMISSION, peer);
                } else {
                    permission.grant = TurnPeer.Grant.NONE;
                }
            }
            if (peer.channelRenewNanos <= now) {
                peer.channelRenewNanos = Long.MAX_VALUE;
                if (used) {
                    ask.accept(TurnRequest.Kind.CHANNEL, peer);
                } else {
                    peer.channelGrant = TurnPeer.Grant.NONE;
                }
            }
        }
    }

    long nextRenewal() {
        long next = Long.MAX_VALUE;
        for (TurnPeer peer : byAddress.values()) {
            next = Math.min(next, Math.min(peer.permission.renewNanos, peer.channelRenewNanos));
        }
        return next;
    }
}
