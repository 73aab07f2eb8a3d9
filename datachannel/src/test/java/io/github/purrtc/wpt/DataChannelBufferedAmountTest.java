package io.github.purrtc.wpt;

import io.github.purrtc.DataChannel;
import io.github.purrtc.DataChannelMessage;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.wpt.Wpt.ChannelPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

import static io.github.purrtc.testing.Await.until;
import static io.github.purrtc.wpt.Wpt.channelPair;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.messages;
import static io.github.purrtc.wpt.Wpt.poll;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** webrtc-pc §6.2, bufferedAmount. */
@DisplayName("RTCDataChannel-bufferedAmount.html")
class DataChannelBufferedAmountTest {
    private static final String UNICODE = "世界你好";

    private final PeerConnection a = connection();
    private final PeerConnection z = connection();

    @AfterEach
    void close() {
        a.close();
        z.close();
    }

    private DataChannel channel;
    private BlockingQueue<DataChannelMessage> received;

    private void connect(String name) {
        ChannelPair pair = channelPair(a, z, name.startsWith("Negotiated") || name.startsWith("negotiated"));
        channel = pair.here();
        received = messages(pair.there());
    }

    /** On the loop, where nothing can be acknowledged in between. */
    private <T> T inOneTask(Supplier<T> task) {
        return get(CompletableFuture.supplyAsync(task, a.executor()));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "datachannel bufferedAmount initial value should be 0 for new datachannel",
                "negotiated datachannel bufferedAmount initial value should be 0 for new datachannel"
            })
    void initial(String name) {
        connect(name);
        assertEquals(0, channel.bufferedAmount());
        assertEquals(0, channel.bufferedAmountLowThreshold());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "datachannel bufferedAmount should increase to byte length of encoded unicode string sent",
                "negotiated datachannel bufferedAmount should increase to byte length of encoded unicode string sent"
            })
    void unicode(String name) {
        connect(name);
        assertEquals(12, inOneTask(() -> {
            channel.send(UNICODE);
            return channel.bufferedAmount();
        }));
        assertEquals(UNICODE, poll(received).text());
        until("drained", () -> channel.bufferedAmount() == 0);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "datachannel bufferedAmount should increase to byte length of buffer sent",
                "negotiated datachannel bufferedAmount should increase to byte length of buffer sent"
            })
    void buffer(String name) {
        connect(name);
        assertEquals(5, inOneTask(() -> {
            channel.send(new byte[5]);
            return channel.bufferedAmount();
        }));
        poll(received);
        until("drained", () -> channel.bufferedAmount() == 0);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "datachannel bufferedAmount should increase by byte length for each message sent",
                "negotiated datachannel bufferedAmount should increase by byte length for each message sent"
            })
    void each(String name) {
        connect(name);
        assertEquals(List.of(5L, 17L, 22L), inOneTask(() -> {
            channel.send(new byte[5]);
            long one = channel.bufferedAmount();
            channel.send(UNICODE);
            long two = channel.bufferedAmount();
            channel.send("hello");
            return List.of(one, two, channel.bufferedAmount());
        }));
        until("drained", () -> channel.bufferedAmount() == 0);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "datachannel bufferedamount is data.length on send(data)",
                "negotiated datachannel bufferedamount is data.length on send(data)"
            })
    void length(String name) {
        connect(name);
        assertEquals(100_000, inOneTask(() -> {
            channel.send(new byte[100_000]);
            return channel.bufferedAmount();
        }));
        assertEquals(100_000, poll(received).size());
        until("drained", () -> channel.bufferedAmount() == 0);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "datachannel bufferedamount returns the same amount if no more data is sent on the channel",
                "negotiated datachannel bufferedamount returns the same amount if no more data is sent on the channel"
            })
    void sameInOneTask(String name) {
        connect(name);
        assertEquals(List.of(6L, 6L), inOneTask(() -> {
            channel.send("abcdef");
            return List.of(channel.bufferedAmount(), channel.bufferedAmount());
        }));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "datachannel bufferedamountlow event fires after send() is complete",
                "negotiated datachannel bufferedamountlow event fires after send() is complete"
            })
    void low(String name) {
        connect(name);
        BlockingQueue<Long> low = new LinkedBlockingQueue<>();
        channel.onBufferedAmountLow(() -> low.add(channel.bufferedAmount()));
        channel.send(new byte[10_000]);
        assertEquals(0, poll(low));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "datachannel bufferedamountlow event fires only once after multiple consecutive send() calls",
                "negotiated datachannel bufferedamountlow event fires only once after multiple consecutive send() calls"
            })
    void onceForSeveral(String name) {
        connect(name);
        BlockingQueue<Long> low = new LinkedBlockingQueue<>();
        channel.onBufferedAmountLow(() -> low.add(channel.bufferedAmount()));
        inOneTask(() -> {
            channel.send("one");
            channel.send("two");
            channel.send("three");
            return true;
        });
        for (int i = 0; i < 3; i++) {
            poll(received);
        }
        assertEquals(0, poll(low));
        Wpt.settle(a);
        assertEquals(0, low.size());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "datachannel bufferedamountlow event fires after each sent message",
                "negotiated datachannel bufferedamountlow event fires after each sent message"
            })
    void eachDrain(String name) {
        connect(name);
        BlockingQueue<Long> low = new LinkedBlockingQueue<>();
        channel.onBufferedAmountLow(() -> low.add(channel.bufferedAmount()));
        for (int i = 0; i < 3; i++) {
            channel.send("message");
            assertEquals(0, poll(low));
        }
        assertEquals(0, low.size());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "datachannel bufferedAmount should not decrease immediately after initiating closure",
                "negotiated datachannel bufferedAmount should not decrease immediately after initiating closure"
            })
    void closing(String name) {
        connect(name);
        assertEquals(5, inOneTask(() -> {
            channel.send("hello");
            channel.close();
            return channel.bufferedAmount();
        }));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "datachannel bufferedAmount should not decrease after closing the peer connection",
                "negotiated datachannel bufferedAmount should not decrease after closing the peer connection"
            })
    void connectionClosed(String name) {
        connect(name);
        assertEquals(5, inOneTask(() -> {
            channel.send("hello");
            a.close();
            return channel.bufferedAmount();
        }));
        assertEquals(5, channel.bufferedAmount());
    }
}
