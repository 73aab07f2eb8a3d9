package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.IceParameters;
import io.github.purrtc.ice.IceTransportState;
import io.github.purrtc.ice.internal.stun.StunClass;
import io.github.purrtc.ice.internal.stun.StunMessage;
import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.List;

/** An agent's generations, of which an ICE restart begins another one (RFC 8445 §9), and what is whose. */
final class Generations {

    /** For how long a peer that has not noticed the end of a restart is still understood. */
    private static final long RETIRED_NANOS = 10_000_000_000L;

    private final AgentCommons commons;

    /** The one whose pair is in use, or that is on the way to it. */
    private Generation current;

    /** The one that a restart has begun, until it has a pair. */
    private @Nullable Generation next;

    /** The one before, for a moment. */
    private @Nullable Generation retired;

    private long retiredUntilNanos = Long.MAX_VALUE;

    /** Whether there was a pair in use, or one sought, with another peer than that of the current one. */
    private boolean handedOver;

    Generations(IceParameters local, AgentCommons commons) {
        this.commons = commons;
        current = new Generation(local, commons);
    }

    Generation current() {
        return current;
    }

    Generation newest() {
        return next != null ? next : current;
    }

    boolean isRestarting() {
        return next != null;
    }

    List<Generation> inUse() {
        return next == null ? List.of(current) : List.of(current, next);
    }

    void addLocal(LocalEndpoint local) {
        current.addLocal(local);
        if (next != null) {
            next.addLocal(local);
        }
    }

    void removeLocal(int socketId) {
        current.removeLocal(socketId);
        if (next != null) {
            next.removeLocal(socketId);
        }
    }

    void connectionLost(int socketId, InetSocketAddress remote) {
        current.connectionLost(socketId, remote);
        if (next != null) {
            next.connectionLost(socketId, remote);
        }
    }

    /** Those after the current one do without this socket. */
    void leave(int socketId) {
        if (next == null && !current.isStarted()) {
            commons.events.add(new IceEvent.SocketForgotten(socketId));
            return;
        }
        commons.locals.leave(socketId, current.session.number);
        if (next != null) {
            next.removeLocal(socketId);
        }
    }

    void restart(IceParameters local) {
        String fragment = local.usernameFragment();
        if (fragment.equals(current.local().usernameFragment())
                || fragment.equals(newest().local().usernameFragment())) {
            throw new IllegalArgumentException("a restart needs another username fragment and password");
        }
        Generation replaced = next;
        Generation fresh = new Generation(local, commons);
        // RFC 8445 §9: all is flushed but the roles.
        fresh.session.role = newest().session.role;
        if (current.isStarted()) {
            next = fresh;
        } else {
            replaced = current;
            current = fresh;
        }
        forget(replaced);
    }

    /** Nobody can name this one any longer. */
    private void forget(@Nullable Generation gone) {
        if (gone != null) {
            commons.events.add(new IceEvent.FragmentForgotten(gone.local().usernameFragment()));
        }
    }

    /** False if there is no restart, or it has been started. */
    boolean cancelRestart() {
        if (next == null || next.isStarted()) {
            return false;
        }
        forget(next);
        next = null;
        commons.locals.stay(current.session.number);
        return true;
    }

    /**
     * The restart leads to another peer: nothing comes from the one before any more, and nothing is to go there. Its sockets and fragment are
     * kept as long as after any restart.
     */
    void handOver(long now) {
        Generation fresh = next;
        if (fresh == null) {
            return;
        }
        Generation left = current;
        if (left.selected() != null) {
            commons.events.add(new IceEvent.PairLost());
        }
        succeed(fresh, now);
        left.end();
        handedOver = true;
    }

    /** The one that this fragment of the peer belongs to, null if that has not been started. */
    @Nullable
    Generation started(@Nullable String remoteFragment) {
        Generation newest = newest();
        if (newest.isStarted() && newest.session.credentials.isGeneration(remoteFragment)) {
            return newest;
        }
        boolean isCurrent = remoteFragment != null
                && current.isStarted()
                && current.session.credentials.isGeneration(remoteFragment);
        return isCurrent ? current : null;
    }

    /** The one that a request names, or that a response answers. */
    @Nullable
    Generation target(StunMessage message) {
        if (isTarget(current, message)) {
            return current;
        }
        if (next != null && isTarget(next, message)) {
            return next;
        }
        return retired != null && isTarget(retired, message) ? retired : null;
    }

    private static boolean isTarget(Generation generation, StunMessage message) {
        return !generation.isOver()
                && (message.messageClass() == StunClass.REQUEST
                        ? generation.session.credentials.isAddressed(message)
                        : generation.session.transactions.find(message.id()) != null);
    }

    /** In the generation that trusts it most. */
    @Nullable
    CheckPair find(int socketId, InetSocketAddress source) {
        CheckPair found = current.session.checks.find(socketId, source);
        for (Generation other : new Generation[] {next, retired}) {
            if (other != null && (found == null || !found.isValid())) {
                CheckPair pair = other.session.checks.find(socketId, source);
                found = pair == null ? found : pair;
            }
        }
        return found;
    }

    boolean isEarlyPath(int socketId, InetSocketAddress source) {
        return current.isEarlyPath(socketId, source) || (next != null && next.isEarlyPath(socketId, source));
    }

    void onTimeout(long now) {
        current.onTimeout(now);
        if (next != null) {
            next.onTimeout(now);
        }
        if (now >= retiredUntilNanos) {
            forgetRetired();
        }
    }

    long nextTimeout() {
        long earliest = Math.min(current.nextTimeout(), retiredUntilNanos);
        return next == null ? earliest : Math.min(earliest, next.nextTimeout());
    }

    void settle(long now) {
        current.settle(now);
        Generation fresh = next;
        if (fresh != null) {
            fresh.settle(now);
            if (fresh.selected() != null) {
                succeed(fresh, now);
            } else if (fresh.isOver() && !current.isOver()) {
                // The pair in use does not get worse because a restart led to nothing.
                forget(fresh);
                next = null;
            }
        }
    }

    private void succeed(Generation fresh, long now) {
        forgetRetired();
        current.retire();
        retired = current;
        retiredUntilNanos = now + RETIRED_NANOS;
        current = fresh;
        next = null;
    }

    private void forgetRetired() {
        forget(retired);
        if (retired != null) {
            for (int socketId : commons.locals.unusedAfter(retired.session.number)) {
                commons.events.add(new IceEvent.SocketForgotten(socketId));
            }
        }
        retired = null;
        retiredUntilNanos = Long.MAX_VALUE;
    }

    /** What webrtc-pc §5.6.3 calls the state while a restart is under way. */
    IceTransportState state() {
        IceTransportState used = current.state();
        Generation fresh = next;
        if (fresh == null) {
            // What has been under way is not new: the other peer's candidates are still to come.
            return handedOver && used == IceTransportState.NEW ? IceTransportState.CHECKING : used;
        }
        boolean connected = used == IceTransportState.CONNECTED || used == IceTransportState.COMPLETED;
        if (connected) {
            return IceTransportState.CONNECTED;
        }
        if (!fresh.isStarted()) {
            return used;
        }
        return fresh.isOver() ? IceTransportState.FAILED : IceTransportState.CHECKING;
    }

    /** Nothing of any of them is used any more. */
    void end() {
        current.end();
        next = null;
        forgetRetired();
    }
}
