package io.github.purrtc.benchmarks.setup;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.purrtc.Configuration;
import io.github.purrtc.DataChannel;
import io.github.purrtc.IceCandidate;
import io.github.purrtc.IceConnectionState;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.PeerConnectionState;
import io.github.purrtc.SdpType;
import io.github.purrtc.SessionDescription;
import io.github.purrtc.benchmarks.measure.Line;
import io.github.purrtc.ice.CandidateType;
import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.concurrent.CompletionStage;

/** One end of one connection. It prints what it has to say to the other, and the times of its stages, by a clock that both processes have. */
final class SignalledPeer {
    private final int number;
    private final PeerConnection connection;

    SignalledPeer(int number, boolean sctpInit) {
        this.number = number;
        connection = new PeerConnection(Configuration.builder()
                .candidateTypes(Set.of(CandidateType.HOST))
                .sctpInit(sctpInit)
                .build());
        connection.onIceCandidate(this::tell);
        connection.onDataChannel(channel -> channel.onMessage(message -> note(Stage.HEARD)));
    }

    void offer() {
        DataChannel channel = connection.createDataChannel("first");
        channel.onOpen(() -> {
            note(Stage.OPENED);
            channel.send("hello");
        });
        connection.onIceConnectionStateChange(state -> {
            if (state == IceConnectionState.CONNECTED) {
                note(Stage.REACHED);
            }
        });
        connection.onConnectionStateChange(state -> {
            if (state == PeerConnectionState.CONNECTED) {
                note(Stage.SECURED);
            }
        });
        note(Stage.BEGUN);
        connection.createOffer().thenAccept(this::setLocal).exceptionally(this::fail);
    }

    /** What is said first arrives first: candidates come after the description that they belong to, and answers are heard after this. */
    private synchronized void setLocal(SessionDescription description) {
        print(line().put("type", description.type().toString()).put("sdp", description.sdp()));
        connection.setLocalDescription(description).exceptionally(this::fail);
    }

    synchronized void hear(String type, JsonNode said) {
        switch (type) {
            case "offer" ->
                setRemote(SdpType.OFFER, said)
                        .thenCompose(set -> connection.createAnswer())
                        .thenAccept(this::setLocal)
                        .exceptionally(this::fail);
            case "answer" -> {
                note(Stage.ANSWERED);
                setRemote(SdpType.ANSWER, said).exceptionally(this::fail);
            }
            default -> connection.addIceCandidate(candidate(said)).exceptionally(this::fail);
        }
    }

    /** Null for the end of candidates, which spares the other side to wait for better ones. */
    private static @Nullable IceCandidate candidate(JsonNode said) {
        String text = said.path("candidate").asText();
        return text.isEmpty()
                ? null
                : new IceCandidate(text, said.path("sdpMid").asText(), null, null);
    }

    private CompletionStage<Void> setRemote(SdpType type, JsonNode said) {
        return connection.setRemoteDescription(
                new SessionDescription(type, said.path("sdp").asText()));
    }

    private void tell(@Nullable IceCandidate candidate) {
        String text = candidate == null ? "" : candidate.candidate();
        String mid = candidate == null ? null : candidate.sdpMid();
        print(line().put("candidate", text).put("sdpMid", mid == null ? "0" : mid));
    }

    private void note(Stage stage) {
        long nanos = System.nanoTime();
        print(line().put("stage", stage.name()).put("nanos", nanos));
    }

    private @Nullable Void fail(Throwable e) {
        System.err.println("connection " + number + ": " + e);
        return null;
    }

    private Line line() {
        return new Line().put("connection", number);
    }

    private static void print(Line line) {
        synchronized (System.out) {
            System.out.println(line);
        }
    }

    void close() {
        connection.close();
    }
}
