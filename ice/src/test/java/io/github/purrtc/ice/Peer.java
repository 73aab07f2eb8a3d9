package io.github.purrtc.ice;

import io.github.purrtc.testing.Await;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** One end of a connection in a test: its gatherer and transport on a loop, and what happened to it. */
final class Peer implements IceTransport.Listener {
    final NetworkLoop loop;
    final IceGatherer gatherer;
    final BlockingQueue<IceTransportState> states = new LinkedBlockingQueue<>();
    final BlockingQueue<byte[]> datagrams = new LinkedBlockingQueue<>();
    final AtomicInteger bursts = new AtomicInteger();
    final AtomicInteger writables = new AtomicInteger();
    final CompletableFuture<CandidatePair> selected = new CompletableFuture<>();
    IceTransport transport;

    private final List<Candidate> gathered = new ArrayList<>();

    Peer(NetworkLoop loop, IceGatherOptions options) throws Exception {
        this.loop = loop;
        this.gatherer = new IceGatherer(loop, options);
        this.transport = LoopCalls.call(loop, () -> new IceTransport(loop, gatherer, IceOptions.defaults(), this));
    }

    static IceGatherOptions loopback() {
        return IceGatherOptions.builder()
                .addressFilter(address -> address.isLoopbackAddress())
                .build();
    }

    void gather() throws Exception {
        LoopCalls.run(loop, gatherer::gather);
        refreshCandidates();
    }

    /** One that has gathered all there is. */
    static Peer gathered(NetworkLoop loop, IceGatherOptions options, Collection<IceCandidateError> errors)
            throws Exception {
        Peer peer = new Peer(loop, options);
        peer.gatherer.listener(new IceGatherer.Listener() {
            @Override
            public void onError(IceCandidateError error) {
                errors.add(error);
            }
        });
        peer.gather();
        Await.until(() -> "complete: " + errors, () -> peer.gatherer.state() == IceGathererState.COMPLETE);
        peer.refreshCandidates();
        return peer;
    }

    /** By what both have gathered. */
    static void connect(Peer a, Peer z) throws Exception {
        a.start(IceRole.CONTROLLING, z);
        z.start(IceRole.CONTROLLED, a);
        a.learnCandidatesOf(z);
        z.learnCandidatesOf(a);
        awaitConnected(a, z);
    }

    /** What the other peer is told, as it is by now. */
    void refreshCandidates() {
        gathered.clear();
        gathered.addAll(gatherer.localCandidates());
    }

    void restart() throws Exception {
        LoopCalls.run(loop, () -> {
            transport.restart(gatherer.newParameters());
            gatherer.gather();
        });
        refreshCandidates();
    }

    void start(IceRole role, Peer other) throws Exception {
        LoopCalls.run(loop, () -> transport.start(role, other.gatherer.localParameters()));
    }

    void learnCandidatesOf(Peer other) throws Exception {
        List<Candidate> candidates = List.copyOf(other.gathered);
        LoopCalls.run(loop, () -> {
            candidates.forEach(transport::addRemoteCandidate);
            transport.endOfRemoteCandidates();
        });
    }

    void stop() throws Exception {
        LoopCalls.run(loop, transport::stop);
    }

    void awaitState(IceTransportState state) {
        Await.until(() -> state + ", states so far: " + states, () -> transport.state() == state);
    }

    /** A pair is selected on both sides, and so datagrams pass both ways. */
    static void awaitConnected(Peer a, Peer z) {
        Await.until(
                () -> "connected: A " + a.states + ", Z " + z.states,
                () -> a.transport.selectedPair() != null && z.transport.selectedPair() != null);
    }

    @Override
    public void onStateChange(IceTransportState state) {
        states.add(state);
    }

    @Override
    public void onSelectedPair(CandidatePair pair) {
        selected.complete(pair);
    }

    @Override
    public void onDatagram(ByteBuffer datagram) {
        byte[] copy = new byte[datagram.remaining()];
        datagram.get(copy);
        datagrams.add(copy);
    }

    @Override
    public void onEndOfBurst() {
        bursts.incrementAndGet();
    }

    @Override
    public void onWritable() {
        writables.incrementAndGet();
    }
}
