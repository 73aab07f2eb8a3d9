package io.github.purrtc;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static io.github.purrtc.PeerPair.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** {@code a=sctp-init}: draft-hancke-tsvwg-snap §5, between two connections. */
class SctpInitTest {
    private static final Pattern INIT = Pattern.compile("a=sctp-init:([^\r\n]*)\r\n");
    private static final String NONE = "";
    /** The example of the draft: an INIT that nobody here has sent. */
    private static final String FOREIGN = "AQAAHols3R0AUAAA/////+B5ZR3AAAAEgAgABoLA";

    @TempDir
    private Path folder;

    private PeerPair pair;
    private Path logsOfA;
    private Path logsOfZ;

    @BeforeEach
    void makeFolders() throws IOException {
        logsOfA = Files.createDirectory(folder.resolve("a"));
        logsOfZ = Files.createDirectory(folder.resolve("z"));
    }

    @AfterEach
    void close() {
        if (pair != null) {
            pair.close();
        }
    }

    private PeerPair pair(boolean ofA, boolean ofZ) {
        pair = new PeerPair(connection(ofA, logsOfA), connection(ofZ, logsOfZ));
        return pair;
    }

    private static PeerConnection connection(boolean sctpInit, Path logs) {
        return WebRtc.shared()
                .peerConnection(Configuration.builder()
                        .includeLoopback(true)
                        .sctpInit(sctpInit)
                        .packetLog(logs)
                        .build());
    }

    private static String init(SessionDescription description) {
        Matcher matcher = INIT.matcher(Objects.requireNonNull(description).sdp());
        return matcher.find() ? matcher.group(1) : NONE;
    }

    private static SessionDescription with(String init, SessionDescription description) {
        String without = INIT.matcher(description.sdp()).replaceAll("");
        String sdp = init.isEmpty() ? without : without + "a=sctp-init:" + init + "\r\n";
        return new SessionDescription(description.type(), sdp);
    }

    /** A message from A and one back, on a channel that A makes. */
    private static void talk(PeerPair pair, Runnable connect) {
        CountDownLatch answered = new CountDownLatch(1);
        pair.z.onDataChannel(channel -> channel.onMessage(message -> channel.send("purr")));
        DataChannel channel = pair.a.createDataChannel("talk");
        channel.onMessage(message -> answered.countDown());
        channel.onOpen(() -> channel.send("meow"));
        connect.run();
        PeerPair.await(answered, "the answer");
    }

    private void requireHandshake(boolean expected) {
        for (Path logs : List.of(logsOfA, logsOfZ)) {
            List<SctpPackets.Packet> packets = SctpPackets.in(logs);
            assertEquals(
                    expected, packets.stream().anyMatch(SctpPackets.Packet::isHandshake), () -> logs + ": " + packets);
        }
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    @DisplayName("only where both are for it there is no handshake")
    void needsBoth(boolean ofA, boolean ofZ) {
        PeerPair both = pair(ofA, ofZ);
        talk(both, both::connect);
        String ofOffer = init(both.a.localDescription());
        String ofAnswer = init(both.z.localDescription());
        assertEquals(ofA, !ofOffer.isEmpty());
        assertEquals(ofA && ofZ, !ofAnswer.isEmpty());
        requireHandshake(!(ofA && ofZ));
        if (ofA && ofZ) {
            assertNotEquals(ofOffer, ofAnswer);
            // A -> DATA_CHANNEL_OPEN, the message -> Z: the first packet that there is.
            SctpPackets.Packet first = SctpPackets.in(logsOfA).get(0);
            assertTrue(first.outbound());
            assertEquals(List.of(50, 51), first.payloadProtocolIds());
        }
    }

    @Test
    void offIsTheDefault() {
        assertEquals(false, Configuration.DEFAULT.sctpInit());
    }

    @Test
    @DisplayName("offers that are made again have the same INIT, and what is agreed on later too")
    void staysTheSame() {
        PeerPair both = pair(true, true);
        both.a.createDataChannel("any");
        String created = init(get(both.a.createOffer()));
        assertEquals(created, init(get(both.a.createOffer())));
        talk(both, both::connect);
        String ofA = init(both.a.localDescription());
        String ofZ = init(both.z.localDescription());
        assertEquals(created, ofA);

        // A -> offer that restarts ICE -> Z
        talk(both, () -> renegotiate(both.a, both.z, OfferOption.ICE_RESTART));
        assertEquals(ofA, init(both.a.localDescription()));
        assertEquals(ofZ, init(both.z.localDescription()));
        // A <- offer <- Z
        renegotiate(both.z, both.a);
        assertEquals(ofA, init(both.a.localDescription()));
        assertEquals(ofZ, init(both.z.localDescription()));
        requireHandshake(false);
    }

    private static void renegotiate(PeerConnection from, PeerConnection to, OfferOption... options) {
        exchange(from, to, get(from.createOffer(options)), description -> description);
    }

    /**
     * Each description is set by the other side first: then candidates never come before it.
     *
     * @param way what happens to descriptions on their way
     */
    private static SessionDescription exchange(
            PeerConnection from, PeerConnection to, SessionDescription offer, UnaryOperator<SessionDescription> way) {
        get(to.setRemoteDescription(way.apply(offer)));
        get(from.setLocalDescription(offer));
        SessionDescription answer = get(to.createAnswer());
        get(from.setRemoteDescription(way.apply(answer)));
        get(to.setLocalDescription(answer));
        return answer;
    }

    @Test
    @DisplayName("a later offer with another INIT for the same association is refused, one without is not")
    void mustNotChange() {
        PeerPair both = pair(true, true);
        talk(both, both::connect);
        SessionDescription offer = get(both.a.createOffer());
        assertEquals(
                ErrorName.INVALID_ACCESS_ERROR,
                assertThrows(RtcException.class, () -> get(both.z.setRemoteDescription(with(FOREIGN, offer))))
                        .errorName());
        get(both.z.setRemoteDescription(with(NONE, offer)));
        assertEquals(NONE, init(get(both.z.createAnswer())));
        get(both.z.setLocalDescription());
        talk(both, () -> {});
        requireHandshake(false);
    }

    @Test
    @DisplayName("an association that began with a handshake gets no INIT later")
    void isNotAddedLater() {
        PeerPair both = pair(true, true);
        both.trickle();
        talk(both, () -> exchange(both.a, both.z, get(both.a.createOffer()), told -> with(NONE, told)));
        requireHandshake(true);
        SessionDescription offer = get(both.a.createOffer());
        assertEquals(NONE, init(offer));
        // Chromium offers one all the same.
        SessionDescription answer = exchange(both.a, both.z, offer, told -> with(FOREIGN, told));
        assertEquals(NONE, init(answer));
        talk(both, () -> {});
        assertEquals(NONE, init(get(both.a.createOffer())));
    }

    @Test
    @DisplayName("an INIT in an answer that nobody asked for means nothing")
    void isNotTakenUnasked() {
        PeerPair both = pair(false, false);
        both.trickle();
        talk(both, () -> exchange(both.a, both.z, get(both.a.createOffer()), told -> with(FOREIGN, told)));
        requireHandshake(true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // no base64, nothing, a DATA chunk, an INIT with a tag of 0, one that is cut
                "%%%%",
                "AAAA",
                "AAAAHols3R0AUAAA/////+B5ZR3AAAAEgAgABoLA",
                "AQAAHgAAAAAAUAAA/////+B5ZR3AAAAEgAgABoLA",
                "AQAAHols3R0AUAAA/////+B5ZR3A",
            })
    @DisplayName("what is no INIT is refused by who knows the attribute, in offer and answer, and else ignored")
    void refusesWhatIsNoInit(String value) {
        PeerPair both = pair(true, false);
        both.a.createDataChannel("any");
        SessionDescription offer = get(both.a.createOffer());
        get(both.z.setRemoteDescription(with(value, offer)));
        SessionDescription answer = get(both.z.createAnswer());
        assertEquals(NONE, init(answer));

        get(both.a.setLocalDescription(offer));
        assertRefused(both.a, with(value, answer));
        assertEquals(SignalingState.HAVE_LOCAL_OFFER, both.a.signalingState());
        get(both.a.setRemoteDescription(answer));
        assertEquals(SignalingState.STABLE, both.a.signalingState());

        try (PeerConnection third = connection(true, folder)) {
            assertRefused(third, with(value, offer));
            assertEquals(SignalingState.STABLE, third.signalingState());
        }
    }

    private static void assertRefused(PeerConnection connection, SessionDescription description) {
        RtcException refused =
                assertThrows(RtcException.class, () -> get(connection.setRemoteDescription(description)));
        assertEquals(ErrorName.INVALID_ACCESS_ERROR, refused.errorName());
        assertTrue(String.valueOf(refused.getMessage()).contains("sctp-init"), refused::getMessage);
    }

    @Test
    @DisplayName("an offer taken back for the peer's: each has one INIT, and both know which")
    void survivesARollback() {
        PeerPair both = pair(true, true);
        both.trickle();
        talk(both, () -> {
            both.z.createDataChannel("of z");
            get(both.z.setLocalDescription());
            // Z gives way.
            renegotiate(both.a, both.z);
        });
        requireHandshake(false);
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true"})
    @DisplayName("a provisional answer and the last one, either with or without: the association comes to be")
    void survivesAProvisionalAnswer(boolean provisional, boolean last) {
        PeerPair both = pair(true, true);
        both.trickle();
        talk(both, () -> {
            SessionDescription offer = get(both.a.createOffer());
            get(both.z.setRemoteDescription(offer));
            get(both.a.setLocalDescription(offer));
            String sdp = get(both.z.createAnswer()).sdp();
            SessionDescription first = new SessionDescription(SdpType.PRANSWER, sdp);
            get(both.a.setRemoteDescription(provisional ? first : with(NONE, first)));
            get(both.z.setLocalDescription(first));
            SessionDescription second = new SessionDescription(SdpType.ANSWER, sdp);
            get(both.a.setRemoteDescription(last ? second : with(NONE, second)));
            get(both.z.setLocalDescription(second));
        });
    }

    @Test
    @DisplayName("another peer in place of the first: again without a handshake, with that one's INIT")
    void anotherPeer(@TempDir Path logsOfSecond) {
        PeerPair first = pair(true, true);
        talk(first, first::connect);
        String before = init(first.z.localDescription());
        try (PeerConnection second = connection(true, logsOfSecond)) {
            PeerPair after = new PeerPair(first.a, second);
            after.trickle();
            renegotiate(first.a, second, OfferOption.ICE_RESTART);
            talk(after, () -> {});
            assertNotEquals(before, init(second.localDescription()));
            assertTrue(SctpPackets.in(logsOfSecond).stream().noneMatch(SctpPackets.Packet::isHandshake));
        }
    }

    @Test
    @DisplayName("another peer's offer in place of the first's: the answer has an INIT of its own")
    void anotherPeersOffer(@TempDir Path logsOfSecond) {
        PeerPair first = pair(true, true);
        talk(first, first::connect);
        String before = init(first.z.localDescription());
        try (PeerConnection second = connection(true, logsOfSecond)) {
            PeerPair after = new PeerPair(second, first.z);
            after.trickle();
            talk(after, () -> renegotiate(second, first.z));
            assertNotEquals(before, init(first.z.localDescription()));
            assertTrue(SctpPackets.in(logsOfSecond).stream().noneMatch(SctpPackets.Packet::isHandshake));
        }
    }
}
