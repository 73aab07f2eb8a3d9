package io.github.purrtc.sctp.rx;

import io.github.purrtc.sctp.SctpMessage;
import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicReference;

/** Messages taken one by one, as objects. */
final class Taking {
    private Taking() {}

    static @Nullable SctpMessage next(ReassemblyQueue queue) {
        AtomicReference<@Nullable SctpMessage> taken = new AtomicReference<>();
        queue.take((streamId, ppid, unordered, payload, part) ->
                taken.set(new SctpMessage(streamId, ppid, unordered, payload, part)));
        return taken.get();
    }
}
