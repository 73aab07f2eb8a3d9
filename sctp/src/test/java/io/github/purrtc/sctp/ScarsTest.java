package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.DataChunk;
import io.github.purrtc.sctp.packet.ForwardTsnChunk;
import io.github.purrtc.sctp.packet.SackChunk;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What went wrong in other stacks, by where it was reported. */
class ScarsTest {
    private static final int PAYLOAD = 1160 - 12 - 16;
    private static final SctpOptions WITHOUT_HEARTBEATS =
            Peer.options().heartbeatIntervalNanos(0).build();

    @Test
    @DisplayName("rtc #217: the last message was dropped at a closed window, and nothing asked for it again")
    void theTailAtAClosedWindow() {
        SctpOptions small =
                Peer.options().receiveWindow(20_000).heartbeatIntervalNanos(0).build();
        Ladder ladder = new Ladder(WITHOUT_HEARTBEATS, small).connect();
        int sent = 0;
        do {
            ladder.a.send(1, new byte[1000], SctpSendOptions.RELIABLE_ORDERED);
            sent++;
            ladder.run(50 * Peer.MILLI);
        } while (ladder.a.association.bufferedAmount(1) == 0);
        // Z reads, and what it then says is lost.
        int read = ladder.z.messages().size();
        ladder.z.all();
        for (int i = 0; i < 20 && read < sent; i++) {
            ladder.run(10 * Peer.SECOND);
            read += ladder.z.messages().size();
        }
        assertEquals(sent, read);
        assertEquals(0, ladder.a.association.bufferedAmount(1));
    }

    @Test
    @DisplayName("usrsctp #750: data in flight and no T3-rtx")
    void somethingInFlightAndNoTimer() {
        Ladder ladder = Ladder.connected(WITHOUT_HEARTBEATS);
        int tag = RetransmissionTest.zToATag(ladder);
        ladder.run(100 * Peer.MILLI);
        ladder.a.send(1, new byte[8 * PAYLOAD], SctpSendOptions.RELIABLE_ORDERED);
        int tsn = Peer.first(DataChunk.class, ladder.a.all().get(0)).tsn();
        for (int acknowledged = 0; acknowledged < 8; acknowledged++) {
            ladder.a.receive(tag, new SackChunk(tsn - 1 + acknowledged, 0));
            assertTrue(ladder.a.association.nextTimeout() < Long.MAX_VALUE, "after " + acknowledged);
        }
        ladder.a.receive(tag, new SackChunk(tsn + 7, 0));
        assertEquals(Long.MAX_VALUE, ladder.a.association.nextTimeout());
    }

    @Test
    @DisplayName("apprtc #6: of a packet with SACK and DATA only one was looked at")
    void sackAndDataInOnePacket() {
        Ladder ladder = Ladder.connected();
        ladder.a.send(1, "question");
        ladder.z.receive(ladder.a.all());
        ladder.z.send(1, "answer");
        ByteBuffer both = ladder.z.next();
        assertEquals("Sack Data", Peer.names(both));
        ladder.a.receive(both);
        assertEquals(0, ladder.a.association.bufferedAmount(1));
        assertEquals(List.of("answer"), ladder.a.texts());
    }

    @Test
    @DisplayName("rtc #111: ssthresh was never set on the side that answered, and it never left its first window")
    void whoAnsweredGrowsItsWindowToo() {
        Ladder ladder = Ladder.connected();
        for (Peer peer : List.of(ladder.a, ladder.z)) {
            long before = peer.association.metrics().cwnd();
            peer.send(1, new byte[100 * PAYLOAD], SctpSendOptions.RELIABLE_ORDERED);
            ladder.exchange();
            assertTrue(peer.association.metrics().cwnd() >= 2 * before);
        }
    }

    @Test
    @DisplayName("rtc #241: at T3-rtx a message whose life is over was sent once more")
    void theLifetimeCountsBeforeT3() {
        Ladder ladder = Ladder.connected(WITHOUT_HEARTBEATS);
        ladder.a.send(1, new byte[100], new SctpSendOptions(false, -1, 100 * Peer.MILLI));
        ladder.a.send(1, "reliable");
        // A -> DATA, DATA -> /lost/
        ladder.a.all();
        ladder.a.elapse();
        ByteBuffer packet = ladder.a.next();
        assertEquals("ForwardTsn Data", Peer.names(packet));
        assertEquals("reliable".length(), ladder.a.association.bufferedAmount(1));
        ladder.z.receive(packet);
        ladder.exchange();
        assertEquals(List.of("reliable"), ladder.z.texts());
    }

    @Test
    @DisplayName(
            "seed 125912: given up when nothing was in flight, FORWARD TSN waited for the next event, without a timer")
    void forwardTsnGoesAtOnceWhenNothingIsInFlight() {
        Ladder ladder = Ladder.connected(WITHOUT_HEARTBEATS);
        ladder.a.send(1, new byte[30 * PAYLOAD], new SctpSendOptions(false, -1, 10 * Peer.MILLI));
        // A -> DATA, as much as cwnd allows -> Z
        ladder.z.receive(ladder.a.all());
        ladder.a.now += 11 * Peer.MILLI;
        // A <- SACK, all of it <- Z: the rest has outlived itself
        ladder.a.receive(ladder.z.all());
        ByteBuffer packet = ladder.a.next();
        assertEquals("ForwardTsn", packet == null ? null : Peer.names(packet));
        assertNull(ladder.a.next());
        assertTrue(ladder.a.association.nextTimeout() < Long.MAX_VALUE);
        ladder.z.receive(packet);
        assertEquals(0, ladder.z.association.metrics().heldBytes());
    }

    @Test
    @DisplayName("node-datachannel #196: what is sent right after a close on the same stream was lost")
    void sendsRightAfterTheReset() {
        Ladder ladder = Ladder.connected();
        for (int i = 0; i < 50; i++) {
            ladder.a.association.resetStreams(new int[] {1}, ladder.a.now);
            ladder.a.send(1, "life " + i);
            ladder.exchange();
            assertEquals(List.of(), ladder.z.texts());
            assertEquals(1, ladder.z.events().size());
            assertEquals(List.of("life " + i), ladder.z.texts());
            ladder.run(50 * Peer.MILLI);
        }
    }

    @Test
    @DisplayName("werift #540: small messages at a steady pace were sent later and later")
    void pacedMessagesAreSentAtOnce() {
        Ladder ladder = Ladder.connected();
        for (int i = 0; i < 2_000; i++) {
            ladder.a.send(1, "tick");
            ByteBuffer packet = ladder.a.next();
            assertEquals("Data", Peer.names(packet), "message " + i);
            ladder.z.receive(packet);
            assertEquals(1, ladder.z.messages().size());
            ladder.a.elapse(5 * Peer.MILLI);
            ladder.z.elapse(5 * Peer.MILLI);
            ladder.a.receive(ladder.z.all());
        }
    }

    @Test
    @DisplayName("libdatachannel #1186: bufferedAmount did not fall")
    void bufferedAmountFalls() {
        Ladder ladder = Ladder.connected();
        ladder.a.association.setBufferedAmountLowThreshold(1, 1000);
        ladder.a.send(1, new byte[50_000], SctpSendOptions.RELIABLE_ORDERED);
        ladder.a.send(1, new byte[50_000], new SctpSendOptions(true, 0, -1));
        ladder.run(Peer.SECOND);
        assertEquals(0, ladder.a.association.bufferedAmount(1));
        assertEquals(List.of(new SctpEvent.BufferedAmountLow(1)), ladder.a.events());
    }

    @Test
    @DisplayName("usrsctp #597, C147: a FORWARD TSN over what never came ended the association")
    void forwardTsnOverWhatNeverCame() {
        PartialReliabilityTest.Receiver receiver = new PartialReliabilityTest.Receiver();
        receiver.forward(
                40, new ForwardTsnChunk.SkippedStream(1, 7), new ForwardTsnChunk.SkippedStream(65_000, 65_535));
        assertEquals(SctpState.ESTABLISHED, receiver.z.association.state());
        receiver.data(41, 3, 1, 8);
        receiver.data(42, 7, 2, 0);
        assertEquals(List.of("41", "42"), receiver.z.texts());
        assertEquals(receiver.tsn + 42, receiver.lastSack().cumulativeTsnAck());
    }

    @Test
    @DisplayName("C146 a FORWARD TSN of any wrong length is dropped")
    void forwardTsnOfWrongLength() {
        PartialReliabilityTest.Receiver receiver = new PartialReliabilityTest.Receiver();
        ByteBuffer good = receiver.z.packet(
                receiver.tag, new ForwardTsnChunk(receiver.tsn + 5, List.of(new ForwardTsnChunk.SkippedStream(1, 0))));
        long before = receiver.z.association.metrics().malformedPackets();
        int wrong = 0;
        for (int length : new int[] {0, 3, 4, 6, 7, 9, 10, 11, 13, 200}) {
            byte[] bytes = new byte[good.remaining()];
            good.duplicate().get(bytes);
            ByteBuffer packet = ByteBuffer.wrap(bytes).putShort(14, (short) length);
            receiver.z.receive(MalformedInputTest.withChecksum(packet));
            wrong++;
        }
        assertEquals(before + wrong, receiver.z.association.metrics().malformedPackets());
        assertNull(receiver.z.next());
        receiver.z.receive(good);
        assertEquals(receiver.tsn + 5, receiver.lastSack().cumulativeTsnAck());
    }
}
