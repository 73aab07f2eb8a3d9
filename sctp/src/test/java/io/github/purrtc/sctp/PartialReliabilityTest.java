package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.Bytes;
import io.github.purrtc.sctp.packet.CookieAckChunk;
import io.github.purrtc.sctp.packet.CookieEchoChunk;
import io.github.purrtc.sctp.packet.DataChunk;
import io.github.purrtc.sctp.packet.ForwardTsnChunk;
import io.github.purrtc.sctp.packet.ForwardTsnChunk.SkippedStream;
import io.github.purrtc.sctp.packet.InitAckChunk;
import io.github.purrtc.sctp.packet.InitChunk;
import io.github.purrtc.sctp.packet.Parameter;
import io.github.purrtc.sctp.packet.SackChunk;
import io.github.purrtc.sctp.packet.StateCookieParameter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PartialReliabilityTest {
    private static final int PAYLOAD = 1160 - 12 - 16;

    @Test
    @DisplayName("C135 maxRetransmits N: N + 1 transmissions, then FORWARD TSN")
    void limitsRetransmissions() {
        for (int limit = 0; limit < 4; limit++) {
            Ladder ladder = Ladder.connected();
            send(ladder, 1, "lost", new SctpSendOptions(false, limit, -1));
            int transmissions = count(ladder.a, "Data");
            while (ladder.a.association.bufferedAmount(1) > 0) {
                ladder.a.elapse();
                List<ByteBuffer> packets = ladder.a.all();
                transmissions += (int) packets.stream()
                        .filter(packet -> Peer.names(packet).contains("Data"))
                        .count();
                if (ladder.a.association.bufferedAmount(1) == 0) {
                    assertEquals("ForwardTsn", Peer.names(packets.get(0)));
                    ladder.z.receive(packets);
                }
            }
            assertEquals(limit + 1, transmissions);
            ladder.exchange();
            ladder.a.send(1, "next");
            ladder.exchange();
            assertEquals(List.of("next"), ladder.z.texts());
        }
    }

    @Test
    @DisplayName("C136 lifetime over before it was sent: no TSN, no SSN, no FORWARD TSN")
    void expiresBeforeItIsSent() {
        Ladder ladder = Ladder.connected();
        send(ladder, 1, "short-lived", new SctpSendOptions(false, -1, 10 * Peer.MILLI));
        ladder.a.now += 11 * Peer.MILLI;
        ladder.a.send(1, "after");
        ByteBuffer packet = ladder.a.next();
        assertEquals("Data", Peer.names(packet));
        assertEquals(0, Peer.first(DataChunk.class, packet).ssn());
        assertEquals(5, ladder.a.association.bufferedAmount(1));
        ladder.z.receive(packet);
        assertEquals(List.of("after"), ladder.z.texts());
    }

    @Test
    @DisplayName("C136, C137 lifetime over when half of it was sent: the rest is dropped, a TSN beyond it is skipped")
    void expiresWhenPartlySent() {
        Ladder ladder = Ladder.connected();
        byte[] large = new byte[30 * PAYLOAD];
        ladder.a.send(1, large, new SctpSendOptions(false, -1, 10 * Peer.MILLI));
        List<ByteBuffer> sent = ladder.a.all();
        assertEquals(10, sent.size());
        ladder.z.receive(sent);
        ladder.a.now += 11 * Peer.MILLI;
        ladder.z.now += 11 * Peer.MILLI;
        ladder.a.receive(ladder.z.all());
        ladder.a.send(1, "after");
        ladder.exchange();
        assertEquals(List.of("after"), ladder.z.texts());
        assertEquals(0, ladder.a.association.bufferedAmount(1));
        assertEquals(0, ladder.z.association.metrics().heldBytes());
        assertEquals(0, ladder.a.association.metrics().inFlightBytes());
    }

    @Test
    @DisplayName("C138 FORWARD TSN names the highest SSN of each ordered stream, and no unordered one")
    void namesStreams() {
        Ladder ladder = Ladder.connected();
        SctpSendOptions once = new SctpSendOptions(false, 0, -1);
        send(ladder, 1, "a", once);
        send(ladder, 1, "b", once);
        send(ladder, 2, "c", once);
        send(ladder, 3, "d", new SctpSendOptions(true, 0, -1));
        int tsn = Peer.first(DataChunk.class, ladder.a.next()).tsn();
        ladder.a.elapse();
        ForwardTsnChunk forward = Peer.first(ForwardTsnChunk.class, ladder.a.next());
        assertEquals(new ForwardTsnChunk(tsn + 3, List.of(new SkippedStream(1, 1), new SkippedStream(2, 0))), forward);
    }

    @Test
    @DisplayName("C138, C143 several gaps: a FORWARD TSN for each in one packet, and what lies between is delivered")
    void skipsSeveralGapsAtOnce() {
        Ladder ladder = Ladder.connected();
        for (int i = 0; i < 6; i++) {
            ladder.a.send(1, message(i), new SctpSendOptions(false, 0, -1));
        }
        List<ByteBuffer> sent = ladder.a.all();
        int tsn = Peer.first(DataChunk.class, sent.get(0)).tsn();
        ladder.z.receive(List.of(sent.get(1), sent.get(3), sent.get(4), sent.get(5)));
        ladder.a.receive(ladder.z.all());
        ladder.a.elapse();
        ByteBuffer packet = ladder.a.next();
        assertEquals("ForwardTsn ForwardTsn", Peer.names(packet));
        assertEquals(
                List.of(
                        new ForwardTsnChunk(tsn, List.of(new SkippedStream(1, 0))),
                        new ForwardTsnChunk(tsn + 2, List.of(new SkippedStream(1, 2)))),
                Peer.chunks(packet));
        ladder.z.receive(packet);
        assertEquals(
                List.of(1, 3, 4, 5),
                ladder.z.messages().stream()
                        .map(each -> (int) each.payload().get(0))
                        .toList());
        ladder.exchange();
        assertEquals(0, ladder.a.association.bufferedAmount(1));
    }

    /** One that fills a packet. */
    private static byte[] message(int first) {
        byte[] message = new byte[PAYLOAD];
        message[0] = (byte) first;
        return message;
    }

    @Test
    @DisplayName("C139 FORWARD TSN lost: again with T3-rtx")
    void repeatsForwardTsn() {
        Ladder ladder = Ladder.connected();
        send(ladder, 1, "lost", new SctpSendOptions(false, 0, -1));
        ladder.a.all();
        ladder.a.elapse();
        assertEquals("ForwardTsn", Peer.names(ladder.a.next()));
        ladder.a.elapse();
        ByteBuffer again = ladder.a.next();
        assertEquals("ForwardTsn", Peer.names(again));
        ladder.z.receive(again);
        ladder.a.receive(ladder.z.next());
        assertNull(ladder.a.next());
        assertTrue(ladder.a.association.nextTimeout() > ladder.a.now + 20 * Peer.SECOND, "only the heartbeat is left");
    }

    @Test
    @DisplayName(
            "T3-rtx that runs backed off while FORWARD TSNs are answered runs for the timeout that is in force again")
    void endsTheTimersBackOff() {
        Ladder ladder = Ladder.connected();
        Peer a = ladder.a;
        int tag = RetransmissionTest.zToATag(ladder);
        SctpSendOptions once = new SctpSendOptions(false, 0, -1);
        send(ladder, 1, "first", once);
        int tsn = Peer.first(DataChunk.class, a.next()).tsn();
        for (int i = 0; i < 2; i++) {
            // A -> FORWARD TSN, DATA /lost/; A <- SACK <- Z
            a.elapse();
            send(ladder, 1, "next", once);
            assertEquals(
                    List.of("ForwardTsn Data"),
                    a.all().stream().map(Peer::names).toList());
            assertEquals(i + 1, a.association.metrics().timeouts());
            a.receive(tag, new SackChunk(tsn + i, 100_000));
        }
        long answeredAt = a.now;
        long rtoNanos = a.association.metrics().rtoNanos();
        while (a.association.metrics().timeouts() == 2) {
            a.elapse();
        }
        assertEquals(rtoNanos, a.now - answeredAt);
    }

    @Test
    @DisplayName("C133 a peer that does not know FORWARD TSN gets everything")
    void isReliableWithoutSupport() {
        Peer a = new Peer(1);
        a.association.connect(a.now);
        int tag = Peer.first(InitChunk.class, a.next()).initiateTag();
        a.receive(
                tag,
                new InitAckChunk(9, 50_000, 10, 10, 1000, List.of(new StateCookieParameter(Bytes.utf8("cookie")))));
        a.all();
        a.receive(tag, new CookieAckChunk());
        a.association.send(1, 51, ByteBuffer.wrap(new byte[] {1}), new SctpSendOptions(false, 0, Peer.MILLI), a.now);
        for (int i = 0; i < 5; i++) {
            assertEquals("Data", Peer.names(a.next()));
            a.elapse();
        }
        assertEquals(1, a.association.bufferedAmount(1));
    }

    @Test
    @DisplayName("C134 FORWARD TSN without negotiation ends the association")
    void abortsWithoutNegotiation() {
        Peer z = new Peer(2);
        z.receive(0, new InitChunk(7, 50_000, 10, 10, 1000, List.of()));
        InitAckChunk initAck = Peer.first(InitAckChunk.class, z.next());
        StateCookieParameter cookie = Parameter.first(StateCookieParameter.class, initAck.parameters());
        z.receive(initAck.initiateTag(), new CookieEchoChunk(cookie.cookie()));
        z.all();
        z.receive(initAck.initiateTag(), new ForwardTsnChunk(1000, List.of()));
        assertEquals("Abort", Peer.names(z.next()));
        assertEquals(SctpState.CLOSED, z.association.state());
    }

    @Test
    @DisplayName("C140, C141, C142, C143, C148 what a receiver makes of FORWARD TSN")
    void receives() {
        Receiver receiver = new Receiver();
        receiver.data(0, 3, 1, 0);
        receiver.data(2, 3, 1, 2);
        receiver.data(3, 2, 1, 3);
        receiver.data(6, 3, 2, 0);
        receiver.data(8, 3, 1, 5);
        assertEquals(List.of("0", "6"), receiver.z.texts());
        // TSN 1 (SSN 1 of stream 1), 3, 4, 5 (SSN 3 and 4) are given up.
        receiver.forward(5, new SkippedStream(1, 4));
        assertEquals(List.of("2", "8"), receiver.z.texts());
        assertEquals(6, receiver.lastSack().cumulativeTsnAck() - receiver.tsn);
        receiver.data(4, 0, 1, 3);
        receiver.data(1, 3, 1, 1);
        receiver.data(7, 3, 3, 0);
        assertEquals(List.of("7"), receiver.z.texts());
        receiver.forward(5, new SkippedStream(1, 4));
        assertEquals(8, receiver.lastSack().cumulativeTsnAck() - receiver.tsn);
        assertEquals(0, receiver.z.association.metrics().heldBytes());
    }

    @Test
    @DisplayName("C144 FORWARD TSN far ahead is dropped")
    void dropsAbsurdForwardTsn() {
        Receiver receiver = new Receiver();
        receiver.forward(200_000);
        receiver.data(0, 3, 1, 0);
        assertEquals(List.of("0"), receiver.z.texts());
    }

    @Test
    @DisplayName("C145 FORWARD TSN with nonsense about streams")
    void survivesNonsense() {
        Receiver receiver = new Receiver();
        receiver.data(0, 3, 1, 0);
        receiver.forward(
                2,
                new SkippedStream(1, 0),
                new SkippedStream(1, 40_000),
                new SkippedStream(65_535, 7),
                new SkippedStream(2, 3),
                new SkippedStream(2, 1));
        receiver.data(3, 3, 1, 1);
        receiver.data(4, 3, 2, 4);
        assertEquals(List.of("0", "3", "4"), receiver.z.texts());
    }

    @Test
    @DisplayName("C141 what is left of a message that lost its beginning is not glued to another")
    void skipsTheRest() {
        Receiver receiver = new Receiver();
        receiver.data(0, 2, 1, 0);
        receiver.data(2, 0, 1, 0);
        receiver.forward(1, new SkippedStream(1, 0));
        receiver.data(3, 0, 1, 0);
        receiver.data(4, 1, 1, 0);
        receiver.data(5, 3, 1, 1);
        assertEquals(List.of("5"), receiver.z.texts());
        assertEquals(SctpState.ESTABLISHED, receiver.z.association.state());
        assertEquals(0, receiver.z.association.metrics().heldBytes());
    }

    @Test
    @DisplayName("C150 shutdown with what was given up: FORWARD TSN, then SHUTDOWN")
    void shutsDownAfterForwardTsn() {
        Ladder ladder = Ladder.connected();
        send(ladder, 1, "lost", new SctpSendOptions(false, 0, -1));
        ladder.a.all();
        ladder.a.association.shutdown(ladder.a.now);
        ladder.run(5 * Peer.SECOND);
        assertEquals(SctpState.CLOSED, ladder.a.association.state());
        assertEquals(SctpState.CLOSED, ladder.z.association.state());
        assertEquals(List.of(), ladder.z.messages());
    }

    private static void send(Ladder ladder, int stream, String text, SctpSendOptions options) {
        ladder.a.send(stream, text.getBytes(StandardCharsets.UTF_8), options);
    }

    private static int count(Peer peer, String chunk) {
        return (int) peer.all().stream()
                .filter(packet -> Peer.names(packet).contains(chunk))
                .count();
    }

    /** Z, fed by hand with TSNs counted from the first. */
    static final class Receiver {
        final Peer z;
        final int tag;
        final int tsn;

        Receiver() {
            Ladder ladder = Ladder.connected();
            z = ladder.z;
            ladder.a.send(9, "to learn the numbers");
            ByteBuffer packet = ladder.a.next();
            tag = Peer.verificationTag(packet);
            tsn = Peer.first(DataChunk.class, packet).tsn();
        }

        void data(int number, int flags, int stream, int ssn) {
            byte[] text = Integer.toString(number).getBytes(StandardCharsets.UTF_8);
            z.receive(tag, new DataChunk(flags, tsn + number, stream, ssn, 51, ByteBuffer.wrap(text), 0, text.length));
        }

        void forward(int number, SkippedStream... skipped) {
            z.receive(tag, new ForwardTsnChunk(tsn + number, List.of(skipped)));
        }

        SackChunk lastSack() {
            List<ByteBuffer> packets = z.all();
            return Peer.first(SackChunk.class, packets.get(packets.size() - 1));
        }
    }
}
