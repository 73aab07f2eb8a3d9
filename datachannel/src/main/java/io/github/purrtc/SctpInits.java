package io.github.purrtc;

import io.github.purrtc.sctp.SignalledInit;
import io.github.purrtc.sdp.SctpInit;
import io.github.purrtc.sdp.SdpDocument;
import org.jspecify.annotations.Nullable;

/**
 * The two INITs that descriptions have told: {@code a=sctp-init}, draft-hancke-tsvwg-snap.
 *
 * @param own ours
 * @param peer the peer's
 */
record SctpInits(SignalledInit own, SignalledInit peer) {
    /** Both, or null: where one side has none, there is a handshake (§5). */
    static @Nullable SctpInits of(SdpDocument local, SdpDocument remote) {
        SctpInit own = init(local);
        SctpInit peer = init(remote);
        return own == null || peer == null ? null : new SctpInits(parse(own), parse(peer));
    }

    /** What the description has in its section for data channels. */
    static @Nullable SctpInit init(@Nullable SdpDocument document) {
        return document == null || document.applicationIndex() < 0
                ? null
                : DescriptionRules.sctp(document).init();
    }

    /** §5.3, §5.5: what is no INIT is an error. */
    private static SignalledInit parse(SctpInit init) {
        try {
            return SignalledInit.parse(init.chunk());
        } catch (IllegalArgumentException e) {
            throw new RtcException(ErrorName.INVALID_ACCESS_ERROR, "a=sctp-init: " + e.getMessage(), e);
        }
    }

    /**
     * What an INIT of the peer must be like: one that an association can begin with, and the one that it has begun with (§5.6).
     *
     * @param localBefore our description that was agreed on last
     * @param remoteBefore the peer's that was agreed on last
     */
    static void requireUsable(
            SdpDocument remote, @Nullable SdpDocument localBefore, @Nullable SdpDocument remoteBefore) {
        SctpInit init = init(remote);
        if (init == null) {
            return;
        }
        SignalledInit now = parse(init);
        SctpInit before = init(remoteBefore);
        if (remoteBefore == null || before == null || init(localBefore) == null) {
            return;
        }
        boolean isSameAssociation = !NegotiatedTransport.isOtherAssociation(
                DescriptionRules.transport(remote), DescriptionRules.transport(remoteBefore));
        if (isSameAssociation && !now.equals(parse(before))) {
            throw new RtcException(
                    ErrorName.INVALID_ACCESS_ERROR, "a=sctp-init has changed, though the association is the same");
        }
    }
}
