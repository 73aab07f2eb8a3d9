package io.github.purrtc;

import io.github.purrtc.ice.CandidatePair;
import io.github.purrtc.testing.Await;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** webrtc-pc §4.4.2, restartIce: new credentials on both sides, the same DTLS, SCTP and channels. */
class IceRestartTest {
    private static final Pattern FRAGMENT = Pattern.compile("a=ice-ufrag:(\\S+)");

    private final BlockingQueue<String> echoes = new LinkedBlockingQueue<>();

    private DataChannel connect(PeerPair pair) {
        pair.z.onDataChannel(channel -> channel.onMessage(channel::send));
        DataChannel channel = pair.a.createDataChannel("cat-noises");
        channel.onMessage(message -> echoes.add(message.text()));
        CountDownLatch open = new CountDownLatch(1);
        channel.onOpen(open::countDown);
        pair.connect();
        PeerPair.await(open, "the channel's opening");
        return channel;
    }

    private void assertEcho(DataChannel channel, String text) throws InterruptedException {
        channel.send(text);
        assertEquals(text, echoes.poll(PeerPair.LIMIT_SECONDS, TimeUnit.SECONDS));
    }

    private static String fragment(SessionDescription description) {
        assertNotNull(description);
        Matcher matcher = FRAGMENT.matcher(description.sdp());
        assertTrue(matcher.find());
        return matcher.group(1);
    }

    @Test
    void bothSidesTakeNewCredentialsAndTheChannelStaysOpen() throws Exception {
        try (PeerPair pair = new PeerPair()) {
            DataChannel channel = connect(pair);
            List<CandidatePair> selections = new CopyOnWriteArrayList<>();
            pair.a.onSelectedCandidatePairChange(selections::add);
            AtomicInteger needed = new AtomicInteger();
            pair.a.onNegotiationNeeded(needed::incrementAndGet);
            String ofA = fragment(pair.a.localDescription());
            String ofZ = fragment(pair.z.localDescription());
            pair.a.restartIce();
            Await.until("negotiation is needed", () -> needed.get() == 1);
            SessionDescription offer = PeerPair.get(pair.a.createOffer());
            assertNotEquals(ofA, fragment(offer));
            assertEquals(fragment(offer), fragment(PeerPair.get(pair.a.createOffer())));
            PeerPair.get(pair.a.setLocalDescription(PeerPair.get(pair.a.createOffer())));
            assertEcho(channel, "while the offer is out");
            PeerPair.get(pair.z.setRemoteDescription(pair.a.localDescription()));
            assertEcho(channel, "while Z thinks");
            PeerPair.get(pair.z.setLocalDescription());
            assertNotEquals(ofZ, fragment(pair.z.localDescription()));
            assertEcho(channel, "while the answer is on its way");
            PeerPair.get(pair.a.setRemoteDescription(pair.z.localDescription()));
            Await.until("a restarted A", () -> pair.a.iceConnectionState() == IceConnectionState.COMPLETED);
            Await.until("a restarted Z", () -> pair.z.iceConnectionState() == IceConnectionState.COMPLETED);
            assertEcho(channel, "afterwards");
            assertEquals(DataChannelState.OPEN, channel.readyState());
            assertEquals(1, needed.get());
            // The offer that follows restarts nothing.
            assertEquals(fragment(pair.a.localDescription()), fragment(PeerPair.get(pair.a.createOffer())));
            assertFalse(selections.contains(null));
        }
    }

    /** What the peer before sends would take part in the new one's DTLS handshake. */
    @Test
    void thePathToThePeerBeforeIsLeftWithAnotherPeersAnswer() throws Exception {
        try (PeerPair pair = new PeerPair();
                PeerConnection other = new PeerConnection(
                        Configuration.builder().includeLoopback(true).build())) {
            DataChannel channel = connect(pair);
            PeerPair.get(pair.a.setLocalDescription(PeerPair.get(pair.a.createOffer(OfferOption.ICE_RESTART))));
            assertEcho(channel, "until there is an answer");
            assertNotNull(pair.a.selectedCandidatePair());
            PeerPair.get(other.setRemoteDescription(withoutCandidates(pair.a.localDescription())));
            PeerPair.get(other.setLocalDescription());
            PeerPair.get(pair.a.setRemoteDescription(withoutCandidates(other.localDescription())));
            RtcSctpTransport sctp = pair.a.sctp();
            assertNotNull(sctp);
            assertNull(sctp.transport().iceTransport().selectedCandidatePair());
            assertNull(pair.a.selectedCandidatePair());
            assertEquals(IceConnectionState.CHECKING, pair.a.iceConnectionState());
        }
    }

    private static SessionDescription withoutCandidates(SessionDescription description) {
        assertNotNull(description);
        return new SessionDescription(
                description.type(), description.sdp().replaceAll("a=(candidate:|end-of-candidates)[^\r]*\r\n", ""));
    }

    @Test
    void theAnsweringSideCanRestartToo() throws Exception {
        try (PeerPair pair = new PeerPair()) {
            DataChannel channel = connect(pair);
            for (int i = 0; i < 3; i++) {
                PeerConnection first = i % 2 == 0 ? pair.z : pair.a;
                PeerConnection second = i % 2 == 0 ? pair.a : pair.z;
                String before = fragment(second.localDescription());
                first.restartIce();
                PeerPair.get(first.setLocalDescription());
                PeerPair.get(second.setRemoteDescription(first.localDescription()));
                PeerPair.get(second.setLocalDescription());
                PeerPair.get(first.setRemoteDescription(second.localDescription()));
                assertNotEquals(before, fragment(second.localDescription()));
                assertEcho(channel, "restart " + i);
            }
            // An end of candidates that came before its description was not for this generation: not completed,
            // perhaps.
            Await.until("A", () -> pair.a.connectionState() == PeerConnectionState.CONNECTED);
        }
    }

    @Test
    void aRestartSurvivesARollback() throws Exception {
        try (PeerPair pair = new PeerPair()) {
            DataChannel channel = connect(pair);
            String before = fragment(pair.a.localDescription());
            pair.a.restartIce();
            PeerPair.get(pair.a.setLocalDescription());
            assertNotEquals(before, fragment(pair.a.localDescription()));
            PeerPair.get(pair.a.setLocalDescription(new SessionDescription(SdpType.ROLLBACK, "")));
            assertEquals(before, fragment(pair.a.localDescription()));
            assertEcho(channel, "rolled back");
            // An offer of Z's without a restart keeps what is; A's wish stays.
            PeerPair.get(pair.z.setLocalDescription());
            PeerPair.get(pair.a.setRemoteDescription(pair.z.localDescription()));
            PeerPair.get(pair.a.setLocalDescription());
            assertEquals(before, fragment(pair.a.localDescription()));
            PeerPair.get(pair.z.setRemoteDescription(pair.a.localDescription()));
            assertNotEquals(before, fragment(PeerPair.get(pair.a.createOffer())));
            assertEcho(channel, "still there");
        }
    }

    @Test
    void beforeTheFirstNegotiationThereIsNothingToRestart() {
        try (PeerPair pair = new PeerPair()) {
            AtomicInteger needed = new AtomicInteger();
            pair.a.onNegotiationNeeded(needed::incrementAndGet);
            pair.a.restartIce();
            pair.a.close();
            pair.a.restartIce();
            assertEquals(0, needed.get());
        }
    }

    @Test
    void connectedIsToldBeforeCompleted() {
        List<IceConnectionState> states = new CopyOnWriteArrayList<>();
        try (PeerPair pair = new PeerPair()) {
            pair.a.onIceConnectionStateChange(states::add);
            connect(pair);
            Await.until("completed", () -> states.contains(IceConnectionState.COMPLETED));
            assertEquals(
                    List.of(IceConnectionState.CHECKING, IceConnectionState.CONNECTED, IceConnectionState.COMPLETED),
                    states);
            assertNotNull(pair.a.selectedCandidatePair());
        }
    }

    @Test
    void aLiteSideAnswersAndSendsNoChecks() throws Exception {
        Configuration lite =
                Configuration.builder().includeLoopback(true).iceLite(true).build();
        Configuration full = Configuration.builder().includeLoopback(true).build();
        try (PeerConnection a = new PeerConnection(full);
                PeerConnection z = new PeerConnection(lite)) {
            a.onIceCandidate(z::addIceCandidate);
            z.onIceCandidate(a::addIceCandidate);
            z.onDataChannel(channel -> channel.onMessage(channel::send));
            DataChannel channel = a.createDataChannel("cat-noises");
            channel.onMessage(message -> echoes.add(message.text()));
            channel.onOpen(() -> channel.send("meow"));
            PeerPair.get(a.setLocalDescription());
            PeerPair.get(z.setRemoteDescription(a.localDescription()));
            PeerPair.get(z.setLocalDescription());
            assertTrue(z.localDescription().sdp().contains("a=ice-lite"));
            PeerPair.get(a.setRemoteDescription(z.localDescription()));
            assertEquals("meow", echoes.poll(PeerPair.LIMIT_SECONDS, TimeUnit.SECONDS));
        }
    }
}
