package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.Candidate;
import io.github.purrtc.ice.CandidateType;
import io.github.purrtc.ice.IceOptions;
import io.github.purrtc.ice.IceParameters;
import io.github.purrtc.ice.IceProtocol;
import io.github.purrtc.ice.IceRole;
import io.github.purrtc.ice.IceTransportState;
import io.github.purrtc.ice.TcpType;
import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One agent in the simulated network, with a socket per host candidate. */
final class Peer {

    final String name;
    final SimulatedNetwork network;
    IceParameters parameters;
    final IceAgent agent;
    final List<InetSocketAddress> sockets = new ArrayList<>();
    final List<IceProtocol> protocols = new ArrayList<>();
    final List<Candidate> candidates = new ArrayList<>();
    private final List<Candidate> reflexive = new ArrayList<>();
    final List<IceEvent> events = new ArrayList<>();
    final List<IceTransportState> states = new ArrayList<>();

    /** A process that is stopped or gone. */
    boolean frozen;

    Peer(String name, SimulatedNetwork network, long seed) {
        this(name, network, new Random(seed), IceOptions.defaults());
    }

    Peer(String name, SimulatedNetwork network, Random random, IceOptions options) {
        this(name, network, random, options, credentials(name, "", false, false));
    }

    private static IceParameters credentials(String name, String suffix, boolean lite, boolean renomination) {
        return new IceParameters("ufrag" + name + suffix, "password0123456789abcd" + name + suffix, lite, renomination);
    }

    static Peer lite(String name, SimulatedNetwork network, long seed) {
        return new Peer(name, network, new Random(seed), IceOptions.defaults(), credentials(name, "", true, false));
    }

    static Peer renominating(String name, SimulatedNetwork network, long seed) {
        return new Peer(name, network, new Random(seed), IceOptions.defaults(), credentials(name, "", false, true));
    }

    private Peer(String name, SimulatedNetwork network, Random random, IceOptions options, IceParameters parameters) {
        this.name = name;
        this.network = network;
        this.parameters = parameters;
        agent = new IceAgent(parameters, options, random);
        network.add(this);
    }

    /** Opens a socket and adds its candidate. */
    Candidate host(String ip, int port) {
        return open(CandidateType.HOST, ip, port);
    }

    /** What a STUN server sees of a socket. */
    void reflexive(int socketId, InetSocketAddress seen) {
        Candidate base = candidates.get(socketId);
        Candidate candidate = new Candidate(
                base.foundation() + "s",
                1,
                IceProtocol.UDP,
                CandidateRules.priority(CandidateType.SERVER_REFLEXIVE, 65_535 - socketId, 1),
                seen.getAddress().getHostAddress(),
                seen.getPort(),
                CandidateType.SERVER_REFLEXIVE,
                base.address(),
                base.port(),
                null,
                null);
        reflexive.add(candidate);
        agent.addLocalCandidate(candidate, socketId, network.now);
        drain();
    }

    /** All that is signalled. */
    List<Candidate> signalled() {
        List<Candidate> all = new ArrayList<>(candidates);
        all.addAll(reflexive);
        return all;
    }

    /** As if a relay's address were a socket of ours. */
    Candidate relayed(String ip, int port) {
        return open(CandidateType.RELAYED, ip, port);
    }

    /** An active one has port 9 (RFC 6544 §4.5). */
    Candidate tcp(TcpType type, String ip, int port) {
        InetSocketAddress address = new InetSocketAddress(ip, port);
        int preference = CandidateRules.localPreference(address.getAddress(), 0);
        return open(new Candidate(
                CandidateRules.foundation(CandidateType.HOST, address.getAddress(), IceProtocol.TCP, null, 7),
                1,
                IceProtocol.TCP,
                CandidateRules.tcpHostPriority(type, preference, 1),
                ip,
                port,
                CandidateType.HOST,
                null,
                0,
                type,
                null));
    }

    private Candidate open(CandidateType type, String ip, int port) {
        InetSocketAddress address = new InetSocketAddress(ip, port);
        int preference = CandidateRules.localPreference(address.getAddress(), sockets.size());
        String foundation = CandidateRules.foundation(type, address.getAddress(), IceProtocol.UDP, null, 7);
        long priority = CandidateRules.priority(type, preference, 1);
        return open(new Candidate(foundation, 1, IceProtocol.UDP, priority, ip, port, type, null, 0, null, null));
    }

    private Candidate open(Candidate candidate) {
        InetSocketAddress address = candidate.socketAddress();
        sockets.add(address);
        protocols.add(candidate.protocol());
        candidates.add(candidate);
        network.own(address, this);
        agent.addLocalCandidate(candidate, sockets.size() - 1, network.now);
        drain();
        return candidate;
    }

    void start(IceRole role, Peer other) {
        agent.start(role, other.parameters, network.now);
        drain();
    }

    void startWithOtherPeer(IceRole role, Peer other) {
        agent.startWithOtherPeer(role, other.parameters, network.now);
        drain();
    }

    /** New credentials, which the other has to be told. */
    void restart(int number) {
        parameters = credentials(name, "r" + number, parameters.lite(), parameters.renomination());
        agent.restart(parameters, network.now);
        drain();
    }

    /** The socket goes, as its interface does. */
    void loseSocket(int socketId) {
        network.disown(sockets.get(socketId));
        agent.removeSocket(socketId, network.now);
        drain();
    }

    void learn(Candidate candidate) {
        agent.addRemoteCandidate(candidate, network.now);
        drain();
    }

    /** All of the other's candidates and their end. */
    void learnAll(Peer other) {
        other.candidates.forEach(this::learn);
        endOfCandidates();
    }

    void endOfCandidates() {
        agent.endOfLocalCandidates(network.now);
        agent.endOfRemoteCandidates(null, network.now);
        drain();
    }

    void receive(SimulatedNetwork.Datagram datagram, long now) {
        if (!frozen) {
            agent.receive(sockets.indexOf(datagram.to()), datagram.from(), ByteBuffer.wrap(datagram.bytes()), now);
            drain();
        }
    }

    /** A datagram from outside the simulation. */
    void inject(InetSocketAddress from, byte[] bytes) {
        agent.receive(0, from, ByteBuffer.wrap(bytes), network.now);
        drain();
    }

    long nextTimeout() {
        return frozen ? Long.MAX_VALUE : agent.nextTimeout();
    }

    void onTimeout(long now) {
        agent.onTimeout(now);
        drain();
    }

    void drain() {
        for (OutgoingStun out = agent.transmit(); out != null; out = agent.transmit()) {
            network.send(sockets.get(out.socketId()), out.destination(), out.bytes(), protocols.get(out.socketId()));
        }
        for (IceEvent event = agent.poll(); event != null; event = agent.poll()) {
            events.add(event);
            if (event instanceof IceEvent.StateChanged changed) {
                states.add(changed.state());
            }
        }
    }

    IceTransportState state() {
        return agent.state();
    }

    boolean isConnected() {
        return state() == IceTransportState.CONNECTED || state() == IceTransportState.COMPLETED;
    }

    /** Where data would be sent to. */
    IceEvent.@Nullable PairSelected selected() {
        IceEvent.PairSelected last = null;
        for (IceEvent event : events) {
            if (event instanceof IceEvent.PairSelected selected) {
                last = selected;
            }
        }
        return last;
    }

    long count(Class<? extends IceEvent> kind) {
        return events.stream().filter(kind::isInstance).count();
    }
}
