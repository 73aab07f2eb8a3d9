package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.Candidate;
import io.github.purrtc.ice.IceProtocol;
import io.github.purrtc.ice.IceRole;
import io.github.purrtc.ice.IceTransportState;
import io.github.purrtc.ice.TcpType;
import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import static io.github.purrtc.ice.internal.agent.SimulatedNetwork.MILLI;
import static io.github.purrtc.ice.internal.agent.SimulatedNetwork.SECOND;

/** Two agents behind NATs; everything else is drawn from the seed. Throws an AssertionError where a promise is broken. */
final class NatScenario {

    /** Which of the two has a TURN server. */
    enum Relays {
        NONE,
        A,
        Z,
        BOTH;

        boolean has(Relays one) {
            return this == one || this == BOTH;
        }
    }

    /** @param tcp whether both have active and passive TCP candidates */
    record Cell(NatKind a, NatKind z, Relays relays, int lossPercent, boolean tcp) {

        /** The same in each run, unlike a hash code of enums. */
        int number() {
            return ((a.ordinal() * 7 + z.ordinal()) * 4 + relays.ordinal()) * 101 + lossPercent + (tcp ? 50_000 : 0);
        }

        /** With a relay that the other side gets to, by UDP of its own or by its own relay, everything is reachable. */
        boolean isReachable() {
            return isReachableByUdp() || (tcp && (a == NatKind.NONE || z == NatKind.NONE));
        }

        boolean isReachableByUdp() {
            boolean ofA = relays.has(Relays.A);
            boolean ofZ = relays.has(Relays.Z);
            boolean aIsHeard = ofA || a != NatKind.UDP_BLOCKED;
            boolean zIsHeard = ofZ || z != NatKind.UDP_BLOCKED;
            return aIsHeard && zIsHeard && (ofA || ofZ || a.reaches(z));
        }
    }

    private static final long CONNECT_LIMIT = 29 * SECOND;
    private static final long DATA_LIMIT = 5 * SECOND;

    final SimulatedNetwork network;
    final Peer a;
    final Peer z;
    private final Cell cell;
    private final long seed;
    private final Random random;
    private final NatRouter router = new NatRouter();
    private final SimulatedTcp tcp;

    NatScenario(Cell cell, long seed) {
        this.cell = cell;
        this.seed = seed;
        random = new Random(seed * 1_000_003 + cell.number());
        network = new SimulatedNetwork(random.nextLong());
        tcp = new SimulatedTcp(new Random(seed));
        network.router = router;
        network.loss = cell.lossPercent / 100.0;
        network.duplication = random.nextInt(3) * 0.1;
        network.minDelay = (1 + random.nextInt(80)) * MILLI;
        network.jitter = random.nextInt(4) * 20 * MILLI;
        a = new Peer("A", network, random.nextLong());
        z = new Peer("Z", network, random.nextLong());
        if (cell.tcp) {
            network.tcp = tcp;
        }
        place(a, cell.a, cell.relays.has(Relays.A), 1);
        place(z, cell.z, cell.relays.has(Relays.Z), 2);
    }

    private void place(Peer peer, NatKind kind, boolean relay, int number) {
        InetAddress host = address(kind == NatKind.NONE ? "198.51.100." + number : "192.168.1." + (10 + number));
        InetAddress outer = address("203.0.113." + number);
        int port = 10_000 + random.nextInt(10_000);
        switch (kind) {
            case NONE, UDP_BLOCKED -> router.host(host, List.of());
            case DOUBLE -> {
                InetAddress middle = address("10.64.0." + number);
                router.host(
                        host,
                        List.of(
                                new Nat(NatKind.ADDRESS_RESTRICTED, middle, 30_000),
                                new Nat(NatKind.PORT_RESTRICTED, outer, 40_000)));
            }
            default -> router.host(host, List.of(new Nat(kind, outer, 20_000 + random.nextInt(10_000))));
        }
        peer.host(host.getHostAddress(), port);
        if (kind == NatKind.UDP_BLOCKED) {
            router.blockUdp(host);
        }
        if (cell.tcp) {
            tcp.host(host, kind == NatKind.NONE ? host : outer);
            peer.tcp(TcpType.ACTIVE, host.getHostAddress(), 9);
            peer.tcp(TcpType.PASSIVE, host.getHostAddress(), 50_000 + number);
        }
        InetSocketAddress seen = router.seenByServer(peer.sockets.get(0));
        if (seen != null && !seen.equals(peer.sockets.get(0))) {
            peer.reflexive(0, seen);
        }
        if (relay) {
            InetSocketAddress relayed = new InetSocketAddress(address("192.0.2.10" + number), 50_000 + number);
            router.relay(relayed);
            peer.relayed(relayed.getAddress().getHostAddress(), relayed.getPort());
        }
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    /** Descriptions and candidates come in any order, some late; roles may conflict. */
    void signal() {
        List<Runnable> steps = new ArrayList<>();
        boolean conflict = random.nextInt(4) == 0;
        IceRole role = random.nextBoolean() ? IceRole.CONTROLLING : IceRole.CONTROLLED;
        steps.add(() -> a.start(role, z));
        steps.add(() -> z.start(conflict ? role : role.opposite(), a));
        for (Candidate candidate : z.signalled()) {
            steps.add(() -> a.learn(candidate));
        }
        for (Candidate candidate : a.signalled()) {
            steps.add(() -> z.learn(candidate));
        }
        Collections.shuffle(steps, random);
        for (Runnable step : steps) {
            network.runFor(random.nextInt(150) * MILLI);
            step.run();
        }
        a.endOfCandidates();
        z.endOfCandidates();
    }

    void run() {
        signal();
        if (cell.isReachable()) {
            expectConnected("connects");
        } else {
            boolean failed = network.runUntil(
                    () -> a.state() == IceTransportState.FAILED && z.state() == IceTransportState.FAILED, 50 * SECOND);
            require(failed, "fails where nothing can work");
        }
    }

    void expectConnected(String what) {
        require(network.runUntil(() -> a.isConnected() && z.isConnected(), CONNECT_LIMIT), what);
        require(a.agent.role() != z.agent.role(), what + ": roles differ");
        // One may select a pair that the other's check has not validated yet: its datagrams wait there.
        require(network.runUntil(() -> takes(a, z) && takes(z, a), DATA_LIMIT), what + ": data passes both ways");
    }

    void expectTcpWhereUdpIsNot() {
        if (cell.isReachable() && !cell.isReachableByUdp()) {
            require(protocolInUse(a) == IceProtocol.TCP && protocolInUse(z) == IceProtocol.TCP, "by TCP");
        }
    }

    private static @Nullable IceProtocol protocolInUse(Peer peer) {
        IceEvent.PairSelected selected = peer.selected();
        return selected == null ? null : peer.protocols.get(selected.socketId());
    }

    /** Whether what one sends by its selected pair arrives at the other, which takes it for the peer's. */
    private boolean takes(Peer from, Peer to) {
        IceEvent.PairSelected path = from.selected();
        if (path == null) {
            return false;
        }
        if (from.protocols.get(path.socketId()) == IceProtocol.TCP) {
            return tcp.isTaken(from.sockets.get(path.socketId()), path.remoteAddress(), to);
        }
        InetSocketAddress source = router.outbound(from.sockets.get(path.socketId()), path.remoteAddress());
        InetSocketAddress inside = source == null ? null : router.inbound(source, path.remoteAddress());
        return inside != null && to.agent.pathState(to.sockets.indexOf(inside), source) == PathState.VALID;
    }

    /** Both sides are told new credentials, in any order of events, while data flows. */
    void restart(int number) {
        Peer first = random.nextBoolean() ? a : z;
        Peer second = first == a ? z : a;
        first.restart(number);
        network.runFor(random.nextInt(500) * MILLI);
        second.restart(number);
        IceRole role = second.agent.role();
        second.start(role, first);
        first.signalled().forEach(second::learn);
        second.endOfCandidates();
        network.runFor(random.nextInt(500) * MILLI);
        // Now and then both want the same role.
        first.start(random.nextInt(4) == 0 ? role : role.opposite(), second);
        second.signalled().forEach(first::learn);
        first.endOfCandidates();
        require(
                network.runUntil(() -> !first.agent.isRestarting() && !second.agent.isRestarting(), CONNECT_LIMIT),
                "restarts");
        expectConnected("is connected after a restart");
    }

    /** Nothing passes for a while. Consent ends after 30 s; what is shorter by the time between two checks is outlived. */
    void outage(int seconds) {
        network.runFor(random.nextInt(15) * SECOND);
        network.blocked = datagram -> true;
        network.runFor(seconds * SECOND);
        network.blocked = datagram -> false;
        if (seconds >= 31) {
            require(
                    a.state() == IceTransportState.FAILED && z.state() == IceTransportState.FAILED,
                    "has failed after " + seconds + " s");
        } else if (seconds <= 20) {
            require(
                    a.state() != IceTransportState.FAILED && z.state() != IceTransportState.FAILED,
                    "has not failed after " + seconds + " s");
            expectConnected("recovers from " + seconds + " s");
        }
    }

    /** 1 to 40 s. */
    int anOutage() {
        return 1 + random.nextInt(40);
    }

    boolean isAnyFailed() {
        return a.state() == IceTransportState.FAILED || z.state() == IceTransportState.FAILED;
    }

    private void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError("broken: " + what + "; -Dpurrtc.seed=" + seed + ", " + cell + ": " + describe(a)
                    + ", " + describe(z));
        }
    }

    private static @Nullable String describe(Peer peer) {
        return peer.name + " " + peer.agent.role() + peer.states + peer.agent.selectedPair();
    }
}
