package io.github.purrtc;

import io.github.purrtc.testing.Await;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicReference;

/** A leak is found, or else that none was would mean nothing. */
class LeakRecorderTest {
    private static final String HINT = "leaked by " + LeakRecorderTest.class.getSimpleName();

    @Test
    void aBufferThatNobodyReleasesIsFound() {
        Unpooled.directBuffer(1).touch(HINT);
        AtomicReference<String> found = new AtomicReference<>();
        Await.until("found", () -> {
            LeakRecorder.leaks().stream().filter(leak -> leak.contains(HINT)).forEach(found::set);
            return found.get() != null;
        });
        LeakRecorder.forget(found.get());
    }
}
