package io.github.purrtc;

import io.github.purrtc.testing.Await;
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
        Await.until("open", () -> channel.readyState() == DataChannelState.OPEN);
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
            Await.until("acknowledged", () -> channel.bufferedAmount() == 0);
            assertEquals(List.of(), signals);
            subscription.request(2);
            Await.until("two messages", () -> signals.size() == 2);
            subscription.request(1);
            Await.until("three messages", () -> signals.size() == 3);
            assertEquals(List.of("message 0", "message 1", "message 2"), signals);
            subscription.request(10);
            Await.until("all messages", () -> signals.size() == 5);
            channel.close();
            Await.until("complete", () -> signals.contains("complete"));
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
            Await.until("complete", () -> signals.contains("complete"));
            assertEquals(301, signals.size());
            assertTrue(channel.bufferedAmount() >= 0);
        }
    }

    @Test
    void whatWasSentBeforeClosingComesWhenItIsAskedFor() throws InterruptedException {
        try (PeerPair pair = new PeerPair()) {
            DataChannel channel = connect(pair);
            for (int i = 0; i < 3; i++) {
                channel.send("message " + i);
            }
            channel.close();
            Flow.Subscription subscription = subscription();
            subscription.request(1);
            Await.until("the first", () -> signals.size() == 1);
            subscription.request(10);
            Await.until("complete", () -> signals.contains("complete"));
            assertEquals(List.of("message 0", "message 1", "message 2", "complete"), signals);
        }
    }

    @Test
    void aLostConnectionIsAnError() throws InterruptedException {
        try (PeerPair pair = new PeerPair()) {
            connect(pair);
            subscription();
            pair.a.close();
            Await.until("an error", () -> !signals.isEmpty());
            assertEquals(List.of("error RtcException"), signals);
        }
    }

    @Test
    void whoCancelsHoldsBackNobody() throws InterruptedException {
        try (PeerPair pair = new PeerPair()) {
            DataChannel cancelled = connect(pair);
            Flow.Subscription subscription = subscription();
            cancelled.send("held");
            subscription.cancel();
            DataChannel other = pair.a.createDataChannel("other");
            Await.until("open", () -> other.readyState() == DataChannelState.OPEN);
            subscription().request(1);
            other.send("free");
            Await.until("the other's", () -> !signals.isEmpty());
            assertEquals(List.of("free"), signals);
        }
    }

    @Test
    void aChannelThatClosesCancelsItsSource() {
        try (PeerPair pair = new PeerPair();
                SubmissionPublisher<DataChannelMessage> source = new SubmissionPublisher<>()) {
            DataChannel channel = pair.a.createDataChannel("stream");
            source.subscribe(DataChannelFlows.subscriber(channel));
            assertEquals(0, source.estimateMinimumDemand(), "nothing is asked for before the channel is open");
            pair.connect();
            Await.until("demand", () -> source.estimateMinimumDemand() == 1);
            channel.close();
            Await.until(
                    "cancelled",
                    () -> source.submit(new DataChannelMessage(true, ByteBuffer.allocate(1))) == 0
                            && source.getNumberOfSubscribers() == 0);
        }
    }
}
