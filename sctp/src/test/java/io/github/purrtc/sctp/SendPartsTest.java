package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.Bytes;
import io.github.purrtc.sctp.packet.Chunk;
import io.github.purrtc.sctp.packet.CookieAckChunk;
import io.github.purrtc.sctp.packet.DataChunk;
import io.github.purrtc.sctp.packet.DataFlags;
import io.github.purrtc.sctp.packet.IDataChunk;
import io.github.purrtc.sctp.packet.InitAckChunk;
import io.github.purrtc.sctp.packet.InitChunk;
import io.github.purrtc.sctp.packet.SackChunk;
import io.github.purrtc.sctp.packet.StateCookieParameter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Messages whose bytes come piece by piece. */
class SendPartsTest {
    private static final SctpOptions I_DATA = SctpOptions.defaults();
    private static final SctpSendOptions NAMED = SctpSendOptions.RELIABLE_ORDERED.withLifecycleId(7);
    private static final int PAYLOAD = 1160 - 12 - 16;

    private final Ladder ladder = Ladder.connected();
    private int tagOfA;

    @Test
    @DisplayName("the parts make one message: B with the first, E with the last, one SSN")
    void makeOneMessage() {
        part(1, "one", false);
        part(1, " two", false);
        // A -> DATA B, DATA -> Z
        ByteBuffer first = ladder.a.next();
        assertEquals(List.of("B 0 one", " 0  two"), describe(first));
        ladder.z.receive(first);
        assertEquals(List.of(), ladder.z.texts());
        part(1, " three", true);
        ladder.a.send(1, "next");
        ByteBuffer second = ladder.a.next();
        assertEquals(List.of("E 0  three", "BE 1 next"), describe(second));
        ladder.z.receive(second);
        assertEquals(List.of("one two three", "next"), ladder.z.texts());
    }

    @Test
    @DisplayName("with I-DATA the FSN counts over all parts, and other streams go on while the next part is awaited")
    void interleave() {
        Ladder interleaved = Ladder.connected(I_DATA);
        part(interleaved.a, 1, "one", false, NAMED);
        interleaved.a.send(2, "other");
        part(interleaved.a, 3, "another ", false, NAMED);
        interleaved.exchange();
        assertEquals(List.of("other"), interleaved.z.texts());
        part(interleaved.a, 3, "message", true, NAMED);
        part(interleaved.a, 1, " two", true, NAMED);
        List<String> sent = new ArrayList<>();
        ByteBuffer packet = interleaved.a.next();
        for (Chunk chunk : Peer.chunks(packet)) {
            IDataChunk data = (IDataChunk) chunk;
            sent.add(data.streamId() + " MID " + data.mid() + " FSN " + data.ppidOrFsn());
        }
        sent.sort(null);
        assertEquals(List.of("1 MID 0 FSN 1", "3 MID 0 FSN 1"), sent);
        interleaved.z.receive(packet);
        List<String> received = interleaved.z.texts();
        received = new ArrayList<>(received);
        received.sort(null);
        assertEquals(List.of("another message", "one two"), received);
    }

    @Test
    @DisplayName("RFC 9260 §6.9 with DATA a message that has begun holds up the other streams until its last part")
    void holdUpOthers() {
        part(1, "begun", false);
        ladder.a.send(2, "waits");
        ladder.exchange();
        assertEquals(List.of(), ladder.z.texts());
        assertEquals(5, ladder.a.association.metrics().unsentBytes());
        part(1, " and done", true);
        ladder.exchange();
        assertEquals(List.of("begun and done", "waits"), ladder.z.texts());
    }

    @Test
    @DisplayName("what is acknowledged of an open message is let go of: buffered is the rest, and room for more")
    void areReleased() {
        Ladder small = Ladder.connected(Peer.options().sendBufferLimit(10_000).build());
        byte[] part = new byte[4_000];
        assertEquals(SendStatus.QUEUED, send(small.a, part, false));
        assertEquals(SendStatus.QUEUED, send(small.a, part, false));
        assertEquals(SendStatus.BUFFER_FULL, send(small.a, part, false));
        assertEquals(8_000, small.a.association.bufferedAmount(1));
        assertEquals(8_000 + 2 * SctpAssociation.MESSAGE_OVERHEAD, small.a.association.sendBufferUsed());
        small.exchange();
        assertEquals(0, small.a.association.sendBufferUsed());
        assertTrue(small.a.events().contains(new SctpEvent.BufferedAmountLow(1)));
        for (int i = 0; i < 100; i++) {
            assertEquals(SendStatus.QUEUED, send(small.a, part, false));
            small.exchange();
        }
        assertEquals(SendStatus.QUEUED, send(small.a, part, true));
        small.exchange();
        assertEquals(412_000, small.z.messages().get(0).payload().remaining());
    }

    @Test
    @DisplayName("the message is told of once: sent, and acknowledged, when all of it is")
    void tellsOfTheWhole() {
        part(ladder.a, 1, "one", false, NAMED);
        ladder.exchange();
        assertFalse(ladder.a.events().contains(new SctpEvent.MessageSent(7)));
        part(ladder.a, 1, "two", true, NAMED);
        ladder.run(Peer.SECOND);
        assertEquals(List.of(new SctpEvent.MessageSent(7), new SctpEvent.MessageAcknowledged(7)), lifecycle(ladder.a));
        assertEquals(1, ladder.a.association.metrics().messagesAccepted());
    }

    @Test
    @DisplayName("between the parts nothing else goes on that stream; empty parts and more than allowed are refused")
    void refuses() {
        part(1, "open", false);
        assertThrows(IllegalStateException.class, () -> ladder.a.send(1, "another"));
        assertEquals(SendStatus.QUEUED, ladder.a.send(2, "elsewhere"));
        assertThrows(IllegalArgumentException.class, () -> part(1, "", true));

        Ladder limited =
                Ladder.connected(Peer.options().maxOutboundMessageSize(10).build());
        assertEquals(SendStatus.QUEUED, part(limited.a, 1, "0123456", false, NAMED));
        assertEquals(SendStatus.MESSAGE_TOO_LARGE, part(limited.a, 1, "789A", true, NAMED));
        assertEquals(SendStatus.QUEUED, part(limited.a, 1, "789", true, NAMED));
    }

    @Test
    @DisplayName("given up after it has begun: FORWARD TSN beyond what was acknowledged, and the stream goes on")
    void areGivenUp() {
        for (SctpOptions options : List.of(Peer.DEFAULTS, I_DATA)) {
            for (boolean acknowledged : new boolean[] {true, false}) {
                Ladder other = Ladder.connected(options);
                part(other.a, 1, "begun", false, NAMED);
                ByteBuffer packet = other.a.next();
                if (acknowledged) {
                    // A -> DATA -> Z, A <- SACK <- Z
                    other.z.receive(packet);
                    other.exchange();
                }
                part(other.a, 1, "never sent", false, NAMED);
                other.a.association.abandonMessage(1, other.a.now);
                assertEquals(List.of(new SctpEvent.MessageAbandoned(7)), lifecycle(other.a));
                assertEquals(0, other.a.association.bufferedAmount(1));
                other.a.send(1, "next");
                other.run(Peer.SECOND);
                assertEquals(List.of("next"), other.z.texts());
                assertEquals(0, other.a.association.sendBufferUsed());
                assertEquals(0, other.z.association.metrics().heldBytes());
            }
        }
    }

    @Test
    @DisplayName("given up before it has begun: nothing is sent of it")
    void areGivenUpUnsent() {
        Peer a = new Peer(3);
        part(a, 1, "never", false, NAMED);
        part(a, 1, " sent", false, NAMED);
        a.association.abandonMessage(1, a.now);
        assertEquals(List.of(new SctpEvent.MessageAbandoned(7)), lifecycle(a));
        assertEquals(0, a.association.sendBufferUsed());
        a.send(1, "next");
        Ladder later = new Ladder(a, new Peer(4)).connect();
        assertEquals(List.of("next"), later.z.texts());
    }

    @Test
    @DisplayName("a peer without FORWARD TSN cannot be told: the association ends")
    void cannotBeGivenUpWithoutForwardTsn() {
        Peer a = withoutExtensions();
        part(a, 1, "begun", false, NAMED);
        a.all();
        a.association.abandonMessage(1, a.now);
        assertEquals("Abort", Peer.names(a.next()));
        assertEquals(SctpState.CLOSED, a.association.state());
    }

    @Test
    @DisplayName("a lifetime ends while the next part is awaited: the message is given up, and others go on")
    void expireWhileIdle() {
        SctpSendOptions shortLived = new SctpSendOptions(false, -1, 50 * Peer.MILLI).withLifecycleId(7);
        part(ladder.a, 1, "begun", false, shortLived);
        ladder.exchange();
        ladder.a.send(2, "waits");
        ladder.exchange();
        assertEquals(List.of(), ladder.z.texts());
        ladder.run(60 * Peer.MILLI);
        assertEquals(List.of("waits"), ladder.z.texts());
        assertTrue(lifecycle(ladder.a).contains(new SctpEvent.MessageAbandoned(7)));
        assertEquals(SendStatus.ABANDONED, part(ladder.a, 1, "too late", true, shortLived));
        assertEquals(SendStatus.QUEUED, part(ladder.a, 1, "another", true, NAMED));
        ladder.exchange();
        assertEquals(List.of("another"), ladder.z.texts());
    }

    @Test
    @DisplayName("retransmissions used up: all parts are given up, also those that are still to come")
    void exhaust() {
        SctpSendOptions once = new SctpSendOptions(false, 0, -1).withLifecycleId(7);
        part(ladder.a, 1, "lost", false, once);
        // A -> DATA -> /lost/
        ladder.a.all();
        part(ladder.a, 1, " too", false, once);
        ladder.a.elapse();
        ladder.exchange();
        assertEquals(List.of(new SctpEvent.MessageAbandoned(7)), lifecycle(ladder.a));
        assertEquals(SendStatus.ABANDONED, part(ladder.a, 1, "late", false, once));
        ladder.a.send(1, "next");
        ladder.run(Peer.SECOND);
        assertEquals(List.of("next"), ladder.z.texts());
        assertEquals(0, ladder.a.association.sendBufferUsed());
    }

    @Test
    @DisplayName("a reset of the stream waits for the last part; one sent behind it belongs to the stream after")
    void resetWaits() {
        part(1, "before", false);
        ladder.a.association.resetStreams(new int[] {1}, ladder.a.now);
        ladder.run(Peer.SECOND);
        assertEquals(List.of(), resets(ladder.a));
        part(1, " the reset", true);
        part(1, "after", false);
        part(1, " it", true);
        ladder.run(Peer.SECOND);
        assertEquals(1, resets(ladder.a).size());
        assertEquals(List.of("before the reset"), ladder.z.texts());
        ladder.z.events();
        assertEquals(List.of("after it"), ladder.z.texts());
    }

    @Test
    @DisplayName("shutdown, by either side, gives up what is not complete and delivers what is")
    void shutdownGivesUp() {
        for (boolean byA : new boolean[] {true, false}) {
            Ladder ending = Ladder.connected(I_DATA);
            part(ending.a, 1, "open", false, NAMED);
            part(ending.a, 2, "whole", true, NAMED.withLifecycleId(8));
            ending.exchange();
            (byA ? ending.a : ending.z).association.shutdown(ending.a.now);
            ending.exchange();
            assertEquals(List.of("whole"), ending.z.texts());
            assertTrue(lifecycle(ending.a).contains(new SctpEvent.MessageAbandoned(7)));
            assertEquals(SendStatus.CLOSED, part(ending.a, 1, "late", true, NAMED));
            assertEquals(SctpState.CLOSED, ending.a.association.state());
            assertEquals(SctpState.CLOSED, ending.z.association.state());
        }
    }

    @Test
    @DisplayName("shutdown towards a peer without FORWARD TSN: what was begun is not completed")
    void shutdownWithoutForwardTsn() {
        Peer a = withoutExtensions();
        part(a, 1, "begun", false, NAMED);
        int tsn = Peer.first(DataChunk.class, a.next()).tsn();
        part(a, 1, "never sent", false, NAMED);
        a.association.shutdown(a.now);
        assertNull(a.next());
        a.receive(tagOfA, new SackChunk(tsn, 1000, new int[0], new int[0]));
        assertEquals("Shutdown", Peer.names(a.next()));
        assertEquals(List.of(new SctpEvent.MessageAbandoned(7)), lifecycle(a));
    }

    @Test
    @DisplayName("the peer restarts: a message whose beginning it had acknowledged is given up, others begin anew")
    void restart() {
        part(ladder.z, 1, "acknowledged", false, NAMED);
        ladder.exchange();
        part(ladder.z, 1, " and not", false, NAMED);
        // Z -> DATA /lost/ A, which restarts
        ladder.z.all();
        part(ladder.z, 1, " sent", false, NAMED);
        ladder.z.send(2, "anew");
        Ladder restarted = restarted();
        assertEquals(List.of("anew"), restarted.a.texts());
        assertEquals(List.of(new SctpEvent.MessageAbandoned(7)), lifecycle(ladder.z));
        assertEquals(SendStatus.ABANDONED, part(ladder.z, 1, "late", true, NAMED));
        ladder.z.send(1, "next");
        restarted.run(Peer.SECOND);
        assertEquals(List.of("next"), restarted.a.texts());
        assertEquals(0, ladder.z.association.sendBufferUsed());
    }

    @Test
    @DisplayName("the peer restarts: a message of which nothing was acknowledged for good begins anew")
    void beginAnew() {
        byte[] large = new byte[3 * PAYLOAD];
        ladder.z.association.sendPart(1, 51, ByteBuffer.wrap(large), false, NAMED, ladder.z.now);
        // Z -> DATA /lost/ A
        ladder.z.all();
        part(ladder.z, 1, "end", true, NAMED);
        Ladder restarted = restarted();
        assertEquals(large.length + 3, restarted.a.messages().get(0).payload().remaining());
        assertEquals(List.of(new SctpEvent.MessageSent(7), new SctpEvent.MessageAcknowledged(7)), lifecycle(ladder.z));
    }

    @Test
    @DisplayName("the peer restarts while the next part is awaited and all before it is acknowledged")
    void restartWhileIdle() {
        part(ladder.z, 1, "acknowledged", false, NAMED);
        ladder.exchange();
        Ladder restarted = restarted();
        assertEquals(List.of(new SctpEvent.MessageAbandoned(7)), lifecycle(ladder.z));
        assertEquals(SendStatus.ABANDONED, part(ladder.z, 1, "late", true, NAMED));
        ladder.z.send(1, "next");
        restarted.exchange();
        assertEquals(List.of("next"), restarted.a.texts());
    }

    /** A restarts. */
    private Ladder restarted() {
        Peer fresh = new Peer(5);
        fresh.now = ladder.z.now;
        Ladder restarted = new Ladder(fresh, ladder.z);
        fresh.association.connect(fresh.now);
        restarted.run(Peer.SECOND);
        return restarted;
    }

    /** Connected to a peer that knows RFC 9260 and no more. */
    private Peer withoutExtensions() {
        Peer a = new Peer(1);
        a.association.connect(a.now);
        tagOfA = Peer.first(InitChunk.class, a.next()).initiateTag();
        a.receive(
                tagOfA,
                new InitAckChunk(9, 50_000, 10, 10, 1000, List.of(new StateCookieParameter(Bytes.utf8("cookie")))));
        a.all();
        a.receive(tagOfA, new CookieAckChunk());
        return a;
    }

    private SendStatus part(int streamId, String text, boolean last) {
        return part(ladder.a, streamId, text, last, SctpSendOptions.RELIABLE_ORDERED);
    }

    private static SendStatus part(Peer peer, int streamId, String text, boolean last, SctpSendOptions options) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        return peer.association.sendPart(streamId, 51, bytes, last, options, peer.now);
    }

    private static SendStatus send(Peer peer, byte[] part, boolean last) {
        return peer.association.sendPart(1, 53, ByteBuffer.wrap(part), last, NAMED, peer.now);
    }

    private static List<String> describe(ByteBuffer packet) {
        List<String> described = new ArrayList<>();
        for (Chunk chunk : Peer.chunks(packet)) {
            DataChunk data = (DataChunk) chunk;
            described.add(((data.flags() & DataFlags.BEGINNING) != 0 ? "B" : "")
                    + ((data.flags() & DataFlags.END) != 0 ? "E" : "")
                    + " " + data.ssn() + " "
                    + StandardCharsets.UTF_8.decode(data.payload().duplicate()));
        }
        return described;
    }

    private static List<SctpEvent> lifecycle(Peer peer) {
        return peer.events().stream()
                .filter(event -> event instanceof SctpEvent.MessageSent
                        || event instanceof SctpEvent.MessageAcknowledged
                        || event instanceof SctpEvent.MessageAbandoned)
                .toList();
    }

    private static List<SctpEvent> resets(Peer peer) {
        return peer.events().stream()
                .filter(SctpEvent.OutgoingStreamsReset.class::isInstance)
                .toList();
    }
}
