package io.github.purrtc;

import io.github.purrtc.dtls.DtlsRole;
import io.github.purrtc.ice.NetworkLoop;
import io.github.purrtc.sctp.AbortOrigin;
import io.github.purrtc.sctp.SctpEvent;
import io.github.purrtc.sctp.SctpMessage;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Opening and closing (RFC 8832, RFC 8831 §6.7) against a peer that says what it likes; we are the DTLS client, our ids are even. */
class DataChannelsTest {
    private static final int STREAMS = 12;

    private final NetworkLoop loop = WebRtc.shared().nextLoop();
    private final FakeTransport transport = new FakeTransport();
    private final List<DataChannel> incoming = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final DataChannels channels = new DataChannels(loop, new StreamIds(), channel -> {
        incoming.add(channel);
        channel.onMessage(message -> events.add(channel.label() + ": " + message.text()));
        channel.onOpen(() -> events.add(channel.label() + " open"));
        channel.onError(e -> events.add(channel.label() + " error"));
        channel.onClose(() -> events.add(channel.label() + " close"));
    });

    /** Listeners are set and told on the loop. */
    private void onLoop(Runnable test) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                channels.attach(transport);
                channels.setRole(DtlsRole.CLIENT);
                channels.onEvent(new SctpEvent.Connected(100, 200));
                test.run();
                done.complete(null);
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        PeerPair.get(done);
    }

    private void dcep(int streamId, ByteBuffer message) {
        channels.receive(streamId, DataChannel.PPID_DCEP, false, message, null);
    }

    private void text(int streamId, String text) {
        ByteBuffer payload = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        channels.receive(streamId, DataChannel.PPID_STRING, true, payload, null);
    }

    private static ByteBuffer open(String label) {
        return Dcep.Open.of(label, DataChannelOptions.DEFAULT).encode();
    }

    private DataChannel add(String label) {
        DataChannel channel = new DataChannel(
                loop,
                channels,
                label,
                DataChannelOptions.DEFAULT,
                DataChannel.Establishment.LOCAL,
                OptionalInt.empty());
        channel.onOpen(() -> events.add(label + " open"));
        channel.onClosing(() -> events.add(label + " closing"));
        channel.onError(e -> events.add(label + " error"));
        channel.onClose(() -> events.add(label + " close"));
        channels.add(channel);
        return channel;
    }

    @Test
    void anOpenIsAcknowledgedAndAnnounced() {
        onLoop(() -> {
            // Z -> DATA_CHANNEL_OPEN -> A; A -> DATA_CHANNEL_ACK -> Z
            dcep(1, open("purr"));
            assertEquals(List.of("1: Ack[]"), transport.dcep);
            assertEquals(List.of("1: 256"), transport.priorities);
            assertEquals(List.of("purr open"), events);
        });
    }

    @Test
    void aStreamIsReceivedInPartsWhileItsChannelWantsThat() {
        onLoop(() -> {
            List<DataChannelMessagePart> parts = new ArrayList<>();
            DataChannel ours = add("ours");
            dcep(1, open("theirs"));
            DataChannel theirs = incoming.get(0);
            ours.onMessagePart(parts::add);
            theirs.onMessagePart(parts::add);
            assertEquals(Set.of(0, 1), transport.inPartsStreams);
            part(1, 7, SctpMessage.Mark.FIRST, "pu");
            theirs.onMessage(message -> events.add("whole " + message.text()));
            assertEquals(Set.of(0), transport.inPartsStreams);
            // What has begun in parts goes on in parts.
            part(1, 7, SctpMessage.Mark.LAST, "rr");
            text(1, "purr");
            text(0, "meow");
            assertEquals(
                    List.of("7 FIRST pu", "7 LAST rr", "0 WHOLE meow"),
                    parts.stream().map(DataChannelsTest::describe).toList());
            assertTrue(events.contains("whole purr"));
            channels.onEvent(new SctpEvent.IncomingStreamsReset(new int[] {0}));
            channels.onEvent(new SctpEvent.OutgoingStreamsReset(new int[] {0}));
            assertEquals(Set.of(), transport.inPartsStreams);
        });
    }

    @Test
    void partsWithoutAChannelOrOfDcepHarmNothing() {
        onLoop(() -> {
            part(9, 1, SctpMessage.Mark.FIRST, "nobody's");
            dcep(1, open("purr"));
            channels.receive(
                    1, DataChannel.PPID_DCEP, false, open("part"), new SctpMessage.Part(2, SctpMessage.Mark.FIRST));
            assertEquals(List.of(1), transport.resets);
        });
    }

    private void part(int streamId, long number, SctpMessage.Mark mark, String text) {
        ByteBuffer payload = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        channels.receive(streamId, DataChannel.PPID_STRING, false, payload, new SctpMessage.Part(number, mark));
    }

    private static String describe(DataChannelMessagePart part) {
        return part.messageNumber() + " " + part.position() + " "
                + StandardCharsets.UTF_8.decode(part.data().duplicate());
    }

    @Test
    void anOpenOfOurParityIsRefusedAndNothingElseHarmed() {
        onLoop(() -> {
            dcep(1, open("purr"));
            dcep(2, open("wrong"));
            assertEquals(List.of(2), transport.resets);
            assertEquals(1, incoming.size());
            assertEquals(DataChannelState.OPEN, incoming.get(0).readyState());
        });
    }

    @Test
    void anOpenOnAStreamInUseClosesThatStream() {
        onLoop(() -> {
            dcep(1, open("first"));
            dcep(3, open("other"));
            dcep(1, open("second"));
            assertEquals(List.of(1), transport.resets);
            assertEquals(DataChannelState.CLOSING, incoming.get(0).readyState());
            assertEquals(DataChannelState.OPEN, incoming.get(1).readyState());
            channels.onEvent(new SctpEvent.OutgoingStreamsReset(new int[] {1}));
            channels.onEvent(new SctpEvent.IncomingStreamsReset(new int[] {1}));
            assertEquals(List.of("first open", "other open", "first error", "first close"), events);
        });
    }

    @Test
    void malformedAndUnknownDcepHarmsNothingElse() {
        onLoop(() -> {
            dcep(1, open("purr"));
            dcep(3, ByteBuffer.wrap(new byte[] {3, 0, 0}));
            dcep(5, ByteBuffer.wrap(new byte[] {77}));
            dcep(7, new Dcep.Ack().encode());
            assertEquals(List.of(3), transport.resets);
            assertEquals(DataChannelState.OPEN, incoming.get(0).readyState());
        });
    }

    @Test
    void messagesThatOvertakeTheirOpenWaitForIt() {
        onLoop(() -> {
            text(1, "early");
            text(3, "of another");
            dcep(1, open("purr"));
            text(1, "late");
            assertEquals(List.of("purr open", "purr: early", "purr: late"), events);
        });
    }

    @Test
    void messagesOfUnknownStreamsAreBounded() {
        onLoop(() -> {
            for (int i = 0; i < 100_000; i++) {
                text(1, "flood");
            }
            dcep(1, open("purr"));
            assertTrue(events.size() > 1000 && events.size() < 3000, "kept " + events.size());
        });
    }

    @Test
    void theLabelsThatAPeerMakesUsKeepAreBounded() {
        onLoop(() -> {
            int longest = 65_535;
            int most = 4 * 1024 * 1024 / longest;
            ByteBuffer open = open("x".repeat(longest));
            for (int i = 0; i <= most; i++) {
                dcep(2 * i + 1, open.duplicate());
            }
            assertEquals(most, incoming.size());
            assertEquals(List.of(2 * most + 1), transport.resets);
            channels.onEvent(new SctpEvent.IncomingStreamsReset(new int[] {1}));
            channels.onEvent(new SctpEvent.OutgoingStreamsReset(new int[] {1}));
            dcep(2 * most + 3, open.duplicate());
            assertEquals(most + 1, incoming.size(), "what is closed is not kept");
        });
    }

    @Test
    void anIdIsFreeWhenBothDirectionsAreReset() {
        onLoop(() -> {
            DataChannel first = add("first");
            DataChannel second = add("second");
            assertEquals(OptionalInt.of(0), first.id());
            assertEquals(OptionalInt.of(2), second.id());
            first.close();
            assertEquals(List.of(0), transport.resets);
            channels.onEvent(new SctpEvent.OutgoingStreamsReset(new int[] {0}));
            assertEquals(OptionalInt.of(4), add("third").id());
            channels.onEvent(new SctpEvent.IncomingStreamsReset(new int[] {0}));
            assertEquals(OptionalInt.of(0), add("fourth").id());
            assertEquals(DataChannelState.CLOSED, first.readyState());
        });
    }

    @Test
    void aChannelThatComesTooLateKeepsNoId() {
        DataChannelOptions options = DataChannelOptions.builder().negotiated(7).build();
        onLoop(() -> {
            channels.onEvent(new SctpEvent.Aborted(AbortOrigin.PEER, 12, "enough"));
            for (int i = 0; i < 2; i++) {
                DataChannel late = channels.create("late", options);
                channels.add(late);
                assertEquals(DataChannelState.CLOSED, late.readyState());
            }
        });
    }

    @Test
    void aResetOfNoStreamMeansAll() {
        onLoop(() -> {
            add("first");
            add("second");
            channels.onEvent(new SctpEvent.IncomingStreamsReset(new int[] {}));
            assertEquals(List.of("first open", "second open", "first closing", "second closing"), events);
            assertEquals(List.of(0, 2), transport.resets);
        });
    }

    @Test
    void aChannelBeyondThePeersStreamsFails() {
        onLoop(() -> {
            for (int i = 0; i < 50; i++) {
                add("channel");
            }
            events.clear();
            add("one too many");
            assertEquals(List.of("one too many error", "one too many close"), events);
        });
    }

    @Test
    void anAbortOfThePeersIsAnErrorAndThenTheEnd() {
        onLoop(() -> {
            add("mine");
            dcep(1, open("theirs"));
            events.clear();
            channels.onEvent(new SctpEvent.Aborted(AbortOrigin.PEER, 12, "enough"));
            assertEquals(List.of("mine error", "mine close", "theirs error", "theirs close"), events);
            DataChannel late = add("late");
            assertEquals(DataChannelState.CLOSED, late.readyState());
        });
    }

    @Test
    void aRestartOfThePeersEndsTheChannelsThatWere() {
        onLoop(() -> {
            add("old");
            events.clear();
            channels.onEvent(new SctpEvent.Restarted());
            assertEquals(List.of("old error", "old close"), events);
            dcep(1, open("new"));
            assertEquals(DataChannelState.OPEN, incoming.get(0).readyState());
        });
    }

    @Test
    void dataIsOrderedUntilThePeerIsKnownToHaveTheOpen() {
        onLoop(() -> {
            DataChannelOptions unordered =
                    DataChannelOptions.builder().ordered(false).build();
            DataChannel channel = new DataChannel(
                    loop, channels, "fast", unordered, DataChannel.Establishment.LOCAL, OptionalInt.empty());
            channels.add(channel);
            assertEquals(DataChannelState.OPEN, channel.readyState());
            assertEquals(false, channel.sendOptions().unordered());
            dcep(channel.streamId(), new Dcep.Ack().encode());
            assertEquals(true, channel.sendOptions().unordered());
        });
    }

    @Test
    void aMessageOfThePeersIsAsGoodAsItsAcknowledgement() {
        onLoop(() -> {
            DataChannel channel = add("mine");
            channel.onMessage(message -> events.add("mine: " + message.text()));
            assertEquals(DataChannel.Establishment.OPEN_SENT, channel.establishment());
            text(channel.streamId(), "purr");
            assertEquals(DataChannel.Establishment.CONFIRMED, channel.establishment());
        });
    }

    @Test
    void unknownPayloadProtocolIdentifiersAreDroppedAndTheChannelLives() {
        onLoop(() -> {
            dcep(1, open("purr"));
            for (int payloadProtocolId : new int[] {0, 46, 52, 54, 99, -1}) {
                channels.receive(1, payloadProtocolId, false, ByteBuffer.wrap(new byte[] {1, 2, 3}), null);
            }
            text(1, "still here");
            assertEquals(List.of("purr open", "purr: still here"), events);
        });
    }

    @Test
    void textThatIsNotUtf8ComesWithReplacementCharacters() {
        onLoop(() -> {
            dcep(1, open("purr"));
            channels.receive(
                    1, DataChannel.PPID_STRING, false, ByteBuffer.wrap(new byte[] {'a', (byte) 0xff, 'b'}), null);
            assertEquals(List.of("purr open", "purr: a\ufffdb"), events);
        });
    }

    @Test
    void aPeerThatClosesEndsWhatSourcesHaveToSend() {
        onLoop(() -> {
            dcep(1, open("purr"));
            channels.onEvent(new SctpEvent.IncomingStreamsReset(new int[] {3}));
            assertEquals(List.of(), transport.endedSources);
            channels.onEvent(new SctpEvent.IncomingStreamsReset(new int[] {1}));
            assertEquals(List.of(1), transport.endedSources);
            assertEquals(List.of(1), transport.resets);
            assertEquals(List.of("purr open"), events);
            channels.onEvent(new SctpEvent.OutgoingStreamsReset(new int[] {1}));
            assertEquals(List.of("purr open", "purr close"), events);
        });
    }

    @Test
    void aPeerThatResetsNoStreamsCannotKeepChannelsOpen() {
        onLoop(() -> {
            dcep(1, open("purr"));
            dcep(3, open("meow"));
            incoming.get(0).close();
            channels.onEvent(new SctpEvent.OutgoingResetFailed(new int[] {1, 5}));
            assertEquals(DataChannelState.CLOSED, incoming.get(0).readyState());
            assertEquals(DataChannelState.OPEN, incoming.get(1).readyState());
            assertEquals(List.of("purr open", "meow open", "purr close"), events);
            // The stream is the old one's to its end.
            dcep(1, open("again"));
            assertEquals(2, incoming.size());
        });
    }

    @Test
    void messagesOfAChannelThatTakesNoneWaitAndSoDoThoseBehindThem() {
        onLoop(() -> {
            dcep(1, open("purr"));
            dcep(3, open("meow"));
            incoming.get(0).pause();
            text(3, "before");
            text(1, "first");
            assertFalse(channels.acceptsMessages());
            text(3, "behind");
            text(1, "second");
            assertEquals(List.of("purr open", "meow open", "meow: before"), events);
            incoming.get(0).resume();
            assertTrue(channels.acceptsMessages());
            assertEquals(List.of("purr: first", "meow: behind", "purr: second"), events.subList(3, events.size()));
        });
    }

    /** Any messages of the peer's, malformed ones and resets, while channels of ours open and close: nothing is thrown, no channel is lost. */
    @Property(tries = 100)
    void aPeerMaySayWhatItLikes(@ForAll int seed) {
        DataChannelsTest test = new DataChannelsTest();
        Random random = new Random(seed);
        test.onLoop(() -> {
            List<DataChannel> ours = new ArrayList<>();
            for (int step = 0; step < 200; step++) {
                test.say(random);
                switch (random.nextInt(5)) {
                    case 0 -> ours.add(test.add("ours"));
                    case 1 -> any(random, ours).ifPresent(DataChannel::close);
                    case 2 -> any(random, test.incoming).ifPresent(DataChannel::close);
                    default -> {}
                }
            }
            List<DataChannel> all = new ArrayList<>(ours);
            all.addAll(test.incoming);
            for (int streamId = 0; streamId < STREAMS; streamId++) {
                test.channels.onEvent(new SctpEvent.IncomingStreamsReset(new int[] {streamId}));
                test.channels.onEvent(new SctpEvent.OutgoingStreamsReset(new int[] {streamId}));
            }
            test.channels.end(null);
            for (DataChannel channel : all) {
                assertEquals(DataChannelState.CLOSED, channel.readyState());
            }
            assertEquals(List.of(), test.channels.known());
            assertEquals(test.channels.opened(), test.channels.closed());
        });
    }

    private static Optional<DataChannel> any(Random random, List<DataChannel> channels) {
        return channels.isEmpty() ? Optional.empty() : Optional.of(channels.get(random.nextInt(channels.size())));
    }

    private void say(Random random) {
        int streamId = random.nextInt(STREAMS);
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        if (bytes.length > 0 && random.nextBoolean()) {
            bytes[0] = (byte) (2 + random.nextInt(2));
        }
        int[] ppids = {DataChannel.PPID_DCEP, DataChannel.PPID_STRING, DataChannel.PPID_BINARY_EMPTY, random.nextInt()};
        int ppid = ppids[random.nextInt(ppids.length)];
        switch (random.nextInt(6)) {
            case 0, 1 -> dcep(streamId, open("theirs"));
            case 2 -> channels.receive(streamId, ppid, random.nextBoolean(), ByteBuffer.wrap(bytes), null);
            case 3 -> {
                SctpMessage.Mark mark = SctpMessage.Mark.values()[random.nextInt(4)];
                SctpMessage.Part part = new SctpMessage.Part(random.nextInt(3), mark);
                channels.receive(streamId, ppid, random.nextBoolean(), ByteBuffer.wrap(bytes), part);
            }
            case 4 -> channels.onEvent(new SctpEvent.IncomingStreamsReset(new int[] {streamId}));
            default -> channels.onEvent(new SctpEvent.OutgoingStreamsReset(new int[] {streamId}));
        }
    }

    @Test
    void idsRunOut() {
        StreamIds ids = new StreamIds();
        for (int id = 1; id < StreamIds.MAX_STREAMS; id += 2) {
            assertEquals(id, ids.reserveLowest(1, StreamIds.MAX_STREAMS));
        }
        assertEquals(-1, ids.reserveLowest(1, StreamIds.MAX_STREAMS));
        assertEquals(0, ids.reserveLowest(0, StreamIds.MAX_STREAMS));
        ids.release(777);
        assertEquals(777, ids.reserveLowest(1, StreamIds.MAX_STREAMS));
    }

    private static final class FakeTransport implements MessageTransport {
        final List<String> dcep = new ArrayList<>();
        final List<String> priorities = new ArrayList<>();
        final List<Integer> resets = new ArrayList<>();
        final List<Integer> endedSources = new ArrayList<>();
        final Set<Integer> inPartsStreams = new TreeSet<>();

        @Override
        public void send(
                DataChannel channel,
                int payloadProtocolId,
                ByteBuffer payload,
                int accounted,
                @Nullable CompletableFuture<Void> outcome) {}

        @Override
        public void submit(Outgoing outgoing) {}

        @Override
        public boolean hasRoom() {
            return true;
        }

        @Override
        public void sendDcep(int streamId, ByteBuffer message) {
            dcep.add(streamId + ": " + Dcep.decode(message));
        }

        @Override
        public long maxMessageSize() {
            return 65_536;
        }

        @Override
        public long bufferedAmount(int streamId) {
            return 0;
        }

        @Override
        public void setPriority(int streamId, int priority) {
            priorities.add(streamId + ": " + priority);
        }

        @Override
        public void setReceiveInParts(int streamId, boolean inParts) {
            if (inParts) {
                inPartsStreams.add(streamId);
            } else {
                inPartsStreams.remove(streamId);
            }
        }

        @Override
        public void resetStream(int streamId) {
            resets.add(streamId);
        }

        @Override
        public void endSources(int streamId, RtcException cause) {
            endedSources.add(streamId);
        }

        @Override
        public void schedulePump() {}
    }
}
