package io.github.purrtc.examples;

import com.sun.management.OperatingSystemMXBean;
import io.github.purrtc.Configuration;
import io.github.purrtc.DataChannel;
import io.github.purrtc.DataChannelMessage;
import io.github.purrtc.DataChannelState;
import io.github.purrtc.WebRtc;
import io.github.purrtc.ice.CandidateType;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Sends messages one way as fast as they are taken, and counts what arrives. */
final class ThroughputRun {
    private static final int MAX_HIGH_MARK = 4 * 1024 * 1024;
    private static final int MESSAGES_BUFFERED = 1024;

    private final DataChannel sender;
    private final DataChannel receiver;
    private final Progress progress;
    private final DataChannelMessage message;
    /** The sender keeps up to this many bytes waiting … */
    private final long highMark;
    /** … and sends again when no more than these are left. */
    private final long lowMark;

    private final AtomicLong receivedBytes = new AtomicLong();
    private final AtomicLong receivedMessages = new AtomicLong();
    private volatile boolean sending = true;

    /** What was counted up to a moment. */
    private record Count(long nanos, long bytes, long messages, long cpuNanos) {}

    ThroughputRun(LoopbackPair pair, int messageSize, Progress progress) {
        sender = pair.sender();
        receiver = pair.receiver();
        this.progress = progress;
        message = DataChannelMessage.binary(ByteBuffer.allocate(messageSize));
        highMark = Math.max(messageSize, Math.min((long) MESSAGES_BUFFERED * messageSize, MAX_HIGH_MARK));
        lowMark = highMark / 4;
    }

    /** A configuration that has room for messages of that size, and speaks on the loopback interface. */
    static Configuration configuration(int messageSize, int maxDatagramSize) {
        Configuration defaults = Configuration.DEFAULT;
        return Configuration.builder()
                .candidateTypes(Set.of(CandidateType.HOST))
                .includeLoopback(true)
                .maxDatagramSize(maxDatagramSize)
                .maxMessageSize(Math.max(defaults.maxMessageSize(), messageSize))
                .receiveWindow(
                        Math.max(defaults.receiveWindow(), 2 * messageSize),
                        Math.max(defaults.maxReceiveWindow(), 2 * messageSize))
                .sendBufferLimit(Math.max(defaults.sendBufferLimit(), 2 * (MAX_HIGH_MARK + messageSize)))
                .build();
    }

    /** @throws IllegalStateException if the connection breaks or nothing arrives */
    ThroughputResult measure(int warmupSeconds, int seconds) throws InterruptedException {
        receiver.onMessage(received -> {
            receivedBytes.lazySet(receivedBytes.getPlain() + received.size());
            receivedMessages.lazySet(receivedMessages.getPlain() + 1);
        });
        sender.setBufferedAmountLowThreshold(lowMark);
        sender.onBufferedAmountLow(this::fill);
        fill();
        watch("warm-up", warmupSeconds);
        Count start = count();
        watch("measuring", seconds);
        Count end = count();
        sending = false;
        return result(start, end);
    }

    private void fill() {
        while (sending && sender.bufferedAmount() < highMark) {
            sender.send(message);
        }
    }

    private void watch(String phase, int seconds) throws InterruptedException {
        Count before = count();
        for (int second = 1; second <= seconds; second++) {
            TimeUnit.SECONDS.sleep(1);
            Count now = count();
            if (sender.readyState() != DataChannelState.OPEN) {
                throw new IllegalStateException("the channel is " + sender.readyState());
            }
            double elapsed = (now.nanos() - before.nanos()) / 1e9;
            progress.show(String.format(
                    Locale.ROOT,
                    "%-9s %3d/%d s  %8.1f MB/s  %,10.0f messages/s",
                    phase,
                    second,
                    seconds,
                    (now.bytes() - before.bytes()) / 1e6 / elapsed,
                    (now.messages() - before.messages()) / elapsed));
            before = now;
        }
    }

    private Count count() {
        long cpuNanos = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : -1;
        return new Count(System.nanoTime(), receivedBytes.get(), receivedMessages.get(), cpuNanos);
    }

    private ThroughputResult result(Count start, Count end) {
        if (end.bytes() == start.bytes()) {
            throw new IllegalStateException("nothing arrived");
        }
        return new ThroughputResult(
                message.size(),
                (end.nanos() - start.nanos()) / 1e9,
                end.bytes() - start.bytes(),
                end.messages() - start.messages(),
                (end.cpuNanos() - start.cpuNanos()) / 1e9,
                WebRtc.shared().transportName());
    }
}
