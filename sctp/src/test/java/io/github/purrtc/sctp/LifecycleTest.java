package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.DataChunk;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What becomes of a message: sent, acknowledged, abandoned, or never to be sent. */
class LifecycleTest {
    private static final SctpSendOptions RELIABLE = SctpSendOptions.RELIABLE_ORDERED;
    private static final SctpSendOptions SHORT_LIVED = new SctpSendOptions(false, -1, 10 * Peer.MILLI);

    @Test
    @DisplayName("sent when the last byte is, acknowledged when all of it is; nothing of messages that did not ask")
    void sentAndAcknowledged() {
        for (SctpOptions options : List.of(Peer.DEFAULTS, SctpOptions.defaults())) {
            Ladder ladder = Ladder.connected(options);
            ladder.a.send(1, new byte[30_000], RELIABLE.withLifecycleId(7));
            ladder.a.send(1, "says nothing");
            List<ByteBuffer> first = ladder.a.all();
            assertEquals(List.of(), ladder.a.events());
            ladder.z.receive(first);
            ladder.a.receive(ladder.z.all());
            List<ByteBuffer> rest = ladder.a.all();
            assertEquals(List.of(new SctpEvent.MessageSent(7)), ladder.a.events());
            ladder.z.receive(rest);
            ladder.a.receive(ladder.z.all());
            ladder.run(30 * Peer.MILLI);
            List<SctpEvent> events = ladder.a.events();
            assertTrue(events.remove(new SctpEvent.BufferedAmountLow(1)));
            assertEquals(List.of(new SctpEvent.MessageAcknowledged(7)), events);
        }
    }

    @Test
    @DisplayName("given up after its last transmission")
    void abandonedAfterRetransmissions() {
        Ladder ladder = Ladder.connected();
        ladder.a.send(1, new byte[10], new SctpSendOptions(false, 0, -1).withLifecycleId(1));
        ladder.a.all();
        ladder.a.elapse();
        List<SctpEvent> events = ladder.a.events();
        events.remove(new SctpEvent.BufferedAmountLow(1));
        assertEquals(List.of(new SctpEvent.MessageSent(1), new SctpEvent.MessageAbandoned(1)), events);
        ladder.exchange();
        assertEquals(List.of(), ladder.a.events());
    }

    @Test
    @DisplayName("C136 given up unsent: at its time, wherever in its stream, without a TSN and without a packet")
    void abandonedUnsent() {
        Ladder ladder = Ladder.connected();
        ladder.a.send(1, new byte[100_000], RELIABLE);
        List<ByteBuffer> lost = ladder.a.all();
        ladder.a.send(1, new byte[1_000], SHORT_LIVED.withLifecycleId(1));
        ladder.a.send(1, new byte[2_000], RELIABLE.withLifecycleId(2));
        ladder.a.send(2, new byte[4_000], SHORT_LIVED.withLifecycleId(3));
        assertEquals(List.of(), ladder.a.all());
        assertEquals(103_000, ladder.a.association.bufferedAmount(1));
        ladder.a.elapse(11 * Peer.MILLI);
        // Neither is at the head of anything, and nothing was heard of the peer.
        assertEquals(102_000, ladder.a.association.bufferedAmount(1));
        assertEquals(0, ladder.a.association.bufferedAmount(2));
        List<SctpEvent> events = ladder.a.events();
        events.remove(new SctpEvent.BufferedAmountLow(2));
        assertEquals(List.of(new SctpEvent.MessageAbandoned(1), new SctpEvent.MessageAbandoned(3)), events);
        assertEquals(List.of(), ladder.a.all());
        ladder.z.receive(lost);
        ladder.run(Peer.SECOND);
        List<Integer> sizes = new ArrayList<>();
        ladder.z.messages().forEach(message -> sizes.add(message.payload().remaining()));
        assertEquals(List.of(100_000, 2_000), sizes);
        assertEquals(0, ladder.a.association.sendBufferUsed());
    }

    @Test
    @DisplayName("the lifetime of a message that waits for a reset is over too")
    void expiresWhileHeld() {
        Ladder ladder = Ladder.connected();
        ladder.a.send(1, "before");
        ladder.a.association.resetStreams(new int[] {1}, ladder.a.now);
        ladder.a.send(1, new byte[100], SHORT_LIVED);
        ladder.a.send(1, "after");
        ladder.a.all();
        ladder.a.elapse(11 * Peer.MILLI);
        assertEquals(11, ladder.a.association.bufferedAmount(1));
        ladder.run(5 * Peer.SECOND);
        assertEquals(List.of("before"), ladder.z.texts());
        assertEquals(1, ladder.z.events().size());
        assertEquals(List.of("after"), ladder.z.texts());
    }

    @Test
    @DisplayName("messages on streams the peer does not grant: an event for each stream, after Connected")
    void notGranted() {
        SctpOptions few = SctpOptions.builder().inboundStreams(3).build();
        Ladder ladder = new Ladder(SctpOptions.defaults(), few);
        ladder.a.send(2, "granted");
        ladder.a.send(3, new byte[10], RELIABLE.withLifecycleId(5));
        ladder.a.send(9, "not granted");
        ladder.a.send(9, "nor this");
        ladder.a.association.connect(ladder.a.now);
        ladder.exchange();
        List<SctpEvent> events = ladder.a.events();
        events.removeIf(SctpEvent.BufferedAmountLow.class::isInstance);
        assertEquals(
                List.of(
                        new SctpEvent.Connected(3, 65_535),
                        new SctpEvent.StreamNotGranted(3),
                        new SctpEvent.MessageAbandoned(5),
                        new SctpEvent.StreamNotGranted(9)),
                events);
        assertEquals(List.of("granted"), ladder.z.texts());
        assertEquals(0, ladder.a.association.bufferedAmount(9));
        ladder.run(30 * Peer.MILLI);
        assertEquals(0, ladder.a.association.sendBufferUsed());
        assertEquals(SendStatus.CLOSED, ladder.a.send(3, "now it says so"));
    }

    @Test
    @DisplayName("priorities are set at any time; what is out of range is named")
    void priorities() {
        Ladder ladder = new Ladder();
        ladder.a.association.setPriority(1, 128);
        ladder.a.association.setPriority(2, 1024);
        ladder.a.association.setPriority(3, 0);
        for (int stream = 1; stream <= 3; stream++) {
            ladder.a.send(stream, new byte[1_000], RELIABLE);
        }
        ladder.connect();
        List<Integer> order = new ArrayList<>();
        ladder.z.messages().forEach(message -> order.add(message.streamId()));
        assertEquals(List.of(2, 1, 3), order);
        ladder.a.association.setPriority(3, 65_535);
        ladder.a.send(1, new byte[1_000], RELIABLE);
        ladder.a.send(3, new byte[1_000], RELIABLE);
        assertEquals(3, Peer.first(DataChunk.class, ladder.a.next()).streamId());
        assertThrows(IllegalArgumentException.class, () -> ladder.a.association.setPriority(1, -1));
        assertThrows(IllegalArgumentException.class, () -> ladder.a.association.setPriority(1, 65_536));
        assertThrows(IllegalArgumentException.class, () -> ladder.a.association.setPriority(65_535, 1));
    }
}
