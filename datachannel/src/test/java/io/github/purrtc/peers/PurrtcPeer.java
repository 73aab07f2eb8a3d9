package io.github.purrtc.peers;

import io.github.purrtc.Configuration;
import io.github.purrtc.DataChannelOptions;
import io.github.purrtc.IceCandidate;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.RtcSctpTransport;
import io.github.purrtc.SdpType;
import io.github.purrtc.SessionDescription;
import io.github.purrtc.SignalingState;
import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;

/** A connection of purrtc's. Its manners are kept on the connection's loop, where nothing changes between a look and what follows from it. */
final class PurrtcPeer extends Peer {
    private static final java.util.regex.Pattern FRAGMENT = java.util.regex.Pattern.compile("a=ice-ufrag:(\\S+)");

    final PeerConnection connection;
    private final Manners manners;
    private boolean makingOffer;
    private boolean ignoresOffer;
    private final Set<String> ignoredFragments = new HashSet<>();
    private boolean settingRemoteAnswer;

    PurrtcPeer(Configuration configuration, Manners manners) {
        connection = new PeerConnection(configuration);
        this.manners = manners;
        connection.onNegotiationNeeded(this::offer);
        connection.onIceCandidate(candidate ->
                signal(new Signal.Candidate(candidate != null ? candidate : new IceCandidate("", null, null, null))));
        connection.onDataChannel(channel -> announce(new PurrtcChannel(channel)));
    }

    private void offer() {
        makingOffer = true;
        watch("offer", connection.setLocalDescription().thenRun(this::signalDescription))
                .whenComplete((done, e) -> makingOffer = false);
    }

    private void signalDescription() {
        signal(new Signal.Description(Objects.requireNonNull(connection.localDescription())));
    }

    @Override
    void receive(Signal signal) {
        connection.executor().execute(() -> {
            if (signal instanceof Signal.Description told) {
                onDescription(told.description());
            } else if (signal instanceof Signal.Candidate told) {
                onCandidate(told.candidate());
            }
        });
    }

    private void onDescription(SessionDescription description) {
        boolean ready = !makingOffer && (connection.signalingState() == SignalingState.STABLE || settingRemoteAnswer);
        boolean collision = description.type() == SdpType.OFFER && !ready;
        ignoresOffer = manners == Manners.IMPOLITE && collision;
        if (ignoresOffer) {
            ignoredFragments.add(fragment(description));
            return;
        }
        settingRemoteAnswer = description.type() == SdpType.ANSWER;
        CompletionStage<Void> set =
                connection.setRemoteDescription(description).whenComplete((done, e) -> settingRemoteAnswer = false);
        if (description.type() == SdpType.OFFER) {
            set = set.thenCompose(done -> connection.setLocalDescription()).thenRun(this::signalDescription);
        }
        watch(description.type().toString(), set);
    }

    private void onCandidate(IceCandidate candidate) {
        IceCandidate given = candidate.candidate().isEmpty() && candidate.sdpMid() == null ? null : candidate;
        // Those of an offer that the other has taken back for ours can come after its answer.
        boolean ignored = ignoresOffer || ignoredFragments.contains(candidate.usernameFragment());
        connection.addIceCandidate(given).whenComplete((done, e) -> {
            if (e != null && !ignored) {
                fault("candidate: " + e);
            }
        });
    }

    private CompletionStage<Void> watch(String what, CompletionStage<Void> operation) {
        return operation.whenComplete((done, e) -> {
            if (e != null) {
                fault(what + ": " + e);
            }
        });
    }

    @Override
    Channel createChannel(String label, DataChannelOptions options) {
        return new PurrtcChannel(connection.createDataChannel(label, options));
    }

    @Override
    void restartIce() {
        connection.restartIce();
    }

    @Override
    Standing standing() {
        return new Standing(
                connection.signalingState().toString(),
                connection.connectionState().toString(),
                fragment(connection.localDescription()),
                fragment(connection.remoteDescription()));
    }

    private static String fragment(@Nullable SessionDescription description) {
        if (description == null) {
            return "";
        }
        Matcher matcher = FRAGMENT.matcher(description.sdp());
        return matcher.find() ? matcher.group(1) : "";
    }

    @Override
    long maxMessageSize() {
        RtcSctpTransport sctp = connection.sctp();
        return Objects.requireNonNull(sctp).maxMessageSize();
    }

    @Override
    public void close() {
        connection.close();
    }
}
