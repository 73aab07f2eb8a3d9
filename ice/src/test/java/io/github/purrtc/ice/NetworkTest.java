package io.github.purrtc.ice;

import io.github.purrtc.ice.NetworkOptions.Transport;
import io.netty.channel.epoll.Epoll;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class NetworkTest {
    @Test
    void loopsComeInTurnEachWithAThreadOfItsOwn() throws Exception {
        try (Network network = Network.open(NetworkOptions.defaults().withThreads(2))) {
            NetworkLoop first = network.nextLoop();
            NetworkLoop second = network.nextLoop();
            assertNotSame(first, second);
            assertSame(first, network.nextLoop());
            Thread thread = LoopCalls.call(first, Thread::currentThread);
            assertTrue(thread.isDaemon());
            assertTrue(thread.getName().matches("purrtc-\\d+"), thread::getName);
            assertTrue(LoopCalls.call(first, first::inLoop));
            assertFalse(LoopCalls.call(second, first::inLoop));
            assertFalse(first.inLoop());
        }
    }

    @Test
    void closingEndsTheThreads() throws Exception {
        Network network = Network.open(NetworkOptions.defaults().withThreads(1));
        NetworkLoop loop = network.nextLoop();
        Thread thread = LoopCalls.call(loop, Thread::currentThread);
        network.close();
        thread.join(10_000);
        assertFalse(thread.isAlive());
        assertThrows(RejectedExecutionException.class, () -> loop.execute(() -> {}));
    }

    @Test
    void closingOnALoopDoesNotWaitForItself() throws Exception {
        Network network = Network.open(NetworkOptions.defaults().withThreads(1));
        NetworkLoop loop = network.nextLoop();
        Thread thread = LoopCalls.call(loop, Thread::currentThread);
        LoopCalls.run(loop, network::close);
        thread.join(10_000);
        assertFalse(thread.isAlive());
    }

    @Test
    void theSharedNetworkIsOneAndStays() {
        assertSame(Network.shared(), Network.shared());
        assertThrows(UnsupportedOperationException.class, () -> Network.shared().close());
    }

    @Test
    void theTransportCanBeForced() {
        try (Network network = Network.open(options(Transport.NIO))) {
            assertEquals("nio", network.transportName());
        }
        if (Epoll.isAvailable()) {
            try (Network network = Network.open(options(Transport.EPOLL))) {
                assertTrue(network.transportName().startsWith("epoll"));
            }
        } else {
            assertThrows(IllegalStateException.class, () -> Network.open(options(Transport.EPOLL)));
        }
    }

    @Test
    void thePropertyDecidesWhereTheOptionsDoNot() {
        System.setProperty(NetworkOptions.TRANSPORT_PROPERTY, "nio");
        try (Network network = Network.open(options(Transport.AUTO))) {
            assertEquals("nio", network.transportName());
            System.setProperty(NetworkOptions.TRANSPORT_PROPERTY, "carrier-pigeon");
            String message = assertThrows(IllegalArgumentException.class, () -> Network.open(options(Transport.AUTO)))
                    .getMessage();
            assertTrue(message.contains("carrier-pigeon"), message);
        } finally {
            System.clearProperty(NetworkOptions.TRANSPORT_PROPERTY);
        }
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        NetworkOptions defaults = NetworkOptions.defaults();
        assertThrows(IllegalArgumentException.class, () -> defaults.withThreads(-1));
        assertThrows(IllegalArgumentException.class, () -> defaults.withMaxDatagramBytes(100));
        assertThrows(IllegalArgumentException.class, () -> defaults.withMaxDatagramBytes(70_000));
    }

    private static NetworkOptions options(Transport transport) {
        return NetworkOptions.defaults().withThreads(1).withTransport(transport);
    }

    @Test
    void aLoopThatSpinsRunsTasksOfOtherThreadsAndTimersAndEnds() throws Exception {
        for (Transport transport : List.of(Transport.NIO, Transport.AUTO)) {
            NetworkOptions options = options(transport).withSpin(Duration.ofMillis(500));
            Network network = Network.open(options);
            NetworkLoop loop = network.nextLoop();
            Thread thread = LoopCalls.call(loop, Thread::currentThread);
            CountDownLatch fired = new CountDownLatch(1);
            LoopCalls.run(loop, () -> loop.newTimer(fired::countDown).arm(loop.nanoTime() + 1_000_000));
            assertTrue(fired.await(10, TimeUnit.SECONDS));
            network.close();
            thread.join(10_000);
            assertFalse(thread.isAlive());
        }
    }

    @Test
    void aSpinWithoutMeasureIsRefused() {
        NetworkOptions options = NetworkOptions.defaults();
        assertThrows(IllegalArgumentException.class, () -> options.withSpin(Duration.ofSeconds(2)));
        assertThrows(IllegalArgumentException.class, () -> options.withSpin(Duration.ofNanos(-1)));
    }
}
