package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.Bytes;
import io.github.purrtc.sctp.packet.Chunk;
import io.github.purrtc.sctp.packet.CookieAckChunk;
import io.github.purrtc.sctp.packet.DataChunk;
import io.github.purrtc.sctp.packet.ForwardTsnChunk;
import io.github.purrtc.sctp.packet.IncomingSsnResetRequest;
import io.github.purrtc.sctp.packet.InitAckChunk;
import io.github.purrtc.sctp.packet.InitChunk;
import io.github.purrtc.sctp.packet.OutgoingSsnResetRequest;
import io.github.purrtc.sctp.packet.Parameter;
import io.github.purrtc.sctp.packet.ReConfigChunk;
import io.github.purrtc.sctp.packet.ReConfigurationResponse;
import io.github.purrtc.sctp.packet.SsnTsnResetRequest;
import io.github.purrtc.sctp.packet.StateCookieParameter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class StreamResetTest {
    private Ladder ladder;
    private Peer a;
    private Peer z;
    /** The tag that A receives under. */
    private int tagOfA;

    private int initialTsnOfZ;
    private int initialTsnOfA;

    @BeforeEach
    void connect() {
        ladder = new Ladder();
        a = ladder.a;
        z = ladder.z;
        a.association.connect(a.now);
        ByteBuffer init = a.next();
        InitChunk initChunk = Peer.first(InitChunk.class, init);
        tagOfA = initChunk.initiateTag();
        initialTsnOfA = initChunk.initialTsn();
        z.receive(init);
        ByteBuffer initAck = z.next();
        initialTsnOfZ = Peer.first(InitAckChunk.class, initAck).initialTsn();
        a.receive(initAck);
        ladder.exchange();
        a.events();
        z.events();
    }

    @Test
    @DisplayName("C153 first what is queued, then the reset, and both sides learn of it")
    void resetsWhenDrained() {
        a.send(1, new byte[50_000], SctpSendOptions.RELIABLE_ORDERED);
        a.association.resetStreams(new int[] {1}, a.now);
        assertTrue(a.all().stream().noneMatch(packet -> Peer.names(packet).contains("ReConfig")));
        ladder.run(2 * Peer.SECOND);
        assertEquals(1, z.messages().size());
        assertReset(a.events(), SctpEvent.OutgoingStreamsReset.class, 1);
        assertReset(z.events(), SctpEvent.IncomingStreamsReset.class, 1);
    }

    @Test
    @DisplayName(
            "a request names so many streams as a packet has room for; those that are left follow when it is answered")
    void resetsManyStreamsInTurn() {
        int[] streams = IntStream.range(0, 600).toArray();
        for (int stream : streams) {
            a.send(stream, "x");
        }
        ladder.run(2 * Peer.SECOND);
        a.association.resetStreams(streams, a.now);
        ByteBuffer first = a.next();
        assertArrayEquals(IntStream.range(0, 512).toArray(), resetStreams(first));
        z.receive(first);
        a.receive(z.all());
        assertArrayEquals(IntStream.range(512, 600).toArray(), resetStreams(a.next()));
    }

    private static int[] resetStreams(ByteBuffer packet) {
        ReConfigChunk chunk = Peer.first(ReConfigChunk.class, packet);
        int[] named = ((OutgoingSsnResetRequest) chunk.parameters().get(0)).streamIds();
        Arrays.sort(named);
        return named;
    }

    @Test
    @DisplayName("the reset is handed out after the messages before it")
    void handsOutTheResetAfterTheMessages() {
        a.send(1, "before");
        ladder.exchange();
        a.association.resetStreams(new int[] {1}, a.now);
        ladder.exchange();
        assertEquals(List.of(), z.events());
        assertEquals(List.of("before"), z.texts());
        assertReset(z.events(), SctpEvent.IncomingStreamsReset.class, 1);
    }

    @Test
    @DisplayName("C159 after it the stream begins with SSN 0, others go on, and nothing sent meanwhile is lost")
    void startsAnew() {
        a.send(1, "one");
        a.send(2, "two");
        ladder.exchange();
        a.association.resetStreams(new int[] {1}, a.now);
        a.send(1, "after");
        a.send(2, "more");
        assertEquals(5, a.association.bufferedAmount(1));
        ByteBuffer packet = a.next();
        assertEquals("ReConfig Data", Peer.names(packet));
        assertEquals(2, ((DataChunk) Peer.chunks(packet).get(1)).streamId());
        z.receive(packet);
        a.receive(z.all());
        ByteBuffer after = a.next();
        DataChunk data = Peer.first(DataChunk.class, after);
        assertEquals(1, data.streamId());
        assertEquals(0, data.ssn());
        z.receive(after);
        assertEquals(List.of("one", "two"), z.texts());
        assertReset(z.events(), SctpEvent.IncomingStreamsReset.class, 1);
        assertEquals(List.of("more", "after"), z.texts());
        a.send(2, "still more");
        assertEquals(2, Peer.first(DataChunk.class, a.next()).ssn());
    }

    @Test
    @DisplayName("C154 one request at a time; what is asked for meanwhile goes together in the next")
    void batches() {
        a.association.resetStreams(new int[] {1}, a.now);
        a.association.resetStreams(new int[] {2}, a.now);
        a.association.resetStreams(new int[] {3, 1}, a.now);
        ByteBuffer first = a.next();
        assertArrayEquals(new int[] {1}, request(first).streamIds());
        assertNull(a.next());
        z.receive(first);
        a.receive(z.all());
        assertArrayEquals(new int[] {2, 3}, request(a.next()).streamIds());
    }

    @Test
    @DisplayName("C155 request lost: the same again")
    void resendsTheRequest() {
        a.association.resetStreams(new int[] {1}, a.now);
        ByteBuffer first = a.next();
        a.elapse();
        assertEquals(first, a.next());
        z.receive(first);
        // A /lost/ <- RE-CONFIG response <- Z
        z.all();
        long backedOffNanos = a.association.metrics().rtoNanos();
        a.elapse();
        z.receive(a.next());
        a.receive(z.all());
        assertTrue(a.association.metrics().rtoNanos() < backedOffNanos, "what was lost is over");
        assertEquals(1, a.events().size());
        assertEquals(1, z.events().size());
        assertTrue(a.association.nextTimeout() > a.now + 20 * Peer.SECOND, "only the heartbeat is left");
    }

    @Test
    @DisplayName("C156, C157, C158 a reset beyond what has arrived waits, and what is behind it too")
    void defers() {
        // Z -> RE-CONFIG: stream 1 ends with its first three TSNs -> A
        OutgoingSsnResetRequest request =
                new OutgoingSsnResetRequest(initialTsnOfZ, initialTsnOfA - 1, initialTsnOfZ + 2, new int[] {1});
        a.receive(tagOfA, data(0, 1, 0));
        a.receive(tagOfA, new ReConfigChunk(List.of(request)));
        assertEquals(ReConfigurationResponse.RESULT_IN_PROGRESS, response(a.next()));
        a.receive(tagOfA, data(3, 1, 0));
        a.receive(tagOfA, data(4, 2, 0));
        a.receive(tagOfA, new ReConfigChunk(List.of(request)));
        assertEquals(ReConfigurationResponse.RESULT_IN_PROGRESS, response(a.next()));
        assertEquals(List.of("0", "4"), a.texts());
        assertEquals(List.of(), a.events());
        a.receive(tagOfA, data(2, 1, 2));
        a.receive(tagOfA, data(1, 1, 1));
        assertEquals(List.of(), a.events());
        assertEquals("1", Peer.text(a.association.nextMessage()));
        assertEquals(List.of(), a.events());
        assertEquals("2", Peer.text(a.association.nextMessage()));
        assertReset(a.events(), SctpEvent.IncomingStreamsReset.class, 1);
        assertEquals(List.of("3"), a.texts());
        a.receive(tagOfA, new ReConfigChunk(List.of(request)));
        assertEquals(ReConfigurationResponse.RESULT_PERFORMED, response(lastOf(a)));
        assertEquals(List.of(), a.events());
        assertEquals(0, a.association.metrics().heldBytes());
    }

    @Test
    @DisplayName("C156 In progress: asked again without counting it against the peer")
    void asksAgainWhenInProgress() {
        a.association.resetStreams(new int[] {1}, a.now);
        for (int i = 0; i < 30; i++) {
            OutgoingSsnResetRequest request = request(lastOf(a));
            a.receive(
                    tagOfA,
                    new ReConfigChunk(List.of(new ReConfigurationResponse(
                            request.requestSequenceNumber(), ReConfigurationResponse.RESULT_IN_PROGRESS))));
            a.elapse();
        }
        assertEquals(SctpState.ESTABLISHED, a.association.state());
        assertEquals(List.of(), a.events());
    }

    @Test
    @DisplayName("C160 refused: the streams go on")
    void rollsBack() {
        a.send(1, "one");
        ladder.exchange();
        for (int result : new int[] {2, 3, 4, 5}) {
            a.events();
            a.association.resetStreams(new int[] {1}, a.now);
            OutgoingSsnResetRequest request = request(lastOf(a));
            a.receive(
                    tagOfA,
                    new ReConfigChunk(List.of(new ReConfigurationResponse(request.requestSequenceNumber(), result))));
            assertReset(a.events(), SctpEvent.OutgoingResetFailed.class, 1);
        }
        a.send(1, "two");
        assertEquals(1, Peer.first(DataChunk.class, a.next()).ssn());
    }

    @Test
    @DisplayName("C161 a request out of sequence is refused, a repeated one answered as before")
    void checksRequestNumbers() {
        OutgoingSsnResetRequest request =
                new OutgoingSsnResetRequest(initialTsnOfZ, initialTsnOfA - 1, initialTsnOfZ - 1, new int[] {1});
        for (int wrong : new int[] {-1, 1, 100, Integer.MIN_VALUE}) {
            a.receive(
                    tagOfA,
                    new ReConfigChunk(List.of(new OutgoingSsnResetRequest(
                            initialTsnOfZ + wrong, initialTsnOfA - 1, initialTsnOfZ - 1, new int[] {1}))));
            assertEquals(ReConfigurationResponse.RESULT_ERROR_BAD_SEQUENCE_NUMBER, response(a.next()));
        }
        for (int i = 0; i < 3; i++) {
            a.receive(tagOfA, new ReConfigChunk(List.of(request)));
            assertEquals(ReConfigurationResponse.RESULT_PERFORMED, response(a.next()));
        }
        assertEquals(1, a.events().size());
    }

    @Test
    @DisplayName("C162 the peer asks us to reset what we send on: in progress until it is done")
    void resetsOnRequest() {
        IncomingSsnResetRequest request = new IncomingSsnResetRequest(initialTsnOfZ, new int[] {1});
        a.receive(tagOfA, new ReConfigChunk(List.of(request)));
        ByteBuffer packet = a.next();
        assertEquals(ReConfigurationResponse.RESULT_IN_PROGRESS, response(packet));
        z.receive(packet);
        a.receive(z.all());
        assertReset(a.events(), SctpEvent.OutgoingStreamsReset.class, 1);
        a.receive(tagOfA, new ReConfigChunk(List.of(request)));
        assertEquals(ReConfigurationResponse.RESULT_PERFORMED, response(lastOf(a)));
    }

    @Test
    @DisplayName("C162 a request to reset what we send on counts also while a reset of the peer's own is deferred")
    void resetsOnRequestWhileDeferred() {
        a.receive(
                tagOfA,
                new ReConfigChunk(List.of(
                        new OutgoingSsnResetRequest(initialTsnOfZ, initialTsnOfA - 1, initialTsnOfZ, new int[] {1}))));
        assertEquals(ReConfigurationResponse.RESULT_IN_PROGRESS, response(a.next()));
        a.receive(tagOfA, new ReConfigChunk(List.of(new IncomingSsnResetRequest(initialTsnOfZ + 1, new int[] {2}))));
        ByteBuffer packet = a.next();
        assertEquals(ReConfigurationResponse.RESULT_IN_PROGRESS, response(packet));
        OutgoingSsnResetRequest own = (OutgoingSsnResetRequest)
                ((ReConfigChunk) Peer.chunks(packet).get(1)).parameters().get(0);
        assertArrayEquals(new int[] {2}, own.streamIds());
        assertEquals(initialTsnOfZ + 1, own.responseSequenceNumber());
    }

    @Test
    @DisplayName("C162 a request that names no stream is for all that were used")
    void resetsAllOnRequest() {
        a.send(3, "three");
        a.send(9, "nine");
        ladder.exchange();
        a.receive(tagOfA, new ReConfigChunk(List.of(new IncomingSsnResetRequest(initialTsnOfZ, new int[0]))));
        ladder.exchange();
        SctpEvent.OutgoingStreamsReset reset = a.events().stream()
                .filter(SctpEvent.OutgoingStreamsReset.class::isInstance)
                .map(SctpEvent.OutgoingStreamsReset.class::cast)
                .findFirst()
                .orElseThrow();
        assertArrayEquals(
                new int[] {3, 9}, Arrays.stream(reset.streamIds()).sorted().toArray());
    }

    @Test
    @DisplayName("C157 while a reset is deferred: the same under a new number is deferred too, another is refused")
    void takesOneResetAtATime() {
        int last = initialTsnOfZ;
        ask(new OutgoingSsnResetRequest(initialTsnOfZ, initialTsnOfA - 1, last, new int[] {1}));
        assertEquals(
                ReConfigurationResponse.RESULT_IN_PROGRESS,
                ask(new OutgoingSsnResetRequest(initialTsnOfZ + 1, initialTsnOfA - 1, last, new int[] {1})));
        assertEquals(
                ReConfigurationResponse.RESULT_ERROR_REQUEST_ALREADY_IN_PROGRESS,
                ask(new OutgoingSsnResetRequest(initialTsnOfZ + 2, initialTsnOfA - 1, last, new int[] {2})));
        a.receive(tagOfA, data(0, 1, 0));
        assertEquals(List.of("0"), a.texts());
        assertReset(a.events(), SctpEvent.IncomingStreamsReset.class, 1);
    }

    @Test
    @DisplayName("C163 an SSN/TSN reset is denied, and nothing changes")
    void deniesTsnReset() {
        assertEquals(ReConfigurationResponse.RESULT_DENIED, ask(new SsnTsnResetRequest(initialTsnOfZ)));
        a.receive(tagOfA, data(0, 1, 0));
        assertEquals(List.of("0"), a.texts());
    }

    @Test
    @DisplayName("C165 a reset of streams that there are not is an error; of one that was never used, nothing special")
    void knowsItsStreams() {
        Parameter unused =
                new OutgoingSsnResetRequest(initialTsnOfZ, initialTsnOfA - 1, initialTsnOfZ - 1, new int[] {99});
        assertEquals(ReConfigurationResponse.RESULT_PERFORMED, ask(unused));
        assertReset(a.events(), SctpEvent.IncomingStreamsReset.class, 99);
        assertEquals(
                ReConfigurationResponse.RESULT_ERROR_WRONG_SSN,
                ask(new OutgoingSsnResetRequest(
                        initialTsnOfZ + 1, initialTsnOfA - 1, initialTsnOfZ - 1, new int[] {65_535})));
        assertEquals(
                ReConfigurationResponse.RESULT_ERROR_WRONG_SSN,
                ask(new IncomingSsnResetRequest(initialTsnOfZ + 2, new int[] {1, 65_535})));
        assertEquals(List.of(), a.events());
    }

    @Test
    @DisplayName("C169 the peer does not know RE-CONFIG: the reset fails at once, and the stream goes on")
    void failsWithoutReConfig() {
        Peer b = new Peer(9);
        b.association.connect(b.now);
        InitChunk init = Peer.first(InitChunk.class, b.next());
        b.receive(
                init.initiateTag(),
                new InitAckChunk(77, 100_000, 10, 10, 1, List.of(new StateCookieParameter(Bytes.utf8("cookie")))));
        b.all();
        b.receive(init.initiateTag(), new CookieAckChunk());
        b.events();
        b.association.resetStreams(new int[] {1}, b.now);
        assertReset(b.events(), SctpEvent.OutgoingResetFailed.class, 1);
        assertNull(b.next());
        assertEquals(SendStatus.QUEUED, b.send(1, "on it goes"));
        assertEquals("Data", Peer.names(b.next()));
    }

    @Test
    @DisplayName(
            "C171 the peer restarts while a reset is pending: it has failed, and the stream can be used and reset anew")
    void restartForgetsResets() {
        z.association.resetStreams(new int[] {1, 2}, z.now);
        // Z -> RE-CONFIG /lost/ A, which restarts
        z.all();
        z.send(1, "after");
        Peer fresh = new Peer(5);
        fresh.now = z.now;
        Ladder restarted = new Ladder(fresh, z);
        fresh.association.connect(fresh.now);
        restarted.exchange();
        List<SctpEvent> events = z.events();
        assertTrue(events.stream().anyMatch(SctpEvent.Restarted.class::isInstance));
        assertEquals(
                1,
                events.stream()
                        .filter(SctpEvent.OutgoingResetFailed.class::isInstance)
                        .count());
        assertEquals(List.of("after"), fresh.texts());
        z.association.resetStreams(new int[] {1}, z.now);
        restarted.exchange();
        assertReset(z.events(), SctpEvent.OutgoingStreamsReset.class, 1);
    }

    @Test
    @DisplayName("C149 a FORWARD TSN that skips messages from before a reset leaves the stream after it alone")
    void forwardTsnAcrossAReset() {
        a.receive(tagOfA, data(0, 1, 0));
        // TSN 1 with SSN 1 is given up; the reset is behind it.
        OutgoingSsnResetRequest request =
                new OutgoingSsnResetRequest(initialTsnOfZ, initialTsnOfA - 1, initialTsnOfZ + 1, new int[] {1});
        assertEquals(ReConfigurationResponse.RESULT_IN_PROGRESS, ask(request));
        a.receive(tagOfA, data(2, 1, 0));
        ForwardTsnChunk forward =
                new ForwardTsnChunk(initialTsnOfZ + 1, List.of(new ForwardTsnChunk.SkippedStream(1, 1)));
        a.receive(tagOfA, forward);
        assertEquals(List.of("0"), a.texts());
        assertReset(a.events(), SctpEvent.IncomingStreamsReset.class, 1);
        assertEquals(List.of("2"), a.texts());
        // The same once more, late: it speaks of the stream before the reset.
        a.receive(tagOfA, forward);
        a.receive(tagOfA, data(3, 1, 1));
        assertEquals(List.of("3"), a.texts());
        assertEquals(0, a.association.metrics().heldBytes());
    }

    private long ask(Parameter request) {
        a.receive(tagOfA, new ReConfigChunk(List.of(request)));
        return response(a.next());
    }

    @Test
    @DisplayName("C164 a RE-CONFIG that RFC 6525 does not know changes nothing")
    void ignoresIllegalCombinations() {
        OutgoingSsnResetRequest request =
                new OutgoingSsnResetRequest(initialTsnOfZ, initialTsnOfA - 1, initialTsnOfZ - 1, new int[] {1});
        List<List<Parameter>> illegal = List.of(
                List.of(),
                List.of(request, request),
                List.of(request, request, request),
                List.of(request, new SsnTsnResetRequest(initialTsnOfZ)));
        for (List<Parameter> parameters : illegal) {
            a.receive(tagOfA, new ReConfigChunk(parameters));
            assertNull(a.next());
        }
        assertEquals(List.of(), a.events());
        assertEquals(illegal.size(), a.association.metrics().malformedPackets());
    }

    @Test
    @DisplayName("C164 a request that names no stream resets all")
    void resetsAll() {
        a.receive(tagOfA, data(0, 1, 0));
        a.receive(tagOfA, data(1, 2, 0));
        a.receive(
                tagOfA,
                new ReConfigChunk(List.of(
                        new OutgoingSsnResetRequest(initialTsnOfZ, initialTsnOfA - 1, initialTsnOfZ + 1, new int[0]))));
        a.receive(tagOfA, data(2, 1, 0));
        a.receive(tagOfA, data(3, 2, 0));
        assertEquals(List.of("0", "1"), a.texts());
        assertEquals(1, a.events().size());
        assertEquals(List.of("2", "3"), a.texts());
    }

    @Test
    @DisplayName("C167 both sides reset the same stream at once")
    void resetsBothWays() {
        a.association.resetStreams(new int[] {1}, a.now);
        z.association.resetStreams(new int[] {1}, z.now);
        List<ByteBuffer> fromA = a.all();
        List<ByteBuffer> fromZ = z.all();
        a.receive(fromZ);
        z.receive(fromA);
        ladder.exchange();
        assertEquals(2, a.events().size());
        assertEquals(2, z.events().size());
        a.send(1, "again");
        z.send(1, "and again");
        ladder.exchange();
        assertEquals(List.of("again"), z.texts());
        assertEquals(List.of("and again"), a.texts());
    }

    @Test
    @DisplayName("C170 thousands of resets leave nothing behind")
    void resetsThousandsOfTimes() {
        for (int i = 0; i < 5_000; i++) {
            int stream = i % 7;
            a.send(stream, "message " + i);
            a.association.resetStreams(new int[] {stream}, a.now);
            ladder.run(20 * Peer.MILLI);
            assertEquals(List.of("message " + i), z.texts());
            assertEquals(1, z.events().size());
            assertTrue(a.events().stream().anyMatch(SctpEvent.OutgoingStreamsReset.class::isInstance));
        }
        assertEquals(0, a.association.metrics().bufferedBytes());
        assertEquals(0, z.association.metrics().heldBytes());
    }

    @Test
    @DisplayName("wrong use is told")
    void refuses() {
        assertThrows(IllegalArgumentException.class, () -> a.association.resetStreams(new int[] {-1}, a.now));
        assertThrows(IllegalStateException.class, () -> new Peer(5).association.resetStreams(new int[] {1}, 1));
    }

    private Chunk data(int number, int stream, int ssn) {
        byte[] text = {(byte) ('0' + number)};
        return new DataChunk(3, initialTsnOfZ + number, stream, ssn, 51, ByteBuffer.wrap(text), 0, 1);
    }

    private static ByteBuffer lastOf(Peer peer) {
        List<ByteBuffer> packets = peer.all();
        return packets.get(packets.size() - 1);
    }

    private static OutgoingSsnResetRequest request(ByteBuffer packet) {
        return (OutgoingSsnResetRequest)
                Peer.first(ReConfigChunk.class, packet).parameters().get(0);
    }

    private static long response(ByteBuffer packet) {
        return ((ReConfigurationResponse)
                        Peer.first(ReConfigChunk.class, packet).parameters().get(0))
                .result();
    }

    private static void assertReset(List<SctpEvent> events, Class<? extends SctpEvent> type, int stream) {
        List<SctpEvent> resets = events.stream().filter(type::isInstance).toList();
        assertEquals(1, resets.size());
        int[] ids = resets.get(0) instanceof SctpEvent.IncomingStreamsReset in
                ? in.streamIds()
                : resets.get(0) instanceof SctpEvent.OutgoingStreamsReset out
                        ? out.streamIds()
                        : ((SctpEvent.OutgoingResetFailed) resets.get(0)).streamIds();
        assertArrayEquals(new int[] {stream}, ids);
    }
}
