package io.github.purrtc;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Demand is the back-pressure. */
class DataChannelFlowsTest {
    private final List<String> signals = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Flow.Subscription> subscriptions = new LinkedBlockingQueue<>();

    private final class Collector implements Flow.Subscriber<DataChannelMessage> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscriptions.add(subscription);
        }

        @Override
        public void onNext(DataChannelMessage message) {
            signals.add(message.text());
        }

        @Override
        public void onError(Throwable cause) {
            signals.add("error " + cause.getClass().getSimpleName());
        }

        @Override
        public void onComplete() {
            signals.add("complete");
        }
    }

    private Flow.Subscription subscription() throws InterruptedException {
        Flow.Subscription subscription = subscriptions.poll(PeerPair.LIMIT_SECONDS, TimeUnit.SECONDS);
        assertNotNull(subscription);
        return subscription;
    }

    private DataChannel connect(PeerPair pair) {
        pair.z.onDataChannel(channel -> DataChannelFlows.publisher(channel).subscribe(new Collector()));
        DataChannel channel = pair.a.createDataChannel("stream");
        pair.connect();
        PeerPair.until("open", () -> channel.readyState() == DataChannelState.OPEN);
        return channel;
    }

    @Test
    void noMoreComesThanWasAskedFor() throws InterruptedException {
        try (PeerPair pair = new PeerPair()) {
            DataChannel channel = connect(pair);
            Flow.Subscription subscription = subscription();
            for (int i = 0; i < 5; i++) {
                channel.send("message " + i);
            }
            PeerPair.until("acknowledged", () -> channel.bufferedAmount() == 0);
            assertEquals(List.of(), signals);
            subscription.request(2);
            PeerPair.until("two messages", () -> signals.size() == 2);
            subscription.request(1);
            PeerPair.until("three messages", () -> signals.size() == 3);
            assertEquals(List.of("message 0", "message 1", "message 2"), signals);
            subscription.request(10);
            PeerPair.until("all messages", () -> signals.size() == 5);
            channel.close();
            PeerPair.until("complete", () -> signals.contains("complete"));
            assertEquals(6, signals.size());
        }
    }

    @Test
    void demandMustBePositive() throws InterruptedException {
        try (PeerPair pair = new PeerPair()) {
            connect(pair);
            subscription().request(0);
            assertEquals(List.of("error IllegalArgumentException"), signals);
        }
    }

    @Test
    void thereIsOneSubscriber() {
        try (PeerConnection connection = new PeerConnection()) {
            Flow.Publisher<DataChannelMessage> publisher =
                    DataChannelFlows.publisher(connection.createDataChannel("single"));
            publisher.subscribe(new Collector());
            publisher.subscribe(new Collector());
            assertEquals(List.of("error IllegalStateException"), signals);
        }
    }

    @Test
    void whatIsPublishedIsSentAndTheEndClosesTheChannel() throws InterruptedException {
        SubmissionPublisher<DataChannelMessage> source = new SubmissionPublisher<>();
        try (PeerPair pair = new PeerPair()) {
            DataChannel channel = connect(pair);
            subscription().request(Long.MAX_VALUE);
            source.subscribe(DataChannelFlows.subscriber(channel));
            for (int i = 0; i < 300; i++) {
                source.submit(new DataChannelMessage(true, ByteBuffer.wrap(new byte[20_000])));
            }
            source.close();
            PeerPair.until("complete", () -> signals.contains("complete"));
            assertEquals(301, signals.size());
            assertTrue(channel.bufferedAmount() >= 0);
        }
    }
}
