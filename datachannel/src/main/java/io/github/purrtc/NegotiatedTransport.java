package io.github.purrtc;

import io.github.purrtc.dtls.DtlsRole;
import io.github.purrtc.dtls.Fingerprint;
import io.github.purrtc.ice.IceParameters;
import io.github.purrtc.ice.IceRole;
import io.github.purrtc.sdp.TransportAttributes;
import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.List;

/**
 * What both descriptions say together.
 *
 * @param maxMessageSize the largest message that the peer takes, in bytes; {@link Long#MAX_VALUE} for any
 * @param inits what the association begins with in place of a handshake; null for a handshake
 */
record NegotiatedTransport(
        IceRole iceRole,
        IceParameters remoteIce,
        DtlsRole dtlsRole,
        List<Fingerprint> remoteFingerprints,
        @Nullable String remoteTlsId,
        int localSctpPort,
        int remoteSctpPort,
        long maxMessageSize,
        @Nullable SctpInits inits) {

    /** Whether there is another endpoint, or a new association of the same one: RFC 8842 §5.1. */
    boolean isOtherAssociation(NegotiatedTransport before) {
        return isOther(remoteTlsId, before.remoteTlsId)
                || Collections.disjoint(remoteFingerprints, before.remoteFingerprints);
    }

    /** Whether a peer that says this of itself has another association in mind. */
    boolean isOtherAssociation(TransportAttributes offered) {
        return isOther(offered.tlsId(), remoteTlsId)
                || Collections.disjoint(DescriptionRules.fingerprints(offered), remoteFingerprints);
    }

    /** Whether what the peer says now is of another association than what it said before. */
    static boolean isOtherAssociation(TransportAttributes now, TransportAttributes before) {
        return isOther(now.tlsId(), before.tlsId()) || Collections.disjoint(now.fingerprints(), before.fingerprints());
    }

    private static boolean isOther(@Nullable String tlsId, @Nullable String before) {
        return tlsId != null && before != null && !tlsId.equals(before);
    }

    NegotiatedTransport withInits(@Nullable SctpInits others) {
        return new NegotiatedTransport(
                iceRole,
                remoteIce,
                dtlsRole,
                remoteFingerprints,
                remoteTlsId,
                localSctpPort,
                remoteSctpPort,
                maxMessageSize,
                others);
    }
}
