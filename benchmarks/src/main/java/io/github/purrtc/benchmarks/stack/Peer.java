package io.github.purrtc.benchmarks.stack;

import java.util.concurrent.CompletionStage;

/** One end of a connection, with host candidates only. */
public interface Peer extends AutoCloseable {
    /** What a peer tells. Called on the stack's own threads. */
    interface Listener {
        void onCandidate(SignalledCandidate candidate);

        /** A channel that the other peer made. */
        void onChannel(Channel channel);
    }

    /** The label of the channel that most is measured with. */
    String BENCH = "bench";

    /** Makes a channel: reliable and ordered, or unordered with no retransmission. */
    Channel createChannel(String label, boolean unreliable);

    /** Makes the offer and sets it. */
    CompletionStage<String> offer();

    /** Sets the offer, makes the answer and sets it. */
    CompletionStage<String> answer(String offer);

    CompletionStage<Void> acceptAnswer(String answer);

    /** Only after the other peer's description was set. */
    void addCandidate(SignalledCandidate candidate);

    @Override
    void close();
}
