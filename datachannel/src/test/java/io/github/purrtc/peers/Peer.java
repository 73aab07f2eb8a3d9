package io.github.purrtc.peers;

import io.github.purrtc.DataChannelOptions;
import io.github.purrtc.testing.Await;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

/** One side of a connection, whoever's it is: it negotiates by itself, as webrtc-pc §10.7 shows it, and tells the other what it signals. */
abstract class Peer implements AutoCloseable {
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Channel> incoming = new LinkedBlockingQueue<>();
    private volatile @Nullable Peer other;

    /** Where each stands: the signaling state, the state of the connection, and the ICE credentials of either description. */
    record Standing(String signalingState, String connectionState, String localFragment, String remoteFragment) {
        boolean agreesWith(Standing other) {
            return signalingState.equals("stable")
                    && other.signalingState.equals("stable")
                    && !localFragment.isEmpty()
                    && localFragment.equals(other.remoteFragment)
                    && remoteFragment.equals(other.localFragment);
        }
    }

    /** Has to be called for both before they begin. */
    final void signalTo(Peer peer) {
        other = peer;
    }

    /** Nobody hears any more what this peer signals. */
    final void detach() {
        other = null;
    }

    final void signal(Signal signal) {

        Peer peer = other;
        if (peer != null) {
            peer.receive(signal);
        }
    }

    final void fault(String what) {
        faults.add(what);
    }

    final void announce(Channel channel) {
        incoming.add(channel);
    }

    /** The next channel that the other peer made. */
    final Channel awaitChannel() throws InterruptedException {
        Channel channel = incoming.poll(Await.LIMIT_SECONDS, TimeUnit.SECONDS);
        assertNotNull(channel, "no channel came in time");
        return channel;
    }

    final void assertNoFaults() {
        assertEquals(List.of(), faults);
    }

    abstract void receive(Signal signal);

    abstract Channel createChannel(String label, DataChannelOptions options);

    abstract void restartIce();

    abstract Standing standing();

    abstract long maxMessageSize();

    @Override
    public abstract void close();
}
