package io.github.purrtc.benchmarks.profile;

import com.sun.management.ThreadMXBean;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Records a window. It is made before the warm-up, as the JVM compiles code anew when the first recording begins.
 */
public final class Profiler implements AutoCloseable {
    /** What needed a new buffer stands for all of the buffer: the larger objects are, the oftener they do. */
    private static final String NEW_TLAB = "jdk.ObjectAllocationInNewTLAB";

    private static final String OUTSIDE_TLAB = "jdk.ObjectAllocationOutsideTLAB";

    private static final Duration SAMPLE_PERIOD = Duration.ofMillis(10);
    /** What a listener of messages is given. */
    private static final Set<String> MESSAGE_CLASSES =
            Set.of("[B", "java.nio.HeapByteBuffer", "io.github.purrtc.DataChannelMessage");

    /** Who makes that. */
    private static final Set<String> MESSAGE_MAKERS = Set.of(
            "io.github.purrtc.sctp.rx.InterleavedAssembly",
            "io.github.purrtc.sctp.rx.PartialMessage",
            "io.github.purrtc.sctp.rx.InOrderAssembly",
            "io.github.purrtc.IncomingMessages");

    private static final int MOST_METHODS = 20;
    private static final int MOST_CLASSES = 25;

    private final Recording warmUp = newRecording();
    private final Recording recording = newRecording();
    private ThreadTimes timesBefore = ThreadTimes.NONE;
    private long allocatedBefore;

    private final Weights layers = new Weights();
    private final Weights methods = new Weights();
    private final Weights allocatingLayers = new Weights();
    private final Weights allocatedClasses = new Weights();
    private long pauseNanos;

    public Profiler() {
        warmUp.start();
    }

    private static Recording newRecording() {
        Recording recording = new Recording();
        recording.enable("jdk.ExecutionSample").withPeriod(SAMPLE_PERIOD);
        recording.enable(NEW_TLAB).withStackTrace();
        recording.enable(OUTSIDE_TLAB).withStackTrace();
        recording.enable("jdk.GarbageCollection");
        return recording;
    }

    /** The window begins. */
    public void start() throws IOException {
        recording.start();
        warmUp.stop();
        timesBefore = ThreadTimes.now();
        allocatedBefore = allocatedBytes();
    }

    /** What happened in the window, which ends. */
    public Profile stop() throws IOException {
        ThreadTimes times = ThreadTimes.now().since(timesBefore);
        long allocated = allocatedBytes() - allocatedBefore;
        recording.stop();
        Path file = Files.createTempFile("purrtc", ".jfr");
        try {
            recording.dump(file);
            try (RecordingFile events = new RecordingFile(file)) {
                while (events.hasMoreEvents()) {
                    count(events.readEvent());
                }
            }
        } finally {
            Files.delete(file);
        }
        return new Profile(
                cpuShares(times),
                methods.shares(MOST_METHODS, 1),
                allocated,
                allocatingLayers.shares(Layer.values().length + 1, 1),
                allocatedClasses.shares(MOST_CLASSES, 1),
                pauseNanos);
    }

    private void count(RecordedEvent event) {
        RecordedStackTrace trace = event.getStackTrace();
        switch (event.getEventType().getName()) {
            case "jdk.ExecutionSample" -> {
                layers.add(Layer.of(trace).label(), 1);
                methods.add(innermost(trace), 1);
            }
            case NEW_TLAB -> countAllocation(event, event.getLong("tlabSize"));
            case OUTSIDE_TLAB -> countAllocation(event, event.getLong("allocationSize"));
            case "jdk.GarbageCollection" ->
                pauseNanos += event.getDuration("sumOfPauses").toNanos();
            default -> {}
        }
    }

    private void countAllocation(RecordedEvent event, long bytes) {
        String layer = isReceivedMessage(event)
                ? Profile.MESSAGES
                : Layer.of(event.getStackTrace()).label();
        allocatingLayers.add(layer, (double) bytes);
        allocatedClasses.add(
                layer + ": " + className(event.getClass("objectClass").getName()), (double) bytes);
    }

    private static boolean isReceivedMessage(RecordedEvent event) {
        RecordedStackTrace trace = event.getStackTrace();
        return trace != null
                && MESSAGE_CLASSES.contains(event.getClass("objectClass").getName())
                && trace.getFrames().stream()
                        .map(frame -> frame.getMethod().getType().getName())
                        .filter(type -> !type.startsWith("java."))
                        .findFirst()
                        .filter(MESSAGE_MAKERS::contains)
                        .isPresent();
    }

    private static String innermost(RecordedStackTrace trace) {
        if (trace == null || trace.getFrames().isEmpty()) {
            return "unknown";
        }
        RecordedFrame frame = trace.getFrames().get(0);
        String type = frame.getMethod().getType().getName();
        return type.substring(type.lastIndexOf('.') + 1) + "."
                + frame.getMethod().getName();
    }

    private static String className(String name) {
        return name.equals("[B") ? "byte[]" : name.substring(name.lastIndexOf('.') + 1);
    }

    /** The time of Java's threads outside the kernel is shared out by the samples; the rest is known to the tick. */
    private Map<String, Double> cpuShares(ThreadTimes times) {
        double total = Math.max(1, times.total());
        Map<String, Double> shares = new LinkedHashMap<>();
        shares.put("kernel", times.kernel() / total);
        shares.putAll(layers.shares(Layer.values().length, times.user() / total));
        shares.put("garbage collector", times.collector() / total);
        shares.put("JIT compiler", times.compiler() / total);
        shares.put("JVM besides", times.rest() / total);
        return shares;
    }

    private static long allocatedBytes() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }

    @Override
    public void close() {
        warmUp.close();
        recording.close();
    }
}
