package io.github.purrtc.benchmarks.stack;

import java.util.concurrent.CompletionStage;
import java.util.function.IntConsumer;

/** One end of a data channel. */
public interface Channel {
    String label();

    CompletionStage<Void> opened();

    /** What sends one binary message of that size each time it is run. */
    Runnable sender(int size);

    /** Calls the listener with the size of each message that comes. */
    void onMessage(IntConsumer listener);

    /** Sends each message back that comes, text as text. */
    void echo();

    /** Keeps the channel busy, in the way that suits the stack best, until the feed is stopped. */
    void start(Feed feed);
}
