package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.Candidate;
import io.github.purrtc.ice.IceOptions;
import io.github.purrtc.ice.IceRole;
import io.github.purrtc.ice.IceTransportState;
import io.github.purrtc.ice.TcpType;
import io.github.purrtc.ice.internal.stun.ShortTermKey;
import io.github.purrtc.ice.internal.stun.StunClass;
import io.github.purrtc.ice.internal.stun.StunEncoder;
import io.github.purrtc.ice.internal.stun.StunMessage;
import io.github.purrtc.ice.internal.stun.TransactionId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

import static io.github.purrtc.ice.internal.agent.SimulatedNetwork.MILLI;
import static io.github.purrtc.ice.internal.agent.SimulatedNetwork.SECOND;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Single rules of RFC 8445, RFC 8489 and RFC 7675, of which each has been broken somewhere. */
class AgentRulesTest {

    private static final int BINDING_REQUEST = 0x0001;
    private static final InetSocketAddress Z_ADDRESS = new InetSocketAddress("10.0.0.2", 2000);

    private final Random random = new Random(4);
    private SimulatedNetwork network;
    private Peer a;
    private Peer z;

    @BeforeEach
    void makePeers() {
        network = new SimulatedNetwork(1);
        a = new Peer("A", network, 2);
        z = new Peer("Z", network, 3);
        a.host("10.0.0.1", 1000);
    }

    private void startAlone() {
        a.start(IceRole.CONTROLLED, z);
        a.learn(Candidate.parse("1 1 udp 2130706431 10.0.0.2 2000 typ host"));
    }

    private void connect() {
        z.host("10.0.0.2", 2000);
        a.start(IceRole.CONTROLLING, z);
        z.start(IceRole.CONTROLLED, a);
        a.learnAll(z);
        z.learnAll(a);
        assertTrue(network.runUntil(() -> a.isConnected() && z.isConnected(), SECOND));
    }

    private byte[] checkOfZ(IceRole role, long tieBreaker) {
        return new StunEncoder(StunClass.REQUEST, TransactionId.random(random))
                .username("ufragA:ufragZ")
                .priority(1845501695)
                .role(role, tieBreaker)
                .integrity(new ShortTermKey(a.parameters.password()))
                .fingerprint()
                .toBytes();
    }

    private List<StunMessage> sentTo(InetSocketAddress address, StunClass messageClass) {
        List<StunMessage> found = new ArrayList<>();
        for (SimulatedNetwork.Datagram datagram : network.sent) {
            StunMessage message = HandMade.read(datagram.bytes());
            if (datagram.to().equals(address) && message.messageClass() == messageClass) {
                found.add(message);
            }
        }
        return found;
    }

    /** RFC 8489 §6.2.1: 7 times, each time twice as late, always the same; then once more with another id. */
    @Test
    void aCheckIsRepeatedUnchangedAndLaterEachTime() {
        List<Long> times = new ArrayList<>();
        startAlone();
        long began = network.now;
        while (network.now - began < 13 * SECOND) {
            int before = network.sent.size();
            network.runFor(MILLI);
            if (network.sent.size() > before) {
                times.add((network.now - began) / MILLI);
            }
        }
        // The first one went out with the candidate; 12.7 s later the check has failed and another begins.
        assertEquals(List.of(100L, 300L, 700L, 1500L, 3100L, 6300L, 12_700L, 12_800L, 13_000L), times);
        for (int i = 1; i < 7; i++) {
            assertArrayEquals(network.sent.get(0).bytes(), network.sent.get(i).bytes());
        }
        assertNotEquals(
                HandMade.read(network.sent.get(0).bytes()).id(),
                HandMade.read(network.sent.get(7).bytes()).id());
    }

    /** Nobody is sent more for a long list of addresses than RFC 8489 §6.2.1 has for each, and for a short one twice that. */
    @Test
    void fewAddressesAreTriedTwiceAndManyOnce() {
        for (int count : new int[] {1, 16, 17, 100}) {
            connectNobody(count);
            Map<InetSocketAddress, Long> packets = network.sent.stream()
                    .collect(Collectors.groupingBy(SimulatedNetwork.Datagram::to, Collectors.counting()));
            assertEquals(count, packets.size());
            long each = count <= 16 ? 14 : 7;
            assertTrue(packets.values().stream().allMatch(sent -> sent <= each), packets::toString);
            assertTrue(network.sent.size() <= 7 * 100);
            if (count == 1) {
                assertEquals(14, network.sent.size());
            }
        }
    }

    /** Until A gives up on a peer with so many candidates. */
    private void connectNobody(int count) {
        network = new SimulatedNetwork(1);
        Peer alone = new Peer("A", network, 2);
        Peer silent = new Peer("Z", network, 3);
        alone.host("10.0.0.1", 1000);
        alone.start(IceRole.CONTROLLING, silent);
        for (int i = 0; i < count; i++) {
            alone.learn(Candidate.host("f" + i, 1_000_000L + i, new InetSocketAddress("10.0.1." + (1 + i), 2000)));
        }
        alone.endOfCandidates();
        network.runFor(60 * SECOND);
        assertEquals(IceTransportState.FAILED, alone.state());
    }

    private static IceOptions patient() {
        return IceOptions.defaults().withFailedTimeout(Duration.ofSeconds(60));
    }

    private Peer overTcp(Peer peer) {
        peer.tcp(TcpType.ACTIVE, "10.0.0.9", 9);
        peer.start(IceRole.CONTROLLED, z);
        peer.learn(Candidate.parse("1 1 tcp 2130706431 10.0.0.2 2000 typ host tcptype passive"));
        return peer;
    }

    private static void answer(Peer peer, StunMessage request, String password) {
        StunEncoder answer = new StunEncoder(StunClass.SUCCESS, request.id())
                .xorMappedAddress(peer.sockets.get(0))
                .integrity(new ShortTermKey(password))
                .fingerprint();
        peer.inject(Z_ADDRESS, answer.toBytes());
    }

    /** RFC 8489 §6.2.2: TCP itself repeats what is lost; now and then we do, as the connection may be another by then. */
    @Test
    void overTcpAnAnswerIsWaitedForFortySecondsAndTheCheckHardlyRepeated() {
        Peer b = overTcp(new Peer("A", network, new Random(5), patient()));
        long began = network.now;
        List<Long> times = new ArrayList<>();
        while (network.now - began < 39 * SECOND) {
            network.runFor(100 * MILLI);
            while (times.size() < sentTo(Z_ADDRESS, StunClass.REQUEST).size()) {
                times.add((network.now - began) / SECOND);
            }
        }
        assertEquals(List.of(0L, 1L, 3L, 7L, 12L, 17L, 22L, 27L, 32L, 37L), times);
        List<StunMessage> checks = sentTo(Z_ADDRESS, StunClass.REQUEST);
        assertEquals(1, checks.stream().map(StunMessage::id).distinct().count());
        answer(b, checks.get(0), z.parameters.password());
        assertEquals(PathState.VALID, b.agent.pathState(0, Z_ADDRESS));
    }

    /** A connection that stalls for a while brings everything afterwards: none of it is too late. */
    @Test
    void overTcpAnAnswerToAnEarlierConsentCheckCountsToo() {
        Peer b = overTcp(new Peer("A", network, new Random(5), IceOptions.defaults()));
        answer(b, sentTo(Z_ADDRESS, StunClass.REQUEST).get(0), z.parameters.password());
        network.sent.clear();
        network.runFor(25 * SECOND);
        StunMessage first = sentTo(Z_ADDRESS, StunClass.REQUEST).get(0);
        answer(b, first, z.parameters.password());
        assertEquals(0, b.agent.dropped(DropReason.UNKNOWN_TRANSACTION));
        network.sent.clear();
        network.runFor(11 * SECOND);
        // What took 20 s to be answered is not the measure of the next: the second one does not wait longer than the
        // first.
        assertTrue(sentTo(Z_ADDRESS, StunClass.REQUEST).size() >= 2);
        assertFalse(b.states.contains(IceTransportState.FAILED), b.states::toString);
    }

    @Test
    void aResponseWithAnAttributeThatMustBeUnderstoodIsNoAnswer() {
        startAlone();
        StunMessage check = HandMade.read(network.sent.get(0).bytes());
        ShortTermKey keyOfZ = new ShortTermKey(z.parameters.password());
        StunEncoder answer = new StunEncoder(StunClass.SUCCESS, check.id())
                .xorMappedAddress(a.sockets.get(0))
                .attribute(0x7F01, new byte[4]);
        a.inject(Z_ADDRESS, answer.integrity(keyOfZ).fingerprint().toBytes());
        assertEquals(1, a.agent.dropped(DropReason.UNEXPECTED));
        assertEquals(PathState.UNKNOWN, a.agent.pathState(0, Z_ADDRESS));
    }

    @Test
    void aRequestThatComesTwiceIsAnsweredAlikeAndCountsOnce() {
        startAlone();
        byte[] check = checkOfZ(IceRole.CONTROLLING, 5);
        a.inject(Z_ADDRESS, check);
        int checks = sentTo(Z_ADDRESS, StunClass.REQUEST).size();
        int pairs = a.agent.pairStats(0, java.time.Instant.EPOCH).size();
        a.inject(Z_ADDRESS, check);
        List<StunMessage> answers = sentTo(Z_ADDRESS, StunClass.SUCCESS);
        assertEquals(2, answers.size());
        assertEquals(answers.get(0).id(), answers.get(1).id());
        assertEquals(answers.get(0).mappedAddress(), answers.get(1).mappedAddress());
        assertEquals(checks, sentTo(Z_ADDRESS, StunClass.REQUEST).size());
        assertEquals(pairs, a.agent.pairStats(0, java.time.Instant.EPOCH).size());
    }

    // A (controlling) <- check, controlling too, with the greater number <- Z
    @Test
    void aConflictLongAfterConnectingChangesTheRoleAndNothingElse() {
        connect();
        network.runFor(60 * SECOND);
        int events = a.events.size();
        a.inject(Z_ADDRESS, checkOfZ(IceRole.CONTROLLING, -1));
        assertEquals(IceRole.CONTROLLED, a.agent.role());
        assertEquals(events + 1, a.events.size());
        assertEquals(PathState.VALID, a.agent.pathState(0, Z_ADDRESS));
        // Z, which knows nothing of it, is controlled as well; the checks of consent tell them apart again.
        assertTrue(network.runUntil(() -> a.agent.role() != z.agent.role(), 10 * SECOND));
        network.runFor(60 * SECOND);
        assertTrue(a.isConnected() && z.isConnected());
    }

    @Test
    void consentIsAskedForEveryFiveSecondsGiveOrTakeAFifth() {
        connect();
        network.runFor(10 * SECOND);
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            int before = sentByA();
            network.runFor(10 * MILLI);
            if (sentByA() > before) {
                times.add(network.now);
            }
            network.sent.clear();
        }
        assertTrue(times.size() > 150, "a thousand seconds");
        boolean early = false;
        boolean late = false;
        for (int i = 1; i < times.size(); i++) {
            long gap = (times.get(i) - times.get(i - 1)) / MILLI;
            assertTrue(gap >= 3_990 && gap <= 6_010, gap + " ms");
            early |= gap < 4_500;
            late |= gap > 5_500;
        }
        assertTrue(early && late, "randomized");
    }

    /** With a FINGERPRINT that is right, so that the type is looked at. */
    private static byte[] ofType(int type, byte[] message) {
        ByteBuffer other = ByteBuffer.wrap(message.clone()).putShort(0, (short) type);
        CRC32 crc = new CRC32();
        crc.update(other.array(), 0, message.length - 8);
        return other.putInt(message.length - 4, (int) crc.getValue() ^ 0x5354554E)
                .array();
    }

    private int sentByA() {
        return (int) network.sent.stream()
                .filter(d -> d.from().equals(a.sockets.get(0)) && HandMade.isRequest(d.bytes()))
                .count();
    }

    @Test
    void oneMillionCandidatesBeforeTheStartAreAHundred() {
        Candidate candidate = Candidate.parse("1 1 udp 5 10.9.0.1 9 typ host");
        for (int i = 0; i < 1_000_000; i++) {
            a.agent.addRemoteCandidate(candidate, network.now);
        }
        assertEquals(999_900, a.agent.dropped(DropReason.CANDIDATE_IGNORED));
        assertEquals(0, network.sent.size());
    }

    /** What is STUN and no check of ours is dropped without a word: methods of TURN, indications, responses to nothing. */
    @Test
    void otherKindsOfStunAreDroppedAndNeverAnswered() {
        connect();
        int events = a.events.size();
        network.sent.clear();
        byte[] message = checkOfZ(IceRole.CONTROLLED, 5);
        for (int type = 0; type < 0x4000; type++) {
            if (type != BINDING_REQUEST) {
                a.inject(Z_ADDRESS, ofType(type, message));
            }
        }
        assertEquals(0, network.sent.size());
        assertEquals(events, a.events.size());
        assertFalse(a.states.contains(IceTransportState.FAILED));
    }
}
