package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.Candidate;
import io.github.purrtc.ice.CandidatePairStats;
import io.github.purrtc.ice.CandidateType;
import io.github.purrtc.ice.IceRole;
import io.github.purrtc.ice.IceTransportState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.function.Predicate;

import static io.github.purrtc.ice.internal.agent.SimulatedNetwork.MILLI;
import static io.github.purrtc.ice.internal.agent.SimulatedNetwork.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Selected pairs are left for better ones, and when they die. A is controlling. */
class MovingTest {

    private static final int FIRST = 0;
    private static final int SECOND_SOCKET = 1;

    private SimulatedNetwork network;
    private Peer a;
    private Peer z;

    @BeforeEach
    void makePeers() {
        network = new SimulatedNetwork(1);
        network.minDelay = 10 * MILLI;
        a = new Peer("A", network, 2);
        z = new Peer("Z", network, 3);
    }

    private void start() {
        a.start(IceRole.CONTROLLING, z);
        z.start(IceRole.CONTROLLED, a);
        a.learnAll(z);
        z.learnAll(a);
        assertTrue(network.runUntil(() -> a.isConnected() && z.isConnected(), 3 * SECOND));
    }

    private Predicate<SimulatedNetwork.Datagram> touches(Peer peer, int socketId) {
        InetSocketAddress address = peer.sockets.get(socketId);
        return d -> d.from().equals(address) || d.to().equals(address);
    }

    private boolean bothUse(int socketOfA) {
        IceEvent.PairSelected atA = a.selected();
        IceEvent.PairSelected atZ = z.selected();
        return atA != null
                && atZ != null
                && atA.socketId() == socketOfA
                && atZ.remoteAddress().equals(a.sockets.get(socketOfA));
    }

    @Test
    void fromARelayToAHostThatWorksLater() {
        a.host("10.0.0.1", 1000);
        a.relayed("203.0.113.1", 1);
        z.host("10.0.0.2", 2000);
        network.blocked = touches(a, FIRST);
        start();
        network.runFor(60 * SECOND);
        assertTrue(bothUse(SECOND_SOCKET));
        network.blocked = datagram -> false;
        assertTrue(network.runUntil(() -> bothUse(FIRST), 11 * SECOND));
        network.runFor(100 * SECOND);
        assertTrue(bothUse(FIRST));
        assertEquals(IceTransportState.COMPLETED, a.state());
        assertEquals(IceTransportState.COMPLETED, z.state());
    }

    private void twoPathsOfWhichTheLesserBecomesFast(Peer controlled) {
        z = controlled;
        a.host("10.0.0.1", 1000);
        a.host("10.0.1.1", 1001);
        z.host("10.0.0.2", 2000);
        start();
        assertTrue(network.runUntil(() -> bothUse(FIRST), SECOND));
        Predicate<SimulatedNetwork.Datagram> first = touches(a, FIRST);
        network.extraDelay = datagram -> first.test(datagram) ? 80 * MILLI : 0;
    }

    @Test
    void toALowerRoundTripWhereThePeerHasRenomination() {
        twoPathsOfWhichTheLesserBecomesFast(Peer.renominating("Z", network, 3));
        assertTrue(network.runUntil(() -> bothUse(SECOND_SOCKET), 120 * SECOND));
        int selections = (int) a.count(IceEvent.PairSelected.class);
        network.runFor(600 * SECOND);
        assertTrue(bothUse(SECOND_SOCKET));
        assertEquals(selections, a.count(IceEvent.PairSelected.class));
    }

    /** RFC 5245 §8.1.1.2: such a peer stays with the highest priority that was nominated. */
    @Test
    void notToALowerPriorityThatThePeerWouldNotFollow() {
        twoPathsOfWhichTheLesserBecomesFast(z);
        network.runFor(120 * SECOND);
        assertTrue(bothUse(FIRST));
    }

    @Test
    void nothingIsAskedWhereNothingCouldBeBetter() {
        network.minDelay = MILLI;
        a.host("10.0.0.1", 1000);
        a.host("10.0.1.1", 1001);
        z.host("10.0.0.2", 2000);
        start();
        network.runFor(5 * SECOND);
        int before = network.sent.size();
        network.runFor(600 * SECOND);
        assertTrue(network.sent.stream().skip(before).noneMatch(touches(a, SECOND_SOCKET)));
    }

    @Test
    void toAnotherPairWhenTheSelectedOneDies() {
        a.host("10.0.0.1", 1000);
        a.host("10.0.1.1", 1001);
        z.host("10.0.0.2", 2000);
        start();
        network.runFor(100 * SECOND);
        assertTrue(bothUse(FIRST));
        network.blocked = touches(a, FIRST);
        assertTrue(network.runUntil(() -> bothUse(SECOND_SOCKET), 12 * SECOND));
        network.runFor(100 * SECOND);
        assertTrue(a.isConnected() && z.isConnected());
        assertFalse(a.states.contains(IceTransportState.FAILED));
    }

    @Test
    void whenItsSocketIsGoneAtOnce() {
        a.host("10.0.0.1", 1000);
        a.host("10.0.1.1", 1001);
        z.host("10.0.0.2", 2000);
        start();
        network.runFor(100 * SECOND);
        a.loseSocket(FIRST);
        assertTrue(network.runUntil(() -> a.isConnected() && a.selected().socketId() == SECOND_SOCKET, SECOND));
        assertTrue(network.runUntil(() -> bothUse(SECOND_SOCKET), 10 * SECOND));
    }

    @Test
    void whenItsLastSocketIsGoneItFailsAtOnce() {
        a.host("10.0.0.1", 1000);
        z.host("10.0.0.2", 2000);
        start();
        a.loseSocket(FIRST);
        assertEquals(IceTransportState.FAILED, a.state());
        assertNull(a.agent.selectedPair());
        assertEquals(Long.MAX_VALUE, a.agent.nextTimeout());
    }

    @Test
    void whenNothingElseWorksItFailsAsSoonAsAllWasTried() {
        a.host("10.0.0.1", 1000);
        a.host("10.0.1.1", 1001);
        z.host("10.0.0.2", 2000);
        network.blocked = touches(a, SECOND_SOCKET);
        start();
        network.runFor(100 * SECOND);
        a.loseSocket(FIRST);
        assertEquals(IceTransportState.DISCONNECTED, a.state());
        assertTrue(network.runUntil(() -> a.state() == IceTransportState.FAILED, 30 * SECOND));
    }

    /** A's NAT gives it another address: Z, controlled, hears it from there and follows. */
    @Test
    void aControlledAgentFollowsAPeerWhoseAddressChanges() {
        InetSocketAddress seenLater = new InetSocketAddress("203.0.113.7", 7777);
        a.host("10.0.0.1", 1000);
        z.host("10.0.0.2", 2000);
        start();
        network.runFor(20 * SECOND);
        network.router = new SimulatedNetwork.Router() {
            @Override
            public InetSocketAddress outbound(InetSocketAddress from, InetSocketAddress to) {
                return from.equals(a.sockets.get(FIRST)) ? seenLater : from;
            }

            @Override
            public InetSocketAddress inbound(InetSocketAddress from, InetSocketAddress to) {
                return to.equals(a.sockets.get(FIRST)) ? null : to.equals(seenLater) ? a.sockets.get(FIRST) : to;
            }
        };
        assertTrue(network.runUntil(() -> z.selected().remoteAddress().equals(seenLater), 12 * SECOND));
        assertFalse(z.states.contains(IceTransportState.FAILED));
        network.runFor(60 * SECOND);
        assertTrue(a.isConnected() && z.isConnected());
    }

    @Test
    void aFirstPairIsUsedBeforeTheNominationIsThrough() {
        a.host("10.0.0.1", 1000);
        z.host("10.0.0.2", 2000);
        network.blocked = datagram -> HandMade.isNomination(datagram.bytes());
        a.start(IceRole.CONTROLLING, z);
        z.start(IceRole.CONTROLLED, a);
        a.learnAll(z);
        z.learnAll(a);
        assertTrue(network.runUntil(() -> a.isConnected() && z.isConnected(), SECOND));
        assertTrue(z.agent.pairStats(network.now, Instant.EPOCH).stream().noneMatch(CandidatePairStats::nominated));
        network.blocked = datagram -> false;
        assertTrue(network.runUntil(
                () -> z.agent.pairStats(network.now, Instant.EPOCH).stream().anyMatch(CandidatePairStats::nominated),
                2 * SECOND));
        assertEquals(1, a.count(IceEvent.PairSelected.class));
        assertEquals(1, z.count(IceEvent.PairSelected.class));
    }

    /** Data that is on its way would be lost where the peer's side is not ready. */
    @Test
    void afterARestartAControlledAgentHelpsItselfOnlyWhenItsPeerNeverNominates() {
        a.host("10.0.0.1", 1000);
        z.host("10.0.0.2", 2000);
        a.start(IceRole.CONTROLLING, z);
        z.start(IceRole.CONTROLLED, a);
        a.learnAll(z);
        z.learnAll(a);
        assertTrue(network.runUntil(() -> a.isConnected() && z.isConnected(), SECOND));
        network.blocked = datagram -> HandMade.isNomination(datagram.bytes());
        a.restart(1);
        z.restart(1);
        z.start(IceRole.CONTROLLED, a);
        a.start(IceRole.CONTROLLING, z);
        z.learnAll(a);
        a.learnAll(z);
        network.runFor(9 * SECOND);
        assertTrue(a.agent.isRestarting() && z.agent.isRestarting());
        assertTrue(network.runUntil(() -> !z.agent.isRestarting(), 2 * SECOND));
        network.blocked = datagram -> false;
        assertTrue(network.runUntil(() -> a.isConnected() && z.isConnected(), 30 * SECOND));
        assertNotEquals(IceTransportState.FAILED, a.state());
    }

    @Test
    void nobodyIsCheckingForEver() {
        a.host("10.0.0.1", 1000);
        z.host("10.0.0.2", 2000);
        // The offer's side never learns of the answer, yet is there and answers.
        z.start(IceRole.CONTROLLED, a);
        z.learnAll(a);
        network.runFor(3599 * SECOND);
        assertEquals(IceTransportState.CHECKING, z.state());
        network.runFor(2 * SECOND);
        assertEquals(IceTransportState.FAILED, z.state());
    }

    @Test
    void aLitePeerIsServed() {
        z = Peer.lite("Z", network, 3);
        a.host("10.0.0.1", 1000);
        z.host("10.0.0.2", 2000);
        // Both think that they are controlled; towards a lite agent the full one is controlling.
        a.start(IceRole.CONTROLLED, z);
        z.start(IceRole.CONTROLLED, a);
        a.learnAll(z);
        z.learnAll(a);
        assertTrue(network.runUntil(() -> a.isConnected() && z.isConnected(), SECOND));
        assertEquals(IceRole.CONTROLLING, a.agent.role());
        assertTrue(bothUse(FIRST));
        network.runFor(600 * SECOND);
        assertEquals(IceTransportState.COMPLETED, a.state());
        assertFalse(z.states.contains(IceTransportState.DISCONNECTED));
        assertTrue(network.sent.stream()
                .filter(d -> d.from().equals(z.sockets.get(0)))
                .noneMatch(d -> HandMade.isRequest(d.bytes())));
    }

    @Test
    void aLiteAgentNoticesThatItsPeerIsGone() {
        z = Peer.lite("Z", network, 3);
        a.host("10.0.0.1", 1000);
        z.host("10.0.0.2", 2000);
        start();
        a.frozen = true;
        assertTrue(network.runUntil(() -> z.state() == IceTransportState.DISCONNECTED, 9 * SECOND));
        a.frozen = false;
        assertTrue(network.runUntil(z::isConnected, 9 * SECOND));
        a.frozen = true;
        assertTrue(network.runUntil(() -> z.state() == IceTransportState.FAILED, 31 * SECOND));
    }

    @Test
    void twoLiteAgentsFindEachOtherBecauseOursCanCheck() {
        a = Peer.lite("A", network, 2);
        z = Peer.lite("Z", network, 3);
        a.host("10.0.0.1", 1000);
        z.host("10.0.0.2", 2000);
        start();
        assertTrue(bothUse(FIRST));
    }

    @Test
    void whatIsLostOfTheSelectionIsTold() {
        a.host("10.0.0.1", 1000);
        Candidate mapped = z.host("10.0.0.2", 2000);
        start();
        IceEvent.PairSelected selected = a.selected();
        assertNotNull(selected);
        assertEquals(mapped, selected.pair().remote());
        assertEquals(CandidateType.HOST, selected.pair().local().type());
    }
}
