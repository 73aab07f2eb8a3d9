package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.Candidate;
import io.github.purrtc.ice.CandidatePair;
import io.github.purrtc.ice.IceRole;
import io.github.purrtc.ice.IceTransportState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;

import static io.github.purrtc.ice.internal.agent.SimulatedNetwork.MILLI;
import static io.github.purrtc.ice.internal.agent.SimulatedNetwork.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** RFC 8445 §9: both sides take new credentials, and the pair in use stays in use until there is a new one. */
class RestartTest {

    private SimulatedNetwork network;
    private Peer a;
    private Peer z;

    @BeforeEach
    void connect() {
        network = new SimulatedNetwork(1);
        network.minDelay = 10 * MILLI;
        a = new Peer("A", network, 2);
        z = new Peer("Z", network, 3);
        a.host("10.0.0.1", 1000);
        z.host("10.0.0.2", 2000);
        a.start(IceRole.CONTROLLING, z);
        z.start(IceRole.CONTROLLED, a);
        a.learnAll(z);
        z.learnAll(a);
        runUntilConnected();
    }

    private void runUntilConnected() {
        assertTrue(
                network.runUntil(() -> a.isConnected() && z.isConnected(), 3 * SECOND),
                () -> "A " + a.states + ", Z " + z.states);
    }

    /** Offer and answer with new credentials; Z, which answers, can start at once. */
    private void restart(int number) {
        a.restart(number);
        z.restart(number);
        z.start(IceRole.CONTROLLED, a);
        z.learnAll(a);
        network.runFor(100 * MILLI);
        a.start(IceRole.CONTROLLING, z);
        a.learnAll(z);
    }

    private void assertDataPasses(Peer from, Peer to) {
        IceEvent.PairSelected path = from.selected();
        assertNotNull(path);
        int socket = to.sockets.indexOf(path.remoteAddress());
        assertEquals(PathState.VALID, to.agent.pathState(socket, from.sockets.get(path.socketId())));
    }

    @Test
    void aSocketThatIsToGoServesUntilThereIsAPairWithoutIt() {
        a.host("10.0.0.3", 1003);
        a.agent.leaveSocket(0, network.now);
        a.drain();
        assertTrue(a.agent.isLeaving(0));
        network.runFor(60 * SECOND);
        assertEquals(IceTransportState.COMPLETED, a.state());
        assertDataPasses(a, z);
        restart(1);
        assertEquals(0, a.selected().socketId(), "in use while the restart is under way");
        assertTrue(network.runUntil(() -> a.selected().socketId() == 1, 3 * SECOND));
        assertTrue(a.agent.pairStats(network.now, Instant.EPOCH).stream()
                .allMatch(each -> each.pair().local().port() == 1003));
        assertDataPasses(a, z);
        assertEquals(0, a.count(IceEvent.SocketForgotten.class), "the peer may not have noticed yet");
        network.runFor(10 * SECOND);
        assertTrue(a.events.contains(new IceEvent.SocketForgotten(0)));
        assertEquals(1, a.count(IceEvent.SocketForgotten.class));
    }

    @Test
    void aRestartThatIsTakenBackLetsTheSocketStay() {
        a.host("10.0.0.3", 1003);
        a.restart(1);
        a.agent.leaveSocket(0, network.now);
        assertTrue(a.agent.cancelRestart(network.now));
        assertFalse(a.agent.isLeaving(0));
        a.drain();
        restart(2);
        network.runFor(20 * SECOND);
        assertEquals(0, a.count(IceEvent.SocketForgotten.class));
        assertTrue(a.agent.pairStats(network.now, Instant.EPOCH).stream()
                .anyMatch(each -> each.pair().local().port() == 1000));
    }

    @Test
    void whatNoGenerationHasUsedIsForgottenAtOnce() {
        Peer fresh = new Peer("F", network, 4);
        fresh.host("10.0.0.4", 4000);
        fresh.agent.leaveSocket(0, network.now);
        fresh.drain();
        assertEquals(List.of(new IceEvent.SocketForgotten(0)), fresh.events);
    }

    /** Otherwise a port that many share would know the old names for ever. */
    @Test
    void ofTwoRestartsQuicklyBothOldNamesAreForgotten() {
        String first = a.agent.localParameters().usernameFragment();
        restart(1);
        assertTrue(network.runUntil(() -> !a.agent.isRestarting() && !z.agent.isRestarting(), 3 * SECOND));
        String second = a.agent.localParameters().usernameFragment();
        restart(2);
        assertTrue(network.runUntil(() -> !a.agent.isRestarting() && !z.agent.isRestarting(), 3 * SECOND));
        network.runFor(11 * SECOND);
        assertTrue(a.events.contains(new IceEvent.FragmentForgotten(first)));
        assertTrue(a.events.contains(new IceEvent.FragmentForgotten(second)));
    }

    @Test
    void theNameOfARestartThatAnotherReplacesIsForgottenAtOnce() {
        restart(1);
        a.restart(2);
        assertTrue(a.events.contains(new IceEvent.FragmentForgotten("ufragAr1")));
        a.agent.cancelRestart(network.now);
        a.drain();
        assertTrue(a.events.contains(new IceEvent.FragmentForgotten("ufragAr2")));
        assertEquals(2, a.count(IceEvent.FragmentForgotten.class), "the one in use is not");
    }

    @Test
    void theNameOfARestartThatLeadsToNothingIsForgotten() {
        a.restart(1);
        a.start(IceRole.CONTROLLING, z);
        a.learn(Candidate.parse("1 1 udp 2130706431 10.9.9.9 9 typ host"));
        a.endOfCandidates();
        assertTrue(network.runUntil(() -> !a.agent.isRestarting(), 100 * SECOND));
        assertTrue(a.events.contains(new IceEvent.FragmentForgotten("ufragAr1")));
    }

    /** RFC 8445 §9: all is flushed but the roles. */
    @Test
    void theRolesStayAsTheyAre() {
        a.restart(1);
        z.restart(1);
        assertEquals(IceRole.CONTROLLING, a.agent.role());
        assertEquals(IceRole.CONTROLLED, z.agent.role());
        z.start(z.agent.role(), a);
        a.start(a.agent.role(), z);
        z.learnAll(a);
        a.learnAll(z);
        assertTrue(network.runUntil(() -> !a.agent.isRestarting() && !z.agent.isRestarting(), 3 * SECOND));
        assertEquals(0, a.count(IceEvent.RoleChanged.class) + z.count(IceEvent.RoleChanged.class));
    }

    @Test
    void thePairInUseStaysInUseUntilThereIsANewOne() {
        CandidatePair before = a.agent.selectedPair();
        a.restart(1);
        assertEquals(IceTransportState.CONNECTED, a.state());
        assertEquals(before, a.agent.selectedPair());
        network.runFor(60 * SECOND);
        // Consent goes on with the old credentials for as long as the answer takes.
        assertEquals(IceTransportState.CONNECTED, a.state());
        assertDataPasses(a, z);
        z.restart(1);
        z.start(IceRole.CONTROLLED, a);
        z.learnAll(a);
        network.runFor(SECOND);
        assertDataPasses(z, a);
        a.start(IceRole.CONTROLLING, z);
        a.learnAll(z);
        int selections = a.events.size();
        assertTrue(network.runUntil(
                () -> a.state() == IceTransportState.COMPLETED && z.state() == IceTransportState.COMPLETED, SECOND));
        assertTrue(a.events.size() > selections);
        assertDataPasses(a, z);
        assertDataPasses(z, a);
        network.runFor(100 * SECOND);
        assertFalse(a.states.contains(IceTransportState.DISCONNECTED));
        assertFalse(z.states.contains(IceTransportState.DISCONNECTED));
        assertEquals(2, a.count(IceEvent.PairSelected.class));
    }

    @Test
    void theNewPairMayBeOnANewInterface() {
        a.host("10.0.1.1", 1001);
        a.loseSocket(0);
        assertEquals(IceTransportState.DISCONNECTED, a.state());
        a.candidates.remove(0);
        restart(1);
        runUntilConnected();
        network.runFor(SECOND);
        assertEquals("10.0.1.1", a.agent.selectedPair().local().address());
        assertDataPasses(a, z);
        assertDataPasses(z, a);
        assertFalse(a.states.contains(IceTransportState.FAILED));
    }

    @Test
    void afterAFailureARestartChecksAnew() {
        network.blocked = datagram -> true;
        network.runFor(40 * SECOND);
        assertEquals(IceTransportState.FAILED, a.state());
        assertEquals(IceTransportState.FAILED, z.state());
        network.blocked = datagram -> false;
        a.states.clear();
        z.states.clear();
        restart(1);
        runUntilConnected();
        assertEquals(
                List.of(IceTransportState.CHECKING, IceTransportState.CONNECTED, IceTransportState.COMPLETED),
                a.states);
        assertDataPasses(a, z);
    }

    @Test
    void whileDisconnectedARestartIsChecking() {
        network.blocked = datagram -> true;
        network.runFor(12 * SECOND);
        assertEquals(IceTransportState.DISCONNECTED, a.state());
        restart(1);
        assertEquals(IceTransportState.CHECKING, a.state());
        network.blocked = datagram -> false;
        runUntilConnected();
    }

    @Test
    void twiceQuicklyTheLastOneCounts() {
        a.restart(1);
        a.restart(2);
        z.restart(1);
        z.start(IceRole.CONTROLLED, a);
        z.learnAll(a);
        a.start(IceRole.CONTROLLING, z);
        a.learnAll(z);
        restart(3);
        runUntilConnected();
        network.runFor(20 * SECOND);
        assertEquals(IceTransportState.COMPLETED, a.state());
        assertEquals("ufragAr3", a.agent.localParameters().usernameFragment());
        assertDataPasses(a, z);
        assertDataPasses(z, a);
    }

    @Test
    void manyTimesNothingIsKeptOfTheOldOnes() {
        for (int i = 0; i < 100; i++) {
            restart(i);
            network.runFor(11 * SECOND);
            assertEquals(IceTransportState.COMPLETED, a.state());
            assertEquals(IceTransportState.COMPLETED, z.state());
        }
        int before = network.sent.size();
        network.runFor(60 * SECOND);
        // Consent of one generation: a request and a response every 4 to 6 s, from each side.
        assertTrue(network.sent.size() - before <= 64, () -> network.sent.size() - before + " packets");
    }

    @Test
    void aRestartThatLeadsToNothingDoesNotEndWhatWorks() {
        a.restart(1);
        a.start(IceRole.CONTROLLING, z);
        a.learn(Candidate.parse("1 1 udp 2130706431 10.9.9.9 9 typ host"));
        a.endOfCandidates();
        network.runFor(100 * SECOND);
        assertFalse(a.states.contains(IceTransportState.FAILED));
        assertDataPasses(a, z);
        assertDataPasses(z, a);
    }

    @Test
    void anotherPeerTakesThePlaceOfTheOneBeforeAtOnce() {
        Peer other = otherPeer();
        a.restart(1);
        assertDataPasses(a, z);
        other.start(IceRole.CONTROLLED, a);
        a.startWithOtherPeer(IceRole.CONTROLLING, other);
        assertNull(a.agent.selectedPair());
        assertEquals(1, a.count(IceEvent.PairLost.class));
        assertEquals(PathState.UNKNOWN, a.agent.pathState(0, z.sockets.get(0)));
        assertEquals(IceTransportState.CHECKING, a.state(), "before there is a candidate, too");
        a.learnAll(other);
        other.learnAll(a);
        assertTrue(network.runUntil(() -> a.isConnected() && other.isConnected(), 3 * SECOND));
        assertDataPasses(a, other);
        assertDataPasses(other, a);
        assertEquals(PathState.UNKNOWN, a.agent.pathState(0, z.sockets.get(0)));
        network.runFor(40 * SECOND);
        assertEquals(IceTransportState.FAILED, z.state(), "has no consent any more");
        assertEquals(IceTransportState.COMPLETED, a.state());
        assertTrue(a.events.contains(new IceEvent.FragmentForgotten("ufragA")));
    }

    /** Peers that change faster than checks pass. */
    @Test
    void ofPeersThatChangeQuicklyOnlyTheLastIsEverUsed() {
        Peer hasty = new Peer("H", network, 5);
        hasty.host("10.0.0.5", 5000);
        z.restart(1);
        z.start(IceRole.CONTROLLED, hasty);
        z.learnAll(hasty);
        hasty.start(IceRole.CONTROLLING, z);
        hasty.learnAll(z);
        network.runFor(5 * MILLI);
        Peer other = otherPeer();
        hasty.restart(1);
        other.start(IceRole.CONTROLLED, hasty);
        hasty.startWithOtherPeer(IceRole.CONTROLLING, other);
        hasty.learnAll(other);
        other.learnAll(hasty);
        assertTrue(network.runUntil(() -> hasty.isConnected() && other.isConnected(), 3 * SECOND));
        network.runFor(5 * SECOND);
        assertEquals(1, hasty.count(IceEvent.PairSelected.class));
        assertEquals(0, hasty.count(IceEvent.PairLost.class));
        assertEquals(other.sockets.get(0), hasty.selected().remoteAddress());
    }

    private Peer otherPeer() {
        Peer other = new Peer("O", network, 4);
        other.host("10.0.0.4", 4000);
        return other;
    }

    @Test
    void aRestartThatIsTakenBackNeverWas() {
        a.restart(1);
        assertEquals("ufragAr1", a.agent.localParameters().usernameFragment());
        assertTrue(a.agent.cancelRestart(network.now));
        a.drain();
        assertEquals("ufragA", a.agent.localParameters().usernameFragment());
        assertEquals(IceTransportState.COMPLETED, a.state());
        assertFalse(a.agent.cancelRestart(network.now));
        network.runFor(60 * SECOND);
        assertEquals(IceTransportState.COMPLETED, a.state());
    }

    @Test
    void candidatesAreOfTheGenerationThatTheyName() {
        a.restart(1);
        // Of the offer that Z is about to answer: not for the pair in use, and not lost either.
        a.learn(Candidate.parse("1 1 udp 2130706431 10.0.0.2 2000 typ host ufrag ufragZr1"));
        a.learn(Candidate.parse("2 1 udp 2130706431 10.0.0.9 2000 typ host ufrag ufragZ"));
        assertTrue(network.sent.stream().noneMatch(d -> d.to().equals(new InetSocketAddress("10.0.0.9", 9))));
        z.restart(1);
        z.start(IceRole.CONTROLLED, a);
        a.start(IceRole.CONTROLLING, z);
        a.learn(Candidate.parse("3 1 udp 2130706431 10.0.0.8 2000 typ host ufrag ufragOld"));
        assertTrue(network.runUntil(() -> a.count(IceEvent.PairSelected.class) == 2, 3 * SECOND));
        assertTrue(network.sent.stream().noneMatch(d -> d.to().equals(new InetSocketAddress("10.0.0.8", 2000))));
        assertDataPasses(a, z);
    }

    @Test
    void beforeTheStartARestartTakesNewCredentials() {
        Peer b = new Peer("B", network, 5);
        b.host("10.0.0.3", 3000);
        b.restart(1);
        assertEquals(IceTransportState.NEW, b.state());
        assertNull(b.agent.selectedPair());
        assertEquals("ufragBr1", b.agent.localParameters().usernameFragment());
        assertFalse(b.agent.cancelRestart(network.now));
    }

    @Test
    void misuseIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> a.agent.restart(a.parameters, network.now));
        assertThrows(IllegalStateException.class, () -> a.startWithOtherPeer(IceRole.CONTROLLING, z));
        assertDataPasses(a, z);
        a.agent.stop();
        assertThrows(IllegalStateException.class, () -> a.restart(1));
    }
}
