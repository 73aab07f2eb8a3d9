package io.github.purrtc;

import io.netty.buffer.Unpooled;
import io.netty.util.ResourceLeakDetector;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what Netty finds out about buffers that were never released; named to it by a system property. */
public final class LeakRecorder<T> extends ResourceLeakDetector<T> {
    private static final List<String> LEAKS = new CopyOnWriteArrayList<>();

    public LeakRecorder(Class<?> resourceType, int samplingInterval) {
        super(resourceType, samplingInterval);
    }

    /** Netty looks for this one too. */
    public LeakRecorder(Class<?> resourceType, int samplingInterval, long maxActive) {
        this(resourceType, samplingInterval);
    }

    /** The leaks of this JVM, of buffers that nobody refers to any more. */
    static List<String> leaks() {
        System.gc();
        // Netty looks when the next buffer is made.
        Unpooled.directBuffer(1).release();
        return List.copyOf(LEAKS);
    }

    static void forget(String leak) {
        LEAKS.remove(leak);
    }

    @Override
    protected boolean needReport() {
        return true;
    }

    @Override
    protected void reportTracedLeak(String resourceType, String records) {
        LEAKS.add(resourceType + records);
    }

    @Override
    protected void reportUntracedLeak(String resourceType) {
        LEAKS.add(resourceType);
    }
}
