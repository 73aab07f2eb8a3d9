package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.Candidate;
import io.github.purrtc.ice.IceRole;
import io.github.purrtc.ice.IceTransportState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import static io.github.purrtc.ice.internal.agent.SimulatedNetwork.MILLI;
import static io.github.purrtc.ice.internal.agent.SimulatedNetwork.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Two agents on a bad network, a thousand times; a seed that fails is named and replays. */
class IceSimulationTest {

    private static final int SEEDS = 1000;

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 30})
    void eachSeedConnects(int lossPercent) {
        for (int seed = 0; seed < SEEDS; seed++) {
            new Run(seed, lossPercent).connect();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 30})
    void connectionsOutliveAnOutage(int lossPercent) {
        for (int seed = 0; seed < SEEDS / 4; seed++) {
            Run run = new Run(seed, lossPercent);
            run.connect();
            run.outage();
        }
    }

    private static final class Run {

        private final int seed;
        private final Random random;
        private final SimulatedNetwork network;
        private final Peer a;
        private final Peer z;

        Run(int seed, int lossPercent) {
            this.seed = seed;
            random = new Random(seed);
            network = new SimulatedNetwork(random.nextLong());
            network.loss = lossPercent / 100.0;
            network.duplication = random.nextInt(3) * 0.1;
            network.minDelay = random.nextInt(3) * 20 * MILLI;
            network.jitter = random.nextInt(4) * 30 * MILLI;
            a = new Peer("A", network, random.nextLong());
            z = new Peer("Z", network, random.nextLong());
        }

        /** Descriptions and candidates come in any order and late, as signalling has it. */
        void connect() {
            open(a, "10.0.0.1", "192.168.1.1", "fd00::1");
            open(z, "10.0.0.2", "192.168.1.2", "fd00::2");
            List<Runnable> steps = new ArrayList<>();
            boolean conflict = random.nextInt(4) == 0;
            IceRole role = random.nextBoolean() ? IceRole.CONTROLLING : IceRole.CONTROLLED;
            steps.add(() -> a.start(role, z));
            steps.add(() -> z.start(conflict ? role : role.opposite(), a));
            boolean oneWay = random.nextInt(4) == 0;
            z.candidates.forEach(candidate -> steps.add(() -> a.learn(candidate)));
            if (!oneWay) {
                a.candidates.forEach(candidate -> steps.add(() -> z.learn(candidate)));
            }
            Collections.shuffle(steps, random);
            for (Runnable step : steps) {
                network.runFor(random.nextInt(200) * MILLI);
                step.run();
            }
            a.endOfCandidates();
            z.endOfCandidates();
            assertTrue(network.runUntil(() -> bothAre(IceTransportState.COMPLETED), 10 * SECOND), this::describe);
            assertNotEquals(a.agent.role(), z.agent.role(), this::describe);
        }

        private void open(Peer peer, String... addresses) {
            int count = 1 + random.nextInt(addresses.length);
            for (int i = 0; i < count; i++) {
                peer.host(addresses[i], 1000 + random.nextInt(60000));
            }
        }

        void outage() {
            network.runFor(random.nextInt(20) * SECOND);
            network.blocked = datagram -> true;
            network.runFor((1 + random.nextInt(20)) * SECOND);
            network.blocked = datagram -> false;
            assertTrue(network.runUntil(() -> a.isConnected() && z.isConnected(), 9 * SECOND), this::describe);
            network.runFor(40 * SECOND);
            assertEquals(false, a.states.contains(IceTransportState.FAILED), this::describe);
            assertEquals(false, z.states.contains(IceTransportState.FAILED), this::describe);
            assertEachReaches(a, z);
            assertEachReaches(z, a);
        }

        /** What one sends on its selected path is data for the other. */
        private void assertEachReaches(Peer from, Peer to) {
            IceEvent.PairSelected path = from.selected();
            assertNotNull(path, this::describe);
            int socket = to.sockets.indexOf(path.remoteAddress());
            assertEquals(
                    PathState.VALID, to.agent.pathState(socket, from.sockets.get(path.socketId())), this::describe);
        }

        private boolean bothAre(IceTransportState state) {
            return a.state() == state && z.state() == state;
        }

        private String describe() {
            return "seed " + seed + " loss " + network.loss + ": A " + a.agent.role() + a.states
                    + a.agent.selectedPair() + ", Z " + z.agent.role() + z.states + z.agent.selectedPair();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, 30})
    void manyCandidatesOfWhichOneWorks(int lossPercent) {
        for (int seed = 0; seed < 50; seed++) {
            SimulatedNetwork network = new SimulatedNetwork(seed);
            network.loss = lossPercent / 100.0;
            network.minDelay = 10 * MILLI;
            Peer a = new Peer("A", network, seed);
            Peer z = new Peer("Z", network, seed + 1);
            a.host("10.0.0.1", 1000);
            Candidate real = z.host("10.0.0.2", 2000);
            a.start(IceRole.CONTROLLING, z);
            for (int i = 0; i < 80; i++) {
                a.learn(Candidate.parse("x 1 udp " + (real.priority() + 1 + i) + " 10.0.1." + i + " 9 typ host"));
            }
            a.learn(real);
            z.start(IceRole.CONTROLLED, a);
            int which = seed;
            assertTrue(network.runUntil(() -> a.isConnected() && z.isConnected(), 25 * SECOND), () -> "seed " + which);
        }
    }
}
