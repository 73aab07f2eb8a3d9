package io.github.purrtc.ice.internal.agent;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.purrtc.ice.Candidate;
import io.github.purrtc.ice.IceRole;
import io.github.purrtc.ice.internal.stun.ShortTermKey;
import io.github.purrtc.ice.internal.stun.StunClass;
import io.github.purrtc.ice.internal.stun.StunEncoder;
import io.github.purrtc.ice.internal.stun.TransactionId;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Random;

import static io.github.purrtc.ice.internal.agent.SimulatedNetwork.MILLI;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A script of what a peer, a stranger and the user of an agent can do to it, one step a byte and what it needs. The agent never throws, and
 * neither its pairs nor what it sends in answer outgrow their bounds.
 */
class LiveAgentFuzzTest {
    private static final int MAX_STEPS = 400;
    private static final int MAX_PAIRS = 100;

    @FuzzTest(maxDuration = "5m")
    void survives(byte[] bytes) {
        new Script(ByteBuffer.wrap(bytes)).run();
    }

    private static final class Script {
        private final ByteBuffer bytes;
        private final Random random = new Random(1);
        private final SimulatedNetwork network = new SimulatedNetwork(1);
        private final Peer a = new Peer("A", network, 2);
        private final Peer z = new Peer("Z", network, 3);
        private boolean stopped;
        private int restarts;

        Script(ByteBuffer bytes) {
            this.bytes = bytes;
            a.host("10.0.0.1", 1000);
            a.host("10.0.1.1", 1001);
            z.host("10.0.0.2", 2000);
        }

        private int next(int bound) {
            return bytes.hasRemaining() ? (bytes.get() & 0xFF) % bound : 0;
        }

        void run() {
            for (int step = 0; step < MAX_STEPS && bytes.hasRemaining() && !stopped; step++) {
                int before = network.sent.size();
                step();
                assertTrue(a.agent.pairStats(0, java.time.Instant.EPOCH).size() <= 2 * MAX_PAIRS, "pairs");
                assertTrue(network.sent.size() - before <= 10_000, "packets");
            }
        }

        private void step() {
            switch (next(12)) {
                case 0 -> a.inject(source(), raw());
                case 1, 2 -> a.inject(source(), request());
                case 3, 4 -> a.inject(source(), response());
                case 5 -> network.runFor(next(256) * 20 * MILLI);
                case 6 -> a.learn(candidate());
                case 7 -> startOnce();
                case 8 -> restart();
                case 9 -> a.agent.cancelRestart(network.now);
                case 10 -> a.endOfCandidates();
                default -> rare();
            }
            a.drain();
        }

        private void rare() {
            switch (next(4)) {
                case 0 -> a.loseSocket(next(2));
                case 1 -> {
                    a.agent.stop();
                    stopped = true;
                }
                case 2 -> a.agent.pathState(next(3), source());
                default -> a.learnAll(z);
            }
        }

        private void startOnce() {
            try {
                a.start(next(2) == 0 ? IceRole.CONTROLLING : IceRole.CONTROLLED, z);
            } catch (IllegalStateException e) {
                assertTrue(e.getMessage() != null, "misuse is named");
            }
        }

        private void restart() {
            if (restarts < 20) {
                a.restart(restarts++);
            }
        }

        private InetSocketAddress source() {
            return new InetSocketAddress("10.0.0." + (2 + next(3)), 2000 + next(200));
        }

        private byte[] raw() {
            byte[] raw = new byte[Math.min(next(256), bytes.remaining())];
            bytes.get(raw);
            return raw;
        }

        private byte[] request() {
            int kind = next(64);
            StunEncoder request = new StunEncoder(StunClass.REQUEST, TransactionId.random(random))
                    .username(a.parameters.usernameFragment() + ":" + z.parameters.usernameFragment())
                    .priority(next(256) << 20)
                    .role((kind & 1) == 0 ? IceRole.CONTROLLING : IceRole.CONTROLLED, next(256) - 128L);
            if ((kind & 2) != 0) {
                request.useCandidate();
            }
            if ((kind & 4) != 0) {
                request.nomination(next(256));
            }
            if ((kind & 24) == 24) {
                request.attribute(next(256) << 8, new byte[next(9)]);
            }
            return request.integrity(new ShortTermKey(a.parameters.password()))
                    .fingerprint()
                    .toBytes();
        }

        /** To what A has sent before, perhaps long before. */
        private byte[] response() {
            TransactionId id = network.sent.isEmpty()
                    ? new TransactionId(1, 2)
                    : HandMade.read(network.sent
                                    .get(next(256) % network.sent.size())
                                    .bytes())
                            .id();
            int kind = next(8);
            StunEncoder response = kind < 5
                    ? new StunEncoder(StunClass.SUCCESS, id).xorMappedAddress(source())
                    : new StunEncoder(StunClass.ERROR, id).errorCode(kind == 5 ? 400 : 487, "no");
            return response.integrity(new ShortTermKey(z.parameters.password()))
                    .fingerprint()
                    .toBytes();
        }

        private Candidate candidate() {
            String type = new String[] {"host", "srflx", "relay", "prflx"}[next(4)];
            String fragment = next(2) == 0 ? "" : " ufrag ufragZ";
            return Candidate.parse("1 1 udp " + (1 + next(256)) + " 10.0.0." + (2 + next(3)) + " " + (2000 + next(200))
                    + " typ " + type + fragment);
        }
    }
}
