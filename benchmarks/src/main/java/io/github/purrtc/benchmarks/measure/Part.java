package io.github.purrtc.benchmarks.measure;

import io.github.purrtc.benchmarks.stack.Channel;
import io.github.purrtc.benchmarks.stack.Feed;
import io.github.purrtc.benchmarks.stack.Peer;

import java.util.List;
import java.util.function.Consumer;

/** What one of two processes does with the channel. */
interface Part {
    /** The labels of the channels that the offering end makes for it. */
    default List<String> labels() {
        return List.of(Peer.BENCH);
    }

    /** Before the channel is open: nothing that comes may be missed. */
    void prepare(Channel channel);

    /** On a thread of its own for each channel, when it is open. */
    void play(Channel channel, Consumer<Line> out) throws Exception;

    static Part named(String name, int size, Settings settings) {
        return switch (name) {
            case "echo" -> new Echo();
            case "sink" -> new Sink(new Counter());
            case "source" -> new Source(size == 0 ? 65_536 : size, settings);
            case "ping" -> new Ping(size == 0 ? 64 : size, settings);
            case "beside" -> size == 0 ? new Beside.Answering(new Counter()) : new Beside(size, settings);
            default -> throw new IllegalArgumentException("echo, sink, source, ping or beside, not " + name);
        };
    }

    /** Sends back. */
    record Echo() implements Part {
        @Override
        public void prepare(Channel channel) {
            channel.echo();
        }

        @Override
        public void play(Channel channel, Consumer<Line> out) {}
    }

    /** Counts, and tells four times a second. */
    record Sink(Counter received) implements Part {
        private static final long TELL_MILLIS = 250;

        @Override
        public void prepare(Channel channel) {
            channel.onMessage(received::count);
        }

        @Override
        public void play(Channel channel, Consumer<Line> out) throws InterruptedException {
            long nanos = System.nanoTime();
            long bytes = 0;
            long messages = 0;
            while (true) {
                Thread.sleep(TELL_MILLIS);
                long nowNanos = System.nanoTime();
                long nowBytes = received.bytes();
                long nowMessages = received.messages();
                double seconds = (nowNanos - nanos) / 1e9;
                out.accept(Signalling.event("stat")
                        .put("MBps", (nowBytes - bytes) / seconds / 1e6)
                        .put("msgs_s", (nowMessages - messages) / seconds)
                        .put("bytes", nowBytes)
                        .put("msgs", nowMessages));
                nanos = nowNanos;
                bytes = nowBytes;
                messages = nowMessages;
            }
        }
    }

    /** Sends for the time of warm-up and window, and beyond. */
    record Source(int size, Settings settings) implements Part {
        @Override
        public void prepare(Channel channel) {}

        @Override
        public void play(Channel channel, Consumer<Line> out) throws InterruptedException {
            Feed feed = new Feed(size, settings.highMark, settings.lowMark);
            channel.start(feed);
            settings.sleep(settings.warmupSeconds);
            out.accept(Signalling.event("begin"));
            long sentBefore = feed.sent();
            double cpuBefore = ProcessFigures.cpuSeconds();
            long startNanos = System.nanoTime();
            settings.sleep(settings.seconds);
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            double rate = (feed.sent() - sentBefore) / seconds;
            out.accept(Signalling.event("result")
                    .put("role", "source")
                    .put("size", size)
                    .put("sent_MBps", rate * size / 1e6)
                    .put("sent_msgs_s", rate)
                    .put("secs", seconds)
                    .put("cpu_s", ProcessFigures.cpuSeconds() - cpuBefore));
            feed.stop();
        }
    }

    /** Measures round trips. */
    record Ping(int size, Settings settings) implements Part {
        @Override
        public void prepare(Channel channel) {}

        @Override
        public void play(Channel channel, Consumer<Line> out) throws Exception {
            out.accept(Signalling.event("begin"));
            out.accept(Signalling.event("result")
                    .put("role", "ping")
                    .put("size", size)
                    .putAll(Latency.ping(channel, size, settings)));
        }
    }
}
