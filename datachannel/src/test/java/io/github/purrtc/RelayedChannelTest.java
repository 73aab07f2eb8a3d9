package io.github.purrtc;

import io.github.purrtc.ice.Candidate;
import io.github.purrtc.ice.CandidateType;
import io.github.purrtc.ice.IceCandidateError;
import io.github.purrtc.ice.IceServer;
import io.github.purrtc.ice.IceTransportPolicy;
import io.github.purrtc.testing.Await;
import io.github.purrtc.testing.Coturn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Data channels through a real coturn, where it is installed (with {@code CI=true} it has to be). */
@Timeout(60)
class RelayedChannelTest {
    private static final int BULK_BYTES = 4 << 20;

    @TempDir
    Path folder;

    private Coturn coturn;

    private void startCoturn() throws Exception {
        coturn = Coturn.start(folder, "--user=zoe:other");
    }

    @AfterEach
    void stopCoturn() {
        if (coturn != null) {
            coturn.close();
        }
    }

    private Configuration.Builder relayed(String transport, String password) {
        return relayed(transport, Coturn.USERNAME, password);
    }

    private Configuration.Builder relayed(String transport, String username, String password) {
        return Configuration.builder()
                .iceServers(List.of(new IceServer(List.of(coturn.url(transport)), username, password)))
                .iceTransportPolicy(IceTransportPolicy.RELAY)
                .gathering(options -> options.addressFilter(
                        address -> address.getHostAddress().equals("127.0.0.1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void bulkPassesBothWaysAndNothingElseIsTold(String transport) throws Exception {
        startCoturn();
        List<String> told = new CopyOnWriteArrayList<>();
        try (PeerPair pair = new PeerPair(relayed(transport, Coturn.PASSWORD).build())) {
            DataChannel channel = pair.a.createDataChannel("relayed");
            AtomicLong atA = new AtomicLong();
            AtomicLong atZ = new AtomicLong();
            pair.z.onDataChannel(incoming -> incoming.onMessage(message -> {
                atZ.addAndGet(message.size());
                incoming.send(message.data());
            }));
            channel.onMessage(message -> atA.addAndGet(message.size()));
            pair.connect();
            Await.until("open", () -> channel.readyState() == DataChannelState.OPEN);
            byte[] part = new byte[64 << 10];
            Arrays.fill(part, (byte) 7);
            for (int sent = 0; sent < BULK_BYTES; sent += part.length) {
                channel.send(ByteBuffer.wrap(part));
            }
            Await.until("all there and back, " + atZ + " and " + atA, () -> atA.get() == BULK_BYTES);
            told.add(pair.a.localDescription().sdp());
            told.add(pair.z.localDescription().sdp());
            assertTrue(pair.a.selectedCandidatePair().isRelayed());
        }
        for (String sdp : told) {
            List<Candidate> candidates = sdp.lines()
                    .filter(line -> line.startsWith("a=candidate:"))
                    .map(Candidate::parse)
                    .toList();
            assertEquals(1, candidates.size(), sdp);
            assertEquals(CandidateType.RELAYED, candidates.get(0).type());
            assertEquals("0.0.0.0", candidates.get(0).relatedAddress());
        }
    }

    @Test
    void aServerKilledInTheMiddleFailsTheConnection() throws Exception {
        startCoturn();
        List<IceCandidateError> errors = new CopyOnWriteArrayList<>();
        try (PeerPair pair = new PeerPair(relayed("tcp", Coturn.PASSWORD).build())) {
            pair.a.onIceCandidateError(errors::add);
            DataChannel channel = pair.a.createDataChannel("relayed");
            pair.connect();
            Await.until("open", () -> channel.readyState() == DataChannelState.OPEN);
            coturn.kill();
            Await.until("failed", () -> pair.a.connectionState() == PeerConnectionState.FAILED);
            assertEquals(701, errors.get(0).errorCode());
        }
    }

    @Test
    void aWrongPasswordIsTold() throws Exception {
        startCoturn();
        List<IceCandidateError> errors = new CopyOnWriteArrayList<>();
        try (PeerPair pair = new PeerPair(relayed("udp", "wrong").build())) {
            pair.a.onIceCandidateError(errors::add);
            pair.a.createDataChannel("relayed");
            pair.connect();
            Await.until("the error", () -> !errors.isEmpty());
            assertEquals(401, errors.get(0).errorCode());
            Assertions.assertFalse(errors.toString().contains("wrong"));
        }
    }

    /** T10: what setConfiguration says counts from the next ICE restart on. */
    @Test
    void otherCredentialsAreUsedFromARestartOn() throws Exception {
        startCoturn();
        try (PeerPair pair = new PeerPair(relayed("udp", Coturn.PASSWORD).build())) {
            DataChannel channel = pair.a.createDataChannel("relayed");
            AtomicLong echoed = new AtomicLong();
            pair.z.onDataChannel(incoming -> incoming.onMessage(incoming::send));
            channel.onMessage(message -> echoed.incrementAndGet());
            pair.connect();
            Await.until("open", () -> channel.readyState() == DataChannelState.OPEN);
            String before = pair.a.selectedCandidatePair().local().toString();
            Configuration next = relayed("udp", "zoe", "other").build();
            pair.a.setConfiguration(next);
            pair.z.setConfiguration(next);
            channel.send("before");
            Await.until("the echo before", () -> echoed.get() == 1);
            assertFalse(coturn.log().contains("<zoe>"), "nothing is gathered before the restart");
            pair.a.restartIce();
            pair.connect();
            Await.until(
                    "moved",
                    () -> !pair.a.selectedCandidatePair().local().toString().equals(before)
                            && pair.a.iceConnectionState() == IceConnectionState.COMPLETED);
            channel.send("after");
            Await.until("the echo after", () -> echoed.get() == 2);
            Await.until("the old ones are given back", () -> coturn.log().contains("username=<mia>, lifetime=0"));
            assertEquals(DataChannelState.OPEN, channel.readyState());
        }
    }

    @Test
    void aRestartForRelaysAloneTellsNothingElse() throws Exception {
        startCoturn();
        Configuration relayed = relayed("udp", Coturn.PASSWORD).build();
        Configuration all = relayed("udp", Coturn.PASSWORD)
                .iceTransportPolicy(IceTransportPolicy.ALL)
                .build();
        try (PeerPair pair = new PeerPair(all)) {
            DataChannel channel = pair.a.createDataChannel("relayed");
            pair.connect();
            Await.until("open", () -> channel.readyState() == DataChannelState.OPEN);
            assertFalse(pair.a.selectedCandidatePair().isRelayed());
            pair.a.setConfiguration(relayed);
            pair.a.restartIce();
            assertFalse(PeerPair.get(pair.a.createOffer()).sdp().contains("typ host"));
            pair.connect();
            Await.until("relayed", () -> pair.a.selectedCandidatePair().isRelayed());
            assertFalse(pair.a.localDescription().sdp().contains("typ host"));
            assertTrue(pair.a.localDescription().sdp().contains("typ relay"));
        }
    }

    /** An offer stays good when the configuration changes before it is set. */
    @Test
    void aPoolOfOtherServersLeavesTheOfferAsItIs() throws Exception {
        startCoturn();
        try (PeerPair pair = new PeerPair(
                relayed("udp", Coturn.PASSWORD).iceCandidatePoolSize(1).build())) {
            DataChannel channel = pair.a.createDataChannel("pooled");
            SessionDescription offer = PeerPair.get(pair.a.createOffer());
            pair.a.setConfiguration(
                    relayed("udp", "zoe", "other").iceCandidatePoolSize(1).build());
            pair.trickle();
            PeerPair.get(pair.z.setRemoteDescription(offer));
            PeerPair.get(pair.a.setLocalDescription(offer));
            SessionDescription answer = PeerPair.get(pair.z.createAnswer());
            PeerPair.get(pair.a.setRemoteDescription(answer));
            PeerPair.get(pair.z.setLocalDescription(answer));
            Await.until("open", () -> channel.readyState() == DataChannelState.OPEN);
            assertTrue(coturn.log().contains("<zoe>"));
        }
    }

    @Test
    void aPoolIsGatheredAheadAndToldLater() throws Exception {
        startCoturn();
        List<String> told = new CopyOnWriteArrayList<>();
        try (PeerPair pair = new PeerPair(
                relayed("udp", Coturn.PASSWORD).iceCandidatePoolSize(1).build())) {
            pair.a.onIceCandidate(candidate -> told.add(String.valueOf(candidate)));
            Await.until("an allocation for each", () -> coturn.logged("ALLOCATE processed, success") >= 2);
            assertEquals(List.of(), told);
            DataChannel channel = pair.a.createDataChannel("pooled");
            pair.connect();
            Await.until("open", () -> channel.readyState() == DataChannelState.OPEN);
        }
    }
}
