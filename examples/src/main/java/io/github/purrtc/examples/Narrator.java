package io.github.purrtc.examples;

import io.github.purrtc.DataChannel;
import io.github.purrtc.IceCandidate;
import io.github.purrtc.IceConnectionState;
import io.github.purrtc.IceGatheringState;
import io.github.purrtc.PeerConnectionState;
import io.github.purrtc.RtcException;
import io.github.purrtc.SctpTransportState;
import io.github.purrtc.SessionDescription;
import io.github.purrtc.SignalingState;
import io.github.purrtc.dtls.DtlsException;
import io.github.purrtc.dtls.DtlsTransportState;
import io.github.purrtc.ice.Candidate;
import io.github.purrtc.ice.CandidatePair;
import io.github.purrtc.ice.IceCandidateError;
import io.github.purrtc.ice.IceGathererState;
import io.github.purrtc.ice.IceTransportState;
import org.jspecify.annotations.Nullable;

import java.util.Locale;

/** Tells what happens to one peer connection, in the words of rawrtc's tools. Thread-safe. */
final class Narrator {
    private static final String LAST_CANDIDATE = "ICE gatherer last local candidate";

    private final Story story;
    private final String name;

    Narrator(Story story, String name) {
        this.story = story;
        this.name = name;
    }

    void tell(String text) {
        story.tell(name, text);
    }

    void negotiationNeeded() {
        tell("Negotiation needed");
    }

    void iceGatherer(IceGatheringState state) {
        tell("ICE gatherer state: " + state);
    }

    void iceGatherer(IceGathererState state) {
        tell("ICE gatherer state: " + word(state));
    }

    void candidate(@Nullable IceCandidate candidate) {
        if (candidate == null || candidate.candidate().isEmpty()) {
            tell(LAST_CANDIDATE);
        } else {
            tell("ICE candidate: " + describe(candidate));
        }
    }

    /** Null: it was the last. */
    void layerCandidate(@Nullable Candidate candidate) {
        tell(candidate == null ? LAST_CANDIDATE : "ICE candidate: " + describe(candidate));
    }

    void candidateError(IceCandidateError error) {
        tell("ICE candidate error, URL: " + (error.url().isEmpty() ? "n/a" : error.url()) + ", reason: "
                + error.errorCode() + " " + error.errorText());
    }

    void selectedPair(CandidatePair pair) {
        tell("ICE candidate pair: local " + pair.local() + ", remote " + pair.remote());
    }

    void localDescription(SessionDescription description) {
        story.tellWithLine("Local Description:", Descriptions.toJson(description));
    }

    void signaling(SignalingState state) {
        tell("Signaling state change: " + state);
    }

    void iceTransport(IceConnectionState state) {
        tell("ICE transport state: " + state);
    }

    void iceTransport(IceTransportState state) {
        tell("ICE transport state: " + word(state));
    }

    void dtlsTransport(DtlsTransportState state) {
        tell("DTLS transport state change: " + word(state));
    }

    void dtlsError(DtlsException cause) {
        tell("DTLS transport error: " + cause.getMessage());
    }

    void sctpTransport(SctpTransportState state) {
        tell("SCTP transport state change: " + state);
    }

    void connection(PeerConnectionState state) {
        tell("Peer connection state change: " + state);
    }

    void newChannel(DataChannel channel) {
        tell("New data channel instance: " + channel.label());
    }

    void channelOpen(DataChannel channel) {
        tell("Data channel open: " + channel.label());
    }

    void incoming(DataChannel channel, int size) {
        tell("Incoming message for data channel " + channel.label() + ": " + bytes(size));
    }

    void sending(int size) {
        tell("Sending " + bytes(size));
    }

    void couldNotSend(RtcException reason) {
        tell("Could not send, reason: " + reason.getMessage());
    }

    void bufferedAmountLow(DataChannel channel) {
        tell("Data channel buffered amount low: " + channel.label());
    }

    void channelError(DataChannel channel, RtcException error) {
        tell("Data channel error: " + channel.label() + ": " + error.getMessage());
    }

    void channelClosed(DataChannel channel) {
        tell("Data channel closed: " + channel.label());
    }

    private static String bytes(int size) {
        return size + " bytes";
    }

    private static String describe(IceCandidate candidate) {
        Candidate parsed;
        try {
            parsed = Candidate.parse(candidate.candidate());
        } catch (IllegalArgumentException e) {
            return candidate.candidate();
        }
        return describe(parsed)
                + "; mid=" + orNone(candidate.sdpMid())
                + ", media_line_index=" + orNone(candidate.sdpMLineIndex())
                + ", username_fragment=" + orNone(candidate.usernameFragment());
    }

    private static String describe(Candidate parsed) {
        return "foundation=" + parsed.foundation()
                + ", protocol=" + parsed.protocol().token()
                + ", priority=" + parsed.priority()
                + ", ip=" + parsed.address()
                + ", port=" + parsed.port()
                + ", type=" + parsed.type().token()
                + ", tcp-type=" + orNone(parsed.tcpType())
                + ", related-address=" + orNone(parsed.relatedAddress())
                + ", related-port=" + parsed.relatedPort();
    }

    private static String word(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static String orNone(@Nullable Object value) {
        return value == null ? "n/a" : value.toString();
    }
}
