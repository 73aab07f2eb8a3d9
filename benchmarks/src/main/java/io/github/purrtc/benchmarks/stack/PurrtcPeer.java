package io.github.purrtc.benchmarks.stack;

import io.github.purrtc.DataChannelOptions;
import io.github.purrtc.IceCandidate;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.SdpType;
import io.github.purrtc.SessionDescription;

import java.util.concurrent.CompletionStage;

final class PurrtcPeer implements Peer {
    private static final DataChannelOptions UNRELIABLE =
            DataChannelOptions.builder().ordered(false).maxRetransmits(0).build();

    private final PeerConnection connection;

    PurrtcPeer(PeerConnection connection, Listener listener) {
        this.connection = connection;
        connection.onIceCandidate(candidate -> {
            if (candidate == null) {
                listener.onCandidate(SignalledCandidate.END);
            } else if (!candidate.candidate().isEmpty()) {
                String mid = candidate.sdpMid();
                listener.onCandidate(new SignalledCandidate(candidate.candidate(), mid == null ? "0" : mid));
            }
        });
        connection.onDataChannel(channel -> listener.onChannel(new PurrtcChannel(channel)));
    }

    @Override
    public Channel createChannel(String label, boolean unreliable) {
        return new PurrtcChannel(
                connection.createDataChannel(label, unreliable ? UNRELIABLE : DataChannelOptions.DEFAULT));
    }

    @Override
    public CompletionStage<String> offer() {
        return connection.createOffer().thenCompose(this::setLocal);
    }

    @Override
    public CompletionStage<String> answer(String offer) {
        return connection
                .setRemoteDescription(new SessionDescription(SdpType.OFFER, offer))
                .thenCompose(set -> connection.createAnswer())
                .thenCompose(this::setLocal);
    }

    private CompletionStage<String> setLocal(SessionDescription description) {
        return connection.setLocalDescription(description).thenApply(set -> description.sdp());
    }

    @Override
    public CompletionStage<Void> acceptAnswer(String answer) {
        return connection.setRemoteDescription(new SessionDescription(SdpType.ANSWER, answer));
    }

    @Override
    public void addCandidate(SignalledCandidate candidate) {
        connection
                .addIceCandidate(
                        candidate.isEnd()
                                ? null
                                : new IceCandidate(candidate.candidate(), candidate.sdpMid(), null, null))
                .exceptionally(e -> {
                    System.err.println("candidate refused: " + candidate + ": " + e);
                    return null;
                });
    }

    @Override
    public void close() {
        connection.close();
    }
}
