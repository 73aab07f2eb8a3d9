package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.Candidate;
import io.github.purrtc.ice.CandidatePair;
import io.github.purrtc.ice.CandidateType;
import io.github.purrtc.ice.IceParameters;
import io.github.purrtc.ice.IceRole;
import io.github.purrtc.ice.IceTransportState;
import io.github.purrtc.ice.internal.stun.ShortTermKey;
import io.github.purrtc.ice.internal.stun.StunClass;
import io.github.purrtc.ice.internal.stun.StunDecoder;
import io.github.purrtc.ice.internal.stun.StunEncoder;
import io.github.purrtc.ice.internal.stun.StunMessage;
import io.github.purrtc.ice.internal.stun.TransactionId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Random;

import static io.github.purrtc.ice.internal.agent.SimulatedNetwork.MILLI;
import static io.github.purrtc.ice.internal.agent.SimulatedNetwork.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Which of several valid pairs is used: A chooses among paths to Z, or follows a Z that is made by hand. */
class NominationTest {

    private static final InetSocketAddress GOOD = new InetSocketAddress("10.0.0.2", 2000);
    private static final InetSocketAddress BETTER = new InetSocketAddress("10.0.0.3", 3000);

    private final Random random = new Random(4);
    private SimulatedNetwork network;
    private Peer a;
    private Peer z;
    private ShortTermKey keyOfA;
    private ShortTermKey keyOfZ;

    @BeforeEach
    void makePeers() {
        network = new SimulatedNetwork(1);
        a = new Peer("A", network, 2);
        z = new Peer("Z", network, 3);
        keyOfA = new ShortTermKey(a.parameters.password());
        keyOfZ = new ShortTermKey(z.parameters.password());
    }

    private CandidatePair connect(long millis) {
        a.start(IceRole.CONTROLLING, z);
        z.start(IceRole.CONTROLLED, a);
        a.learnAll(z);
        z.learnAll(a);
        assertTrue(network.runUntil(() -> a.isConnected() && z.isConnected(), millis * MILLI));
        CandidatePair pair = a.agent.selectedPair();
        assertNotNull(pair);
        CandidatePair seenByZ = z.agent.selectedPair();
        assertNotNull(seenByZ);
        assertEquals(pair.local().address(), seenByZ.remote().address());
        assertEquals(pair.remote().address(), seenByZ.local().address());
        return pair;
    }

    @Test
    void aRelayThatAnswersFirstDoesNotWinOverAHostThatAnswersSoon() {
        a.relayed("203.0.113.1", 1);
        a.host("10.0.0.1", 1000);
        z.host("10.0.0.2", 2000);
        network.minDelay = MILLI;
        network.extraDelay = d -> a.sockets.indexOf(d.from()) == 1 || a.sockets.indexOf(d.to()) == 1 ? 60 * MILLI : 0;
        assertEquals(CandidateType.HOST, connect(1000).local().type());
    }

    @Test
    void aRelayIsUsedWhereNothingElseWorks() {
        a.host("10.0.0.1", 1000);
        a.relayed("203.0.113.1", 1);
        z.host("10.0.0.2", 2000);
        network.blocked = d -> d.from().equals(a.sockets.get(0)) || d.to().equals(a.sockets.get(0));
        assertTrue(connect(400).isRelayed());
    }

    @Test
    void theBestOfTheWorkingPairsIsUsed() {
        a.host("10.0.0.1", 1000);
        a.host("10.0.1.1", 1001);
        z.host("10.0.0.2", 2000);
        z.host("10.0.1.2", 2001);
        network.minDelay = 10 * MILLI;
        CandidatePair pair = connect(1000);
        assertEquals("10.0.0.1", pair.local().address());
        assertEquals("10.0.0.2", pair.remote().address());
    }

    @Test
    void behindANatTheLocalCandidateIsPeerReflexive() {
        a.host("192.168.1.1", 1000);
        startFollowing();
        answerChecks(GOOD, new InetSocketAddress("203.0.113.9", 4321));
        nominate(GOOD, -1);
        CandidatePair pair = a.agent.selectedPair();
        assertNotNull(pair);
        assertEquals(CandidateType.PEER_REFLEXIVE, pair.local().type());
        assertEquals("203.0.113.9", pair.local().address());
        assertEquals("192.168.1.1", pair.local().relatedAddress());
        assertEquals(0, a.selected().socketId());
    }

    private void startFollowing() {
        if (a.sockets.isEmpty()) {
            a.host("10.0.0.1", 1000);
        }
        a.start(IceRole.CONTROLLED, z);
        a.learn(Candidate.parse("1 1 udp 2130706000 10.0.0.2 2000 typ host"));
        a.learn(Candidate.parse("2 1 udp 2130706431 10.0.0.3 3000 typ host"));
    }

    /** Z answers what A has sent to this address. */
    private void answerChecks(InetSocketAddress address, InetSocketAddress seen) {
        for (SimulatedNetwork.Datagram datagram : network.sent.toArray(SimulatedNetwork.Datagram[]::new)) {
            StunMessage message = (StunMessage) StunDecoder.decode(ByteBuffer.wrap(datagram.bytes()));
            if (datagram.to().equals(address) && message.messageClass() == StunClass.REQUEST) {
                StunEncoder answer = new StunEncoder(StunClass.SUCCESS, message.id()).xorMappedAddress(seen);
                a.inject(address, answer.integrity(keyOfZ).fingerprint().toBytes());
            }
        }
    }

    private void answerChecks(InetSocketAddress address) {
        answerChecks(address, a.sockets.get(0));
    }

    private void nominate(InetSocketAddress from, long value) {
        StunEncoder request = new StunEncoder(StunClass.REQUEST, TransactionId.random(random))
                .username("ufragA:ufragZ")
                .priority(1845501695)
                .role(IceRole.CONTROLLING, 5)
                .useCandidate();
        if (value >= 0) {
            request.nomination(value);
        }
        a.inject(from, request.integrity(keyOfA).fingerprint().toBytes());
    }

    private InetSocketAddress used() {
        IceEvent.PairSelected selected = a.selected();
        assertNotNull(selected);
        return selected.remoteAddress();
    }

    @Test
    void aPairUnderNominationIsUsedAsSoonAsThePeerIsHeardOnIt() {
        a.host("10.0.0.1", 1000);
        a.start(IceRole.CONTROLLING, z);
        a.learn(Candidate.parse("1 1 udp 2130706000 10.0.0.2 2000 typ host"));
        // A -> check -> Z, A <- answer <- Z, A -> USE-CANDIDATE -> Z
        answerChecks(GOOD);
        assertTrue(network.sent.stream().anyMatch(datagram -> HandMade.isNomination(datagram.bytes())));
        assertNull(a.agent.selectedPair());
        // A <- check <- Z, before the answer to USE-CANDIDATE
        a.inject(
                GOOD,
                new StunEncoder(StunClass.REQUEST, TransactionId.random(random))
                        .username("ufragA:ufragZ")
                        .priority(1845501695)
                        .role(IceRole.CONTROLLED, 5)
                        .integrity(keyOfA)
                        .fingerprint()
                        .toBytes());
        assertEquals(GOOD, used());
    }

    // Z -> check with USE-CANDIDATE -> A, on each path
    @Test
    void anAggressivePeersBestPairIsUsed() {
        startFollowing();
        answerChecks(GOOD);
        nominate(GOOD, -1);
        assertEquals(GOOD, used());
        nominate(BETTER, -1);
        assertEquals(GOOD, used());
        answerChecks(BETTER);
        assertEquals(BETTER, used());
        nominate(GOOD, -1);
        assertEquals(BETTER, used());
    }

    @Test
    void aHigherNominationGoesBeforePriority() {
        startFollowing();
        answerChecks(GOOD);
        answerChecks(BETTER);
        nominate(BETTER, 1);
        assertEquals(BETTER, used());
        nominate(GOOD, 1);
        assertEquals(BETTER, used());
        nominate(GOOD, 2);
        assertEquals(GOOD, used());
        nominate(BETTER, 1);
        assertEquals(GOOD, used());
    }

    @Test
    void aPeerThatMovesAwayFromADeadPathIsFollowed() {
        startFollowing();
        answerChecks(GOOD);
        answerChecks(BETTER);
        nominate(BETTER, -1);
        assertEquals(BETTER, used());
        network.runFor(6500 * MILLI);
        nominate(GOOD, -1);
        assertEquals(GOOD, used());
        assertFalse(a.states.contains(IceTransportState.FAILED));
    }

    @Test
    void aPairThatAnsweredLongAgoIsCheckedAgainBeforeItIsUsed() {
        startFollowing();
        answerChecks(GOOD);
        answerChecks(BETTER);
        for (int second = 0; second < 25; second++) {
            network.runFor(SECOND);
            answerChecks(BETTER);
        }
        network.sent.clear();
        nominate(GOOD, -1);
        assertNull(a.selected());
        answerChecks(GOOD);
        assertEquals(GOOD, used());
    }

    @Test
    void towardsALitePeerWeAreControlling() {
        a.host("10.0.0.1", 1000);
        a.agent.start(IceRole.CONTROLLED, new IceParameters("ufragZ", z.parameters.password(), true), network.now);
        a.drain();
        assertEquals(IceRole.CONTROLLING, a.agent.role());
        a.learn(Candidate.parse("1 1 udp 2130706431 10.0.0.2 2000 typ host"));
        a.endOfCandidates();
        answerChecks(GOOD);
        assertNull(a.selected());
        answerChecks(GOOD);
        assertEquals(GOOD, used());
    }
}
