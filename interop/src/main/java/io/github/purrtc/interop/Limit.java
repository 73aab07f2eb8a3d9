package io.github.purrtc.interop;

import java.util.List;
import java.util.Optional;

/**
 * What a peer is known not to do. A case that fails as it says is the peer's; one that works is not touched, so that a limit that is
 * gone shows.
 *
 * @param said part of what the failing case says
 * @param evidence why it is the peer
 */
record Limit(Kind kind, String name, String said, String evidence) {
    private static final String NO_RESTART =
            "its `connect` returns where DTLS is connected, before it starts ICE with the new credentials: it has no pair after a restart";
    private static final List<Limit> KNOWN = List.of(
            new Limit(
                    Kind.LIBDATACHANNEL,
                    "restart-by-us",
                    "Invalid ICE settings from remote SDP",
                    "it refuses other credentials than the first ones; libjuice, its ICE, has no restart (its issue 141)"),
            new Limit(
                    Kind.WERIFT,
                    "retransmits-0",
                    "channel \"by werift\" has ordered true",
                    "its DATA_CHANNEL_OPEN says ordered: `dataChannelOpen` replaces channel type 0x80 by 0x01 where maxRetransmits is set,"
                            + " in place of 0x81 (RFC 8832 §5.1); channels made by us are as they should be"),
            new Limit(
                    Kind.WERIFT,
                    "negotiated-again",
                    "for werift to say open",
                    "it opens negotiated channels when the association comes up, and none that are made later"),
            new Limit(
                    Kind.WERIFT,
                    "empty",
                    "for we to say message",
                    "it sends an empty message as no DATA chunk at all, in place of one byte and PPID 56 or 57 (RFC 8831 §6.6); it takes ours"),
            new Limit(
                    Kind.WERIFT,
                    "end-by-peer",
                    "for we to say closed",
                    "it sends nothing: its `RTCPeerConnection.close` closes the sockets of ICE before it has SCTP send ABORT, and DTLS sends no"
                            + " close_notify (`todo impl send alert`); it is noticed like a peer that was killed"),
            new Limit(Kind.WERIFT, "restart-by-us", "for we to say message", NO_RESTART),
            new Limit(Kind.WERIFT, "restart-by-peer", "for we to say message", NO_RESTART));

    static boolean isKnown(Kind kind, Case of) {
        return KNOWN.stream().anyMatch(limit -> limit.kind == kind && limit.name.equals(of.name()));
    }

    static Optional<String> evidence(Kind kind, Case of, String message) {
        return KNOWN.stream()
                .filter(limit -> limit.kind == kind && limit.name.equals(of.name()) && message.contains(limit.said))
                .map(Limit::evidence)
                .findFirst();
    }
}
