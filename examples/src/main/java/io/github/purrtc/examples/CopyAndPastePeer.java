package io.github.purrtc.examples;

import io.github.purrtc.Configuration;
import io.github.purrtc.DataChannel;
import io.github.purrtc.DataChannelMessage;
import io.github.purrtc.DataChannelOptions;
import io.github.purrtc.IceCandidate;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.PeerConnectionState;
import io.github.purrtc.RtcException;
import io.github.purrtc.SessionDescription;
import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One end of a connection whose descriptions people carry: rawrtc's {@code peer-connection}.
 *
 * <p>Thread-safe; what happens to the connection happens on its loop.
 */
final class CopyAndPastePeer implements AutoCloseable {
    private static final String NAME = "A";
    private static final String NEGOTIATED_LABEL = "cat-noises";
    private static final int NEGOTIATED_ID = 0;
    private static final int TEST_MESSAGE_BYTES = 8 * 1024;
    private static final long CLOSE_LIMIT_MILLIS = 1_500;

    /** Which side of offer and answer. */
    enum Role {
        ANSWERING("0", "lion-noises"),
        OFFERING("1", "bear-noises");

        private final String digit;
        private final String label;

        Role(String digit, String label) {
            this.digit = digit;
            this.label = label;
        }

        /** How the command line says it. */
        String digit() {
            return digit;
        }
    }

    private final Role role;
    private final Narrator narrator;
    private final Story story;
    private final Consumer<String> descriptions;
    private final PeerConnection connection;
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private final List<CompletableFuture<Void>> channelEnds = new CopyOnWriteArrayList<>();
    private final List<DataChannel> channels = new CopyOnWriteArrayList<>();
    private boolean inBandChannelMade;
    private volatile boolean closing;

    /** @param descriptions where the local description goes, one line of JSON */
    CopyAndPastePeer(Role role, Configuration configuration, Story story, Consumer<String> descriptions) {
        this.role = role;
        this.story = story;
        this.descriptions = descriptions;
        narrator = new Narrator(story, NAME);
        connection = new PeerConnection(configuration);
    }

    /** Complete when there is nothing more to do. */
    CompletableFuture<Integer> exitCode() {
        return exitCode;
    }

    /** Begins, and takes the other side's description from {@code input}, on a thread of its own. */
    void start(BufferedReader input) {
        connection
                .onNegotiationNeeded(this::negotiate)
                .onSignalingStateChange(narrator::signaling)
                .onIceGatheringStateChange(narrator::iceGatherer)
                .onIceCandidate(this::onCandidate)
                .onIceConnectionStateChange(narrator::iceTransport)
                .onConnectionStateChange(this::onStateChange)
                .onDataChannel(channel -> {
                    narrator.newChannel(channel);
                    follow(channel);
                });
        DataChannel negotiated = connection.createDataChannel(
                NEGOTIATED_LABEL,
                DataChannelOptions.builder().negotiated(NEGOTIATED_ID).build());
        follow(negotiated);
        negotiated.onOpen(() -> {
            narrator.channelOpen(negotiated);
            sendTestData(negotiated);
        });
        new LineInput(story, exitCode).start(input, new Pasted());
    }

    private void negotiate() {
        narrator.negotiationNeeded();
        if (role == Role.OFFERING) {
            failOn("The offer failed", connection.setLocalDescription());
        }
    }

    private void onCandidate(@Nullable IceCandidate candidate) {
        narrator.candidate(candidate);
        SessionDescription local = connection.localDescription();
        if (candidate == null && local != null) {
            story.tell("Local Description:");
            descriptions.accept(Descriptions.toJson(local));
        }
    }

    private void onStateChange(PeerConnectionState state) {
        narrator.connection(state);
        if (state == PeerConnectionState.CONNECTED && !inBandChannelMade) {
            inBandChannelMade = true;
            openInBandChannel();
        } else if (state == PeerConnectionState.FAILED) {
            exitCode.complete(1);
        }
    }

    private void openInBandChannel() {
        DataChannel channel = connection.createDataChannel(
                role.label, DataChannelOptions.builder().ordered(false).build());
        follow(channel);
        channel.onOpen(() -> {
            narrator.channelOpen(channel);
            sendTestData(channel);
            if (role == Role.OFFERING) {
                narrator.tell("Closing channel " + channel.label());
                channel.close();
            }
        });
    }

    private void follow(DataChannel channel) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        channelEnds.add(end);
        channels.add(channel);
        channel.onMessage(message -> narrator.incoming(channel, message.size()))
                .onBufferedAmountLow(() -> narrator.bufferedAmountLow(channel))
                .onError(error -> narrator.channelError(channel, error))
                .onClose(() -> {
                    narrator.channelClosed(channel);
                    end.complete(null);
                    if (channel.negotiated() && !closing) {
                        // It lives as long as the connection: the other side is gone.
                        exitCode.complete(0);
                    }
                });
    }

    private void sendTestData(DataChannel channel) {
        byte[] noise = new byte[TEST_MESSAGE_BYTES];
        Arrays.fill(noise, (byte) 'M');
        narrator.sending(noise.length);
        try {
            channel.send(DataChannelMessage.binary(ByteBuffer.wrap(noise)));
        } catch (RtcException e) {
            narrator.couldNotSend(e);
        }
    }

    /** Returns whether the line was a description. */
    private boolean apply(String line) {
        SessionDescription remote;
        try {
            remote = Descriptions.parse(line);
        } catch (IllegalArgumentException e) {
            story.tell("Invalid remote description: " + e.getMessage());
            return false;
        }
        story.tell("Applying remote description");
        CompletionStage<Void> applied = connection.setRemoteDescription(remote);
        if (role == Role.ANSWERING) {
            applied = applied.thenCompose(nothing -> connection.setLocalDescription());
        }
        applied.whenComplete((nothing, failure) -> {
            if (failure != null) {
                story.tell("Invalid remote description: " + Failures.describe(failure));
            }
        });
        return true;
    }

    private void failOn(String what, CompletionStage<Void> result) {
        result.whenComplete((nothing, failure) -> {
            if (failure != null) {
                story.tell(what + ": " + Failures.describe(failure));
                exitCode.complete(1);
            }
        });
    }

    /** Closes the channels so that the other side sees it, then the connection. Blocks for a moment at most. */
    @Override
    public void close() {
        closing = true;
        channels.forEach(DataChannel::close);
        CompletableFuture.allOf(channelEnds.toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, CLOSE_LIMIT_MILLIS, TimeUnit.MILLISECONDS)
                .join();
        GoodBye.to(connection);
    }

    private final class Pasted implements LineInput.Lines {
        private boolean described;

        @Override
        public void take(String line) {
            described |= apply(line);
        }

        @Override
        public void end() {
            if (!described) {
                story.tell("The input ended without a remote description");
                exitCode.complete(1);
            }
        }
    }
}
