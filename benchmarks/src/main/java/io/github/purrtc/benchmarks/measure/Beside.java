package io.github.purrtc.benchmarks.measure;

import io.github.purrtc.benchmarks.stack.Channel;
import io.github.purrtc.benchmarks.stack.Feed;
import io.github.purrtc.benchmarks.stack.Peer;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Small messages on a channel of their own, echoed, beside a bulk transfer: how long their round trips are. */
final class Beside implements Part {
    private static final String SMALL = "small";
    private static final int SMALL_SIZE = 64;
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LAST_ECHO_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final int bulkSize;
    private final Settings settings;
    private final long[] sentNanos;
    private final long[] roundTripNanos;
    private volatile int echoes;

    /** @param bulkSize of the messages of the bulk transfer */
    Beside(int bulkSize, Settings settings) {
        this.bulkSize = bulkSize;
        this.settings = settings;
        int most = (int) ((settings.warmupSeconds + settings.seconds) * 1e9 / INTERVAL_NANOS) + 1;
        sentNanos = new long[most];
        roundTripNanos = new long[most];
    }

    @Override
    public List<String> labels() {
        return List.of(Peer.BENCH, SMALL);
    }

    @Override
    public void prepare(Channel channel) {
        if (channel.label().equals(SMALL)) {
            channel.onMessage(bytes -> onEcho());
        }
    }

    /** The channel is reliable and ordered, so that echoes come in the order of what was sent. */
    private void onEcho() {
        int index = echoes;
        roundTripNanos[index] = System.nanoTime() - sentNanos[index];
        echoes = index + 1;
    }

    @Override
    public void play(Channel channel, Consumer<Line> out) {
        if (!channel.label().equals(SMALL)) {
            channel.start(new Feed(bulkSize, settings.highMark, settings.lowMark));
            return;
        }
        Runnable sender = channel.sender(SMALL_SIZE);
        int warmUp = (int) (settings.warmupSeconds * 1e9 / INTERVAL_NANOS);
        int sent = 0;
        for (long next = System.nanoTime(); sent < sentNanos.length; next += INTERVAL_NANOS) {
            for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            if (sent == warmUp) {
                out.accept(Signalling.event("begin"));
            }
            sentNanos[sent++] = System.nanoTime();
            sender.run();
        }
        awaitEchoes(sent);
        out.accept(Signalling.event("result")
                .put("role", "beside")
                .put("size", SMALL_SIZE)
                .putPercentiles(Arrays.copyOfRange(roundTripNanos, warmUp, Math.max(warmUp + 1, echoes))));
    }

    private void awaitEchoes(int sent) {
        long untilNanos = System.nanoTime() + LAST_ECHO_NANOS;
        while (echoes < sent && System.nanoTime() - untilNanos < 0) {
            LockSupport.parkNanos(INTERVAL_NANOS);
        }
    }

    /** The other end: counts the bulk transfer and echoes the small messages. */
    record Answering(Counter received) implements Part {
        @Override
        public void prepare(Channel channel) {
            if (channel.label().equals(SMALL)) {
                channel.echo();
            } else {
                new Sink(received).prepare(channel);
            }
        }

        @Override
        public void play(Channel channel, Consumer<Line> out) throws InterruptedException {
            if (!channel.label().equals(SMALL)) {
                new Sink(received).play(channel, out);
            }
        }
    }
}
