package io.github.purrtc.examples;

import io.github.purrtc.BlockingDataChannel;
import io.github.purrtc.Configuration;
import io.github.purrtc.DataChannel;
import io.github.purrtc.DataChannelOptions;
import io.github.purrtc.IceGatheringState;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.PeerConnectionState;
import io.github.purrtc.SessionDescription;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A connection with one channel, for threads that wait. */
final class PeerLink implements AutoCloseable {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(30);
    private static final Duration HANG_UP_LIMIT = Duration.ofSeconds(3);
    private static final DataChannelOptions OPTIONS =
            DataChannelOptions.builder().negotiated(0).build();

    private final PeerConnection connection;
    private final BlockingDataChannel channel;
    private final CompletableFuture<Void> gathered = new CompletableFuture<>();

    private PeerLink(Configuration configuration, String label) {
        connection = new PeerConnection(configuration);
        connection
                .onIceGatheringStateChange(state -> {
                    if (state == IceGatheringState.COMPLETE) {
                        gathered.complete(null);
                    }
                })
                .onConnectionStateChange(state -> {
                    if (state == PeerConnectionState.FAILED) {
                        connection.close();
                    }
                });
        DataChannel made = connection.createDataChannel(label, OPTIONS);
        channel = new BlockingDataChannel(made);
    }

    /**
     * Waits for the other end and connects.
     *
     * @throws IOException saying why there is no connection
     */
    static PeerLink connect(Configuration configuration, Rendezvous rendezvous, String label)
            throws IOException, InterruptedException {
        boolean offering = rendezvous.meet();
        PeerLink link = new PeerLink(configuration, label);
        try {
            link.negotiate(rendezvous, offering);
            link.channel.timeout(CONNECT_LIMIT);
            link.channel.awaitOpen();
            link.channel.timeout(null);
            return link;
        } catch (IOException | InterruptedException | RuntimeException e) {
            link.close();
            throw e;
        }
    }

    private void negotiate(Rendezvous rendezvous, boolean offering) throws IOException, InterruptedException {
        if (offering) {
            rendezvous.send(describe());
            await(connection.setRemoteDescription(rendezvous.receive()));
        } else {
            await(connection.setRemoteDescription(rendezvous.receive()));
            rendezvous.send(describe());
        }
        rendezvous.onCandidate(connection::addIceCandidate);
    }

    /** This end's description, with all its candidates. */
    private SessionDescription describe() throws IOException, InterruptedException {
        await(connection.setLocalDescription());
        await(gathered);
        SessionDescription description = connection.localDescription();
        if (description == null) {
            throw new IOException("there is no local description");
        }
        return description;
    }

    private static void await(CompletionStage<Void> stage) throws IOException, InterruptedException {
        try {
            stage.toCompletableFuture().get(CONNECT_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(Failures.describe(e), e);
        } catch (TimeoutException e) {
            throw new IOException("no connection within " + CONNECT_LIMIT.toSeconds() + " s", e);
        }
    }

    BlockingDataChannel channel() {
        return channel;
    }

    /** Closes the channel when all that was said has arrived, and waits for that, not for ever. */
    static void hangUp(BlockingDataChannel channel) {
        channel.close();
        channel.timeout(HANG_UP_LIMIT);
        try {
            while (channel.receive() != null) {
                // What still comes is for nobody.
            }
        } catch (IOException e) {
            // It did not take part in the good-bye.
        }
    }

    /** Ends the connection; the other end has been told when this returns, even if the process ends now. */
    @Override
    public void close() {
        GoodBye.to(connection);
    }
}
