package io.github.purrtc.benchmarks.stack;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelInit;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

final class LibwebrtcPeer implements Peer {
    /** What follows an observer's call runs here: calls from libwebrtc's own threads into it can block each other. */
    private static final Executor FOLLOW_UPS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "follow-up");
        thread.setDaemon(true);
        return thread;
    });

    private final RTCPeerConnection connection;
    private final List<LibwebrtcChannel> channels = new CopyOnWriteArrayList<>();

    LibwebrtcPeer(PeerConnectionFactory factory, Listener listener) {
        PeerConnectionObserver observer = new PeerConnectionObserver() {
            @Override
            public void onIceCandidate(RTCIceCandidate candidate) {
                listener.onCandidate(new SignalledCandidate(candidate.sdp, candidate.sdpMid));
            }

            @Override
            public void onDataChannel(RTCDataChannel channel) {
                listener.onChannel(follow(channel));
            }
        };
        connection = factory.createPeerConnection(new RTCConfiguration(), observer);
    }

    private LibwebrtcChannel follow(RTCDataChannel channel) {
        LibwebrtcChannel followed = new LibwebrtcChannel(channel);
        channels.add(followed);
        return followed;
    }

    @Override
    public Channel createChannel(String label, boolean unreliable) {
        RTCDataChannelInit options = new RTCDataChannelInit();
        if (unreliable) {
            options.ordered = false;
            options.maxRetransmits = 0;
        }
        return follow(connection.createDataChannel(label, options));
    }

    @Override
    public CompletionStage<String> offer() {
        return create(observer -> connection.createOffer(new RTCOfferOptions(), observer))
                .thenCompose(this::setLocal);
    }

    @Override
    public CompletionStage<String> answer(String offer) {
        RTCSessionDescription description = new RTCSessionDescription(RTCSdpType.OFFER, offer);
        return set(observer -> connection.setRemoteDescription(description, observer))
                .thenCompose(set -> create(observer -> connection.createAnswer(new RTCAnswerOptions(), observer)))
                .thenCompose(this::setLocal);
    }

    private CompletionStage<String> setLocal(RTCSessionDescription description) {
        return set(observer -> connection.setLocalDescription(description, observer))
                .thenApply(set -> description.sdp);
    }

    @Override
    public CompletionStage<Void> acceptAnswer(String answer) {
        RTCSessionDescription description = new RTCSessionDescription(RTCSdpType.ANSWER, answer);
        return set(observer -> connection.setRemoteDescription(description, observer));
    }

    @Override
    public void addCandidate(SignalledCandidate candidate) {
        if (!candidate.isEnd()) {
            connection.addIceCandidate(new RTCIceCandidate(candidate.sdpMid(), 0, candidate.candidate()));
        }
    }

    @Override
    public void close() {
        channels.forEach(LibwebrtcChannel::close);
        connection.close();
    }

    private static CompletableFuture<RTCSessionDescription> create(Consumer<CreateSessionDescriptionObserver> call) {
        CompletableFuture<RTCSessionDescription> made = new CompletableFuture<>();
        call.accept(new CreateSessionDescriptionObserver() {
            @Override
            public void onSuccess(RTCSessionDescription description) {
                made.completeAsync(() -> description, FOLLOW_UPS);
            }

            @Override
            public void onFailure(String error) {
                made.completeExceptionally(new IllegalStateException(error));
            }
        });
        return made;
    }

    private static CompletableFuture<Void> set(Consumer<SetSessionDescriptionObserver> call) {
        CompletableFuture<Object> set = new CompletableFuture<>();
        call.accept(new SetSessionDescriptionObserver() {
            @Override
            public void onSuccess() {
                set.completeAsync(Object::new, FOLLOW_UPS);
            }

            @Override
            public void onFailure(String error) {
                set.completeExceptionally(new IllegalStateException(error));
            }
        });
        return set.thenAccept(done -> {});
    }
}
