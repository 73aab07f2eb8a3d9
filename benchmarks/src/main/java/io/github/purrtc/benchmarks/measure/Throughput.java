package io.github.purrtc.benchmarks.measure;

import io.github.purrtc.benchmarks.profile.Profiler;
import io.github.purrtc.benchmarks.stack.Feed;
import io.github.purrtc.benchmarks.stack.Stack;

/** Messages one way, as fast as they are taken. */
final class Throughput {
    private Throughput() {}

    /** What was counted up to a moment. */
    private record Moment(long nanos, long bytes, long messages, long sent, double cpuSeconds) {
        static Moment now(Counter received, Feed feed) {
            return new Moment(
                    System.nanoTime(), received.bytes(), received.messages(), feed.sent(), ProcessFigures.cpuSeconds());
        }
    }

    static Line measure(Stack stack, int size, Settings settings) throws Exception {
        if (!settings.profile) {
            return measure(stack, size, settings, Throughput::window);
        }
        try (Profiler profiler = new Profiler()) {
            return measure(stack, size, settings, (received, feed, seconds) -> {
                profiler.start();
                long bytesBefore = received.bytes();
                Line line = window(received, feed, seconds);
                long bytes = received.bytes() - bytesBefore;
                return line.put("profile", ProfileLine.of(profiler.stop(), bytes, feed.size()));
            });
        }
    }

    /** What is done when everything is warm. */
    private interface Window {
        Line measure(Counter received, Feed feed, Settings settings) throws Exception;
    }

    private static Line measure(Stack stack, int size, Settings settings, Window window) throws Exception {
        try (Pair pair = Pair.connect(stack, settings.unreliable)) {
            Counter received = new Counter();
            Feed feed = new Feed(size, settings.highMark, settings.lowMark);
            pair.far().onMessage(received::count);
            pair.near().start(feed);
            settings.sleep(settings.warmupSeconds);
            Line line = window.measure(received, feed, settings);
            feed.stop();
            return line;
        }
    }

    private static Line window(Counter received, Feed feed, Settings settings) throws InterruptedException {
        Moment start = Moment.now(received, feed);
        settings.sleep(settings.seconds);
        return line(start, Moment.now(received, feed));
    }

    private static Line line(Moment start, Moment end) {
        double seconds = (end.nanos - start.nanos) / 1e9;
        long bytes = end.bytes - start.bytes;
        double cpuSeconds = end.cpuSeconds - start.cpuSeconds;
        if (bytes == 0) {
            throw new IllegalStateException("nothing arrived");
        }
        return new Line()
                .put("MBps", bytes / seconds / 1e6)
                .put("msgs_s", (end.messages - start.messages) / seconds)
                .put("sent_s", (end.sent - start.sent) / seconds)
                .put("secs", seconds)
                .put("cpu_s", cpuSeconds)
                .put("cpu_s_per_GB", cpuSeconds / (bytes / 1e9));
    }
}
