package io.github.purrtc.examples;

import io.github.purrtc.Configuration;
import io.github.purrtc.DataChannel;
import io.github.purrtc.IceGatheringState;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.PeerConnectionState;
import io.github.purrtc.SessionDescription;
import io.github.purrtc.ice.Candidate;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Two peer connections in one process, A and Z, connected over the loopback interface, and a channel from A to Z. */
final class LoopbackPair implements AutoCloseable {
    private static final String LABEL = "throughput";
    private static final long CONNECT_LIMIT_SECONDS = 15;

    private final PeerConnection a;
    private final PeerConnection z;
    private final DataChannel channel;
    private final CompletableFuture<DataChannel> received = new CompletableFuture<>();
    private final CompletableFuture<Void> opened = new CompletableFuture<>();

    private LoopbackPair(Configuration configuration) {
        a = new PeerConnection(configuration);
        z = new PeerConnection(configuration);
        a.onConnectionStateChange(this::follow);
        z.onConnectionStateChange(this::follow).onDataChannel(received::complete);
        channel = a.createDataChannel(LABEL).onOpen(() -> opened.complete(null));
    }

    /**
     * Connects a pair; signalling goes through memory.
     *
     * @throws ExecutionException if they cannot be connected
     * @throws TimeoutException if that takes too long
     */
    static LoopbackPair connect(Configuration configuration)
            throws InterruptedException, ExecutionException, TimeoutException {
        LoopbackPair pair = new LoopbackPair(configuration);
        try {
            pair.signal()
                    .thenCompose(nothing -> CompletableFuture.allOf(pair.opened, pair.received))
                    .get(CONNECT_LIMIT_SECONDS, TimeUnit.SECONDS);
            return pair;
        } catch (InterruptedException | ExecutionException | TimeoutException | RuntimeException e) {
            pair.close();
            throw e;
        }
    }

    /** A's end of the channel. */
    DataChannel sender() {
        return channel;
    }

    /** Z's end of the channel. */
    DataChannel receiver() {
        return received.join();
    }

    private CompletableFuture<Void> signal() {
        return describe(a)
                .thenCompose(offer -> z.setRemoteDescription(overLoopback(offer)))
                .thenCompose(nothing -> describe(z))
                .thenCompose(answer -> a.setRemoteDescription(overLoopback(answer)));
    }

    /** Makes the peer's description, with all its candidates. */
    private static CompletableFuture<SessionDescription> describe(PeerConnection peer) {
        CompletableFuture<Void> gathered = new CompletableFuture<>();
        peer.onIceGatheringStateChange(state -> {
            if (state == IceGatheringState.COMPLETE) {
                gathered.complete(null);
            }
        });
        return peer.setLocalDescription()
                .toCompletableFuture()
                .thenCompose(nothing -> gathered)
                .thenApply(nothing -> {
                    SessionDescription description = peer.localDescription();
                    if (description == null) {
                        throw new IllegalStateException("no local description after setLocalDescription");
                    }
                    return description;
                });
    }

    /** The description without the candidates on other interfaces. */
    private static SessionDescription overLoopback(SessionDescription description) {
        String sdp = description
                .sdp()
                .lines()
                .filter(line -> !line.startsWith("a=candidate:") || isLoopback(Candidate.parse(line)))
                .map(line -> line + "\r\n")
                .collect(Collectors.joining());
        return new SessionDescription(description.type(), sdp);
    }

    private static boolean isLoopback(Candidate candidate) {
        InetSocketAddress address = candidate.socketAddress();
        return address != null && address.getAddress().isLoopbackAddress();
    }

    private void follow(PeerConnectionState state) {
        if (state == PeerConnectionState.FAILED) {
            opened.completeExceptionally(new IllegalStateException("the connection failed"));
        }
    }

    @Override
    public void close() {
        a.close();
        z.close();
    }
}
