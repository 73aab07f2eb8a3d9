package io.github.purrtc;

import io.github.purrtc.sdp.SdpDialect;
import io.github.purrtc.testing.Await;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PeerConnectionTest {
    @Test
    @DisplayName("a channel that is closed as it opens, before the association is up on both sides, closes on both")
    void closesAsItOpens() {
        try (PeerPair pair = new PeerPair()) {
            CountDownLatch closedAtA = new CountDownLatch(1);
            CountDownLatch closedAtZ = new CountDownLatch(1);
            pair.z.onDataChannel(channel -> channel.onClose(closedAtZ::countDown));
            DataChannel channel = pair.a.createDataChannel("short");
            channel.onOpen(channel::close);
            channel.onClose(closedAtA::countDown);
            pair.connect();
            PeerPair.await(closedAtA, "close at A");
            PeerPair.await(closedAtZ, "close at Z");
        }
    }

    private static Configuration.Builder loopback() {
        return Configuration.builder().includeLoopback(true);
    }

    private static void echo(PeerConnection connection) {
        connection.onDataChannel(channel -> channel.onMessage(channel::send));
    }

    private static DataChannelMessage take(BlockingQueue<DataChannelMessage> queue) throws InterruptedException {
        DataChannelMessage message = queue.poll(PeerPair.LIMIT_SECONDS, TimeUnit.SECONDS);
        assertTrue(message != null, "no message in time");
        return message;
    }

    @ParameterizedTest
    @EnumSource(SdpDialect.class)
    void echoesEveryKindOfMessage(SdpDialect dialect) throws InterruptedException {
        try (PeerPair pair = new PeerPair(loopback().sdpDialect(dialect).build())) {
            echo(pair.z);
            BlockingQueue<DataChannelMessage> back = new LinkedBlockingQueue<>();
            DataChannel channel = pair.a.createDataChannel("cat-noises").onMessage(back::add);
            byte[] random = new byte[256 * 1024];
            new SplittableRandom(1).nextBytes(random);
            channel.onOpen(() -> {
                channel.send("meow");
                channel.send("\u00e4\u732b\ud83d\udc08");
                channel.send("");
                channel.send(new byte[0]);
                channel.send(random);
            });
            pair.connect();
            assertEquals("meow", take(back).text());
            assertEquals("\u00e4\u732b\ud83d\udc08", take(back).text());
            DataChannelMessage emptyText = take(back);
            assertTrue(emptyText.isText() && emptyText.size() == 0);
            DataChannelMessage emptyBinary = take(back);
            assertTrue(!emptyBinary.isText() && emptyBinary.size() == 0);
            assertArrayEquals(random, take(back).bytes());
            Await.until("bufferedAmount is 0", () -> channel.bufferedAmount() == 0);
            assertEquals(PeerConnectionState.CONNECTED, pair.a.connectionState());
            assertEquals(SignalingState.STABLE, pair.z.signalingState());
            assertEquals(IceGatheringState.COMPLETE, pair.a.iceGatheringState());
        }
    }

    @Test
    void messagesStayInOrderFromAnotherThread() {
        try (PeerPair pair = new PeerPair()) {
            int count = 20_000;
            List<Integer> got = Collections.synchronizedList(new ArrayList<>());
            CountDownLatch all = new CountDownLatch(count);
            pair.z.onDataChannel(channel -> channel.onMessage(message -> {
                got.add(message.data().getInt());
                all.countDown();
            }));
            CountDownLatch open = new CountDownLatch(1);
            DataChannel channel = pair.a.createDataChannel("numbers").onOpen(open::countDown);
            pair.connect();
            PeerPair.await(open, "open");
            for (int i = 0; i < count; i++) {
                channel.send(ByteBuffer.allocate(4).putInt(i).flip());
            }
            PeerPair.await(all, "all messages");
            for (int i = 0; i < count; i++) {
                assertEquals(i, got.get(i));
            }
        }
    }

    @Test
    void mirrorsTheOptionsOfAnInBandChannel() {
        try (PeerPair pair = new PeerPair()) {
            AtomicReference<DataChannel> incoming = new AtomicReference<>();
            AtomicReference<DataChannelState> stateInListener = new AtomicReference<>();
            CountDownLatch opened = new CountDownLatch(1);
            pair.z.onDataChannel(channel -> {
                incoming.set(channel);
                stateInListener.set(channel.readyState());
                channel.onOpen(opened::countDown);
            });
            DataChannel channel = pair.a.createDataChannel(
                    "label",
                    DataChannelOptions.builder()
                            .ordered(false)
                            .maxRetransmits(3)
                            .protocol("proto")
                            .priority(DataChannelOptions.Priority.HIGH)
                            .build());
            assertEquals(OptionalInt.empty(), channel.id());
            pair.connect();
            PeerPair.await(opened, "open");
            DataChannel other = incoming.get();
            assertEquals(DataChannelState.OPEN, stateInListener.get());
            assertEquals("label", other.label());
            assertEquals("proto", other.protocol());
            assertFalse(other.ordered());
            assertEquals(OptionalInt.of(3), other.maxRetransmits());
            assertEquals(DataChannelOptions.Priority.HIGH, other.priority());
            // RFC 8832 §6: the offerer became the DTLS server (the answer is active), its ids are odd.
            assertEquals(OptionalInt.of(1), channel.id());
            assertEquals(channel.id(), other.id());
        }
    }

    @Test
    void negotiatedChannelsNeedNoAnnouncement() throws InterruptedException {
        try (PeerPair pair = new PeerPair()) {
            DataChannelOptions options =
                    DataChannelOptions.builder().negotiated(0).build();
            BlockingQueue<DataChannelMessage> got = new LinkedBlockingQueue<>();
            AtomicInteger announced = new AtomicInteger();
            pair.z.onDataChannel(channel -> announced.incrementAndGet());
            pair.z.createDataChannel("cat-noises", options).onMessage(got::add);
            DataChannel channel = pair.a.createDataChannel("cat-noises", options);
            channel.onOpen(() -> channel.send("purr"));
            pair.connect();
            assertEquals("purr", take(got).text());
            assertEquals(0, announced.get());
            RtcException e = assertThrows(RtcException.class, () -> pair.a.createDataChannel("again", options));
            assertEquals(ErrorName.OPERATION_ERROR, e.errorName());
        }
    }

    @Test
    void aLateListenerMissesNothing() throws InterruptedException {
        try (PeerPair pair = new PeerPair()) {
            AtomicReference<DataChannel> incoming = new AtomicReference<>();
            pair.z.onDataChannel(incoming::set);
            DataChannel channel = pair.a.createDataChannel("late");
            channel.onOpen(() -> channel.send("first"));
            pair.connect();
            Await.until("the channel is there", () -> incoming.get() != null);
            channel.send("second");
            Await.until("both are acknowledged", () -> channel.bufferedAmount() == 0);
            BlockingQueue<DataChannelMessage> got = new LinkedBlockingQueue<>();
            CountDownLatch opened = new CountDownLatch(1);
            incoming.get().onMessage(got::add).onOpen(opened::countDown);
            assertEquals("first", take(got).text());
            assertEquals("second", take(got).text());
            PeerPair.await(opened, "open");
        }
    }

    @Test
    void aPausedReaderStopsTheSenderAndLosesNothing() {
        Configuration configuration = loopback()
                .receiveWindow(256 * 1024)
                .maxMessageSize(64 * 1024)
                .sendBufferLimit(4 * 1024 * 1024)
                .build();
        try (PeerPair pair = new PeerPair(configuration)) {
            AtomicReference<DataChannel> incoming = new AtomicReference<>();
            AtomicLong bytes = new AtomicLong();
            pair.z.onDataChannel(channel -> {
                channel.pause();
                channel.onMessage(message -> bytes.addAndGet(message.size()));
                incoming.set(channel);
            });
            CountDownLatch open = new CountDownLatch(1);
            DataChannel channel = pair.a.createDataChannel("flood").onOpen(open::countDown);
            pair.connect();
            PeerPair.await(open, "open");
            int accepted = 0;
            RtcException full = null;
            while (full == null) {
                try {
                    channel.send(new byte[16 * 1024]);
                    accepted++;
                } catch (RtcException e) {
                    full = e;
                }
            }
            assertEquals(ErrorName.OPERATION_ERROR, full.errorName());
            assertEquals(0, bytes.get());
            Await.until("the channel is there", () -> incoming.get() != null);
            incoming.get().resume();
            long expected = accepted * 16L * 1024;
            Await.until("all was delivered", () -> bytes.get() == expected);
            Await.until("all was acknowledged", () -> channel.bufferedAmount() == 0);
        }
    }

    @Test
    void bufferedAmountFallsBelowItsThresholdOnce() {
        try (PeerPair pair = new PeerPair()) {
            pair.z.onDataChannel(channel -> channel.onMessage(message -> {}));
            AtomicInteger low = new AtomicInteger();
            CountDownLatch open = new CountDownLatch(1);
            DataChannel channel =
                    pair.a.createDataChannel("low").onOpen(open::countDown).onBufferedAmountLow(low::incrementAndGet);
            pair.connect();
            PeerPair.await(open, "open");
            assertEquals(0, channel.bufferedAmount());
            channel.setBufferedAmountLowThreshold(1000);
            channel.send(new byte[100_000]);
            Await.until("all was acknowledged", () -> channel.bufferedAmount() == 0);
            Await.until("it was told", () -> low.get() == 1);
            channel.send("");
            channel.send(new byte[500]);
            Await.until("all was acknowledged", () -> channel.bufferedAmount() == 0);
            assertEquals(1, low.get());
        }
    }

    @Test
    void closingAChannelDeliversWhatWasQueuedAndFreesItsId() {
        try (PeerPair pair = new PeerPair()) {
            List<String> events = Collections.synchronizedList(new ArrayList<>());
            AtomicLong bytes = new AtomicLong();
            CountDownLatch remoteClosed = new CountDownLatch(1);
            pair.z.onDataChannel(channel -> channel.onMessage(message -> bytes.addAndGet(message.size()))
                    .onClosing(() -> events.add("closing"))
                    .onError(e -> events.add("error"))
                    .onClose(() -> {
                        events.add("close");
                        remoteClosed.countDown();
                    }));
            CountDownLatch localClosed = new CountDownLatch(1);
            DataChannel channel = pair.a.createDataChannel("short");
            AtomicReference<OptionalInt> reused = new AtomicReference<>();
            channel.onOpen(() -> {
                for (int i = 0; i < 40; i++) {
                    channel.send(new byte[50_000]);
                }
                channel.close();
            });
            channel.onClose(() -> {
                reused.set(pair.a.createDataChannel("next").id());
                localClosed.countDown();
            });
            pair.connect();
            PeerPair.await(remoteClosed, "close at Z");
            PeerPair.await(localClosed, "close at A");
            assertEquals(2_000_000, bytes.get());
            assertEquals(List.of("closing", "close"), events);
            assertEquals(DataChannelState.CLOSED, channel.readyState());
            assertEquals(channel.id(), reused.get());
            assertThrows(RtcException.class, () -> channel.send("too late"));
        }
    }

    @Test
    void channelsOpenAndCloseFromBothSidesOverAndOver() {
        try (PeerPair pair = new PeerPair()) {
            CountDownLatch rounds = new CountDownLatch(200);
            pair.z.onDataChannel(channel -> channel.onMessage(message -> {
                channel.send(message);
                if (message.text().endsWith("z")) {
                    channel.close();
                }
            }));
            openOneAfterTheOther(pair.a, 200, rounds);
            pair.connect();
            PeerPair.await(rounds, "all rounds");
        }
    }

    private static void openOneAfterTheOther(PeerConnection connection, int left, CountDownLatch rounds) {
        if (left == 0) {
            return;
        }
        String closer = left % 2 == 0 ? "a" : "z";
        DataChannel channel = connection.createDataChannel("round-" + left);
        AtomicInteger echoes = new AtomicInteger();
        channel.onOpen(() -> channel.send("by-" + closer));
        channel.onMessage(message -> {
            echoes.incrementAndGet();
            if (closer.equals("a")) {
                channel.close();
            }
        });
        channel.onClose(() -> {
            if (echoes.get() == 1) {
                rounds.countDown();
            }
            openOneAfterTheOther(connection, left - 1, rounds);
        });
    }

    @Test
    void closingTheConnectionTellsThePeer() {
        try (PeerPair pair = new PeerPair()) {
            List<String> events = Collections.synchronizedList(new ArrayList<>());
            CountDownLatch open = new CountDownLatch(1);
            CountDownLatch closed = new CountDownLatch(1);
            pair.z.onDataChannel(channel -> channel.onOpen(open::countDown)
                    .onError(e -> events.add("error " + e.errorName()))
                    .onClose(() -> {
                        events.add("close");
                        closed.countDown();
                    }));
            List<String> ownEvents = Collections.synchronizedList(new ArrayList<>());
            pair.a
                    .createDataChannel("cat-noises")
                    .onError(e -> ownEvents.add("error"))
                    .onClose(() -> ownEvents.add("close"));
            pair.connect();
            PeerPair.await(open, "open");
            pair.a.close();
            Await.until("A's own channel is closed", () -> ownEvents.equals(List.of("close")));
            assertEquals(PeerConnectionState.CLOSED, pair.a.connectionState());
            assertEquals(SignalingState.CLOSED, pair.a.signalingState());
            PeerPair.await(closed, "close");
            assertEquals(List.of("error OperationError", "close"), events);
            RtcException e = assertThrows(RtcException.class, () -> PeerPair.get(pair.a.createOffer()));
            assertEquals(ErrorName.INVALID_STATE_ERROR, e.errorName());
        }
    }

    @Test
    void aWrongFingerprintConnectsNobody() {
        try (PeerPair pair = new PeerPair()) {
            AtomicInteger opened = new AtomicInteger();
            pair.a.createDataChannel("never").onOpen(opened::incrementAndGet);
            pair.z.onDataChannel(channel -> opened.incrementAndGet());
            pair.trickle();
            SessionDescription offer = PeerPair.get(pair.a.createOffer());
            PeerPair.get(pair.z.setRemoteDescription(offer));
            PeerPair.get(pair.a.setLocalDescription(offer));
            SessionDescription answer = PeerPair.get(pair.z.createAnswer());
            PeerPair.get(pair.a.setRemoteDescription(withAnotherFingerprint(answer)));
            PeerPair.get(pair.z.setLocalDescription(answer));
            Await.until("A failed", () -> pair.a.connectionState() == PeerConnectionState.FAILED);
            Await.until("Z failed", () -> pair.z.connectionState() == PeerConnectionState.FAILED);
            assertEquals(0, opened.get());
        }
    }

    private static SessionDescription withAnotherFingerprint(SessionDescription description) {
        String marker = "a=fingerprint:sha-256 ";
        int at = description.sdp().indexOf(marker) + marker.length();
        char digit = description.sdp().charAt(at) == '0' ? '1' : '0';
        String sdp =
                description.sdp().substring(0, at) + digit + description.sdp().substring(at + 1);
        return new SessionDescription(description.type(), sdp);
    }

    @Test
    void aListenerThatThrowsBreaksNothing() throws InterruptedException {
        try (PeerPair pair = new PeerPair()) {
            echo(pair.z);
            BlockingQueue<DataChannelMessage> back = new LinkedBlockingQueue<>();
            DataChannel channel = pair.a.createDataChannel("clumsy");
            channel.onOpen(() -> {
                channel.send("one");
                channel.send("two");
                throw new IllegalStateException("a user's mistake, on purpose");
            });
            channel.onMessage(message -> {
                back.add(message);
                throw new IllegalStateException("another one, on purpose");
            });
            pair.connect();
            assertEquals("one", take(back).text());
            assertEquals("two", take(back).text());
        }
    }

    @Test
    void refusesAMessageThatThePeerDoesNotTake() {
        Configuration small = loopback().maxMessageSize(1000).build();
        try (PeerPair pair = new PeerPair(small)) {
            CountDownLatch open = new CountDownLatch(1);
            DataChannel channel = pair.a.createDataChannel("small").onOpen(open::countDown);
            assertEquals(
                    ErrorName.INVALID_STATE_ERROR,
                    assertThrows(RtcException.class, () -> channel.send("early"))
                            .errorName());
            pair.connect();
            PeerPair.await(open, "open");
            channel.send(new byte[1000]);
            assertEquals(
                    ErrorName.TYPE_ERROR,
                    assertThrows(RtcException.class, () -> channel.send(new byte[1001]))
                            .errorName());
        }
    }

    @Test
    void negotiationIsNeededOnce() {
        try (PeerPair pair = new PeerPair()) {
            AtomicInteger needed = new AtomicInteger();
            pair.a.onNegotiationNeeded(needed::incrementAndGet);
            pair.a.createDataChannel("one");
            pair.a.createDataChannel("two");
            Await.until("it was told", () -> needed.get() == 1);
            pair.connect();
            CountDownLatch open = new CountDownLatch(1);
            pair.a.createDataChannel("three").onOpen(open::countDown);
            PeerPair.await(open, "open");
            assertEquals(1, needed.get());
        }
    }

    @ParameterizedTest
    @EnumSource(SdpDialect.class)
    void anAnswerThatAnnouncesNoSizeMeans64KiBInTodaysDialectOnly(SdpDialect dialect) {
        try (PeerPair pair = new PeerPair(loopback().sdpDialect(dialect).build())) {
            CountDownLatch open = new CountDownLatch(1);
            DataChannel channel = pair.a.createDataChannel("large").onOpen(open::countDown);
            pair.trickle();
            SessionDescription offer = PeerPair.get(pair.a.createOffer());
            PeerPair.get(pair.z.setRemoteDescription(offer));
            PeerPair.get(pair.a.setLocalDescription(offer));
            SessionDescription answer = PeerPair.get(pair.z.createAnswer());
            String silent = answer.sdp().replaceAll("a=max-message-size:\\d+\r\n", "");
            PeerPair.get(pair.a.setRemoteDescription(new SessionDescription(SdpType.ANSWER, silent)));
            PeerPair.get(pair.z.setLocalDescription(answer));
            PeerPair.await(open, "open");
            channel.send(new byte[65_536]);
            if (dialect == SdpDialect.LEGACY) {
                channel.send(new byte[262_144]);
            } else {
                assertThrows(RtcException.class, () -> channel.send(new byte[65_537]));
            }
        }
    }
}
