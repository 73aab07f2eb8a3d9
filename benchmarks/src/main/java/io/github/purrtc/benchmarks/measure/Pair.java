package io.github.purrtc.benchmarks.measure;

import io.github.purrtc.benchmarks.stack.Channel;
import io.github.purrtc.benchmarks.stack.Peer;
import io.github.purrtc.benchmarks.stack.SignalledCandidate;
import io.github.purrtc.benchmarks.stack.Stack;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Two peers in this process, A and Z, and a channel that A made. Signalling goes through memory. */
final class Pair implements AutoCloseable {
    private static final int CONNECT_LIMIT_SECONDS = 30;

    private final Peer a;
    private final Peer z;
    private final Channel near;
    private final CompletableFuture<Channel> far = new CompletableFuture<>();
    private final CandidateGate gateToA = new CandidateGate();
    private final CandidateGate gateToZ = new CandidateGate();
    private final long madeNanos;
    private final long offeredNanos;
    private volatile long openedNanos;

    private Pair(Stack stack, boolean unreliable) {
        madeNanos = System.nanoTime();
        a = stack.newPeer(listener(gateToZ::add, channel -> {}));
        z = stack.newPeer(listener(gateToA::add, far::complete));
        near = a.createChannel(Peer.BENCH, unreliable);
        offeredNanos = System.nanoTime();
    }

    /** Returns when the channel is open on both sides. */
    static Pair connect(Stack stack, boolean unreliable)
            throws InterruptedException, ExecutionException, TimeoutException {
        Pair pair = new Pair(stack, unreliable);
        try {
            pair.signal().get(CONNECT_LIMIT_SECONDS, TimeUnit.SECONDS);
            return pair;
        } catch (InterruptedException | ExecutionException | TimeoutException | RuntimeException e) {
            pair.close();
            throw e;
        }
    }

    @SuppressWarnings("VoidUsed") // what is combined has no result
    private CompletableFuture<Void> signal() {
        return a.offer()
                .thenCompose(z::answer)
                .thenCompose(answer -> {
                    gateToZ.open(z);
                    return a.acceptAnswer(answer);
                })
                .thenRun(() -> gateToA.open(a))
                .thenCombine(near.opened(), (accepted, opened) -> accepted)
                .thenCombine(far.thenCompose(Channel::opened), (accepted, opened) -> accepted)
                .thenRun(() -> openedNanos = System.nanoTime())
                .toCompletableFuture();
    }

    private static Peer.Listener listener(Consumer<SignalledCandidate> candidates, Consumer<Channel> channels) {
        return new Peer.Listener() {
            @Override
            public void onCandidate(SignalledCandidate candidate) {
                candidates.accept(candidate);
            }

            @Override
            public void onChannel(Channel channel) {
                channels.accept(channel);
            }
        };
    }

    /** A's end of the channel. */
    Channel near() {
        return near;
    }

    /** Z's end of the channel. */
    Channel far() {
        return far.join();
    }

    /** From the call for an offer until both ends were open. */
    double setupMillis() {
        return (openedNanos - offeredNanos) / 1e6;
    }

    /** The same from before the two peers were made. */
    double setupWithConstructorsMillis() {
        return (openedNanos - madeNanos) / 1e6;
    }

    long openedNanos() {
        return openedNanos;
    }

    @Override
    public void close() {
        a.close();
        z.close();
    }
}
