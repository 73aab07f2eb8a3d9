package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.Candidate;
import io.github.purrtc.ice.CandidateType;
import io.github.purrtc.ice.IceOptions;
import io.github.purrtc.ice.IceRole;
import io.github.purrtc.ice.IceTransportState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Random;

import static io.github.purrtc.ice.internal.agent.SimulatedNetwork.MILLI;
import static io.github.purrtc.ice.internal.agent.SimulatedNetwork.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Two agents, A and Z, and what passes between them. */
class IceAgentTest {

    private static final List<IceTransportState> CHECKED_CONNECTED_COMPLETED =
            List.of(IceTransportState.CHECKING, IceTransportState.CONNECTED, IceTransportState.COMPLETED);
    private static final String A_IP = "10.0.0.1";
    private static final String Z_IP = "10.0.0.2";

    private SimulatedNetwork network;
    private Peer a;
    private Peer z;

    @BeforeEach
    void makePeers() {
        network = new SimulatedNetwork(1);
        a = new Peer("A", network, 2);
        z = new Peer("Z", network, 3);
    }

    private void connect() {
        a.host(A_IP, 1000);
        z.host(Z_IP, 2000);
        z.start(IceRole.CONTROLLED, a);
        z.learnAll(a);
        a.start(IceRole.CONTROLLING, z);
        a.learnAll(z);
        assertTrue(network.runUntil(() -> a.isConnected() && z.isConnected(), SECOND));
    }

    private void assertSamePath() {
        IceEvent.PairSelected atA = a.selected();
        IceEvent.PairSelected atZ = z.selected();
        assertNotNull(atA);
        assertNotNull(atZ);
        assertEquals(z.sockets.get(atZ.socketId()), atA.remoteAddress());
        assertEquals(a.sockets.get(atA.socketId()), atZ.remoteAddress());
    }

    @Test
    void withoutLossOrDelayNoTimerIsNeeded() {
        connect();
        assertEquals(0, network.timersFired);
        assertSamePath();
        assertEquals(CHECKED_CONNECTED_COMPLETED, a.states);
        assertEquals(CHECKED_CONNECTED_COMPLETED, z.states);
    }

    @Test
    void severalInterfacesOfWhichOneWorksNeedNoTimerLongerThanTa() {
        for (String ip : List.of("10.0.0.1", "172.17.0.1", "192.168.7.1", "fd00::1", "127.0.0.1")) {
            a.host(ip, 1000);
        }
        for (String ip : List.of("10.0.0.2", "172.18.0.1", "192.168.8.1", "fd01::1", "127.0.0.9")) {
            z.host(ip, 2000);
        }
        network.blocked = datagram -> !(isOn10(datagram.from()) && isOn10(datagram.to()));
        z.start(IceRole.CONTROLLED, a);
        z.learnAll(a);
        a.start(IceRole.CONTROLLING, z);
        a.learnAll(z);
        assertTrue(network.runUntil(() -> a.isConnected() && z.isConnected(), 60 * MILLI));
        assertSamePath();
    }

    private static boolean isOn10(InetSocketAddress address) {
        return address.getAddress().getHostAddress().startsWith("10.");
    }

    // Z -> check -> A, before A knows anything of Z
    @Test
    void checksBeforeTheDescriptionAreAnsweredAndRemembered() {
        a.host(A_IP, 1000);
        z.host(Z_IP, 2000);
        z.start(IceRole.CONTROLLED, a);
        z.learnAll(a);
        network.runFor(0);
        assertEquals(PathState.AUTHENTICATED, a.agent.pathState(0, z.sockets.get(0)));
        assertEquals(PathState.VALID, z.agent.pathState(0, a.sockets.get(0)));
        assertEquals(IceTransportState.NEW, a.state());
        // The description comes, without a candidate.
        a.start(IceRole.CONTROLLING, z);
        assertTrue(network.runUntil(() -> a.isConnected() && z.isConnected(), 0));
        assertEquals(CandidateType.PEER_REFLEXIVE, a.selected().pair().remote().type());
    }

    @Test
    void earlyChecksOfAnotherPeerAreForgottenAtTheStart() {
        a.host(A_IP, 1000);
        z.host(Z_IP, 2000);
        Peer stranger = new Peer("X", network, 9);
        stranger.host("10.0.0.3", 3000);
        stranger.start(IceRole.CONTROLLED, a);
        stranger.learnAll(a);
        network.runFor(0);
        a.start(IceRole.CONTROLLING, z);
        network.runFor(SECOND);
        assertEquals(PathState.UNKNOWN, a.agent.pathState(0, stranger.sockets.get(0)));
        assertEquals(1, a.agent.dropped(DropReason.UNAUTHENTIC));
    }

    @Test
    void aPeerReflexiveCandidateBecomesWhatIsSignalledLater() {
        a.host(A_IP, 1000);
        Candidate signalled = z.host(Z_IP, 2000);
        z.start(IceRole.CONTROLLED, a);
        z.learnAll(a);
        a.start(IceRole.CONTROLLING, z);
        assertTrue(network.runUntil(a::isConnected, SECOND));
        assertEquals(
                CandidateType.PEER_REFLEXIVE, a.agent.selectedPair().remote().type());
        a.learn(signalled);
        assertEquals(signalled, a.agent.selectedPair().remote());
        assertEquals(2, a.count(IceEvent.PairSelected.class));
        assertSamePath();
    }

    @Test
    void candidatesOfOneSideAreEnough() {
        a.host(A_IP, 1000);
        z.host(Z_IP, 2000);
        a.start(IceRole.CONTROLLING, z);
        z.start(IceRole.CONTROLLED, a);
        a.learnAll(z);
        assertTrue(network.runUntil(() -> a.isConnected() && z.isConnected(), SECOND));
        assertSamePath();
    }

    @Test
    void aNameOfMdnsIsNotLookedUpAndThePeersChecksMakeThePair() {
        a.host(A_IP, 1000);
        z.host(Z_IP, 2000);
        a.start(IceRole.CONTROLLING, z);
        a.learn(Candidate.parse("1 1 udp 2113937151 0a1b2c3d-0000-4000-8000-000000000000.local 2000 typ host"));
        assertEquals(IceTransportState.CHECKING, a.state());
        a.endOfCandidates();
        network.runFor(10 * SECOND);
        assertEquals(0, network.sent.size());
        z.start(IceRole.CONTROLLED, a);
        z.learnAll(a);
        assertTrue(network.runUntil(() -> a.isConnected() && z.isConnected(), SECOND));
        assertSamePath();
    }

    @Test
    void candidatesMayComeLate() {
        a.start(IceRole.CONTROLLING, z);
        z.start(IceRole.CONTROLLED, a);
        network.runFor(60 * SECOND);
        assertEquals(IceTransportState.NEW, a.state());
        a.host(A_IP, 1000);
        z.learn(a.candidates.get(0));
        network.runFor(20 * SECOND);
        assertEquals(IceTransportState.CHECKING, z.state());
        z.host(Z_IP, 2000);
        assertTrue(network.runUntil(() -> a.isConnected() && z.isConnected(), SECOND));
        assertEquals(IceTransportState.CONNECTED, a.state());
        a.endOfCandidates();
        assertEquals(IceTransportState.COMPLETED, a.state());
    }

    // A /lost/ <- check <- Z, because of A's NAT; A -> check -> Z opens it
    @Test
    void aLostCheckIsSentAgainAsSoonAsThePeerIsHeard() {
        a.host(A_IP, 1000);
        z.host(Z_IP, 2000);
        network.blocked = datagram -> datagram.from().equals(a.sockets.get(0));
        a.start(IceRole.CONTROLLING, z);
        a.learnAll(z);
        network.runFor(MILLI);
        network.blocked = datagram -> false;
        z.start(IceRole.CONTROLLED, a);
        z.learnAll(a);
        // Long before the first retransmission, 100 ms after the check.
        assertTrue(network.runUntil(() -> a.isConnected() && z.isConnected(), 20 * MILLI));
    }

    @Test
    void bothControllingAreToldApartByTheirTieBreakers() {
        roleConflict(IceRole.CONTROLLING);
    }

    @Test
    void bothControlledAreToldApartByTheirTieBreakers() {
        roleConflict(IceRole.CONTROLLED);
    }

    private void roleConflict(IceRole role) {
        for (int seed = 0; seed < 40; seed++) {
            network = new SimulatedNetwork(seed);
            a = new Peer("A", network, seed);
            z = new Peer("Z", network, seed + 1000);
            a.host(A_IP, 1000);
            z.host(Z_IP, 2000);
            network.jitter = seed % 2 == 0 ? 0 : 30 * MILLI;
            a.start(role, z);
            z.start(role, a);
            a.learnAll(z);
            z.learnAll(a);
            assertTrue(network.runUntil(() -> a.isConnected() && z.isConnected(), 5 * SECOND), "seed " + seed);
            assertNotEquals(a.agent.role(), z.agent.role(), "seed " + seed);
            assertEquals(1, a.count(IceEvent.RoleChanged.class) + z.count(IceEvent.RoleChanged.class), "seed " + seed);
            assertSamePath();
        }
    }

    @Test
    void equalTieBreakersAreChanged() {
        a = new Peer("A", network, firstLongOf(99, 5), IceOptions.defaults());
        z = new Peer("Z", network, firstLongOf(99, 6), IceOptions.defaults());
        a.host(A_IP, 1000);
        z.host(Z_IP, 2000);
        network.minDelay = 5 * MILLI;
        network.jitter = MILLI;
        a.start(IceRole.CONTROLLING, z);
        z.start(IceRole.CONTROLLING, a);
        a.learnAll(z);
        z.learnAll(a);
        assertTrue(network.runUntil(() -> a.isConnected() && z.isConnected(), 20 * SECOND));
        assertNotEquals(a.agent.role(), z.agent.role());
        assertTrue(a.count(IceEvent.RoleChanged.class) > 0 && z.count(IceEvent.RoleChanged.class) > 0);
    }

    /** The tie-breaker is the first number that an agent draws. */
    private static Random firstLongOf(long first, long seed) {
        return new Random(seed) {
            private static final long serialVersionUID = 1;
            private boolean drawn;

            @Override
            public long nextLong() {
                long value = drawn ? super.nextLong() : first;
                drawn = true;
                return value;
            }
        };
    }

    @Test
    void aPeerThatVanishesIsDisconnectedInSevenSecondsAndFailedInThirty() {
        for (int seed = 0; seed < 20; seed++) {
            makePeers();
            connect();
            network.runFor(60 * SECOND + seed * 300 * MILLI);
            z.frozen = true;
            long gone = network.now;
            assertTrue(network.runUntil(() -> a.state() == IceTransportState.DISCONNECTED, 7 * SECOND));
            assertTrue(network.now - gone >= 750 * MILLI);
            assertTrue(network.runUntil(() -> a.state() == IceTransportState.FAILED, 30 * SECOND));
            assertTrue(network.now - gone <= 30 * SECOND);
            int sent = network.sent.size();
            network.runFor(100 * SECOND);
            assertEquals(sent, network.sent.size());
            assertEquals(Long.MAX_VALUE, a.agent.nextTimeout());
        }
    }

    /** The timers of a loop come late, and so does a listener on a loaded machine: 7 s and 30 s hold all the same. */
    @Test
    void aPeerThatVanishesAtTheWorstMomentIsNoticedWithTimeToSpare() {
        a = new Peer("A", network, longestIntervals(), IceOptions.defaults());
        connect();
        int checks = checksSentByA();
        assertTrue(network.runUntil(() -> checksSentByA() > checks, 7 * SECOND));
        network.runFor(0);
        z.frozen = true;
        long gone = network.now;
        network.runUntil(() -> a.state() == IceTransportState.DISCONNECTED, 10 * SECOND);
        assertEquals(6_750, (network.now - gone) / MILLI, 1);
        network.runUntil(() -> a.state() == IceTransportState.FAILED, 40 * SECOND);
        assertEquals(29_700, (network.now - gone) / MILLI, 1);
    }

    @Test
    void aPeerFarAwayIsNotTakenForASilentOne() {
        network.minDelay = 600 * MILLI;
        a.host(A_IP, 1000);
        z.host(Z_IP, 2000);
        z.start(IceRole.CONTROLLED, a);
        z.learnAll(a);
        a.start(IceRole.CONTROLLING, z);
        a.learnAll(z);
        assertTrue(network.runUntil(() -> a.isConnected() && z.isConnected(), 10 * SECOND));
        network.runFor(600 * SECOND);
        assertFalse(a.states.contains(IceTransportState.DISCONNECTED));
        assertFalse(z.states.contains(IceTransportState.DISCONNECTED));
    }

    private int checksSentByA() {
        return (int) network.sent.stream()
                .filter(d -> d.from().equals(a.sockets.get(0)) && HandMade.isRequest(d.bytes()))
                .count();
    }

    private static Random longestIntervals() {
        return new Random(2) {
            private static final long serialVersionUID = 1;

            @Override
            public double nextDouble() {
                return Math.nextDown(1.0);
            }
        };
    }

    @Test
    void afterAnOutageThePathIsTakenUpAgain() {
        for (int seconds = 1; seconds <= 23; seconds++) {
            makePeers();
            connect();
            network.runFor(7 * SECOND);
            network.blocked = datagram -> true;
            network.runFor(seconds * SECOND);
            network.blocked = datagram -> false;
            assertTrue(network.runUntil(() -> a.isConnected() && z.isConnected(), 2 * SECOND), seconds + " s");
            assertFalse(a.states.contains(IceTransportState.FAILED));
            network.runFor(100 * SECOND);
            assertTrue(a.isConnected() && z.isConnected());
        }
    }

    @Test
    void aProcessThatWasStoppedDoesNotTakeThePeerForGone() {
        connect();
        network.runFor(7 * SECOND);
        a.frozen = true;
        z.frozen = true;
        network.runFor(20 * SECOND);
        a.frozen = false;
        z.frozen = false;
        network.runFor(60 * SECOND);
        assertFalse(a.states.contains(IceTransportState.DISCONNECTED));
        assertFalse(z.states.contains(IceTransportState.DISCONNECTED));
    }

    @Test
    void aConnectionLivesOnConsentChecksForHours() {
        connect();
        int before = network.sent.size();
        network.runFor(3600 * SECOND);
        assertEquals(CHECKED_CONNECTED_COMPLETED, a.states);
        int sent = network.sent.size() - before;
        // A request and a response every 4 to 6 s, from each side.
        assertTrue(sent > 4 * 3600 / 6 - 8 && sent < 4 * 3600 / 4 + 8, sent + " packets");
        assertTrue(a.agent.roundTripNanos() >= 0);
    }

    @Test
    void whereNobodyAnswersItFailsAfterThirtySecondsAndFewPackets() {
        a.host(A_IP, 1000);
        z.host(Z_IP, 2000);
        a.start(IceRole.CONTROLLING, z);
        a.learnAll(z);
        z.frozen = true;
        network.runFor(29 * SECOND);
        assertEquals(IceTransportState.CHECKING, a.state());
        network.runFor(SECOND);
        assertEquals(List.of(IceTransportState.CHECKING, IceTransportState.FAILED), a.states);
        assertEquals(14, network.sent.size());
    }

    @Test
    void thereIsNothingToCheckAndNobodyComes() {
        a.host(A_IP, 1000);
        a.start(IceRole.CONTROLLING, z);
        network.runFor(1000 * SECOND);
        assertEquals(IceTransportState.NEW, a.state());
        a.endOfCandidates();
        network.runFor(31 * SECOND);
        assertEquals(IceTransportState.FAILED, a.state());
        assertEquals(0, network.sent.size());
    }

    @Test
    void anAnswererWaitsForAsLongAsThePeerAnswersIt() {
        a.host(A_IP, 1000);
        z.host(Z_IP, 2000);
        z.start(IceRole.CONTROLLED, a);
        z.learnAll(a);
        // The answer is on its way for ten minutes: somebody carries it by hand.
        network.runFor(600 * SECOND);
        assertEquals(IceTransportState.CHECKING, z.state());
        a.start(IceRole.CONTROLLING, z);
        a.learnAll(z);
        assertTrue(network.runUntil(() -> a.isConnected() && z.isConnected(), SECOND));
    }

    @Test
    void whenAPairIsSelectedChecksOfLesserOnesEnd() {
        a.host(A_IP, 1000);
        z.host(Z_IP, 2000);
        a.start(IceRole.CONTROLLING, z);
        z.start(IceRole.CONTROLLED, a);
        for (int i = 10; i < 40; i++) {
            a.learn(Candidate.parse("x 1 udp 5 10.0.0." + i + " 9 typ srflx"));
        }
        a.learnAll(z);
        assertTrue(network.runUntil(a::isConnected, SECOND));
        int sent = network.sent.size();
        network.runFor(30 * SECOND);
        assertTrue(network.sent.stream()
                .skip(sent)
                .allMatch(d -> d.to().equals(z.sockets.get(0)) || d.from().equals(z.sockets.get(0))));
    }

    @Test
    void candidatesBeforeTheStartCountWithIt() {
        a.host(A_IP, 1000);
        a.learn(z.host(Z_IP, 2000));
        z.start(IceRole.CONTROLLED, a);
        assertEquals(IceTransportState.NEW, a.state());
        a.start(IceRole.CONTROLLING, z);
        assertTrue(network.runUntil(() -> a.isConnected() && z.isConnected(), 0));
    }

    @Test
    void theRoundTripIsNotTimedByWhatWasSentTwice() {
        a.host(A_IP, 1000);
        z.host(Z_IP, 2000);
        network.minDelay = 30 * MILLI;
        network.blocked = datagram -> network.sent.size() == 1;
        z.start(IceRole.CONTROLLED, a);
        a.start(IceRole.CONTROLLING, z);
        a.learnAll(z);
        assertTrue(network.runUntil(() -> a.isConnected() && a.agent.roundTripNanos() >= 0, SECOND));
        assertEquals(60 * MILLI, a.agent.roundTripNanos());
    }

    @Test
    void stopSaysClosedOnceAndNothingIsSentAfterwards() {
        connect();
        a.agent.stop();
        a.agent.stop();
        a.drain();
        int sent = network.sent.size();
        a.agent.onTimeout(network.now + SECOND);
        a.learn(Candidate.parse("1 1 udp 5 10.0.0.7 9 typ host"));
        z.onTimeout(network.now);
        network.runFor(60 * SECOND);
        assertEquals(IceTransportState.CLOSED, a.states.get(a.states.size() - 1));
        assertEquals(
                1, a.states.stream().filter(s -> s == IceTransportState.CLOSED).count());
        assertTrue(network.sent.stream().skip(sent).noneMatch(d -> d.from().equals(a.sockets.get(0))));
        assertEquals(PathState.UNKNOWN, a.agent.pathState(0, z.sockets.get(0)));
        assertThrows(IllegalStateException.class, () -> a.agent.start(IceRole.CONTROLLED, z.parameters, network.now));
    }

    @Test
    void aSecondStartIsRefused() {
        connect();
        assertThrows(IllegalStateException.class, () -> a.agent.start(IceRole.CONTROLLED, z.parameters, network.now));
        assertNull(a.agent.transmit());
    }
}
