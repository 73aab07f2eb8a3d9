package io.github.purrtc.examples;

import io.github.purrtc.dtls.DatagramSink;
import io.github.purrtc.ice.Candidate;
import io.github.purrtc.ice.CandidatePair;
import io.github.purrtc.ice.IceCandidateError;
import io.github.purrtc.ice.IceGatherer;
import io.github.purrtc.ice.IceGathererState;
import io.github.purrtc.ice.IceOptions;
import io.github.purrtc.ice.IceParameters;
import io.github.purrtc.ice.IceTransport;
import io.github.purrtc.ice.IceTransportState;
import io.github.purrtc.ice.Network;
import io.github.purrtc.ice.NetworkLoop;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The lower half of an end: an ICE gatherer and a transport over it. Its methods may be called from any thread. */
final class IcePeer {
    private final NetworkLoop loop = Network.shared().nextLoop();
    private final PeerSettings settings;
    private final Narrator narrator;
    private final IceGatherer gatherer;
    private final IceTransport transport;
    private final CompletableFuture<Void> gathered = new CompletableFuture<>();
    private final CompletableFuture<Void> connected = new CompletableFuture<>();

    // The loop's.
    private Upper upper = Upper.NONE;
    private Consumer<@Nullable Candidate> candidates = candidate -> {};

    /** What is carried by ICE; all on the loop. */
    interface Upper {
        Upper NONE = new Upper() {};

        /** There is a path to the peer, or another one. */
        default void onPath() {}

        default void receive(ByteBuffer datagram) {}

        default void endOfBurst() {}

        default void onWritable() {}
    }

    IcePeer(PeerSettings settings, Narrator narrator) {
        this.settings = settings;
        this.narrator = narrator;
        gatherer = new IceGatherer(loop, settings.gathering());
        transport = CompletableFuture.supplyAsync(
                        () -> new IceTransport(loop, gatherer, IceOptions.defaults(), new TransportEvents()), loop)
                .join();
        execute(() -> gatherer.listener(new GathererEvents()));
    }

    NetworkLoop loop() {
        return loop;
    }

    IceTransport transport() {
        return transport;
    }

    IceParameters localParameters() {
        return gatherer.localParameters();
    }

    /** What was gathered, of the types that are wanted. */
    List<Candidate> localCandidates() {
        return gatherer.localCandidates().stream()
                .filter(candidate -> settings.types().contains(candidate.type()))
                .toList();
    }

    /** Complete with the last candidate. */
    CompletionStage<Void> gathered() {
        return gathered;
    }

    /** Complete when there is a path to the peer; fails if there is none. */
    CompletionStage<Void> connected() {
        return connected;
    }

    void upper(Upper value) {
        execute(() -> upper = value);
    }

    /** Tells each candidate of the types that are wanted, then null. To be set before {@link #gather}. */
    void onCandidate(Consumer<@Nullable Candidate> listener) {
        execute(() -> candidates = listener);
    }

    void gather() {
        execute(gatherer::gather);
    }

    void start(IceParameters remote) {
        execute(() -> transport.start(settings.role(), remote));
    }

    /** Null: there will be no more. */
    void addRemoteCandidate(@Nullable Candidate candidate) {
        execute(() -> {
            if (candidate == null) {
                transport.endOfRemoteCandidates();
            } else if (settings.types().contains(candidate.type())) {
                transport.addRemoteCandidate(candidate);
            }
        });
    }

    /** Complete when all sockets are closed. */
    CompletableFuture<Void> stop() {
        return CompletableFuture.runAsync(transport::stop, loop);
    }

    /** Where DTLS writes its datagrams. */
    DatagramSink sink() {
        return new DatagramSink() {
            @Override
            public void write(byte[] buffer, int offset, int length) {
                transport.write(buffer, offset, length);
            }

            @Override
            public void flush() {
                transport.flush();
            }
        };
    }

    /** Runs the task on the loop, in its turn. */
    void execute(Runnable task) {
        loop.execute(task);
    }

    private final class GathererEvents implements IceGatherer.Listener {
        @Override
        public void onCandidate(Candidate candidate) {
            narrator.layerCandidate(candidate);
            if (settings.types().contains(candidate.type())) {
                candidates.accept(candidate);
            }
        }

        @Override
        public void onStateChange(IceGathererState state) {
            narrator.iceGatherer(state);
            if (state == IceGathererState.COMPLETE) {
                narrator.layerCandidate(null);
                candidates.accept(null);
                gathered.complete(null);
            }
        }

        @Override
        public void onError(IceCandidateError error) {
            narrator.candidateError(error);
        }
    }

    private final class TransportEvents implements IceTransport.Listener {
        @Override
        public void onStateChange(IceTransportState state) {
            narrator.iceTransport(state);
            if (state == IceTransportState.CONNECTED) {
                connected.complete(null);
            } else if (state == IceTransportState.FAILED) {
                connected.completeExceptionally(new IllegalStateException("ICE found no path to the peer, or lost it"));
            }
        }

        @Override
        public void onSelectedPair(CandidatePair pair) {
            narrator.selectedPair(pair);
            upper.onPath();
        }

        @Override
        public void onDatagram(ByteBuffer datagram) {
            upper.receive(datagram);
        }

        @Override
        public void onEndOfBurst() {
            upper.endOfBurst();
        }

        @Override
        public void onWritable() {
            upper.onWritable();
        }
    }
}
