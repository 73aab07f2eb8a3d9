package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.Candidate;
import io.github.purrtc.ice.IceRole;
import io.github.purrtc.ice.IceTransportState;
import io.github.purrtc.ice.internal.stun.ShortTermKey;
import io.github.purrtc.ice.internal.stun.Stun;
import io.github.purrtc.ice.internal.stun.StunClass;
import io.github.purrtc.ice.internal.stun.StunDecoder;
import io.github.purrtc.ice.internal.stun.StunEncoder;
import io.github.purrtc.ice.internal.stun.StunMessage;
import io.github.purrtc.ice.internal.stun.TransactionId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import static io.github.purrtc.ice.internal.agent.SimulatedNetwork.MILLI;
import static io.github.purrtc.ice.internal.agent.SimulatedNetwork.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a stranger can send, and what a peer must not: A is the agent, everything else is made by hand. */
class IceHostileTest {

    private static final InetSocketAddress A_ADDRESS = new InetSocketAddress("10.0.0.1", 1000);
    private static final InetSocketAddress Z_ADDRESS = new InetSocketAddress("10.0.0.2", 2000);
    private static final InetSocketAddress ELSEWHERE = new InetSocketAddress("10.0.0.3", 3000);
    private static final ShortTermKey WRONG_KEY = new ShortTermKey("wrong-password-of-no-use");

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
        a.host("10.0.0.1", 1000);
    }

    private void start(IceRole role) {
        a.start(role, z);
        a.learn(Candidate.parse("1 1 udp 2130706431 10.0.0.2 2000 typ host"));
    }

    private StunEncoder request() {
        return new StunEncoder(StunClass.REQUEST, TransactionId.random(random));
    }

    private StunEncoder checkOfZ() {
        return request()
                .username("ufragA:ufragZ")
                .priority(1845501695)
                .role(a.agent.role().opposite(), 5);
    }

    private void assertUnmoved(UnaryOperator<StunEncoder> whole) {
        int sent = network.sent.size();
        int events = a.events.size();
        a.inject(ELSEWHERE, whole.apply(request()).toBytes());
        assertEquals(sent, network.sent.size());
        assertEquals(events, a.events.size());
        assertEquals(PathState.UNKNOWN, a.agent.pathState(0, ELSEWHERE));
    }

    private StunMessage lastSentByA() {
        SimulatedNetwork.Datagram last = network.sent.stream()
                .filter(datagram -> datagram.from().equals(A_ADDRESS))
                .reduce((earlier, later) -> later)
                .orElseThrow();
        return (StunMessage) StunDecoder.decode(ByteBuffer.wrap(last.bytes()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRequestThatIsNotAuthenticIsDroppedInSilence(boolean started) {
        if (started) {
            start(IceRole.CONTROLLED);
        }
        String name = "ufragA:ufragZ";
        assertUnmoved(r -> r.priority(1).integrity(keyOfA).fingerprint());
        assertUnmoved(r -> r.username(name).priority(1).fingerprint());
        assertUnmoved(r -> r.username(name).priority(1).integrity(WRONG_KEY).fingerprint());
        assertUnmoved(r -> r.username(name).priority(1).integrity(keyOfZ).fingerprint());
        assertUnmoved(r -> r.username(name).priority(1).integrity(keyOfA));
        assertUnmoved(r -> r.username(name).integrity(keyOfA).fingerprint());
        for (String wrong :
                List.of("", ":", "ufragA", "ufragZ:ufragA", "ufragAB:ufragZ", "ufrag:ufragZ", "x".repeat(513))) {
            assertUnmoved(r -> r.username(wrong).priority(1).integrity(keyOfA).fingerprint());
        }
    }

    @Test
    void thePeersHalfOfTheNameMustBeRightToo() {
        start(IceRole.CONTROLLED);
        for (String wrong : List.of("ufragA:", "ufragA:ufrag", "ufragA:ufragZZ", "ufragA:ufragY")) {
            assertUnmoved(r -> r.username(wrong).priority(1).integrity(keyOfA).fingerprint());
        }
    }

    @Test
    void anAuthenticRequestIsAnsweredWithTheAddressItCameFrom() {
        start(IceRole.CONTROLLED);
        a.inject(ELSEWHERE, checkOfZ().integrity(keyOfA).fingerprint().toBytes());
        StunMessage answer = (StunMessage) StunDecoder.decode(ByteBuffer.wrap(network.sent.stream()
                .filter(d -> d.to().equals(ELSEWHERE))
                .findFirst()
                .orElseThrow()
                .bytes()));
        assertEquals(StunClass.SUCCESS, answer.messageClass());
        assertEquals(ELSEWHERE, answer.mappedAddress());
        assertTrue(answer.isAuthentic(keyOfA) && answer.hasFingerprint());
        assertEquals(PathState.AUTHENTICATED, a.agent.pathState(0, ELSEWHERE));
    }

    @Test
    void anAttributeThatMustBeUnderstoodIsRefused() {
        start(IceRole.CONTROLLED);
        byte[] request = checkOfZ()
                .attribute(0x7F01, new byte[3])
                .attribute(0xFF01, new byte[3])
                .integrity(keyOfA)
                .fingerprint()
                .toBytes();
        a.inject(ELSEWHERE, request);
        StunMessage answer = lastSentByA();
        assertEquals(Stun.ERROR_UNKNOWN_ATTRIBUTE, answer.errorCode());
        assertEquals(List.of(0x7F01), answer.unknownAttributes());
        assertTrue(answer.isAuthentic(keyOfA));
        assertEquals(PathState.UNKNOWN, a.agent.pathState(0, ELSEWHERE));
    }

    @Test
    void errorsAreNeverMuchLongerThanTheirRequests() {
        StunEncoder request = checkOfZ();
        for (int type = 0x7000; type < 0x7100; type++) {
            request.attribute(type, new byte[0]);
        }
        byte[] bytes = request.integrity(keyOfA).fingerprint().toBytes();
        a.inject(ELSEWHERE, bytes);
        assertEquals(1, network.sent.size());
        assertTrue(network.sent.get(0).bytes().length < 150);
    }

    /** The check that A has sent to Z, whose transaction id a forger on the way might have seen. */
    private StunMessage checkOfA() {
        return (StunMessage) StunDecoder.decode(ByteBuffer.wrap(network.sent.stream()
                .filter(d -> d.to().equals(Z_ADDRESS))
                .findFirst()
                .orElseThrow()
                .bytes()));
    }

    private StunEncoder answer(StunClass messageClass) {
        StunEncoder answer = new StunEncoder(messageClass, checkOfA().id());
        return messageClass == StunClass.SUCCESS
                ? answer.xorMappedAddress(A_ADDRESS)
                : answer.errorCode(Stun.ERROR_ROLE_CONFLICT, "Role Conflict");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUCCESS", "ERROR"})
    void forgedResponsesChangeNothing(StunClass messageClass) {
        start(IceRole.CONTROLLING);
        int events = a.events.size();
        int sent = network.sent.size();
        // The right transaction id, without or with the wrong integrity.
        a.inject(Z_ADDRESS, answer(messageClass).fingerprint().toBytes());
        a.inject(
                Z_ADDRESS,
                answer(messageClass).integrity(WRONG_KEY).fingerprint().toBytes());
        a.inject(Z_ADDRESS, answer(messageClass).integrity(keyOfA).fingerprint().toBytes());
        a.inject(Z_ADDRESS, answer(messageClass).integrity(keyOfZ).toBytes());
        // Right in everything, from another address.
        a.inject(ELSEWHERE, answer(messageClass).integrity(keyOfZ).fingerprint().toBytes());
        assertEquals(1, a.agent.dropped(DropReason.ASYMMETRIC));
        assertEquals(3, a.agent.dropped(DropReason.UNAUTHENTIC));
        assertEquals(events, a.events.size());
        assertEquals(sent, network.sent.size());
        assertEquals(IceRole.CONTROLLING, a.agent.role());
        assertEquals(PathState.UNKNOWN, a.agent.pathState(0, Z_ADDRESS));
        // The request still waits for its answer.
        a.inject(
                Z_ADDRESS,
                answer(StunClass.SUCCESS).integrity(keyOfZ).fingerprint().toBytes());
        assertEquals(PathState.VALID, a.agent.pathState(0, Z_ADDRESS));
        assertEquals(1, a.count(IceEvent.PathValidated.class));
    }

    @Test
    void oneResponseCountsOnce() {
        start(IceRole.CONTROLLED);
        byte[] answer =
                answer(StunClass.SUCCESS).integrity(keyOfZ).fingerprint().toBytes();
        a.inject(Z_ADDRESS, answer);
        a.inject(Z_ADDRESS, answer);
        assertEquals(1, a.agent.dropped(DropReason.UNKNOWN_TRANSACTION));
    }

    @Test
    void nominationBehindTheIntegrityDoesNotNominate() {
        start(IceRole.CONTROLLED);
        a.inject(
                Z_ADDRESS,
                answer(StunClass.SUCCESS).integrity(keyOfZ).fingerprint().toBytes());
        a.inject(
                Z_ADDRESS,
                checkOfZ().integrity(keyOfA).useCandidate().fingerprint().toBytes());
        assertFalse(a.agent.pairStats(network.now, Instant.EPOCH).get(0).nominated());
        a.inject(
                Z_ADDRESS,
                checkOfZ().useCandidate().integrity(keyOfA).fingerprint().toBytes());
        assertTrue(a.agent.pairStats(network.now, Instant.EPOCH).get(0).nominated());
    }

    @Test
    void nominationOfAnUncheckedPairWaitsForOurOwnCheck() {
        start(IceRole.CONTROLLED);
        a.inject(
                Z_ADDRESS,
                checkOfZ().useCandidate().integrity(keyOfA).fingerprint().toBytes());
        assertNull(a.selected());
        a.inject(
                Z_ADDRESS,
                answer(StunClass.SUCCESS).integrity(keyOfZ).fingerprint().toBytes());
        assertEquals(Z_ADDRESS, a.selected().remoteAddress());
    }

    @Test
    void theControllingAgentIsNotToldWhatToSelect() {
        start(IceRole.CONTROLLING);
        a.inject(
                Z_ADDRESS,
                checkOfZ().useCandidate().integrity(keyOfA).fingerprint().toBytes());
        assertNull(a.selected());
    }

    /** RFC 8445 §7.3.1.1, the four cases; 0 is the least tie-breaker, −1 the greatest. */
    @ParameterizedTest
    @CsvSource({
        "CONTROLLING,  0, ERROR,   CONTROLLING",
        "CONTROLLING, -1, SUCCESS, CONTROLLED",
        "CONTROLLED,   0, SUCCESS, CONTROLLING",
        "CONTROLLED,  -1, ERROR,   CONTROLLED"
    })
    void theGreaterTieBreakerIsControlling(IceRole role, long tieBreaker, StunClass answered, IceRole after) {
        start(role);
        byte[] check = request()
                .username("ufragA:ufragZ")
                .priority(1)
                .role(role, tieBreaker)
                .integrity(keyOfA)
                .fingerprint()
                .toBytes();
        a.inject(ELSEWHERE, check);
        StunMessage answer = network.sent.stream()
                .filter(datagram -> datagram.to().equals(ELSEWHERE))
                .map(datagram -> (StunMessage) StunDecoder.decode(ByteBuffer.wrap(datagram.bytes())))
                .filter(message -> message.messageClass() != StunClass.REQUEST)
                .findFirst()
                .orElseThrow();
        assertEquals(answered, answer.messageClass());
        assertEquals(answered == StunClass.ERROR ? Stun.ERROR_ROLE_CONFLICT : -1, answer.errorCode());
        assertTrue(answer.isAuthentic(keyOfA));
        assertEquals(after, a.agent.role());
    }

    @Test
    void anAgentThatIsToldOfAConflictSwitchesAndDrawsAnotherNumber() {
        start(IceRole.CONTROLLING);
        StunMessage before = checkOfA();
        a.inject(
                Z_ADDRESS,
                answer(StunClass.ERROR).integrity(keyOfZ).fingerprint().toBytes());
        StunMessage after = lastSentByA();
        assertEquals(IceRole.CONTROLLED, a.agent.role());
        assertEquals(IceRole.CONTROLLED, after.role());
        assertNotEquals(before.tieBreaker(), after.tieBreaker());
        assertNotEquals(before.id(), after.id());
    }

    @Test
    void whenThePeerRefusesEachPairNothingIsLeftToTry() {
        start(IceRole.CONTROLLING);
        a.endOfCandidates();
        StunEncoder refusal = new StunEncoder(StunClass.ERROR, checkOfA().id()).errorCode(400, "Bad Request");
        a.inject(Z_ADDRESS, refusal.fingerprint().toBytes());
        assertEquals(IceTransportState.CHECKING, a.state());
        a.inject(Z_ADDRESS, refusal.toBytes());
        assertEquals(IceTransportState.CHECKING, a.state());
        StunEncoder authentic = new StunEncoder(StunClass.ERROR, checkOfA().id()).errorCode(400, "Bad Request");
        a.inject(Z_ADDRESS, authentic.integrity(keyOfZ).fingerprint().toBytes());
        assertEquals(IceTransportState.FAILED, a.state());
    }

    @Test
    void consentIsNotKeptAliveByAStranger() {
        z.host("10.0.0.2", 2000);
        a.start(IceRole.CONTROLLING, z);
        z.start(IceRole.CONTROLLED, a);
        a.learnAll(z);
        assertTrue(network.runUntil(a::isConnected, SECOND));
        z.frozen = true;
        long gone = network.now;
        while (a.state() != IceTransportState.FAILED && network.now - gone < 40 * SECOND) {
            network.runFor(100 * MILLI);
            StunMessage check = lastSentByA();
            StunEncoder forged = new StunEncoder(StunClass.SUCCESS, check.id()).xorMappedAddress(A_ADDRESS);
            a.inject(Z_ADDRESS, forged.integrity(WRONG_KEY).fingerprint().toBytes());
            a.inject(Z_ADDRESS, request().fingerprint().toBytes());
        }
        assertEquals(IceTransportState.FAILED, a.state());
        assertTrue(network.now - gone <= 31 * SECOND);
        assertEquals(PathState.UNKNOWN, a.agent.pathState(0, Z_ADDRESS));
    }

    @Test
    void aFloodWithTheWrongPasswordIsCutOffAndAPeerStillGetsThrough() {
        z.host("10.0.0.2", 2000);
        byte[] bad = request()
                .username("ufragA:ufragZ")
                .priority(1)
                .integrity(WRONG_KEY)
                .fingerprint()
                .toBytes();
        start(IceRole.CONTROLLED);
        for (int i = 0; i < 20_000; i++) {
            a.inject(new InetSocketAddress("10.1.0.1", 1 + i % 60_000), bad);
        }
        assertEquals(2000, a.agent.dropped(DropReason.UNAUTHENTIC));
        assertEquals(18_000, a.agent.dropped(DropReason.FLOOD));
        assertEquals(1, network.sent.size());
        z.start(IceRole.CONTROLLING, a);
        assertTrue(network.runUntil(a::isConnected, SECOND));
    }

    @Test
    void oneMillionForgedResponsesChangeNothing() {
        start(IceRole.CONTROLLING);
        byte[][] forged = {
            answer(StunClass.SUCCESS).fingerprint().toBytes(),
            answer(StunClass.SUCCESS).integrity(WRONG_KEY).fingerprint().toBytes(),
            answer(StunClass.ERROR).integrity(keyOfA).fingerprint().toBytes(),
            new StunEncoder(StunClass.SUCCESS, TransactionId.random(random))
                    .xorMappedAddress(A_ADDRESS)
                    .integrity(keyOfZ)
                    .fingerprint()
                    .toBytes()
        };
        for (int i = 0; i < 1_000_000; i++) {
            a.agent.receive(0, Z_ADDRESS, ByteBuffer.wrap(forged[i % 4]), network.now);
        }
        assertEquals(750_000, a.agent.dropped(DropReason.UNAUTHENTIC));
        assertEquals(250_000, a.agent.dropped(DropReason.UNKNOWN_TRANSACTION));
        assertNull(a.agent.transmit());
        assertNull(a.agent.poll());
        assertEquals(PathState.UNKNOWN, a.agent.pathState(0, Z_ADDRESS));
    }

    @Test
    void tenThousandCandidatesAreAHundredChecksAtMostAndNeverFasterThanThePace() {
        a.start(IceRole.CONTROLLING, z);
        for (int i = 0; i < 10_000; i++) {
            a.learn(Candidate.parse("x 1 udp 5 10.9." + i / 250 + "." + i % 250 + " 9 typ host"));
        }
        assertEquals(9_900, a.agent.dropped(DropReason.CANDIDATE_IGNORED));
        long began = network.now;
        for (int i = 0; i < 30; i++) {
            network.runFor(SECOND);
            long firstSent = network.sent.stream().map(d -> d.to()).distinct().count();
            assertTrue(firstSent <= 8 + (network.now - began) / (20 * MILLI));
        }
        assertEquals(100, network.sent.stream().map(d -> d.to()).distinct().count());
        assertEquals(700, network.sent.size());
    }

    @Test
    void aPeerThatIsHeardTakesThePlaceOfAGuess() {
        a.start(IceRole.CONTROLLED, z);
        for (int i = 0; i < 100; i++) {
            a.learn(Candidate.parse("x 1 udp 2130706431 10.9.0." + i + " 9 typ host"));
        }
        a.inject(ELSEWHERE, checkOfZ().integrity(keyOfA).fingerprint().toBytes());
        assertEquals(PathState.AUTHENTICATED, a.agent.pathState(0, ELSEWHERE));
        assertEquals(StunClass.REQUEST, lastSentByA().messageClass());
        network.runFor(20 * SECOND);
        long checked = network.sent.stream().map(d -> d.to()).distinct().count();
        assertEquals(100, checked);
    }

    @Test
    void aPeerThatShowsManyAddressesIsBounded() {
        start(IceRole.CONTROLLED);
        for (int i = 1; i < 10_000; i++) {
            a.inject(
                    new InetSocketAddress("10.0.0.9", i),
                    checkOfZ().integrity(keyOfA).fingerprint().toBytes());
        }
        long checked = network.sent.stream()
                .filter(d -> ((StunMessage) StunDecoder.decode(ByteBuffer.wrap(d.bytes()))).messageClass()
                        == StunClass.REQUEST)
                .map(d -> d.to())
                .distinct()
                .count();
        assertEquals(65, checked);
    }

    @Test
    void ofManyAddressesThatComeBeforeTheDescriptionThirtyTwoAreRemembered() {
        for (int i = 1; i <= 1_000; i++) {
            a.inject(
                    new InetSocketAddress("10.0.0.9", i),
                    checkOfZ().integrity(keyOfA).fingerprint().toBytes());
        }
        assertEquals(32, heardByA(1_000));
        start(IceRole.CONTROLLED);
        assertEquals(32, heardByA(1_000));
    }

    private long heardByA(int ports) {
        return IntStream.rangeClosed(1, ports)
                .filter(i -> a.agent.pathState(0, new InetSocketAddress("10.0.0.9", i)) != PathState.UNKNOWN)
                .count();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 1 udp 5 0.0.0.0 9 typ host",
                "1 1 udp 5 0.1.2.3 9 typ host",
                "1 1 udp 5 224.0.0.1 9 typ host",
                "1 1 udp 5 239.255.255.250 1900 typ host",
                "1 1 udp 5 255.255.255.255 9 typ host",
                "1 1 udp 5 :: 9 typ host",
                "1 1 udp 5 ff02::1 9 typ host",
                "1 1 udp 5 10.0.0.2 0 typ host"
            })
    void candidatesThatAreNobodysAddressAreRefused(String line) {
        a.host("fd00::1", 1001);
        a.start(IceRole.CONTROLLING, z);
        a.learn(Candidate.parse(line));
        network.runFor(SECOND);
        assertEquals(1, a.agent.dropped(DropReason.CANDIDATE_REFUSED));
        assertEquals(0, network.sent.size());
        assertEquals(IceTransportState.NEW, a.state());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 2 udp 5 10.0.0.2 9 typ host",
                "1 1 udp 5 10.0.0.2 9 typ host ufrag older",
                "1 1 tcp 5 10.0.0.2 9 typ host tcptype passive",
                "1 1 udp 5 127.0.0.1 9 typ host",
                "1 1 udp 5 fd00::7 9 typ host",
                "1 1 udp 5 example.org 9 typ host"
            })
    void candidatesThatAreOfNoUseAreNotChecked(String line) {
        a.learn(Candidate.parse(line));
        a.start(IceRole.CONTROLLING, z);
        a.learn(Candidate.parse(line));
        network.runFor(SECOND);
        assertEquals(0, network.sent.size());
    }

    @Test
    void anyBytesAtAllDoNoHarm() {
        start(IceRole.CONTROLLED);
        byte[] good = checkOfZ().integrity(keyOfA).fingerprint().toBytes();
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = i % 2 == 0 ? good.clone() : new byte[random.nextInt(200)];
            if (i % 2 == 0) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
            } else {
                random.nextBytes(bytes);
            }
            a.inject(ELSEWHERE, bytes);
        }
        assertEquals(1, network.sent.size());
        assertFalse(a.states.contains(IceTransportState.FAILED));
    }

    /** From 60,000 strange addresses and from the peer's: nothing is sent in answer, each is counted, and nothing of it is kept. */
    @Test
    void aMillionMessagesOfUnknownKindsAreCountedAndLeaveNothing() {
        z.host("10.0.0.2", 2000);
        start(IceRole.CONTROLLED);
        z.start(IceRole.CONTROLLING, a);
        assertTrue(network.runUntil(() -> a.isConnected() && z.isConnected(), SECOND));
        byte[][] kinds = {
            checkOfZ().integrity(keyOfA).toBytes(),
            checkOfZ().fingerprint().toBytes(),
            request().username("nobody:ufragZ").priority(1).fingerprint().toBytes(),
            new StunEncoder(StunClass.INDICATION, TransactionId.random(random)).toBytes(),
            new StunEncoder(StunClass.SUCCESS, TransactionId.random(random))
                    .fingerprint()
                    .toBytes(),
            {0, 1, 0, 0, 0x21, 0x12, (byte) 0xA4, 0x42},
            new byte[1_500],
            {3}
        };
        int sent = network.sent.size();
        int events = a.events.size();
        long pairs = a.agent.pairStats(network.now, Instant.EPOCH).size();
        long remote = a.agent.remoteCandidates().size();
        long before = droppedByA();
        for (int i = 0; i < 1_000_000; i++) {
            a.inject(i % 2 == 0 ? Z_ADDRESS : new InetSocketAddress("10.1.0.1", 1 + i % 60_000), kinds[i / 2 % 8]);
        }
        assertEquals(1_000_000, droppedByA() - before);
        assertEquals(sent, network.sent.size());
        assertEquals(events, a.events.size());
        assertEquals(pairs, a.agent.pairStats(network.now, Instant.EPOCH).size());
        assertEquals(remote, a.agent.remoteCandidates().size());
        assertEquals(PathState.VALID, a.agent.pathState(0, Z_ADDRESS));
        network.runFor(60 * SECOND);
        assertTrue(a.isConnected() && z.isConnected());
    }

    private long droppedByA() {
        return Arrays.stream(DropReason.values()).mapToLong(a.agent::dropped).sum();
    }
}
