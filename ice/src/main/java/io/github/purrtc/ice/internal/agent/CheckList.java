package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.IceRole;
import io.github.purrtc.ice.TcpType;
import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The pairs, best first, and the queue of triggered checks (RFC 8445 §6.1.2, §6.1.4.1). */
final class CheckList {

    /** RFC 8445 §6.1.2.5. */
    private static final int MAX_PAIRS = 100;

    private static final Comparator<CheckPair> BEST_FIRST =
            Comparator.comparingLong((CheckPair pair) -> pair.priority).reversed();

    private final List<CheckPair> pairs = new ArrayList<>(0);
    private final ArrayDeque<CheckPair> triggered = new ArrayDeque<>(0);

    List<CheckPair> pairs() {
        return pairs;
    }

    /** Forms a pair of a signalled remote candidate, if the two can reach each other at all. */
    void form(LocalEndpoint local, RemoteEndpoint remote, IceRole role) {
        boolean reachable = local.canConnect(remote.candidate.protocol())
                && canReach(local.address().getAddress(), remote.address.getAddress());
        if (local.isBase() && reachable && find(local.socketId(), remote.address) == null) {
            add(local, remote, role);
            if (pairs.size() > MAX_PAIRS) {
                removeWorst();
            }
        }
    }

    /**
     * The pair of a path on which an authentic check came in; a new one takes the place of a pair that is only a guess.
     * Null if there is no such place.
     */
    @Nullable
    CheckPair findOrDiscover(LocalEndpoint local, RemoteEndpoint remote, IceRole role) {
        CheckPair known = find(local.socketId(), remote.address);
        if (known != null) {
            return known;
        }
        if (pairs.size() >= MAX_PAIRS && !removeWorst()) {
            return null;
        }
        return add(local, remote, role);
    }

    private CheckPair add(LocalEndpoint local, RemoteEndpoint remote, IceRole role) {
        CheckPair pair = new CheckPair(local, remote);
        pair.computePriority(role);
        pairs.add(pair);
        pairs.sort(BEST_FIRST);
        return pair;
    }

    @Nullable
    CheckPair find(int socketId, InetSocketAddress remote) {
        for (CheckPair pair : pairs) {
            if (pair.base.socketId() == socketId && pair.remote.address.equals(remote)) {
                return pair;
            }
        }
        return null;
    }

    /** After a role or a candidate changed. */
    void reorder(IceRole role) {
        pairs.forEach(pair -> pair.computePriority(role));
        pairs.sort(BEST_FIRST);
    }

    /** RFC 8445 §7.3.1.4. */
    void trigger(CheckPair pair) {
        pair.state = CheckPair.State.WAITING;
        pair.disconnected = false;
        if (!pair.triggered) {
            pair.triggered = true;
            triggered.add(pair);
        }
    }

    @Nullable
    CheckPair nextTriggered() {
        CheckPair pair = triggered.poll();
        if (pair != null) {
            pair.triggered = false;
        }
        return pair;
    }

    @Nullable
    CheckPair bestWaiting() {
        return best(CheckPair.State.WAITING);
    }

    @Nullable
    CheckPair bestSucceeded() {
        return best(CheckPair.State.SUCCEEDED);
    }

    boolean isBetterPending(CheckPair than) {
        for (CheckPair pair : pairs) {
            if (pair.isPending() && pair.priority > than.priority) {
                return true;
            }
        }
        return false;
    }

    boolean isAllFailed() {
        return pairs.stream().allMatch(pair -> pair.state == CheckPair.State.FAILED);
    }

    /** Whether no check is under way that a datagram lost would end; those over TCP take their time. */
    boolean isAllUnreliableFailed() {
        boolean any = false;
        for (CheckPair pair : pairs) {
            boolean failed = pair.state == CheckPair.State.FAILED;
            any |= failed;
            if (!failed && !(pair.base.isReliable() && pair.state == CheckPair.State.IN_PROGRESS)) {
                return false;
            }
        }
        return any;
    }

    /** Its connection has ended. One that has worked is worth another, if it can be made from here. */
    void disconnect(CheckPair pair) {
        pair.disconnected = !pair.isValid() || pair.base.candidate().tcpType() == TcpType.PASSIVE;
        pair.state = CheckPair.State.FAILED;
        pair.check = null;
        pair.mapped = null;
        pair.heard = false;
        pair.nominated = false;
        pair.triggered = false;
        triggered.remove(pair);
    }

    /** All but one are to be checked anew, where there is a way to. */
    void retry(@Nullable CheckPair except) {
        for (CheckPair pair : pairs) {
            if (pair != except && pair.check == null && !pair.disconnected) {
                pair.state = CheckPair.State.WAITING;
            }
        }
    }

    /** The pairs of a socket that is gone, taken out. */
    List<CheckPair> remove(int socketId) {
        List<CheckPair> removed =
                pairs.stream().filter(pair -> pair.base.socketId() == socketId).toList();
        pairs.removeAll(removed);
        triggered.removeAll(removed);
        return removed;
    }

    /** Whether there were pairs and the peer has refused every one of them. */
    boolean isAllRefused() {
        return !pairs.isEmpty()
                && pairs.stream().allMatch(pair -> pair.state == CheckPair.State.FAILED && pair.refused);
    }

    void clear() {
        pairs.clear();
        triggered.clear();
    }

    private @Nullable CheckPair best(CheckPair.State state) {
        for (CheckPair pair : pairs) {
            if (pair.state == state) {
                return pair;
            }
        }
        return null;
    }

    /** Never a valid pair, nor one whose check is on its way: its answer would find nothing. */
    private boolean removeWorst() {
        for (int i = pairs.size() - 1; i >= 0; i--) {
            CheckPair pair = pairs.get(i);
            boolean idle = pair.state == CheckPair.State.WAITING || pair.state == CheckPair.State.FAILED;
            if (idle && !pair.triggered && !pair.isValid()) {
                pairs.remove(i);
                return true;
            }
        }
        return false;
    }

    /** RFC 8445 §6.1.2.2: one family, link-local with link-local; and loopback with loopback. */
    private static boolean canReach(InetAddress local, InetAddress remote) {
        return local.getClass() == remote.getClass()
                && local.isLinkLocalAddress() == remote.isLinkLocalAddress()
                && local.isLoopbackAddress() == remote.isLoopbackAddress();
    }
}
