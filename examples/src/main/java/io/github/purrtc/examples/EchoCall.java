package io.github.purrtc.examples;

import io.github.purrtc.IceCandidate;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.PeerConnectionState;
import io.github.purrtc.SdpType;
import io.github.purrtc.SessionDescription;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** One connection with a page, from the offer to the end. Thread-safe; what happens to it happens on the connection's loop. */
final class EchoCall {
    private static final String LABEL = "cat-noises";
    private static final long HANG_UP_LIMIT_MILLIS = 1_500;

    private final PeerConnection connection;
    private final Narrator narrator;
    private final PageLink page;
    private final EchoChannels channels;
    private final AtomicBoolean ending = new AtomicBoolean();
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    // The loop's: candidates that were found before the offer went out; null once it has.
    private @Nullable List<IceCandidate> early = new ArrayList<>();

    private EchoCall(Supplier<PeerConnection> connections, Narrator narrator, PageLink page) {
        this.narrator = narrator;
        this.page = page;
        connection = connections.get();
        channels = new EchoChannels(narrator);
    }

    /** Makes a connection with a channel, and sends the page its offer. */
    static EchoCall start(Supplier<PeerConnection> connections, Narrator narrator, PageLink page) {
        EchoCall call = new EchoCall(connections, narrator, page);
        call.listen();
        call.channels.add(call.connection.createDataChannel(LABEL));
        return call;
    }

    private void listen() {
        connection
                .onNegotiationNeeded(this::offer)
                .onSignalingStateChange(narrator::signaling)
                .onIceGatheringStateChange(narrator::iceGatherer)
                .onIceCandidate(this::trickle)
                .onIceCandidateError(narrator::candidateError)
                .onIceConnectionStateChange(narrator::iceTransport)
                .onSelectedCandidatePairChange(narrator::selectedPair)
                .onConnectionStateChange(this::follow)
                .onDataChannel(channel -> {
                    narrator.newChannel(channel);
                    channels.add(channel);
                });
    }

    private void offer() {
        narrator.negotiationNeeded();
        report("The offer failed", connection.setLocalDescription().thenRun(this::sendOffer));
    }

    private void sendOffer() {
        SessionDescription offer = connection.localDescription();
        if (offer == null || early == null) {
            return;
        }
        page.send(new Signal.Offer(offer.sdp()));
        List<IceCandidate> found = early;
        early = null;
        for (IceCandidate candidate : found) {
            if (!offer.sdp().contains(candidate.candidate())) {
                page.send(new Signal.Trickle(candidate));
            }
        }
    }

    private void trickle(@Nullable IceCandidate candidate) {
        narrator.candidate(candidate);
        if (candidate == null) {
            SessionDescription complete = connection.localDescription();
            if (complete != null) {
                narrator.localDescription(complete);
            }
        }
        if (early == null) {
            page.send(new Signal.Trickle(candidate));
        } else if (candidate != null) {
            early.add(candidate);
        }
    }

    private void follow(PeerConnectionState state) {
        narrator.connection(state);
        if (state == PeerConnectionState.FAILED) {
            hangUp();
        }
    }

    void answer(String sdp) {
        report("The answer was refused", connection.setRemoteDescription(new SessionDescription(SdpType.ANSWER, sdp)));
    }

    void candidate(@Nullable IceCandidate candidate) {
        report("The candidate was refused", connection.addIceCandidate(candidate));
    }

    /** Whether the page must hang up before it can call again. */
    boolean isUnderWay() {
        return !ending.get();
    }

    /** Closes the channels, then the connection. */
    void hangUp() {
        if (ending.compareAndSet(false, true)) {
            CompletionStage<Void> channelsClosed =
                    channels.close().completeOnTimeout(null, HANG_UP_LIMIT_MILLIS, TimeUnit.MILLISECONDS);
            channelsClosed.whenComplete((nothing, failure) -> {
                connection.close();
                end.complete(null);
            });
        }
    }

    /** Complete when it has hung up. */
    CompletableFuture<Void> end() {
        return end;
    }

    private void report(String what, CompletionStage<Void> result) {
        result.whenComplete((nothing, failure) -> {
            if (failure != null && isUnderWay()) {
                String reason = what + ": " + Failures.describe(failure);
                narrator.tell(reason);
                page.send(new Signal.Failure(reason));
            }
        });
    }
}
