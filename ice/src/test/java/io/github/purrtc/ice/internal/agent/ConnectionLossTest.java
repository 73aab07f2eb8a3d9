package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.CandidatePairState;
import io.github.purrtc.ice.CandidatePairStats;
import io.github.purrtc.ice.IceProtocol;
import io.github.purrtc.ice.IceRole;
import io.github.purrtc.ice.IceTransportState;
import io.github.purrtc.ice.TcpType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Random;

import static io.github.purrtc.ice.internal.agent.SimulatedNetwork.MILLI;
import static io.github.purrtc.ice.internal.agent.SimulatedNetwork.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The agent is told of each TCP connection that ends: A connects, Z is connected to. */
class ConnectionLossTest {
    private SimulatedNetwork network;
    private SimulatedTcp tcp;
    private Peer a;
    private Peer z;

    @BeforeEach
    void begin() {
        network = new SimulatedNetwork(1);
        network.minDelay = 10 * MILLI;
        tcp = new SimulatedTcp(new Random(4));
        network.tcp = tcp;
        a = new Peer("A", network, 2);
        z = new Peer("Z", network, 3);
        a.tcp(TcpType.ACTIVE, "10.0.0.1", 9);
        z.tcp(TcpType.PASSIVE, "10.0.0.2", 2000);
        a.sockets.forEach(socket -> tcp.host(socket.getAddress(), socket.getAddress()));
        z.sockets.forEach(socket -> tcp.host(socket.getAddress(), socket.getAddress()));
    }

    private void connect(IceRole roleOfA) {
        a.start(roleOfA, z);
        z.start(roleOfA.opposite(), a);
        a.learnAll(z);
        z.learnAll(a);
        assertTrue(network.runUntil(() -> a.selected() != null && z.selected() != null, 3 * SECOND));
        network.runFor(SECOND);
    }

    private void resetAll() {
        InetSocketAddress ofA = z.selected().remoteAddress();
        tcp.reset();
        a.agent.connectionLost(0, z.sockets.get(0), network.now);
        z.agent.connectionLost(0, ofA, network.now);
        a.drain();
        z.drain();
    }

    private List<CandidatePairStats> pairs(Peer peer) {
        return peer.agent.pairStats(network.now, Instant.EPOCH);
    }

    private long sentByTcp() {
        return network.sent.stream()
                .filter(each -> each.from().equals(a.sockets.get(0)))
                .count();
    }

    @Test
    void aConnectionThatCannotBeMadeFailsItsPairAtOnceAndForGood() {
        network.tcp = null;
        a.start(IceRole.CONTROLLING, z);
        a.learnAll(z);
        assertEquals(CandidatePairState.IN_PROGRESS, pairs(a).get(0).state());
        a.agent.connectionLost(0, z.sockets.get(0), network.now);
        a.drain();
        assertEquals(CandidatePairState.FAILED, pairs(a).get(0).state());
        assertEquals(IceTransportState.CHECKING, a.state(), "the peer may still come");
        network.runFor(60 * SECOND);
        assertEquals(1, sentByTcp());
        assertEquals(IceTransportState.FAILED, a.state());
    }

    @Test
    void aConnectionThatHasWorkedIsMadeAnewAtOnce() {
        for (IceRole role : IceRole.values()) {
            begin();
            connect(role);
            InetSocketAddress before = z.selected().remoteAddress();
            resetAll();
            assertEquals(IceTransportState.DISCONNECTED, a.state());
            assertEquals(IceTransportState.DISCONNECTED, z.state());
            assertTrue(network.runUntil(() -> a.isConnected() && z.isConnected(), SECOND), () -> "A " + a.states);
            assertNotEquals(before, z.selected().remoteAddress());
            network.runFor(60 * SECOND);
            assertTrue(a.isConnected() && z.isConnected());
        }
    }

    @Test
    void whoConnectsHasNothingLeftWhenThatIsRefusedAndWhoIsConnectedToWaits() {
        connect(IceRole.CONTROLLING);
        resetAll();
        a.agent.connectionLost(0, z.sockets.get(0), network.now);
        a.drain();
        assertEquals(IceTransportState.FAILED, a.state());
        network.runFor(20 * SECOND);
        assertEquals(IceTransportState.DISCONNECTED, z.state());
        network.runFor(11 * SECOND);
        assertEquals(IceTransportState.FAILED, z.state());
    }

    @Test
    void anotherPairTakesItsPlaceAtOnce() {
        a.host("10.0.1.1", 1001);
        z.host("10.0.1.2", 2001);
        network.blocked = datagram -> datagram.to().getPort() > 1000
                && datagram.to().getPort() < 2002
                && datagram.to().getPort() != 2000;
        connect(IceRole.CONTROLLING);
        assertEquals(IceProtocol.TCP, a.agent.selectedPair().local().protocol());
        network.blocked = datagram -> false;
        tcp.reset();
        network.tcp = null;
        resetAll();
        assertTrue(network.runUntil(() -> a.isConnected() && z.isConnected(), SECOND), () -> "A " + a.states);
        assertEquals(IceProtocol.UDP, a.agent.selectedPair().local().protocol());
    }

    /** What came before the description, by a connection that is no more, leads to nothing. */
    @Test
    void whatCameEarlyByItIsForgotten() {
        a.start(IceRole.CONTROLLING, z);
        a.learnAll(z);
        network.runFor(SECOND);
        tcp.reset();
        z.agent.connectionLost(0, new InetSocketAddress("10.0.0.1", 40_000), network.now);
        z.start(IceRole.CONTROLLED, a);
        assertEquals(List.of(), pairs(z));
    }
}
