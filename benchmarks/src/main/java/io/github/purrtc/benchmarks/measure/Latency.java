package io.github.purrtc.benchmarks.measure;

import io.github.purrtc.benchmarks.stack.Channel;
import io.github.purrtc.benchmarks.stack.Stack;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Round trips: the next message leaves when the last one is back. */
final class Latency {
    private static final int WARM_UP = 500;
    private static final int LIMIT_SECONDS = 300;

    private final long[] roundTripNanos;
    private final Runnable sender;
    private final CompletableFuture<long[]> done = new CompletableFuture<>();
    private int index;
    private long sentNanos;

    private Latency(Runnable sender, int warmUp, int count) {
        this.sender = sender;
        roundTripNanos = new long[count];
        index = -warmUp;
    }

    static Line measure(Stack stack, int size, Settings settings) throws Exception {
        try (Pair pair = Pair.connect(stack, settings.unreliable)) {
            pair.far().echo();
            return ping(pair.near(), size, settings);
        }
    }

    /** The other end must echo. */
    static Line ping(Channel channel, int size, Settings settings)
            throws InterruptedException, ExecutionException, TimeoutException {
        Runnable sender = channel.sender(size);
        // Long enough for the JIT compiler, too: round trips are too few to have it done after some hundreds.
        Latency warmUp = new Latency(sender, 0, Math.max(WARM_UP, settings.count));
        warmUp.run(channel);
        return new Line().putPercentiles(new Latency(sender, WARM_UP, settings.count).run(channel));
    }

    private long[] run(Channel channel) throws InterruptedException, ExecutionException, TimeoutException {
        channel.onMessage(bytes -> onEcho());
        sentNanos = System.nanoTime();
        sender.run();
        return done.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private void onEcho() {
        long now = System.nanoTime();
        if (index >= 0) {
            roundTripNanos[index] = now - sentNanos;
        }
        if (++index == roundTripNanos.length) {
            done.complete(roundTripNanos);
            return;
        }
        sentNanos = System.nanoTime();
        sender.run();
    }
}
