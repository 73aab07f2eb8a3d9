package io.github.purrtc.ice;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a transport counts, and that a restart loses nothing, on sockets of its own and on a common port. */
class IceTransportStatsTest {

    private static NetworkOptions options(boolean commonPort) throws Exception {
        NetworkOptions options = NetworkOptions.defaults();
        return commonPort ? options.withPorts(CommonPorts.udp(FreePort.find())) : options;
    }

    private static void connect(Peer a, Peer z) throws Exception {
        for (Peer peer : new Peer[] {a, z}) {
            peer.gather();
        }
        Peer.connect(a, z);
    }

    private static void send(Peer from, Peer to, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            byte[] datagram = {30, (byte) i, 7};
            LoopCalls.run(from.loop, () -> {
                from.transport.write(datagram, 0, datagram.length);
                from.transport.flush();
            });
            assertArrayEquals(datagram, to.datagrams.poll(10, TimeUnit.SECONDS));
        }
    }

    private static IceTransportStats stats(Peer peer) throws Exception {
        return LoopCalls.call(peer.loop, peer.transport::stats);
    }

    private static CandidatePairStats selected(IceTransportStats stats) {
        return stats.pairs().stream()
                .filter(CandidatePairStats::selected)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void packetsBytesAndChecksAreCounted(boolean commonPort) throws Exception {
        try (Network network = Network.open(options(commonPort));
                Network other = Network.open(options(commonPort))) {
            Peer a = new Peer(network.nextLoop(), Peer.loopback());
            Peer z = new Peer(other.nextLoop(), Peer.loopback());
            connect(a, z);
            send(a, z, 5);
            send(z, a, 2);
            IceTransportStats ofA = stats(a);
            CandidatePairStats pair = selected(ofA);
            assertEquals(a.transport.selectedPair(), pair.pair());
            assertEquals(CandidatePairState.SUCCEEDED, pair.state());
            assertTrue(pair.nominated());
            assertEquals(5, pair.packetsSent());
            assertEquals(15, pair.bytesSent());
            assertEquals(2, pair.packetsReceived());
            assertEquals(6, pair.bytesReceived());
            assertNotNull(pair.lastPacketSent());
            assertNotNull(pair.lastPacketReceived());
            assertTrue(pair.requestsSent() >= 2, "a check and a nomination");
            assertTrue(pair.responsesReceived() >= 2);
            assertEquals(pair.requestsReceived(), pair.responsesSent());
            assertTrue(pair.totalRoundTripNanos() >= pair.currentRoundTripNanos());
            assertTrue(pair.currentRoundTripNanos() > 0);
            assertEquals(0, pair.consentRequestsSent());
            assertEquals(5, ofA.packetsSent());
            assertEquals(6, ofA.bytesReceived());
            assertTrue(ofA.selectedPairChanges() >= 1);
            assertTrue(ofA.localCandidates().containsAll(a.gatherer.localCandidates()));
            assertTrue(ofA.remoteCandidates().containsAll(z.gatherer.localCandidates()));
            assertEquals(IceRole.CONTROLLED, stats(z).role());
            a.stop();
            z.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void restartsLoseNothing(boolean commonPort) throws Exception {
        try (Network network = Network.open(options(commonPort));
                Network other = Network.open(options(commonPort))) {
            Peer a = new Peer(network.nextLoop(), Peer.loopback());
            Peer z = new Peer(other.nextLoop(), Peer.loopback());
            connect(a, z);
            for (int i = 0; i < 5; i++) {
                String before = a.gatherer.localParameters().usernameFragment();
                a.restart();
                assertNotEquals(before, a.gatherer.localParameters().usernameFragment());
                send(a, z, 1);
                z.restart();
                send(z, a, 1);
                z.start(IceRole.CONTROLLED, a);
                z.learnCandidatesOf(a);
                send(z, a, 1);
                a.start(IceRole.CONTROLLING, z);
                a.learnCandidatesOf(z);
                String fragment = a.gatherer.localParameters().usernameFragment();
                for (Peer peer : new Peer[] {a, z}) {
                    peer.awaitState(IceTransportState.COMPLETED);
                }
                send(a, z, 1);
                send(z, a, 1);
                assertEquals(fragment, stats(a).localUsernameFragment());
            }
            assertEquals(10, stats(a).packetsSent());
            assertEquals(15, stats(a).packetsReceived());
            a.stop();
            z.stop();
        }
    }
}
